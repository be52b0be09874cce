//! The text, truth, equality, hash and order of a `Value`.
use std::fmt::{self, Write};
use std::rc::Rc;

use super::{Kind, Value};
use crate::class_object::Type;
use crate::error::PyResult;
use crate::number::{Int, Number};
use crate::object::{Compare, Key, Object, no_order};
use crate::text::Str;

/// Runs `$body` with `$value` the value of known type.
macro_rules! each {
    ($self:expr, $value:ident => $body:expr, $object:ident => $dynamic:expr) => {
        match &$self.0 {
            Kind::None => {
                let $value = &();
                $body
            }
            Kind::Bool($value) => $body,
            Kind::Int($value) => $body,
            Kind::Big(value) => {
                let $value = &Int::Big(Rc::clone(value));
                $body
            }
            Kind::Float($value) => $body,
            Kind::Str(text) => {
                let $value = &**text;
                $body
            }
            Kind::Bytes($value) => {
                let $value = &**$value;
                $body
            }
            Kind::List($value) => $body,
            Kind::Tuple($value) => $body,
            Kind::Dict($value) => $body,
            Kind::Set($value) => $body,
            Kind::FrozenSet($value) => $body,
            Kind::Range($value) => {
                let $value = &**$value;
                $body
            }
            Kind::Iter($value) => $body,
            Kind::Error($value) => $body,
            Kind::ErrorClass($value) => $body,
            Kind::Object($object) => $dynamic,
        }
    };
}

impl Value {
    #[inline]
    pub(crate) fn number(&self) -> Option<Number> {
        match self.0 {
            Kind::Bool(value) => Some(Number::Bool(value)),
            Kind::Int(value) => Some(Number::Int(value)),
            Kind::Float(value) => Some(Number::Float(value)),
            _ => None,
        }
    }

    /// `self is other`
    #[inline]
    pub fn is(&self, other: &Value) -> bool {
        match (&self.0, &other.0) {
            (Kind::None, Kind::None) => true,
            (Kind::Bool(a), Kind::Bool(b)) => a == b,
            (Kind::Int(a), Kind::Int(b)) => a == b,
            (Kind::Float(a), Kind::Float(b)) => a.to_bits() == b.to_bits(),
            (Kind::Big(a), Kind::Big(b)) => Rc::ptr_eq(a, b),
            (Kind::Str(a), Kind::Str(b)) => Rc::ptr_eq(a, b) || a.as_str() == b.as_str(),
            (Kind::Bytes(a), Kind::Bytes(b)) => Rc::ptr_eq(a, b),
            (Kind::List(a), Kind::List(b)) => a.is(b),
            (Kind::Tuple(a), Kind::Tuple(b)) => a.is(b) || (a.is_empty() && b.is_empty()),
            (Kind::Dict(a), Kind::Dict(b)) => a.is(b),
            (Kind::Set(a), Kind::Set(b)) => a.is(b),
            (Kind::FrozenSet(a), Kind::FrozenSet(b)) => a.is(b),
            (Kind::Range(a), Kind::Range(b)) => Rc::ptr_eq(a, b),
            (Kind::Iter(a), Kind::Iter(b)) => a.py_id() == b.py_id(),
            (Kind::Error(a), Kind::Error(b)) => a.is_same(b),
            (Kind::ErrorClass(a), Kind::ErrorClass(b)) => a == b,
            (Kind::Object(a), Kind::Object(b)) => {
                Rc::ptr_eq(a, b) || a.type_name() == b.type_name() && a.identity() == b.identity()
            }
            _ => false,
        }
    }

    /// `isinstance(self, class)` of a built-in class that is no exception.
    #[inline]
    pub fn is_a(&self, class: &str) -> bool {
        match (class, &self.0) {
            ("object", _) | ("int", Kind::Bool(_)) => true,
            ("dict", Kind::Object(object)) => {
                matches!(object.type_name(), "dict" | "defaultdict" | "Counter" | "OrderedDict")
            }
            _ => self.py_type() == class,
        }
    }

    /// `self is None`
    #[inline]
    pub fn is_none(&self) -> bool {
        matches!(self.0, Kind::None)
    }

    /// `self is not None`
    #[inline]
    pub fn is_some(&self) -> bool {
        !self.is_none()
    }
}

impl Object for Value {
    fn py_copied(self, copier: &mut crate::copy::Copier) -> Self {
        match self.0 {
            Kind::List(list) => Value(Kind::List(list.py_copied(copier))),
            Kind::Tuple(tuple) => Value(Kind::Tuple(tuple.py_copied(copier))),
            Kind::Dict(dict) => Value(Kind::Dict(dict.py_copied(copier))),
            Kind::Set(set) => Value(Kind::Set(set.py_copied(copier))),
            Kind::Object(object) => match object.plain() {
                Some(plain) => plain.py_copied(copier),
                None => object.copied(copier),
            },
            other => Value(other),
        }
    }

    #[inline]
    fn py_type(&self) -> &'static str {
        each!(self, value => value.py_type(), object => object.type_name())
    }

    #[inline]
    fn py_class(&self) -> Type {
        each!(self, value => value.py_class(), object => object.class())
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        each!(self, value => value.py_repr(out), object => object.repr(out))
    }

    fn has_own_text() -> bool {
        true
    }

    #[inline]
    fn py_str(&self, out: &mut dyn Write) -> fmt::Result {
        each!(self, value => value.py_str(out), object => object.str(out))
    }

    #[inline]
    fn py_id(&self) -> usize {
        match &self.0 {
            Kind::Big(value) => Rc::as_ptr(value) as usize,
            Kind::Bytes(bytes) => Rc::as_ptr(bytes) as usize,
            Kind::Object(object) => object.identity(),
            _ => each!(self, value => value.py_id(), object => object.type_name().as_ptr() as usize),
        }
    }

    #[inline]
    fn py_bool(&self) -> bool {
        each!(self, value => value.py_bool(), object => object.truth())
    }

    #[inline]
    fn py_format(&self, spec: &str) -> PyResult<Str> {
        each!(self, value => value.py_format(spec), object => object.format(spec))
    }

    #[inline]
    fn py_pad(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        each!(self, value => value.py_pad(f), object => object.str(f))
    }
}

impl Key for Value {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        if let (Some(a), Some(b)) = (self.number(), other.number()) {
            return Ok(a == b);
        }
        if let Some((a, b)) = self.plain_pair(other) {
            return a.py_eq(&b);
        }
        match (&self.0, &other.0) {
            (Kind::Str(a), Kind::Str(b)) => Ok(Rc::ptr_eq(a, b) || a.as_str() == b.as_str()),
            (Kind::Big(a), Kind::Big(b)) => Ok(a == b),
            (Kind::Big(a), Kind::Float(b)) | (Kind::Float(b), Kind::Big(a)) => Ok(Int::Big(Rc::clone(a)).eq_float(*b)),
            (Kind::Bytes(a), Kind::Bytes(b)) => Ok(a == b),
            (Kind::List(a), Kind::List(b)) => a.py_eq(b),
            (Kind::Tuple(a), Kind::Tuple(b)) => a.py_eq(b),
            (Kind::Dict(a), Kind::Dict(b)) => a.py_eq(b),
            (Kind::Set(a), Kind::Set(b)) => a.py_eq(b),
            (Kind::FrozenSet(a), Kind::FrozenSet(b)) => a.py_eq(b),
            (Kind::Set(a), Kind::FrozenSet(b)) | (Kind::FrozenSet(b), Kind::Set(a)) => Ok(a == b),
            (Kind::Range(a), Kind::Range(b)) => Ok(a == b),
            (Kind::Object(a), Kind::Object(b)) => a.equals(b.handle()),
            _ => Ok(self.is(other)),
        }
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        each!(self, value => value.py_hash(), object => object.hash())
    }
}

macro_rules! order {
    ($method:ident $operator:tt $object:expr) => {
        fn $method(&self, other: &Self) -> PyResult<bool> {
            if let (Some(a), Some(b)) = (self.number(), other.number()) {
                return Ok(a $operator b);
            }
            if let Some((a, b)) = self.plain_pair(other) {
                return a.$method(&b);
            }
            match (&self.0, &other.0) {
                (Kind::Str(a), Kind::Str(b)) => Ok(a.as_str() $operator b.as_str()),
                (Kind::Bytes(a), Kind::Bytes(b)) => Ok(a $operator b),
                (Kind::List(a), Kind::List(b)) => a.$method(b),
                (Kind::Tuple(a), Kind::Tuple(b)) => a.$method(b),
                (Kind::Set(a), Kind::Set(b)) => a.$method(b),
                (Kind::FrozenSet(a), Kind::FrozenSet(b)) => a.$method(b),
                (Kind::Object(a), Kind::Object(b)) => $object(a, b),
                _ => match super::order_of_big(self, other) {
                    Some(order) => Ok(order.is_some_and(|order| order $operator std::cmp::Ordering::Equal)),
                    None => Err(no_order(stringify!($operator), self.py_type(), other.py_type())),
                },
            }
        }
    };
}

type Boxed = Rc<Box<dyn super::DynObject>>;

impl Compare for Value {
    order!(py_lt < |a: &Boxed, b: &Boxed| a.less(&***b));
    order!(py_le <= |a: &Boxed, b: &Boxed| a.less_equal(&***b));
    order!(py_gt > |a: &Boxed, b: &Boxed| b.less(&***a));
    order!(py_ge >= |a: &Boxed, b: &Boxed| b.less_equal(&***a));
}

impl fmt::Debug for Value {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.py_repr(f)
    }
}

impl fmt::Display for Value {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.py_pad(f)
    }
}

impl PartialEq for Value {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        crate::escape::OrEscape::or_escape(self.py_eq(other))
    }
}
