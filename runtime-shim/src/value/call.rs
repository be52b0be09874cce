//! Calling a `Value`.
use std::rc::Rc;

use super::{Kind, Value};
use crate::error::PyResult;
use crate::exception::args::{Args, Argument};
use crate::exception::{ExceptionType, TypeError};
use crate::object::Object;
use crate::text::Str;

impl Value {
    /// `None`
    #[expect(non_upper_case_globals, reason = "it is Python's name")]
    pub const None: Value = Value(Kind::None);

    /// `f(*args)`
    #[inline]
    pub fn call(&self, args: &[Value]) -> PyResult<Value> {
        self.call_with(args, &[])
    }

    /// `f(*args, **named)`
    #[inline]
    pub fn call_with(&self, args: &[Value], named: &[(Str, Value)]) -> PyResult<Value> {
        match &self.0 {
            Kind::Object(object) => object.call(args, named),
            Kind::ErrorClass(class) if named.is_empty() => {
                let args = args.iter().map(|arg| Rc::new(arg.clone()) as Argument).collect();
                Ok(class.call(Args::of(args)).into())
            }
            _ => Err(TypeError::new(format!("'{}' object is not callable", self.py_type()))),
        }
    }
}
