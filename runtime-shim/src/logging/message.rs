//! What is logged: a message with its `%` arguments, and the exception that goes with it.
use std::any::Any;

use crate::object::try_str;
use crate::prelude::*;
use crate::text::percent::PercentArgs;

/// A message: a text, or any object, whose `str()` it is.
pub trait Message {
    /// Its text, before the arguments are put in.
    fn text(&self) -> PyResult<Str>;
}

impl Message for str {
    #[inline]
    fn text(&self) -> PyResult<Str> {
        Ok(Str::copy_of(self))
    }
}

impl<T: Object> Message for T {
    #[inline]
    fn text(&self) -> PyResult<Str> {
        try_str(self)
    }
}

/// Arguments of unknown types, as `%` takes them. A dict alone is a mapping.
pub(super) struct Given<'a>(pub(super) &'a [&'a dyn Object]);

impl PercentArgs for Given<'_> {
    #[inline]
    fn positional(&self) -> Vec<&dyn Object> {
        self.0.to_vec()
    }

    #[inline]
    fn is_single(&self) -> bool {
        matches!(self.0, [one] if one.py_type() == "dict")
    }

    #[inline]
    fn named(&self, name: &str) -> Option<PyResult<Value>> {
        let [one] = self.0 else { return None };
        let any: &dyn Any = *one;
        macro_rules! try_types {
            ($($type:ty),*) => {$(
                if let Some(dict) = any.downcast_ref::<Dict<Str, $type>>() {
                    return Some(dict.get_item(name).map(Value::from));
                }
            )*};
        }
        try_types!(Value, Str, i64, f64, bool, Int, Number);
        None
    }
}

/// `exc_info=`: the exception that goes with a message.
pub trait ExcInfo {
    /// `None`: there is none to show; `Some(None)`: there should be one, and none is being handled.
    fn error(self) -> Option<Option<PyErr>>;
}

impl ExcInfo for &PyErr {
    #[inline]
    fn error(self) -> Option<Option<PyErr>> {
        Some(Some(self.clone()))
    }
}

impl ExcInfo for Option<PyErr> {
    #[inline]
    fn error(self) -> Option<Option<PyErr>> {
        self.map(Some)
    }
}

/// Nothing is being handled: `NoneType: None`.
impl ExcInfo for () {
    #[inline]
    fn error(self) -> Option<Option<PyErr>> {
        Some(None)
    }
}
