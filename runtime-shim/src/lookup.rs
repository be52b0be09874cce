//! What finds a key in a dict or set: a key, a reference to one, and `&str` for `Str`.
use crate::error::{PyErr, PyResult};
use crate::error_object::key_error;
use crate::object::{Key, Object};
use crate::text::Str;

/// Something to look up in a `Dict<K, _>` or `Set<K>`.
pub trait Lookup<K> {
    /// The hash of the key.
    fn hash(&self) -> PyResult<i64>;
    /// Is it this key?
    fn is_key(&self, key: &K) -> PyResult<bool>;
    /// The KeyError of a key that is not there.
    fn missing(&self) -> PyErr;
}

impl<K: Key + Object + Clone> Lookup<K> for &K {
    #[inline]
    fn hash(&self) -> PyResult<i64> {
        (**self).py_hash()
    }

    #[inline]
    fn is_key(&self, key: &K) -> PyResult<bool> {
        key.py_eq(self)
    }

    #[inline]
    fn missing(&self) -> PyErr {
        key_error((*self).clone())
    }
}

macro_rules! by_text {
    ($($type:ty),*) => {$(
        impl Lookup<Str> for $type {
            #[inline]
            fn hash(&self) -> PyResult<i64> {
                Ok(crate::text::hash::hash_bytes(self.as_bytes()))
            }

            #[inline]
            fn is_key(&self, key: &Str) -> PyResult<bool> {
                let text: &str = self;
                Ok(key == text)
            }

            #[inline]
            fn missing(&self) -> PyErr {
                key_error(Str::copy_of(self))
            }
        }
    )*};
}
by_text!(&str, &&str, &String);

macro_rules! by_value {
    ($($type:ty),*) => {$(
        impl Lookup<$type> for $type {
            #[inline]
            fn hash(&self) -> PyResult<i64> {
                self.py_hash()
            }

            #[inline]
            fn is_key(&self, key: &$type) -> PyResult<bool> {
                self.py_eq(key)
            }

            #[inline]
            fn missing(&self) -> PyErr {
                key_error(self.clone())
            }
        }
    )*};
}
by_value!(i64, f64, bool, Str, crate::number::Number);
