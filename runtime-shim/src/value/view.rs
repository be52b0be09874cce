//! Containers of known element types inside a `Value`: seen through it they stay the very container.
use std::any::Any;
use std::fmt::{self, Write};
use std::rc::Rc;

use super::{DynObject, FromValue, Kind, Value};
use crate::dict::Dict;
use crate::error::PyResult;
use crate::exception::{ExceptionType, KeyError, TypeError};
use crate::iter::{Iter, ToIter};
use crate::list::List;
use crate::object::{Compare, Key, Object, no_attribute};
use crate::set::{FrozenSet, Set};
use crate::text::Str;
use crate::tuple::VarTuple;

/// What an element must be for its container to be seen as a `Value`.
pub trait Element: Object + Key + Compare + Clone + Into<Value> + FromValue {}
impl<T: Object + Key + Compare + Clone + Into<Value> + FromValue> Element for T {}

/// A container that can be changed, its elements of known type.
trait Container: Object + Key + Clone {
    /// A copy with elements of unknown type.
    fn plain(&self) -> Value;
    /// Takes over what was done to the copy; TypeError where an element is of another type.
    fn assign(&self, plain: &Value) -> PyResult;
    fn count(&self) -> i64;
    fn item(&self, key: &Value) -> PyResult<Value>;
    fn set(&self, key: &Value, value: Value) -> PyResult;
    fn each(&self) -> Iter<Value>;
    fn same(&self, other: &Self) -> bool;
    /// The methods that need no copy.
    fn fast(&self, name: &str, args: &[Value]) -> Option<PyResult<Value>>;
    /// Whether the method changes the container.
    fn changes(name: &str) -> bool;
}

struct View<C>(C);

impl<C: Container> DynObject for View<C> {
    #[inline]
    fn handle(&self) -> &dyn Any {
        &self.0
    }

    #[inline]
    fn plain(&self) -> Option<Value> {
        Some(self.0.plain())
    }

    #[inline]
    fn copied(&self, copier: &mut crate::copy::Copier) -> Value {
        self.0.plain().py_copied(copier)
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
        Ok(other.downcast_ref::<C>().is_some_and(|other| self.0.same(other)))
    }

    #[inline]
    fn hash(&self) -> PyResult<i64> {
        self.0.py_hash()
    }

    #[inline]
    fn less(&self, _: &dyn DynObject) -> PyResult<bool> {
        Ok(false)
    }

    #[inline]
    fn less_equal(&self, _: &dyn DynObject) -> PyResult<bool> {
        Ok(false)
    }

    #[inline]
    fn get_attr(&self, name: &str) -> PyResult<Value> {
        Err(no_attribute(self.type_name(), name))
    }

    #[inline]
    fn set_attr(&self, name: &str, _: Value) -> PyResult {
        Err(no_attribute(self.type_name(), name))
    }

    #[inline]
    fn call_method(&self, name: &str, args: &[Value], named: &[(Str, Value)]) -> PyResult<Value> {
        if named.is_empty()
            && let Some(done) = self.0.fast(name, args)
        {
            return done;
        }
        let plain = self.0.plain();
        let result = plain.call_method_with(name, args, named)?;
        if C::changes(name) {
            self.0.assign(&plain)?;
        }
        Ok(result)
    }

    #[inline]
    fn call(&self, _: &[Value], _: &[(Str, Value)]) -> PyResult<Value> {
        Err(TypeError::new(format!("'{}' object is not callable", self.type_name())))
    }

    #[inline]
    fn len(&self) -> PyResult<i64> {
        Ok(self.0.count())
    }

    #[inline]
    fn get_item(&self, key: &Value) -> PyResult<Value> {
        self.0.item(key)
    }

    #[inline]
    fn set_item(&self, key: &Value, value: Value) -> PyResult {
        self.0.set(key, value)
    }

    #[inline]
    fn contains(&self, item: &Value) -> PyResult<bool> {
        self.0.plain().contains(item)
    }

    #[inline]
    fn iter(&self) -> PyResult<Iter<Value>> {
        Ok(self.0.each())
    }
}

/// The element as the container's type says; TypeError when it is of another.
#[inline]
fn typed<T: FromValue>(value: &Value) -> PyResult<T> {
    T::try_from_value(value)
}

impl<T: Element> Container for List<T> {
    #[inline]
    fn plain(&self) -> Value {
        Value(Kind::List(self.iter().map(T::into).collect()))
    }

    #[inline]
    fn assign(&self, plain: &Value) -> PyResult {
        let Kind::List(values) = &plain.0 else { return Ok(()) };
        let items: List<T> = values.iter().map(|value| typed(&value)).collect::<PyResult<Vec<T>>>()?.into();
        self.set_slice(None, None, &items)
    }

    #[inline]
    fn count(&self) -> i64 {
        self.len()
    }

    #[inline]
    fn item(&self, key: &Value) -> PyResult<Value> {
        Ok(self.get_item(super::items::index("list", key)?)?.into())
    }

    #[inline]
    fn set(&self, key: &Value, value: Value) -> PyResult {
        self.set_item(super::items::index("list", key)?, typed(&value)?)
    }

    #[inline]
    fn each(&self) -> Iter<Value> {
        Iter::named("list_iterator", self.to_iter().map(|item| item.map(T::into)))
    }

    #[inline]
    fn same(&self, other: &Self) -> bool {
        self.is(other)
    }

    #[inline]
    fn fast(&self, name: &str, args: &[Value]) -> Option<PyResult<Value>> {
        Some(match (name, args) {
            ("append", [item]) => typed(item).map(|item| self.append(item)).map(Value::from),
            ("pop", []) => self.pop().map(T::into),
            _ => return None,
        })
    }

    #[inline]
    fn changes(name: &str) -> bool {
        matches!(name, "append" | "extend" | "insert" | "pop" | "remove" | "clear" | "reverse" | "sort" | "__delitem__")
    }
}

impl<K: Element, V: Element> Container for Dict<K, V> {
    #[inline]
    fn plain(&self) -> Value {
        let copy = Dict::new();
        for (key, value) in self.to_vec() {
            copy.set_item(key.into(), value.into());
        }
        Value(Kind::Dict(copy))
    }

    #[inline]
    fn assign(&self, plain: &Value) -> PyResult {
        let Kind::Dict(values) = &plain.0 else { return Ok(()) };
        let items: Vec<(K, V)> = values
            .to_vec()
            .into_iter()
            .map(|(key, value)| Ok((typed(&key)?, typed(&value)?)))
            .collect::<PyResult<_>>()?;
        self.clear();
        for (key, value) in items {
            self.try_set_item(key, value)?;
        }
        Ok(())
    }

    #[inline]
    fn count(&self) -> i64 {
        self.len()
    }

    #[inline]
    fn item(&self, key: &Value) -> PyResult<Value> {
        match K::from_value(key) {
            Some(typed) => Ok(self.get_item(&typed)?.into()),
            None => {
                key.py_hash()?;
                Err(KeyError::new(key.clone()))
            }
        }
    }

    #[inline]
    fn set(&self, key: &Value, value: Value) -> PyResult {
        self.try_set_item(typed(key)?, typed(&value)?)
    }

    #[inline]
    fn each(&self) -> Iter<Value> {
        Iter::named("dict_keyiterator", self.to_iter().map(|key| key.map(K::into)))
    }

    #[inline]
    fn same(&self, other: &Self) -> bool {
        self.is(other)
    }

    #[inline]
    fn fast(&self, name: &str, args: &[Value]) -> Option<PyResult<Value>> {
        let found = |key: &Value| -> PyResult<Option<Value>> {
            match K::from_value(key) {
                Some(key) => Ok(self.get(&key).map(V::into)),
                None => key.py_hash().map(|_| None),
            }
        };
        Some(match (name, args) {
            ("get", [key]) => found(key).map(Option::unwrap_or_default),
            ("get", [key, default]) => found(key).map(|found| found.unwrap_or_else(|| default.clone())),
            _ => return None,
        })
    }

    #[inline]
    fn changes(name: &str) -> bool {
        matches!(name, "pop" | "popitem" | "setdefault" | "update" | "clear")
    }
}

impl<T: Element> Container for Set<T> {
    #[inline]
    fn plain(&self) -> Value {
        let copy = Set::new();
        for item in self.unchecked() {
            copy.add(item.into());
        }
        Value(Kind::Set(copy))
    }

    #[inline]
    fn assign(&self, plain: &Value) -> PyResult {
        let Kind::Set(values) = &plain.0 else { return Ok(()) };
        let items: Vec<T> = values.unchecked().map(|value| typed(&value)).collect::<PyResult<_>>()?;
        self.clear();
        for item in items {
            self.try_add(item)?;
        }
        Ok(())
    }

    #[inline]
    fn count(&self) -> i64 {
        self.len()
    }

    #[inline]
    fn item(&self, _: &Value) -> PyResult<Value> {
        Err(TypeError::new("'set' object is not subscriptable"))
    }

    #[inline]
    fn set(&self, _: &Value, _: Value) -> PyResult {
        Err(TypeError::new("'set' object does not support item assignment"))
    }

    #[inline]
    fn each(&self) -> Iter<Value> {
        Iter::named("set_iterator", self.to_iter().map(|item| item.map(T::into)))
    }

    #[inline]
    fn same(&self, other: &Self) -> bool {
        self.is(other)
    }

    #[inline]
    fn fast(&self, name: &str, args: &[Value]) -> Option<PyResult<Value>> {
        match (name, args) {
            ("add", [item]) => Some(typed(item).and_then(|item| self.try_add(item)).map(Value::from)),
            _ => None,
        }
    }

    #[inline]
    fn changes(name: &str) -> bool {
        matches!(
            name,
            "add"
                | "discard"
                | "remove"
                | "pop"
                | "clear"
                | "update"
                | "difference_update"
                | "intersection_update"
                | "symmetric_difference_update"
        )
    }
}

/// The container itself where its elements are of unknown type already; else a view of it.
#[inline]
fn seen<C: Container, P: Clone + 'static>(container: C, kind: fn(P) -> Kind) -> Value {
    match (&container as &dyn Any).downcast_ref::<P>() {
        Some(plain) => Value(kind(plain.clone())),
        None => Value(Kind::Object(Rc::new(Box::new(View(container))))),
    }
}

impl<T: Element> From<List<T>> for Value {
    #[inline]
    fn from(list: List<T>) -> Value {
        seen(list, Kind::List)
    }
}

impl<K: Element, V: Element> From<Dict<K, V>> for Value {
    #[inline]
    fn from(dict: Dict<K, V>) -> Value {
        seen(dict, Kind::Dict)
    }
}

impl<T: Element> From<Set<T>> for Value {
    #[inline]
    fn from(set: Set<T>) -> Value {
        seen(set, Kind::Set)
    }
}

impl<T: Element> From<VarTuple<T>> for Value {
    #[inline]
    fn from(tuple: VarTuple<T>) -> Value {
        match (&tuple as &dyn Any).downcast_ref::<VarTuple<Value>>() {
            Some(plain) => Value(Kind::Tuple(plain.clone())),
            None => Value(Kind::Tuple(tuple.iter().map(T::into).collect())),
        }
    }
}

impl<T: Element> From<FrozenSet<T>> for Value {
    #[inline]
    fn from(set: FrozenSet<T>) -> Value {
        match (&set as &dyn Any).downcast_ref::<FrozenSet<Value>>() {
            Some(plain) => Value(Kind::FrozenSet(plain.clone())),
            None => {
                let items: Vec<Value> = set.unchecked().map(T::into).collect();
                Value(Kind::FrozenSet(items.into_iter().collect()))
            }
        }
    }
}

/// The very container that is seen through the value.
#[inline]
fn viewed<C: Clone + 'static>(value: &Value) -> Option<C> {
    match &value.0 {
        Kind::Object(object) => object.handle().downcast_ref::<C>().cloned(),
        _ => None,
    }
}

impl<T: Element> FromValue for List<T> {
    const EXPECTED: &'static str = "list";

    #[inline]
    fn from_value(value: &Value) -> Option<Self> {
        match &value.0 {
            Kind::List(list) => match (list as &dyn Any).downcast_ref::<List<T>>() {
                Some(same) => Some(same.clone()),
                None => list.iter().map(|item| T::from_value(&item)).collect::<Option<Vec<T>>>().map(List::from),
            },
            _ => viewed(value),
        }
    }
}

impl<K: Element, V: Element> FromValue for Dict<K, V> {
    const EXPECTED: &'static str = "dict";

    #[inline]
    fn from_value(value: &Value) -> Option<Self> {
        let Kind::Dict(dict) = &value.0 else { return viewed(value) };
        if let Some(same) = (dict as &dyn Any).downcast_ref::<Dict<K, V>>() {
            return Some(same.clone());
        }
        let copy = Dict::new();
        for (key, value) in dict.to_vec() {
            copy.try_set_item(K::from_value(&key)?, V::from_value(&value)?).ok()?;
        }
        Some(copy)
    }
}

impl<T: Element> FromValue for Set<T> {
    const EXPECTED: &'static str = "set";

    #[inline]
    fn from_value(value: &Value) -> Option<Self> {
        let Kind::Set(set) = &value.0 else { return viewed(value) };
        if let Some(same) = (set as &dyn Any).downcast_ref::<Set<T>>() {
            return Some(same.clone());
        }
        let copy = Set::new();
        for item in set.unchecked() {
            copy.try_add(T::from_value(&item)?).ok()?;
        }
        Some(copy)
    }
}

impl<T: Element> FromValue for VarTuple<T> {
    const EXPECTED: &'static str = "tuple";

    #[inline]
    fn from_value(value: &Value) -> Option<Self> {
        let Kind::Tuple(tuple) = &value.0 else { return None };
        match (tuple as &dyn Any).downcast_ref::<VarTuple<T>>() {
            Some(same) => Some(same.clone()),
            None => tuple.iter().map(|item| T::from_value(&item)).collect(),
        }
    }
}

impl<T: Element> FromValue for FrozenSet<T> {
    const EXPECTED: &'static str = "frozenset";

    #[inline]
    fn from_value(value: &Value) -> Option<Self> {
        let Kind::FrozenSet(set) = &value.0 else { return None };
        match (set as &dyn Any).downcast_ref::<FrozenSet<T>>() {
            Some(same) => Some(same.clone()),
            None => set
                .unchecked()
                .map(|item| T::from_value(&item))
                .collect::<Option<Vec<T>>>()
                .map(|items| items.into_iter().collect()),
        }
    }
}

impl Value {
    /// A container of known element types as one of unknown ones; anything else as it is.
    #[inline]
    pub(super) fn plain(&self) -> Option<Value> {
        match &self.0 {
            Kind::Object(object) => object.plain(),
            _ => None,
        }
    }

    /// Both operands plain, when one of them was not.
    #[inline]
    pub(super) fn plain_pair(&self, other: &Value) -> Option<(Value, Value)> {
        match (self.plain(), other.plain()) {
            (None, None) => None,
            (a, b) => Some((a.unwrap_or_else(|| self.clone()), b.unwrap_or_else(|| other.clone()))),
        }
    }
}
