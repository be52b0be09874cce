//! Exceptions and their classes as Python values.
use std::fmt::{self, Write};

use crate::class_object::Type;
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionClass, KeyError};
use crate::object::{Compare, Key, Object};

impl Object for PyErr {
    #[inline]
    fn py_type(&self) -> &'static str {
        self.class().name()
    }

    #[inline]
    fn py_class(&self) -> Type {
        Type::from(self.class())
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(&self.repr())
    }

    fn has_own_text() -> bool {
        true
    }

    #[inline]
    fn py_str(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl Key for PyErr {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self.is_same(other))
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(self.id() as i64 >> 4)
    }
}

impl Compare for PyErr {}

impl Object for ExceptionClass {
    #[inline]
    fn py_type(&self) -> &'static str {
        "type"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl Key for ExceptionClass {
    const PLAIN: bool = true;

    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(crate::text::hash::hash_bytes(self.name().as_bytes()))
    }
}

impl Compare for ExceptionClass {}

/// `KeyError(key)`
#[cold]
pub(crate) fn key_error<T: Object>(key: T) -> PyErr {
    KeyError::of(key)
}
