//! Values of known type to `Value` and back.
use std::rc::Rc;

use super::{Kind, Value};
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionClass, ExceptionType, TypeError};
use crate::iter::Iter;
use crate::number::{Int, Number};
use crate::object::Object;
use crate::range::Range;
use crate::text::{Bytes, Str};
use crate::tuple::{EmptyTuple, VarTuple};

macro_rules! from {
    ($($type:ty, $value:ident => $kind:expr;)*) => {$(
        impl From<$type> for Value {
            #[inline]
            fn from($value: $type) -> Value {
                Value($kind)
            }
        }
    )*};
}
from! {
    (), _none => Kind::None;
    bool, value => Kind::Bool(value);
    i64, value => Kind::Int(value);
    f64, value => Kind::Float(value);
    Int, value => match value { Int::Small(value) => Kind::Int(value), Int::Big(value) => Kind::Big(value) };
    Number, value => match value { Number::Bool(value) => Kind::Bool(value), Number::Int(value) => Kind::Int(value), Number::Float(value) => Kind::Float(value) };
    Str, value => Kind::Str(Rc::new(value));
    &'static str, value => Kind::Str(Rc::new(Str::literal(value)));
    String, value => Kind::Str(Rc::new(Str::from(value)));
    Bytes, value => Kind::Bytes(Rc::new(value));
    Range, value => Kind::Range(Rc::new(value));
    Iter<Value>, value => Kind::Iter(value);
    EmptyTuple, _value => Kind::Tuple(VarTuple::new());
    PyErr, value => Kind::Error(value);
    ExceptionClass, value => Kind::ErrorClass(value);
}

impl<T: Into<Value>> From<Option<T>> for Value {
    #[inline]
    fn from(value: Option<T>) -> Value {
        value.map_or_else(Value::default, T::into)
    }
}

/// A `Value` to a known type; TypeError when it is another.
pub trait FromValue: Sized {
    /// What the error calls it.
    const EXPECTED: &'static str;

    /// The value, when it is of the type.
    fn from_value(value: &Value) -> Option<Self>;

    /// The value; TypeError when it is of another type.
    #[inline]
    fn try_from_value(value: &Value) -> PyResult<Self> {
        Self::from_value(value)
            .ok_or_else(|| TypeError::new(format!("expected {}, got {}", Self::EXPECTED, value.py_type())))
    }
}

macro_rules! into {
    ($($type:ty, $name:literal, $pattern:pat $(if $test:expr)? => $value:expr;)*) => {$(
        impl FromValue for $type {
            const EXPECTED: &'static str = $name;

            #[inline]
            fn from_value(value: &Value) -> Option<Self> {
                match &value.0 {
                    $pattern $(if $test)? => Some($value),
                    _ => None,
                }
            }
        }
    )*};
}
into! {
    (), "None", Kind::None => ();
    bool, "bool", Kind::Bool(value) => *value;
    EmptyTuple, "tuple", Kind::Tuple(items) if items.is_empty() => EmptyTuple;
    Str, "str", Kind::Str(text) => (**text).clone();
    Bytes, "bytes", Kind::Bytes(bytes) => (**bytes).clone();
    Range, "range", Kind::Range(range) => **range;
    PyErr, "BaseException", Kind::Error(error) => error.clone();
    ExceptionClass, "type", Kind::ErrorClass(class) => *class;
}

impl FromValue for i64 {
    const EXPECTED: &'static str = "int";

    #[inline]
    fn from_value(value: &Value) -> Option<i64> {
        match value.0 {
            Kind::Bool(value) => Some(i64::from(value)),
            Kind::Int(value) => Some(value),
            _ => None,
        }
    }
}

impl FromValue for Int {
    const EXPECTED: &'static str = "int";

    #[inline]
    fn from_value(value: &Value) -> Option<Int> {
        match &value.0 {
            Kind::Big(value) => Some(Int::Big(Rc::clone(value))),
            _ => i64::from_value(value).map(Int::Small),
        }
    }
}

impl FromValue for f64 {
    const EXPECTED: &'static str = "float";

    #[inline]
    fn from_value(value: &Value) -> Option<f64> {
        match value.0 {
            Kind::Float(value) => Some(value),
            _ => Int::from_value(value)?.to_f64().ok(),
        }
    }
}

impl FromValue for Number {
    const EXPECTED: &'static str = "number";

    #[inline]
    fn from_value(value: &Value) -> Option<Number> {
        match value.0 {
            Kind::Bool(value) => Some(Number::Bool(value)),
            Kind::Int(value) => Some(Number::Int(value)),
            Kind::Float(value) => Some(Number::Float(value)),
            _ => None,
        }
    }
}

impl FromValue for Value {
    const EXPECTED: &'static str = "object";

    #[inline]
    fn from_value(value: &Value) -> Option<Value> {
        Some(value.clone())
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    #[inline]
    fn from_value(value: &Value) -> Option<Option<T>> {
        match value.0 {
            Kind::None => Some(None),
            _ => T::from_value(value).map(Some),
        }
    }
}

impl<T: FromValue + 'static> FromValue for Iter<T> {
    const EXPECTED: &'static str = "iterable";

    #[inline]
    fn from_value(value: &Value) -> Option<Iter<T>> {
        Self::try_from_value(value).ok()
    }

    /// Each item is looked at when it is taken.
    #[inline]
    fn try_from_value(value: &Value) -> PyResult<Iter<T>> {
        let items = value.try_iter()?;
        Ok(Iter::fallible(items.map(|item| T::try_from_value(&item?))))
    }
}

macro_rules! tuples {
    ($count:literal $($name:ident $index:tt)*) => {
        impl<$($name: Into<Value>),*> From<($($name,)*)> for Value {
            fn from(items: ($($name,)*)) -> Value {
                Value::from(VarTuple::<Value>::from([$(items.$index.into()),*]))
            }
        }

        impl<$($name: FromValue),*> FromValue for ($($name,)*) {
            const EXPECTED: &'static str = "tuple";

            #[inline]
            fn from_value(value: &Value) -> Option<Self> {
                match &value.0 {
                    Kind::Tuple(items) if items.len() == $count => Some(($($name::from_value(&items.as_slice()[$index])?,)*)),
                    _ => None,
                }
            }
        }
    };
}
tuples!(1 A 0);
tuples!(2 A 0 B 1);
tuples!(3 A 0 B 1 C 2);
tuples!(4 A 0 B 1 C 2 D 3);
tuples!(5 A 0 B 1 C 2 D 3 E 4);
tuples!(6 A 0 B 1 C 2 D 3 E 4 F 5);
tuples!(7 A 0 B 1 C 2 D 3 E 4 F 5 G 6);
tuples!(8 A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
