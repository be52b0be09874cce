//! `None` and `Option<T>` as Python values.
use std::fmt::{self, Write};

use crate::class_object::Type;
use crate::error::PyResult;
use crate::exception::{ExceptionType, TypeError};
use crate::number::hash;
use crate::object::{Compare, Key, Object};
use crate::text::Str;

const NONE: &str = "None";
const NONE_TYPE: &str = "NoneType";

impl Object for () {
    #[inline]
    fn py_type(&self) -> &'static str {
        NONE_TYPE
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(NONE)
    }

    #[inline]
    fn py_bool(&self) -> bool {
        false
    }

    #[inline]
    fn into_arguments(self) -> Vec<std::rc::Rc<dyn Object>> {
        Vec::new()
    }

    #[inline]
    fn py_format(&self, spec: &str) -> PyResult<Str> {
        if spec.is_empty() {
            return Ok(Str::literal(NONE));
        }
        Err(TypeError::new("unsupported format string passed to NoneType.__format__"))
    }
}

impl Key for () {
    const PLAIN: bool = true;

    #[inline]
    fn py_eq(&self, _: &Self) -> PyResult<bool> {
        Ok(true)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(hash::NONE)
    }
}

impl Compare for () {}

impl<T: Object> Object for Option<T> {
    // What may be missing is an argument as what it is.
    #[inline]
    fn into_arguments(self) -> Vec<std::rc::Rc<dyn Object>> {
        match self {
            Some(value) => vec![std::rc::Rc::new(value)],
            None => vec![std::rc::Rc::new(())],
        }
    }

    #[inline]
    fn py_copied(self, copier: &mut crate::copy::Copier) -> Self {
        self.map(|value| value.py_copied(copier))
    }

    #[inline]
    fn py_type(&self) -> &'static str {
        self.as_ref().map_or(NONE_TYPE, T::py_type)
    }

    #[inline]
    fn py_class(&self) -> Type {
        self.as_ref().map_or(Type::named(NONE_TYPE), T::py_class)
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        match self {
            Some(value) => value.py_repr(out),
            None => out.write_str(NONE),
        }
    }

    fn has_own_text() -> bool {
        true
    }

    #[inline]
    fn py_str(&self, out: &mut dyn Write) -> fmt::Result {
        match self {
            Some(value) => value.py_str(out),
            None => out.write_str(NONE),
        }
    }

    #[inline]
    fn py_bool(&self) -> bool {
        self.as_ref().is_some_and(T::py_bool)
    }

    #[inline]
    fn py_format(&self, spec: &str) -> PyResult<Str> {
        match self {
            Some(value) => value.py_format(spec),
            None => ().py_format(spec),
        }
    }

    #[inline]
    fn py_pad(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Some(value) => value.py_pad(f),
            None => f.pad(NONE),
        }
    }
}

impl<T: Key> Key for Option<T> {
    const PLAIN: bool = T::PLAIN;

    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        match (self, other) {
            (Some(a), Some(b)) => a.py_eq(b),
            (None, None) => Ok(true),
            _ => Ok(false),
        }
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        self.as_ref().map_or(Ok(hash::NONE), T::py_hash)
    }
}

impl<T: Compare> Compare for Option<T> {
    #[inline]
    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        match (self, other) {
            (Some(a), Some(b)) => a.py_lt(b),
            _ => Err(crate::object::no_order("<", self.py_type(), other.py_type())),
        }
    }

    #[inline]
    fn py_le(&self, other: &Self) -> PyResult<bool> {
        match (self, other) {
            (Some(a), Some(b)) => a.py_le(b),
            _ => Err(crate::object::no_order("<=", self.py_type(), other.py_type())),
        }
    }

    #[inline]
    fn py_gt(&self, other: &Self) -> PyResult<bool> {
        match (self, other) {
            (Some(a), Some(b)) => a.py_gt(b),
            _ => Err(crate::object::no_order(">", self.py_type(), other.py_type())),
        }
    }

    #[inline]
    fn py_ge(&self, other: &Self) -> PyResult<bool> {
        match (self, other) {
            (Some(a), Some(b)) => a.py_ge(b),
            _ => Err(crate::object::no_order(">=", self.py_type(), other.py_type())),
        }
    }
}
