//! Calling a `Value`.
use super::{Kind, Value};
use crate::error::PyResult;
use crate::exception::{ExceptionType, TypeError};
use crate::object::Object;
use crate::text::Str;

impl Value {
    /// `self(*args, **named)`
    pub fn call(&self, args: &[Value], named: &[(Str, Value)]) -> PyResult<Value> {
        match &self.0 {
            Kind::Object(object) => object.call(args, named),
            _ => Err(TypeError::new(format!("'{}' object is not callable", self.py_type()))),
        }
    }
}
