//! Text: `Str`, `Bytes`, and how values are written.
mod bytes;
mod display;
pub(crate) mod format;
pub(crate) mod hash;
pub(crate) mod quote;
mod shared;
mod string;
mod unicode;

pub use bytes::Bytes;
pub use display::{Py, py};
pub use format::format_spec;
pub(crate) use shared::Text;
pub use string::Str;
