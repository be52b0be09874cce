//! How types are written for people: `list[str]`, `Task[int] | None`.
