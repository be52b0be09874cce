//! `d.keys()`, `d.values()`, `d.items()`, and iterating a dict itself.
use std::fmt::{self, Write};
use std::marker::PhantomData;

use super::Dict;
use super::iterate::{Walk, Way};
use crate::error::PyResult;
use crate::escape::OrEscape;
use crate::iter::{Iter, Iterable, ToIter};
use crate::object::{Compare, Key, Object, repr_once, write_items};
use crate::set::Set;

/// What a view shows of each entry.
pub trait Part<K, V>: 'static {
    /// The key, the value or both.
    type Item: Clone + 'static;
    /// `dict_keys`, …
    const NAME: &'static str;
    /// `dict_keyiterator`, …
    const ITERATOR: &'static str;
    /// Picks it.
    fn pick(pair: (K, V)) -> Self::Item;
    /// Is it in a view of this dict?
    fn found(dict: &Dict<K, V>, item: &Self::Item) -> PyResult<bool>
    where
        K: Key + Object + Clone,
        V: Key + Clone;
}

/// Picks keys.
pub struct OfKeys;
/// Picks values.
pub struct OfValues;
/// Picks pairs.
pub struct OfItems;

impl<K: Clone + 'static, V> Part<K, V> for OfKeys {
    type Item = K;
    const NAME: &'static str = "dict_keys";
    const ITERATOR: &'static str = "dict_keyiterator";

    #[inline]
    fn pick((key, _): (K, V)) -> K {
        key
    }

    #[inline]
    fn found(dict: &Dict<K, V>, key: &K) -> PyResult<bool>
    where
        K: Key + Object + Clone,
        V: Key + Clone,
    {
        dict.try_contains(key)
    }
}

impl<K, V: Clone + 'static> Part<K, V> for OfValues {
    type Item = V;
    const NAME: &'static str = "dict_values";
    const ITERATOR: &'static str = "dict_valueiterator";

    #[inline]
    fn pick((_, value): (K, V)) -> V {
        value
    }

    /// Views of values are equal to themselves alone.
    #[inline]
    fn found(_: &Dict<K, V>, _: &V) -> PyResult<bool> {
        Ok(false)
    }
}

impl<K: Clone + 'static, V: Clone + 'static> Part<K, V> for OfItems {
    type Item = (K, V);
    const NAME: &'static str = "dict_items";
    const ITERATOR: &'static str = "dict_itemiterator";

    #[inline]
    fn pick(pair: (K, V)) -> (K, V) {
        pair
    }

    #[inline]
    fn found(dict: &Dict<K, V>, (key, value): &(K, V)) -> PyResult<bool>
    where
        K: Key + Object + Clone,
        V: Key + Clone,
    {
        match dict.try_get(key)? {
            Some(found) => found.py_eq(value),
            None => Ok(false),
        }
    }
}

/// A view of a dict: it shows what the dict holds whenever it is looked at.
pub struct View<K: 'static, V: 'static, P> {
    dict: Dict<K, V>,
    part: PhantomData<P>,
}

/// `d.keys()`
pub type Keys<K, V> = View<K, V, OfKeys>;
/// `d.values()`
pub type Values<K, V> = View<K, V, OfValues>;
/// `d.items()`
pub type Items<K, V> = View<K, V, OfItems>;

/// The items of a view, checked: RuntimeError when the dict changes meanwhile.
pub struct Checked<K: 'static, V: 'static, P>(Walk<K, V>, PhantomData<P>);

/// The items of a view where the dict cannot change meanwhile.
pub struct Unchecked<K: 'static, V: 'static, P>(Walk<K, V>, PhantomData<P>);

impl<K: Key + Clone, V: Clone + 'static, P: Part<K, V>> Iterator for Checked<K, V, P> {
    type Item = PyResult<P::Item>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        Some(self.0.next()?.map(P::pick))
    }
}

impl<K: Key + Clone, V: Clone + 'static, P: Part<K, V>> Iterator for Unchecked<K, V, P> {
    type Item = P::Item;

    #[inline]
    fn next(&mut self) -> Option<P::Item> {
        self.0.next_unchecked().map(P::pick)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.left(), None)
    }
}

impl<K: Key + Clone, V: Clone + 'static> Dict<K, V> {
    /// `d.keys()`
    #[inline]
    pub fn keys(&self) -> Keys<K, V> {
        View { dict: self.clone(), part: PhantomData }
    }

    /// `d.values()`
    #[inline]
    pub fn values(&self) -> Values<K, V> {
        View { dict: self.clone(), part: PhantomData }
    }

    /// `d.items()`
    #[inline]
    pub fn items(&self) -> Items<K, V> {
        View { dict: self.clone(), part: PhantomData }
    }

    /// `for key in d`
    #[inline]
    pub fn iter(&self) -> Checked<K, V, OfKeys> {
        self.keys().iter()
    }

    /// `for key in d`, where the dict cannot change meanwhile.
    #[inline]
    pub fn unchecked(&self) -> Unchecked<K, V, OfKeys> {
        self.keys().unchecked()
    }

    /// `reversed(d)`
    #[inline]
    pub fn reversed(&self) -> Iter<K> {
        self.keys().reversed()
    }
}

impl<K: Key + Clone, V: Clone + 'static, P: Part<K, V>> View<K, V, P> {
    /// `len(view)`
    #[inline]
    pub fn len(&self) -> i64 {
        self.dict.len()
    }

    /// `not view`
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.dict.is_empty()
    }

    /// `for x in view`; items are `PyResult`.
    #[inline]
    pub fn iter(&self) -> Checked<K, V, P> {
        Checked(Walk::new(&self.dict, Way::Forward), PhantomData)
    }

    /// `for x in view`, where the dict cannot change meanwhile.
    #[inline]
    pub fn unchecked(&self) -> Unchecked<K, V, P> {
        Unchecked(Walk::new(&self.dict, Way::Forward), PhantomData)
    }

    /// `reversed(view)`
    #[inline]
    pub fn reversed(&self) -> Iter<P::Item> {
        Iter::named(P::ITERATOR, Checked::<K, V, P>(Walk::new(&self.dict, Way::Backward), PhantomData))
    }

    #[inline]
    fn to_vec(&self) -> Vec<P::Item> {
        self.unchecked().collect()
    }
}

impl<K: Key + Object + Clone, V: Clone + 'static> Keys<K, V> {
    /// `key in d.keys()`
    #[inline]
    pub fn contains<Q: crate::lookup::Lookup<K>>(&self, key: Q) -> bool {
        self.dict.contains(key)
    }

    #[inline]
    fn to_set(&self) -> Set<K> {
        self.unchecked().collect()
    }

    /// `d.keys() & other`
    #[inline]
    pub fn and<I: Iterable<Item = K> + ?Sized>(&self, other: &I) -> PyResult<Set<K>> {
        self.to_set().intersection(other)
    }

    /// `d.keys() | other`
    #[inline]
    pub fn or<I: Iterable<Item = K> + ?Sized>(&self, other: &I) -> PyResult<Set<K>> {
        self.to_set().union(other)
    }

    /// `d.keys() - other`
    #[inline]
    pub fn sub<I: Iterable<Item = K> + ?Sized>(&self, other: &I) -> PyResult<Set<K>> {
        self.to_set().difference(other)
    }

    /// `d.keys() ^ other`
    #[inline]
    pub fn xor<I: Iterable<Item = K> + ?Sized>(&self, other: &I) -> PyResult<Set<K>> {
        self.to_set().symmetric_difference(other)
    }

    /// `d.keys().isdisjoint(other)`
    #[inline]
    pub fn isdisjoint<I: Iterable<Item = K> + ?Sized>(&self, other: &I) -> PyResult<bool> {
        self.to_set().isdisjoint(other)
    }
}

impl<K: Key + Clone, V: Key + Clone> Values<K, V> {
    /// `value in d.values()`
    #[inline]
    pub fn contains(&self, value: &V) -> bool {
        self.unchecked().any(|each| each.py_eq(value).or_escape())
    }
}

impl<K: Key + Object + Clone, V: Key + Clone> Items<K, V> {
    /// `(key, value) in d.items()`
    #[inline]
    pub fn contains(&self, (key, value): &(K, V)) -> bool {
        self.dict.get(key).is_some_and(|found| found.py_eq(value).or_escape())
    }
}

impl<K: 'static, V: 'static, P> Clone for View<K, V, P> {
    #[inline]
    fn clone(&self) -> Self {
        View { dict: self.dict.clone(), part: PhantomData }
    }
}

impl<K: Key + Clone, V: Clone + 'static, P: Part<K, V>> IntoIterator for &View<K, V, P> {
    type Item = PyResult<P::Item>;
    type IntoIter = Checked<K, V, P>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K: Key + Clone, V: Clone + 'static> IntoIterator for &Dict<K, V> {
    type Item = PyResult<K>;
    type IntoIter = Checked<K, V, OfKeys>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K: Key + Clone, V: Clone + 'static, P: Part<K, V>> Iterable for View<K, V, P> {
    type Item = P::Item;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<P::Item>> {
        self.iter()
    }
}

impl<K: Key + Clone, V: Clone + 'static, P: Part<K, V>> ToIter for View<K, V, P> {
    #[inline]
    fn to_iter(&self) -> Iter<P::Item> {
        Iter::named(P::ITERATOR, self.iter())
    }
}

impl<K: Key + Clone, V: Clone + 'static> Iterable for Dict<K, V> {
    type Item = K;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<K>> {
        self.iter()
    }
}

impl<K: Key + Clone, V: Clone + 'static> ToIter for Dict<K, V> {
    #[inline]
    fn to_iter(&self) -> Iter<K> {
        self.keys().to_iter()
    }
}

impl<K: Key + Clone, V: Clone + 'static, P: Part<K, V, Item: Object>> Object for View<K, V, P> {
    #[inline]
    fn py_type(&self) -> &'static str {
        P::NAME
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        repr_once(self.dict.address(), "...", out, |out| {
            out.write_str(P::NAME)?;
            write_items(out, ("([", "])"), &self.to_vec())
        })
    }

    #[inline]
    fn py_bool(&self) -> bool {
        !self.is_empty()
    }

    /// Of a dict of values of unknown types: their types are not known either.
    #[inline]
    fn py_iter(self: std::rc::Rc<Self>) -> PyResult<crate::iter::Iter<crate::value::Value>> {
        let any: &dyn std::any::Any = &*self;
        match any.downcast_ref::<View<crate::value::Value, crate::value::Value, OfKeys>>() {
            Some(keys) => Ok(crate::iter::Iter::fallible(keys.to_vec().into_iter().map(Ok))),
            None => {
                let text = format!("'{}' object is not iterable here", P::NAME);
                Err(<crate::exception::TypeError as crate::exception::ExceptionType>::new(text))
            }
        }
    }

    #[inline]
    fn py_len(&self) -> PyResult<i64> {
        Ok(self.len())
    }
}

impl<K: Key + Object + Clone, V: Key + Clone, P: Part<K, V>> Key for View<K, V, P> {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        if self.len() != other.len() {
            return Ok(false);
        }
        for item in self.unchecked() {
            if !P::found(&other.dict, &item)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl<K: Key + Clone, V: Clone + 'static, P: Part<K, V, Item: Object>> Compare for View<K, V, P> {}

impl<K: Key + Object + Clone, V: Key + Clone, P: Part<K, V>> PartialEq for View<K, V, P> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.py_eq(other).or_escape()
    }
}
