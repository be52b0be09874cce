//! Generators where any value may be: they are driven by name.
use std::any::{Any, TypeId};
use std::fmt::{self, Write};
use std::rc::Rc;

use super::{FromValue, Value};
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, TypeError};
use crate::generator::{Generator, Sent};
use crate::iter::Iter;
use crate::object::{Compare, Key, Object};
use crate::text::Str;

/// A generator, the types of what it yields and is sent forgotten.
trait Driven: 'static {
    fn handle(&self) -> &dyn Any;
    fn send(&self, value: &Value) -> PyResult<Value>;
    fn throw(&self, error: PyErr) -> PyResult<Value>;
    fn close(&self) -> PyResult;
    fn step(&self) -> Option<PyResult<Value>>;
    fn name(&self) -> String;
    fn address(&self) -> usize;
    fn repr(&self, out: &mut dyn Write) -> fmt::Result;
}

impl<Y: Into<Value> + 'static, S: Sent + FromValue, R: Object> Driven for Generator<Y, S, R> {
    fn handle(&self) -> &dyn Any {
        self
    }

    fn send(&self, value: &Value) -> PyResult<Value> {
        let looks_away = TypeId::of::<S>() == TypeId::of::<()>();
        let sent = if value.is_none() || looks_away { S::none() } else { S::try_from_value(value)? };
        Generator::send(self, sent).map(Y::into)
    }

    fn throw(&self, error: PyErr) -> PyResult<Value> {
        Generator::throw(self, error).map(Y::into)
    }

    fn close(&self) -> PyResult {
        Generator::close(self)
    }

    fn step(&self) -> Option<PyResult<Value>> {
        Generator::step(self).map(|item| item.map(Y::into))
    }

    fn name(&self) -> String {
        Generator::name(self)
    }

    fn address(&self) -> usize {
        Generator::address(self)
    }

    fn repr(&self, out: &mut dyn Write) -> fmt::Result {
        self.py_repr(out)
    }
}

/// A generator in a [`Value`].
struct AnyGenerator(Rc<dyn Driven>);

impl Object for AnyGenerator {
    fn py_type(&self) -> &'static str {
        "generator"
    }

    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        self.0.repr(out)
    }

    fn py_id(&self) -> usize {
        self.0.address()
    }

    fn py_get_attr(self: Rc<Self>, name: &str) -> PyResult<Value> {
        match name {
            "__name__" | "__qualname__" => Ok(self.0.name().into()),
            _ => Err(self.no_attribute(name)),
        }
    }

    fn py_call_method(self: Rc<Self>, name: &str, args: &[Value], _named: &[(Str, Value)]) -> PyResult<Value> {
        match (name, args) {
            ("send", [value]) => self.0.send(value),
            ("__next__", []) => self.0.send(&Value::None),
            ("close", []) => self.0.close().map(Value::from),
            ("throw", [error]) => match (PyErr::from_value(error), crate::exception::ExceptionClass::from_value(error))
            {
                (Some(error), _) => self.0.throw(error),
                (None, Some(class)) => self.0.throw(class.call(())),
                (None, None) => {
                    let text = "exceptions must be classes or instances deriving from BaseException, not ";
                    Err(TypeError::new(format!("{text}{}", error.py_type())))
                }
            },
            ("send" | "throw" | "close", _) => {
                Err(TypeError::new(format!("generator.{name}() takes exactly one argument ({} given)", args.len())))
            }
            _ => self.py_get_attr(name)?.call(args),
        }
    }

    fn py_iter(self: Rc<Self>) -> PyResult<Iter<Value>> {
        Ok(Iter::named("generator", std::iter::from_fn(move || self.0.step())))
    }
}

impl Key for AnyGenerator {
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self.0.address() == other.0.address())
    }

    fn py_hash(&self) -> PyResult<i64> {
        Ok((self.0.address() >> 4) as i64)
    }
}

impl Compare for AnyGenerator {}

impl<Y: Into<Value> + 'static, S: Sent + FromValue, R: Object> From<Generator<Y, S, R>> for Value {
    fn from(generator: Generator<Y, S, R>) -> Value {
        Value::from(Rc::new(AnyGenerator(Rc::new(generator))))
    }
}

impl<Y: Into<Value> + 'static, S: Sent + FromValue, R: Object> FromValue for Generator<Y, S, R> {
    const EXPECTED: &'static str = "generator";

    fn from_value(value: &Value) -> Option<Self> {
        Rc::<AnyGenerator>::from_value(value)?.0.handle().downcast_ref::<Self>().cloned()
    }
}

impl Value {
    /// `next(x)`: of a generator its own, whose StopIteration has the result.
    pub fn next(&self) -> PyResult<Value> {
        match Rc::<AnyGenerator>::from_value(self) {
            Some(generator) => generator.0.send(&Value::None),
            None => crate::builtins::next(self),
        }
    }
}
