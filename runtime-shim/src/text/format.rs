//! Format specs.
use super::Str;
use crate::error::PyResult;
use crate::number::Int;
use crate::object::Object;

/// `format(value, spec)`
pub fn format_spec<T: Object + ?Sized>(value: &T, spec: &str) -> Str {
    value.py_format(spec).unwrap_or_else(|error| crate::escape::escape(error))
}

pub(crate) fn str_spec(text: &Str, _spec: &str) -> PyResult<Str> {
    Ok(text.clone())
}

pub(crate) fn int_spec(value: &Int, _spec: &str) -> PyResult<Str> {
    Ok(Str::of(value))
}

pub(crate) fn bool_spec(value: bool, _spec: &str) -> PyResult<Str> {
    Ok(crate::object::str_(&value))
}

pub(crate) fn float_spec(value: f64, _spec: &str) -> PyResult<Str> {
    Ok(crate::object::str_(&value))
}
