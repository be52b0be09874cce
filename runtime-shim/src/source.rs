//! The crate's own source, for the translator that writes it beside its output.
use include_dir::{Dir, include_dir};

/// Everything under `src/`.
pub static SRC: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src");

/// The crate's manifest.
pub static MANIFEST: &str = include_str!("../Cargo.toml");
