//! `bool`, `i64` and `f64` as Python values.
use std::cmp::Ordering;
use std::fmt::{self, Write};

use super::{hash, text};
use crate::error::PyResult;
use crate::object::{Compare, Key, Object};
use crate::text::Str;
use crate::text::format;

impl Object for bool {
    #[inline]
    fn py_type(&self) -> &'static str {
        "bool"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(if *self { "True" } else { "False" })
    }

    #[inline]
    fn py_bool(&self) -> bool {
        *self
    }

    #[inline]
    fn py_format(&self, spec: &str) -> PyResult<Str> {
        format::bool_spec(*self, spec)
    }

    #[inline]
    fn py_pad(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.width() {
            // `f"{True:5}"` is `    1`: with a spec a bool is a number.
            Some(_) => fmt::Display::fmt(&i64::from(*self), f),
            None => self.py_repr(f),
        }
    }
}

impl Object for i64 {
    #[inline]
    fn py_type(&self) -> &'static str {
        "int"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{self}")
    }

    #[inline]
    fn py_bool(&self) -> bool {
        *self != 0
    }

    #[inline]
    fn py_format(&self, spec: &str) -> PyResult<Str> {
        format::int_spec(&super::Int::from(*self), spec)
    }

    #[inline]
    fn py_pad(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.precision() {
            Some(digits) => pad_float(*self as f64, digits, f),
            None => fmt::Display::fmt(self, f),
        }
    }
}

impl Object for f64 {
    #[inline]
    fn py_type(&self) -> &'static str {
        "float"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        text::write_float(out, *self)
    }

    #[inline]
    fn py_bool(&self) -> bool {
        *self != 0.0
    }

    #[inline]
    fn py_format(&self, spec: &str) -> PyResult<Str> {
        format::float_spec(*self, spec)
    }

    #[inline]
    fn py_pad(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.precision() {
            Some(digits) => pad_float(*self, digits, f),
            None => f.pad_integral(
                !self.is_sign_negative() || self.is_nan(),
                "",
                text::float_repr(*self).trim_start_matches('-'),
            ),
        }
    }
}

/// `f"{value:8.2f}"`
#[inline]
fn pad_float(value: f64, digits: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if value.is_finite() {
        return fmt::Display::fmt(&value, f);
    }
    let _ = digits;
    f.pad_integral(value > 0.0 || value.is_nan(), "", if value.is_nan() { "nan" } else { "inf" })
}

impl Key for bool {
    const PLAIN: bool = true;

    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(i64::from(*self))
    }
}

impl Key for i64 {
    const PLAIN: bool = true;

    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(hash::int(*self))
    }
}

impl Key for f64 {
    const PLAIN: bool = true;

    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(hash::float(*self))
    }
}

macro_rules! ordered {
    ($($type:ty),*) => {$(
        impl Compare for $type {
            const TOTAL: bool = true;
            const ALIKE: bool = true;

            #[inline]
            fn py_cmp(&self, other: &Self) -> Ordering {
                self.cmp(other)
            }

            #[inline]
            fn py_lt(&self, other: &Self) -> PyResult<bool> {
                Ok(self < other)
            }

            #[inline]
            fn py_le(&self, other: &Self) -> PyResult<bool> {
                Ok(self <= other)
            }
        }
    )*};
}
ordered!(bool, i64);

impl Compare for f64 {
    #[inline]
    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        Ok(self < other)
    }

    #[inline]
    fn py_le(&self, other: &Self) -> PyResult<bool> {
        Ok(self <= other)
    }
}
