//! Text: `Str`, `Bytes`, and how values are written.
mod block;
mod byte_array;
mod bytes;
mod case;
pub(crate) mod codec;
mod display;
pub(crate) mod format;
pub(crate) mod hash;
mod kinds;
mod memory_view;
pub(crate) mod percent;
pub(crate) mod quote;
mod search;
mod spec;
mod split;
mod string;
mod template;
#[cfg(test)]
mod tests;
mod translate;
pub(crate) mod unicode;

pub use byte_array::ByteArray;
pub use bytes::Bytes;
pub use display::{Py, py};
pub use format::format_spec;
pub use memory_view::MemoryView;
pub use percent::PercentArgs;
pub(crate) use spec::Spec;
pub use split::OptionalChars;
pub use string::Str;
pub use translate::{maketrans, maketrans_pairs};
