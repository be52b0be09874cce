//! Objects of any other type inside a `Value`.
use std::any::Any;
use std::fmt::{self, Write};
use std::rc::Rc;

use super::{FromValue, Kind, Value};
use crate::class_object::Type;
use crate::error::PyResult;
use crate::iter::Iter;
use crate::object::{Compare, Key, Object, no_order};
use crate::text::Str;

/// Everything a `Value` asks of an object, its type forgotten.
pub trait DynObject {
    fn handle(&self) -> &dyn Any;
    /// `id(self)`: of the object, not of what wraps it here.
    fn identity(&self) -> usize;
    /// What `copy.copy` makes of it.
    fn copied(&self, copier: &mut crate::copy::Copier) -> Value;
    /// A container of known element types: a copy with elements of unknown type.
    #[inline]
    fn plain(&self) -> Option<Value> {
        None
    }
    fn type_name(&self) -> &'static str;
    #[inline]
    fn class(&self) -> Type {
        Type::named(self.type_name())
    }
    fn repr(&self, out: &mut dyn Write) -> fmt::Result;
    fn str(&self, out: &mut dyn Write) -> fmt::Result;
    fn truth(&self) -> bool;
    fn format(&self, spec: &str) -> PyResult<Str>;
    fn equals(&self, other: &dyn Any) -> PyResult<bool>;
    fn hash(&self) -> PyResult<i64>;
    fn less(&self, other: &dyn DynObject) -> PyResult<bool>;
    fn less_equal(&self, other: &dyn DynObject) -> PyResult<bool>;
    fn get_attr(&self, name: &str) -> PyResult<Value>;
    fn set_attr(&self, name: &str, value: Value) -> PyResult;
    fn call_method(&self, name: &str, args: &[Value], named: &[(Str, Value)]) -> PyResult<Value>;
    fn call(&self, args: &[Value], named: &[(Str, Value)]) -> PyResult<Value>;
    fn len(&self) -> PyResult<i64>;
    fn get_item(&self, key: &Value) -> PyResult<Value>;
    fn set_item(&self, key: &Value, value: Value) -> PyResult;
    fn contains(&self, item: &Value) -> PyResult<bool>;
    fn iter(&self) -> PyResult<Iter<Value>>;
}

struct Opaque<T>(Rc<T>);

impl<T: Object + Key + Compare> DynObject for Opaque<T> {
    #[inline]
    fn handle(&self) -> &dyn Any {
        &self.0
    }

    #[inline]
    fn copied(&self, copier: &mut crate::copy::Copier) -> Value {
        Value::from(T::handle_copied(&self.0, copier))
    }

    #[inline]
    fn identity(&self) -> usize {
        self.0.py_id()
    }

    #[inline]
    fn type_name(&self) -> &'static str {
        self.0.py_type()
    }

    #[inline]
    fn class(&self) -> Type {
        self.0.py_class()
    }

    #[inline]
    fn repr(&self, out: &mut dyn Write) -> fmt::Result {
        self.0.py_repr(out)
    }

    #[inline]
    fn str(&self, out: &mut dyn Write) -> fmt::Result {
        self.0.py_str(out)
    }

    #[inline]
    fn truth(&self) -> bool {
        self.0.py_bool()
    }

    #[inline]
    fn format(&self, spec: &str) -> PyResult<Str> {
        self.0.py_format(spec)
    }

    #[inline]
    fn equals(&self, other: &dyn Any) -> PyResult<bool> {
        match other.downcast_ref::<Rc<T>>() {
            Some(other) => self.0.py_eq(other),
            None => Ok(false),
        }
    }

    #[inline]
    fn hash(&self) -> PyResult<i64> {
        self.0.py_hash()
    }

    #[inline]
    fn less(&self, other: &dyn DynObject) -> PyResult<bool> {
        match other.handle().downcast_ref::<Rc<T>>() {
            Some(other) => self.0.py_lt(other),
            None => Err(no_order("<", self.type_name(), other.type_name())),
        }
    }

    #[inline]
    fn less_equal(&self, other: &dyn DynObject) -> PyResult<bool> {
        match other.handle().downcast_ref::<Rc<T>>() {
            Some(other) => self.0.py_le(other),
            None => Err(no_order("<=", self.type_name(), other.type_name())),
        }
    }

    #[inline]
    fn get_attr(&self, name: &str) -> PyResult<Value> {
        Rc::clone(&self.0).py_get_attr(name)
    }

    #[inline]
    fn set_attr(&self, name: &str, value: Value) -> PyResult {
        Rc::clone(&self.0).py_set_attr(name, value)
    }

    #[inline]
    fn call_method(&self, name: &str, args: &[Value], named: &[(Str, Value)]) -> PyResult<Value> {
        Rc::clone(&self.0).py_call_method(name, args, named)
    }

    #[inline]
    fn call(&self, args: &[Value], named: &[(Str, Value)]) -> PyResult<Value> {
        Rc::clone(&self.0).py_call(args, named)
    }

    #[inline]
    fn len(&self) -> PyResult<i64> {
        self.0.py_len()
    }

    #[inline]
    fn get_item(&self, key: &Value) -> PyResult<Value> {
        self.0.py_get_item(key)
    }

    #[inline]
    fn set_item(&self, key: &Value, value: Value) -> PyResult {
        self.0.py_set_item(key, value)
    }

    #[inline]
    fn contains(&self, item: &Value) -> PyResult<bool> {
        self.0.py_contains(item)
    }

    #[inline]
    fn iter(&self) -> PyResult<Iter<Value>> {
        Rc::clone(&self.0).py_iter()
    }
}

impl<T: Object + Key + Compare> From<Rc<T>> for Value {
    #[inline]
    fn from(object: Rc<T>) -> Value {
        Value(Kind::Object(Rc::new(Box::new(Opaque(object)))))
    }
}

impl<T: Object + Key + Compare> FromValue for Rc<T> {
    const EXPECTED: &'static str = "another type";

    #[inline]
    fn from_value(value: &Value) -> Option<Rc<T>> {
        match &value.0 {
            Kind::Object(object) => object.handle().downcast_ref::<Rc<T>>().cloned(),
            _ => None,
        }
    }
}

impl Value {
    /// An object that is a handle itself, such as `asyncio::Task`; `downcast` finds it again.
    #[inline]
    pub fn object<T: Object + Key + Compare>(handle: T) -> Value {
        Value::from(Rc::new(handle))
    }

    /// The handle that [`Value::object`] was given.
    #[inline]
    pub fn downcast<T: Object + Key + Compare + Clone>(&self) -> Option<T> {
        Rc::<T>::from_value(self).map(|handle| (*handle).clone())
    }
}
