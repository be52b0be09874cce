//! `Type`: a class as a value, as far as programs look at it: its name and its identity.
use std::fmt::{self, Write};

use crate::error::PyResult;
use crate::object::{Compare, Key, Object};
use crate::text::Str;

/// What `type(x)` gives. Classes are told apart by their qualified names, which are unique in a program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Type(&'static str);

impl Type {
    /// The class of that name, its module before it unless that is `builtins`.
    pub const fn named(name: &'static str) -> Type {
        Type(name)
    }

    /// `type(value)`
    #[inline]
    pub fn of<T: Object + ?Sized>(value: &T) -> Type {
        Type(value.py_type())
    }

    /// `cls.__name__`
    #[inline]
    pub fn name(self) -> Str {
        Str::from(self.0.rsplit('.').next().unwrap_or(self.0))
    }

    /// `cls.__module__`
    #[inline]
    pub fn module(self) -> Str {
        Str::from(self.0.rsplit_once('.').map_or("builtins", |(module, _)| module))
    }
}

impl Object for Type {
    #[inline]
    fn py_type(&self) -> &'static str {
        "type"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "<class '{}'>", self.0)
    }
}

impl Key for Type {
    #[inline]
    fn py_eq(&self, other: &Type) -> PyResult<bool> {
        Ok(self.0 == other.0)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Str::from(self.0).py_hash()
    }
}

impl Compare for Type {}
