//! `Outcome`: a value or an exception, what `gather(…, return_exceptions=True)` gives for each child.
use std::fmt::{self, Write};

use crate::class_object::Type;
use crate::error::{PyErr, PyResult};
use crate::object::{Compare, Key, Object};
use crate::value::Value;

/// A value, or the exception that came instead.
#[derive(Clone, Debug)]
pub enum Outcome<T> {
    /// The value.
    Value(T),
    /// The exception.
    Exception(PyErr),
}

impl<T> Outcome<T> {
    /// The value, if it is one.
    #[inline]
    pub fn value(self) -> Option<T> {
        match self {
            Outcome::Value(value) => Some(value),
            Outcome::Exception(_) => None,
        }
    }

    /// The exception, if it is one.
    #[inline]
    pub fn exception(self) -> Option<PyErr> {
        match self {
            Outcome::Value(_) => None,
            Outcome::Exception(error) => Some(error),
        }
    }
}

impl<T: Object> Object for Outcome<T> {
    #[inline]
    fn py_type(&self) -> &'static str {
        match self {
            Outcome::Value(value) => value.py_type(),
            Outcome::Exception(error) => error.py_type(),
        }
    }

    #[inline]
    fn py_class(&self) -> Type {
        match self {
            Outcome::Value(value) => value.py_class(),
            Outcome::Exception(error) => error.py_class(),
        }
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        match self {
            Outcome::Value(value) => value.py_repr(out),
            Outcome::Exception(error) => error.py_repr(out),
        }
    }

    fn has_own_text() -> bool {
        true
    }

    #[inline]
    fn py_str(&self, out: &mut dyn Write) -> fmt::Result {
        match self {
            Outcome::Value(value) => value.py_str(out),
            Outcome::Exception(error) => error.py_str(out),
        }
    }

    #[inline]
    fn py_bool(&self) -> bool {
        match self {
            Outcome::Value(value) => value.py_bool(),
            Outcome::Exception(error) => error.py_bool(),
        }
    }
}

impl<T: Key> Key for Outcome<T> {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        match (self, other) {
            (Outcome::Value(a), Outcome::Value(b)) => a.py_eq(b),
            (Outcome::Exception(a), Outcome::Exception(b)) => a.py_eq(b),
            (Outcome::Value(_), Outcome::Exception(_)) | (Outcome::Exception(_), Outcome::Value(_)) => Ok(false),
        }
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        match self {
            Outcome::Value(value) => value.py_hash(),
            Outcome::Exception(error) => error.py_hash(),
        }
    }
}

impl<T: Compare> Compare for Outcome<T> {}

impl<T: Into<Value>> From<Outcome<T>> for Value {
    #[inline]
    fn from(outcome: Outcome<T>) -> Value {
        match outcome {
            Outcome::Value(value) => value.into(),
            Outcome::Exception(error) => error.into(),
        }
    }
}
