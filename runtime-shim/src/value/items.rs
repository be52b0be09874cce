//! Items of a `Value`: `x[i]`, `x[a:b]`, `len`, `in`, iteration.
use super::{FromValue, Kind, Value};
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, IndexError, TypeError};
use crate::iter::{Iter, Iterable, ToIter};
use crate::object::{Key, Object};

/// `key` as an index into an instance of the class.
#[inline]
pub(super) fn index(class: &str, key: &Value) -> PyResult<i64> {
    match &key.0 {
        Kind::Big(_) => Err(IndexError::new("cannot fit 'int' into an index-sized integer")),
        _ => i64::from_value(key).ok_or_else(|| {
            let key = key.py_type();
            TypeError::new(match class {
                "str" => format!("string indices must be integers, not '{key}'"),
                "bytes" => format!("byte indices must be integers or slices, not {key}"),
                _ => format!("{class} indices must be integers or slices, not {key}"),
            })
        }),
    }
}

#[expect(clippy::len_without_is_empty, reason = "`len` may raise; `not x` is `truthy`")]
impl Value {
    #[inline]
    fn index(&self, key: &Value) -> PyResult<i64> {
        index(self.py_type(), key)
    }

    /// `x[key]`
    #[inline]
    pub fn get_item(&self, key: &Value) -> PyResult<Value> {
        match &self.0 {
            Kind::Dict(dict) => dict.get_item(key),
            Kind::List(list) => list.get_item(self.index(key)?),
            Kind::Tuple(tuple) => tuple.get_item(self.index(key)?),
            Kind::Str(text) => Ok(text.get_item(self.index(key)?)?.into()),
            Kind::Bytes(bytes) => Ok(bytes.get_item(self.index(key)?)?.into()),
            Kind::Range(range) => Ok(range.get_item(self.index(key)?)?.into()),
            Kind::Object(object) => object.get_item(key),
            _ => Err(TypeError::new(format!("'{}' object is not subscriptable", self.py_type()))),
        }
    }

    /// `x[key] = value`
    #[inline]
    pub fn set_item(&self, key: impl Into<Value>, value: impl Into<Value>) -> PyResult {
        let (key, value) = (key.into(), value.into());
        match &self.0 {
            Kind::Dict(dict) => dict.try_set_item(key, value),
            Kind::List(list) => list.set_item(self.index(&key)?, value),
            Kind::Object(object) => object.set_item(&key, value),
            _ => Err(TypeError::new(format!("'{}' object does not support item assignment", self.py_type()))),
        }
    }

    /// `del x[key]`
    #[inline]
    pub fn del_item(&self, key: &Value) -> PyResult {
        match &self.0 {
            Kind::Dict(dict) => dict.del_item(key),
            Kind::List(list) => list.del_item(self.index(key)?),
            Kind::Object(object) if self.plain().is_some() => {
                let method = if object.type_name() == "dict" { "pop" } else { "__delitem__" };
                object.call_method(method, std::slice::from_ref(key), &[]).map(drop)
            }
            _ => Err(TypeError::new(format!("'{}' object doesn't support item deletion", self.py_type()))),
        }
    }

    /// `x[start:stop]`
    #[inline]
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>) -> PyResult<Value> {
        self.slice_step(start, stop, None)
    }

    /// `x[start:stop:step]`
    #[inline]
    pub fn slice_step(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> PyResult<Value> {
        if let Some(plain) = self.plain() {
            return plain.slice_step(start, stop, step);
        }
        match &self.0 {
            Kind::List(list) => Ok(list.slice_step(start, stop, step)?.into()),
            Kind::Tuple(tuple) => Ok(tuple.slice_step(start, stop, step)?.into()),
            Kind::Str(text) => Ok(text.slice_step(start, stop, step)?.into()),
            Kind::Bytes(bytes) => Ok(bytes.slice_step(start, stop, step)?.into()),
            Kind::Range(range) => Ok(range.slice_step(start, stop, step)?.into()),
            Kind::Dict(_) => Err(TypeError::new("unhashable type: 'slice'")),
            _ => Err(TypeError::new(format!("'{}' object is not subscriptable", self.py_type()))),
        }
    }

    /// `len(x)`
    #[inline]
    pub fn len(&self) -> PyResult<i64> {
        match &self.0 {
            Kind::Str(text) => Ok(text.len()),
            Kind::Bytes(bytes) => Ok(bytes.len()),
            Kind::List(list) => Ok(list.len()),
            Kind::Tuple(tuple) => Ok(tuple.len()),
            Kind::Dict(dict) => Ok(dict.len()),
            Kind::Set(set) => Ok(set.len()),
            Kind::FrozenSet(set) => Ok(set.len()),
            Kind::Range(range) => Ok(range.len()),
            Kind::Object(object) => object.len(),
            _ => Err(TypeError::new(format!("object of type '{}' has no len()", self.py_type()))),
        }
    }

    /// `item in x`
    #[inline]
    pub fn contains(&self, item: &Value) -> PyResult<bool> {
        match &self.0 {
            Kind::Str(text) => match &item.0 {
                Kind::Str(item) => Ok(text.as_str().contains(item.as_str())),
                _ => Err(TypeError::new(format!(
                    "'in <string>' requires string as left operand, not {}",
                    item.py_type()
                ))),
            },
            Kind::Bytes(bytes) => match &item.0 {
                Kind::Bytes(item) => Ok(bytes.contains_bytes(item)),
                _ => match i64::from_value(item) {
                    Some(item) => bytes.contains_byte(item),
                    None => {
                        let class = item.py_type();
                        Err(TypeError::new(format!("a bytes-like object is required, not '{class}'")))
                    }
                },
            },
            Kind::List(list) => list.try_contains(item),
            Kind::Tuple(tuple) => tuple.try_contains(item),
            Kind::Dict(dict) => dict.try_contains(item),
            Kind::Set(set) => set.try_contains(item),
            Kind::FrozenSet(set) => set.try_contains(item),
            Kind::Object(object) => object.contains(item),
            Kind::Range(_) | Kind::Iter(_) => {
                for each in self.try_iter()? {
                    if each?.py_eq(item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => Err(TypeError::new(format!("argument of type '{}' is not iterable", self.py_type()))),
        }
    }

    /// `iter(x)`
    #[inline]
    pub fn try_iter(&self) -> PyResult<Iter<Value>> {
        match &self.0 {
            Kind::List(list) => Ok(list.to_iter()),
            Kind::Tuple(tuple) => Ok(tuple.to_iter()),
            Kind::Dict(dict) => Ok(dict.to_iter()),
            Kind::Set(set) => Ok(set.to_iter()),
            Kind::FrozenSet(set) => Ok(set.to_iter()),
            Kind::Iter(items) => Ok(items.clone()),
            Kind::Str(text) => {
                let items = text.to_iter();
                Ok(Iter::named("str_iterator", items.map(|item| item.map(Value::from))))
            }
            Kind::Bytes(bytes) => Ok(Iter::named("bytes_iterator", bytes.to_iter().map(|item| item.map(Value::from)))),
            Kind::Range(range) => Ok(Iter::named("range_iterator", range.to_iter().map(|item| item.map(Value::from)))),
            Kind::Object(object) => object.iter(),
            _ => Err(self.not_iterable()),
        }
    }

    #[cold]
    fn not_iterable(&self) -> PyErr {
        TypeError::new(format!("'{}' object is not iterable", self.py_type()))
    }

    /// For `for x in value.iter()`: a TypeError is the first item.
    #[inline]
    pub fn iter(&self) -> Iter<Value> {
        self.try_iter().unwrap_or_else(|error| Iter::fallible(std::iter::once(Err(error))))
    }

    /// `reversed(x)`; `None` when it has no order.
    #[inline]
    pub(crate) fn reversed(&self) -> Option<Iter<Value>> {
        if let Some(plain) = self.plain() {
            return plain.reversed();
        }
        Some(match &self.0 {
            Kind::List(list) => list.reversed(),
            Kind::Tuple(tuple) => tuple.reversed(),
            Kind::Dict(dict) => dict.reversed(),
            Kind::Str(text) => {
                let items = text.reversed();
                Iter::named("reversed", items.map(|item| item.map(Value::from)))
            }
            Kind::Range(range) => Iter::named("range_iterator", range.reversed().map(|item| item.map(Value::from))),
            _ => return None,
        })
    }
}

impl IntoIterator for &Value {
    type Item = PyResult<Value>;
    type IntoIter = Iter<Value>;

    #[inline]
    fn into_iter(self) -> Iter<Value> {
        self.iter()
    }
}

impl Iterable for Value {
    type Item = Value;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<Value>> {
        self.iter()
    }
}

impl ToIter for Value {
    #[inline]
    fn to_iter(&self) -> Iter<Value> {
        self.iter()
    }
}
