//! Python's built-in functions.
mod adapt;
mod binary;
mod collect;
mod convert;
mod fold;
mod integers;
mod io;
mod order;
mod rows;

pub use adapt::*;
pub use binary::*;
pub use collect::*;
pub use convert::*;
pub use fold::*;
pub use integers::*;
pub use io::*;
pub use order::*;
pub use rows::*;

use crate::error::PyResult;
use crate::object::{Key, Object, Truth};
pub use crate::object::{repr, str_};
pub use crate::text::{ByteArray, MemoryView, maketrans, maketrans_pairs};
use crate::text::{Str, quote};

/// `bool(x)`
#[inline]
pub fn truth<T: Truth + ?Sized>(value: &T) -> bool {
    value.truthy()
}

/// `hash(x)`
#[inline]
pub fn hash<T: Key + ?Sized>(value: &T) -> PyResult<i64> {
    value.py_hash()
}

/// `id(x)`
#[inline]
pub fn id<T: Object + ?Sized>(value: &T) -> i64 {
    value.py_id() as i64
}

/// `format(x, spec)`
#[inline]
pub fn format<T: Object + ?Sized>(value: &T, spec: &str) -> PyResult<Str> {
    value.py_format(spec)
}

/// `ascii(x)`
#[inline]
pub fn ascii<T: Object + ?Sized>(value: &T) -> Str {
    let repr = repr(value);
    if repr.is_ascii() {
        return repr;
    }
    let mut text = String::new();
    for c in repr.chars() {
        if c.is_ascii() {
            text.push(c);
        } else {
            // Writing to a string cannot fail.
            let _ = quote::write_escape(&mut text, c as u32);
        }
    }
    Str::from(text)
}
