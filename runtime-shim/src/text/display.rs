//! `py(&x)`: any value in Rust's `format!`, with Python's text.
use std::fmt;

use crate::object::Object;

/// A value as `str` writes it; made by [`py`].
pub struct Py<'a, T: ?Sized>(&'a T);

/// `println!("{} {:8.2}", py(&x), py(&y))`: what `f"{x} {y:8.2f}"` is.
pub fn py<T: Object + ?Sized>(value: &T) -> Py<'_, T> {
    Py(value)
}

impl<T: Object + ?Sized> fmt::Display for Py<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.py_pad(f)
    }
}
