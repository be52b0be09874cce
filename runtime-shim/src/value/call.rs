//! Calling a `Value`.
use std::rc::Rc;

use super::{Kind, Value};
use crate::dict::Dict;
use crate::error::PyResult;
use crate::exception::args::{Args, Argument};
use crate::exception::{ExceptionType, TypeError};
use crate::iter::Iterable;
use crate::object::Object;
use crate::text::Str;

impl Value {
    /// `None`
    #[expect(non_upper_case_globals, reason = "it is Python's name")]
    pub const None: Value = Value(Kind::None);

    /// `*items` among the arguments of a call
    pub fn arguments<T: Into<Value>>(items: &(impl Iterable<Item = T> + ?Sized)) -> PyResult<Vec<Value>> {
        items.items().map(|item| item.map(Into::into)).collect()
    }

    /// `**named` among the arguments of a call
    pub fn named_arguments<T: Into<Value> + Clone + 'static>(named: &Dict<Str, T>) -> PyResult<Vec<(Str, Value)>> {
        named.items().items().map(|item| item.map(|(key, value)| (key, value.into()))).collect()
    }

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
