//! `Infallible` as a Python value: what a coroutine gives that never returns. There is none.
use std::convert::Infallible;
use std::fmt::{self, Write};

use crate::error::PyResult;
use crate::object::{Compare, Key, Object};

impl Object for Infallible {
    #[inline]
    fn py_type(&self) -> &'static str {
        match *self {}
    }

    #[inline]
    fn py_repr(&self, _: &mut dyn Write) -> fmt::Result {
        match *self {}
    }
}

impl Key for Infallible {
    #[inline]
    fn py_eq(&self, _: &Infallible) -> PyResult<bool> {
        match *self {}
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        match *self {}
    }
}

impl Compare for Infallible {}
