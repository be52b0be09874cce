//! What every emitted union of types does: its enum is written in the program, the rest is the same for all.

use crate::error::PyErr;
use crate::object::Object;

/// What comparing alternatives raises that have no order.
#[cold]
pub fn no_order(operator: &str, left: &impl Object, right: &impl Object) -> PyErr {
    crate::object::no_order(operator, left.py_type(), right.py_type())
}

/// Makes an enum of alternatives, each with one value, a Python value: it shows, compares and hashes as the value does.
#[macro_export]
macro_rules! opaque_union {
    ($name:ident { $($variant:ident($ty:ty)),* $(,)? }) => {
        impl $crate::prelude::Object for $name {
            fn py_type(&self) -> &'static str {
                match self { $($name::$variant(value) => $crate::prelude::Object::py_type(value)),* }
            }
            fn py_class(&self) -> $crate::prelude::Type {
                match self { $($name::$variant(value) => $crate::prelude::Object::py_class(value)),* }
            }
            fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
                match self { $($name::$variant(value) => $crate::prelude::Object::py_repr(value, out)),* }
            }
            fn has_own_text() -> bool {
                true
            }

            fn py_str(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
                match self { $($name::$variant(value) => $crate::prelude::Object::py_str(value, out)),* }
            }
            fn py_bool(&self) -> bool {
                match self { $($name::$variant(value) => $crate::prelude::Object::py_bool(value)),* }
            }
            fn py_id(&self) -> usize {
                match self { $($name::$variant(value) => $crate::prelude::Object::py_id(value)),* }
            }
            fn py_format(&self, spec: &str) -> $crate::prelude::PyResult<$crate::prelude::Str> {
                match self { $($name::$variant(value) => $crate::prelude::Object::py_format(value, spec)),* }
            }
            fn py_pad(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self { $($name::$variant(value) => $crate::prelude::Object::py_pad(value, f)),* }
            }
            fn py_len(&self) -> $crate::prelude::PyResult<i64> {
                match self { $($name::$variant(value) => $crate::prelude::Object::py_len(value)),* }
            }
            fn py_copied(self, copier: &mut $crate::copy::Copier) -> Self {
                match self { $($name::$variant(value) => $name::$variant($crate::prelude::Object::py_copied(value, copier))),* }
            }
            fn held(&self) -> Option<&dyn $crate::prelude::Object> {
                match self { $($name::$variant(value) => Some(value)),* }
            }
        }

        impl $crate::prelude::Key for $name {
            fn py_eq(&self, other: &Self) -> $crate::prelude::PyResult<bool> {
                match (self, other) {
                    $(($name::$variant(a), $name::$variant(b)) => $crate::prelude::Key::py_eq(a, b),)*
                    _ => Ok(false),
                }
            }
            fn py_hash(&self) -> $crate::prelude::PyResult<i64> {
                match self { $($name::$variant(value) => $crate::prelude::Key::py_hash(value)),* }
            }
        }

        impl $crate::prelude::Compare for $name {
            fn py_lt(&self, other: &Self) -> $crate::prelude::PyResult<bool> {
                match (self, other) {
                    $(($name::$variant(a), $name::$variant(b)) => $crate::prelude::Compare::py_lt(a, b),)*
                    _ => Err($crate::union::no_order("<", self, other)),
                }
            }
            fn py_le(&self, other: &Self) -> $crate::prelude::PyResult<bool> {
                match (self, other) {
                    $(($name::$variant(a), $name::$variant(b)) => $crate::prelude::Compare::py_le(a, b),)*
                    _ => Err($crate::union::no_order("<=", self, other)),
                }
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::prelude::Key::py_eq(self, other).is_ok_and(|equal| equal)
            }
        }

        $(impl From<$ty> for $name {
            fn from(value: $ty) -> Self {
                $name::$variant(value)
            }
        })*
    };
}

/// [`opaque_union!`] of types that a `Value` can hold.
#[macro_export]
macro_rules! closed_union {
    ($name:ident { $($variant:ident($ty:ty)),* $(,)? }) => {
        $crate::opaque_union!($name { $($variant($ty)),* });

        impl From<$name> for $crate::prelude::Value {
            fn from(value: $name) -> Self {
                match value { $($name::$variant(value) => Self::from(value)),* }
            }
        }

        impl $crate::prelude::FromValue for $name {
            const EXPECTED: &'static str = "another type";
            fn from_value(value: &$crate::prelude::Value) -> Option<Self> {
                let found: Option<Self> = None;
                found$(.or_else(|| <$ty as $crate::prelude::FromValue>::from_value(value).map($name::$variant)))*
            }
        }
    };
}
