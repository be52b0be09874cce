//! Containers made of iterables.
use crate::dict::Dict;
use crate::error::PyResult;
use crate::iter::Iterable;
use crate::list::List;
use crate::object::{Key, Object};
use crate::set::{FrozenSet, Set};
use crate::tuple::VarTuple;

/// `list(items)`
#[inline]
pub fn list<I: Iterable + ?Sized>(items: &I) -> PyResult<List<I::Item>> {
    items.items().collect()
}

/// `tuple(items)`
#[inline]
pub fn tuple<I: Iterable + ?Sized>(items: &I) -> PyResult<VarTuple<I::Item>> {
    items.items().collect()
}

/// `set(items)`
#[inline]
pub fn set<I: Iterable<Item: Key + Object + Clone> + ?Sized>(items: &I) -> PyResult<Set<I::Item>> {
    Set::from_items(items)
}

/// `frozenset(items)`
#[inline]
pub fn frozenset<I: Iterable<Item: Key + Object + Clone> + ?Sized>(items: &I) -> PyResult<FrozenSet<I::Item>> {
    FrozenSet::from_items(items)
}

/// `dict(pairs)`
#[inline]
pub fn dict<K, V, I>(pairs: &I) -> PyResult<Dict<K, V>>
where
    K: Key + Object + Clone,
    V: Clone + 'static,
    I: Iterable<Item = (K, V)> + ?Sized,
{
    let dict = Dict::new();
    dict.update_from(pairs)?;
    Ok(dict)
}

/// `dict.fromkeys(keys)`
#[inline]
pub fn dict_fromkeys<I: Iterable<Item: Key + Object + Clone> + ?Sized>(keys: &I) -> PyResult<Dict<I::Item, ()>> {
    dict_fromkeys_value(keys, ())
}

/// `dict.fromkeys(keys, value)`
#[inline]
pub fn dict_fromkeys_value<I, V>(keys: &I, value: V) -> PyResult<Dict<I::Item, V>>
where
    I: Iterable<Item: Key + Object + Clone> + ?Sized,
    V: Clone + 'static,
{
    let dict = Dict::new();
    for key in keys.items() {
        dict.try_set_item(key?, value.clone())?;
    }
    Ok(dict)
}
