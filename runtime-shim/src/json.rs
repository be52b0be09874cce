//! `json`: values as text, and text as values.
mod read;
mod write;

pub use read::{JSONDecodeError, loads, loads_bytes};
pub use write::{Settings, dumps, dumps_default, dumps_with};

use crate::io::TextFile;
use crate::prelude::*;

/// `json.load(file)`
#[inline]
pub fn load(file: &TextFile) -> PyResult<Value> {
    loads(&file.read()?)
}

/// `json.load(file)` of a file in memory.
#[inline]
pub fn load_memory(file: &crate::io::StringIO) -> PyResult<Value> {
    loads(&file.read()?)
}

/// `json.dump(value, file, …)`
#[inline]
pub fn dump(
    value: &Value,
    file: &impl crate::io::TextStream,
    indent: Option<i64>,
    sort_keys: bool,
    ensure_ascii: bool,
    separators: Option<(Str, Str)>,
) -> PyResult {
    file.write_text(&dumps_with(value, indent, sort_keys, ensure_ascii, separators)?)
}
