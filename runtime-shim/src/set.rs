//! `Set` and `FrozenSet`: Python's sets, shared handles, iterated in CPython's order.
use std::fmt::{self, Write};

use crate::error::PyResult;
use crate::escape::OrEscape;
use crate::exception::{ExceptionType, KeyError};
use crate::iter::{Iter, Iterable, ToIter};
use crate::lookup::Lookup;
use crate::object::{Compare, Key, Object, unhashable};

mod body;
#[cfg(test)]
mod cases;
mod several;
mod table;
#[cfg(test)]
mod tests;

pub use body::{Handle, Unchecked, Walk};

/// Python's `set`; a clone is the same set.
pub struct Set<T: 'static>(Handle<T>);

/// Python's `frozenset`.
pub struct FrozenSet<T: 'static>(Handle<T>);

/// A set of either kind.
pub trait SetLike<T: 'static> {
    /// What is in it.
    fn handle(&self) -> &Handle<T>;
}

macro_rules! both {
    ($Set:ident $name:literal $again:expr) => {
        impl<T: 'static> SetLike<T> for $Set<T> {
            fn handle(&self) -> &Handle<T> {
                &self.0
            }
        }

        impl<T: 'static> $Set<T> {
            /// The empty set.
            #[inline]
            pub fn new() -> $Set<T> {
                $Set(Handle::new())
            }

            /// `len(s)`
            #[inline]
            pub fn len(&self) -> i64 {
                self.0.count() as i64
            }

            /// `not s`
            #[inline]
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }

            /// Are both the same object?
            #[inline]
            pub fn is(&self, other: &$Set<T>) -> bool {
                self.0.is(&other.0)
            }

            /// `id(s)`
            #[inline]
            pub fn address(&self) -> usize {
                self.0.address()
            }
        }

        impl<T: Clone + 'static> $Set<T> {
            /// `for x in s`; items are `PyResult`: RuntimeError when the set changes its size meanwhile.
            #[inline]
            pub fn iter(&self) -> Walk<T> {
                Walk::new(&self.0)
            }

            /// `for x in s`, where the set cannot change meanwhile.
            #[inline]
            pub fn unchecked(&self) -> Unchecked<T> {
                Unchecked(Walk::new(&self.0))
            }

            /// The items as they are now.
            #[inline]
            pub fn to_vec(&self) -> Vec<T> {
                self.0.to_vec()
            }
        }

        impl<T: Key + Object + Clone> $Set<T> {
            /// A display of three or more constants: CPython makes a frozenset of them first, which shows in the order.
            #[inline]
            pub fn literal<const N: usize>(items: [T; N]) -> $Set<T> {
                $Set(items.into_iter().collect::<$Set<T>>().0.copy())
            }

            /// `item in s`
            #[inline]
            pub fn contains<Q: Lookup<T>>(&self, item: Q) -> bool {
                self.0.has(&item).or_escape()
            }

            #[inline]
            pub(crate) fn try_contains<Q: Lookup<T>>(&self, item: Q) -> PyResult<bool> {
                self.0.has(&item)
            }

            /// `s.difference(items)`
            #[inline]
            pub fn difference<I: Iterable<Item = T> + ?Sized>(&self, items: &I) -> PyResult<$Set<T>> {
                self.0.difference(items).map($Set)
            }

            /// `s.intersection(items)`
            #[inline]
            pub fn intersection<I: Iterable<Item = T> + ?Sized>(&self, items: &I) -> PyResult<$Set<T>> {
                self.0.intersection(items).map($Set)
            }

            /// `s.symmetric_difference(items)`
            #[inline]
            pub fn symmetric_difference<I: Iterable<Item = T> + ?Sized>(&self, items: &I) -> PyResult<$Set<T>> {
                self.0.symmetric_difference(items).map($Set)
            }

            /// `s.union(items)`
            #[inline]
            pub fn union<I: Iterable<Item = T> + ?Sized>(&self, items: &I) -> PyResult<$Set<T>> {
                self.0.union(items).map($Set)
            }

            /// `s & other`
            #[inline]
            pub fn intersection_set(&self, other: &impl SetLike<T>) -> $Set<T> {
                $Set(self.0.intersection_set(other.handle()).or_escape())
            }

            /// `s | other`
            #[inline]
            pub fn union_set(&self, other: &impl SetLike<T>) -> $Set<T> {
                let all = self.0.copy();
                all.merge(other.handle()).or_escape();
                $Set(all)
            }

            /// `s - other`
            #[inline]
            pub fn difference_set(&self, other: &impl SetLike<T>) -> $Set<T> {
                $Set(self.0.difference_set(other.handle()).or_escape())
            }

            /// `s ^ other`
            #[inline]
            pub fn symmetric_difference_set(&self, other: &impl SetLike<T>) -> $Set<T> {
                let either = other.handle().copy();
                either.symmetric_difference_update_set(&self.0).or_escape();
                $Set(either)
            }

            /// `s.isdisjoint(items)`
            #[inline]
            pub fn isdisjoint<I: Iterable<Item = T> + ?Sized>(&self, items: &I) -> PyResult<bool> {
                self.0.isdisjoint(items)
            }

            /// `s.issubset(items)`
            #[inline]
            pub fn issubset<I: Iterable<Item = T> + ?Sized>(&self, items: &I) -> PyResult<bool> {
                self.0.is_subset(&Handle::from_items(items)?)
            }

            /// `s.issuperset(items)`
            #[inline]
            pub fn issuperset<I: Iterable<Item = T> + ?Sized>(&self, items: &I) -> PyResult<bool> {
                Handle::from_items(items)?.is_subset(&self.0)
            }

            /// `s <= other`
            #[inline]
            pub fn is_subset(&self, other: &impl SetLike<T>) -> bool {
                self.0.is_subset(other.handle()).or_escape()
            }

            /// `s < other`
            #[inline]
            pub fn is_proper_subset(&self, other: &impl SetLike<T>) -> bool {
                self.0.count() < other.handle().count() && self.is_subset(other)
            }

            /// `s >= other`
            #[inline]
            pub fn is_superset(&self, other: &impl SetLike<T>) -> bool {
                other.handle().is_subset(&self.0).or_escape()
            }

            /// `s > other`
            #[inline]
            pub fn is_proper_superset(&self, other: &impl SetLike<T>) -> bool {
                self.0.count() > other.handle().count() && self.is_superset(other)
            }
        }

        impl<T: 'static> Clone for $Set<T> {
            #[inline]
            fn clone(&self) -> Self {
                $Set(self.0.clone())
            }
        }

        impl<T: 'static> Default for $Set<T> {
            #[inline]
            fn default() -> Self {
                $Set::new()
            }
        }

        impl<T: Key + Object + Clone> FromIterator<T> for $Set<T> {
            #[inline]
            fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
                let set = $Set::new();
                for item in items {
                    set.0.add(item).or_escape();
                }
                set
            }
        }

        impl<T: Key + Object + Clone, const N: usize> From<[T; N]> for $Set<T> {
            #[inline]
            fn from(items: [T; N]) -> Self {
                items.into_iter().collect()
            }
        }

        impl<T: Clone + 'static> IntoIterator for &$Set<T> {
            type Item = PyResult<T>;
            type IntoIter = Walk<T>;

            #[inline]
            fn into_iter(self) -> Walk<T> {
                self.iter()
            }
        }

        impl<T: Clone + 'static> Iterable for $Set<T> {
            type Item = T;

            #[inline]
            fn items(&self) -> impl Iterator<Item = PyResult<T>> {
                self.iter()
            }

            #[inline]
            fn as_set(&self) -> Option<Handle<T>> {
                Some(self.0.clone())
            }
        }

        impl<T: Clone + 'static> ToIter for $Set<T> {
            #[inline]
            fn to_iter(&self) -> Iter<T> {
                Iter::named("set_iterator", self.iter())
            }
        }

        impl<T: Key + Object + Clone, S: SetLike<T>> PartialEq<S> for $Set<T> {
            #[inline]
            fn eq(&self, other: &S) -> bool {
                self.0.equals(other.handle()).or_escape()
            }
        }

        impl<T: Object + Clone> Object for $Set<T> {
            // What is in a set is hashed: it hardly changes, and is not copied.
            #[inline]
            fn py_copied(self, _: &mut crate::copy::Copier) -> Self {
                $again(&self)
            }

            #[inline]
            fn py_type(&self) -> &'static str {
                $name
            }

            #[inline]
            fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
                self.0.write(out, $name)
            }

            #[inline]
            fn py_id(&self) -> usize {
                self.address()
            }

            #[inline]
            fn py_bool(&self) -> bool {
                !self.is_empty()
            }

            #[inline]
            fn py_len(&self) -> PyResult<i64> {
                Ok(self.len())
            }
        }

        impl<T: Key + Object + Clone> Compare for $Set<T> {
            #[inline]
            fn py_lt(&self, other: &Self) -> PyResult<bool> {
                Ok(self.is_proper_subset(other))
            }

            #[inline]
            fn py_le(&self, other: &Self) -> PyResult<bool> {
                self.0.is_subset(&other.0)
            }
        }

        impl<T: Object + Clone> fmt::Debug for $Set<T> {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.py_repr(f)
            }
        }
    };
}
both!(Set "set" |set: &Set<T>| Set(set.0.copy()));
both!(FrozenSet "frozenset" Clone::clone);

impl<T: Key + Object + Clone> Set<T> {
    /// `set(items)`
    #[inline]
    pub fn from_items<I: Iterable<Item = T> + ?Sized>(items: &I) -> PyResult<Set<T>> {
        Handle::from_items(items).map(Set)
    }

    /// `s.add(item)`
    #[inline]
    pub fn add(&self, item: T) {
        self.0.add(item).or_escape();
    }

    #[inline]
    pub(crate) fn try_add(&self, item: T) -> PyResult {
        self.0.add(item)
    }

    /// `s.clear()`
    #[inline]
    pub fn clear(&self) {
        self.0.clear();
    }

    /// `s.copy()`
    #[inline]
    pub fn copy(&self) -> Set<T> {
        Set(self.0.copy())
    }

    /// `s.discard(item)`
    #[inline]
    pub fn discard<Q: Lookup<T>>(&self, item: Q) {
        self.0.discard(&item).or_escape();
    }

    /// `s.remove(item)`
    #[inline]
    pub fn remove<Q: Lookup<T>>(&self, item: Q) -> PyResult {
        if self.0.discard(&item)? { Ok(()) } else { Err(item.missing()) }
    }

    /// `s.pop()`
    #[inline]
    pub fn pop(&self) -> PyResult<T> {
        let item = self.0.table().borrow_mut().pop();
        item.ok_or_else(|| KeyError::new("pop from an empty set"))
    }

    /// `s.update(items)`
    #[inline]
    pub fn update<I: Iterable<Item = T> + ?Sized>(&self, items: &I) -> PyResult {
        self.0.update(items)
    }

    /// `s |= other`
    #[inline]
    pub fn update_set(&self, other: &impl SetLike<T>) {
        self.0.merge(other.handle()).or_escape();
    }

    /// `s.difference_update(items)`
    #[inline]
    pub fn difference_update<I: Iterable<Item = T> + ?Sized>(&self, items: &I) -> PyResult {
        self.0.difference_update(items)
    }

    /// `s -= other`
    #[inline]
    pub fn difference_update_set(&self, other: &impl SetLike<T>) {
        self.0.difference_update_set(other.handle()).or_escape();
    }

    /// `s.intersection_update(items)`
    #[inline]
    pub fn intersection_update<I: Iterable<Item = T> + ?Sized>(&self, items: &I) -> PyResult {
        self.0.intersection_update(items)
    }

    /// `s &= other`
    #[inline]
    pub fn intersection_update_set(&self, other: &(impl SetLike<T> + Iterable<Item = T>)) {
        self.0.intersection_update(other).or_escape();
    }

    /// `s.symmetric_difference_update(items)`
    #[inline]
    pub fn symmetric_difference_update<I: Iterable<Item = T> + ?Sized>(&self, items: &I) -> PyResult {
        self.0.symmetric_difference_update(items)
    }

    /// `s ^= other`
    #[inline]
    pub fn symmetric_difference_update_set(&self, other: &impl SetLike<T>) {
        self.0.symmetric_difference_update_set(other.handle()).or_escape();
    }
}

impl<T: Key + Object + Clone> FrozenSet<T> {
    /// `frozenset(items)`
    #[inline]
    pub fn from_items<I: Iterable<Item = T> + ?Sized>(items: &I) -> PyResult<FrozenSet<T>> {
        Handle::from_items(items).map(FrozenSet)
    }

    /// `s.copy()`
    #[inline]
    pub fn copy(&self) -> FrozenSet<T> {
        self.clone()
    }
}

impl<T: Key + Object + Clone> Key for Set<T> {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        self.0.equals(&other.0)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Err(unhashable("set"))
    }
}

impl<T: Key + Object + Clone> Key for FrozenSet<T> {
    const PLAIN: bool = T::PLAIN;

    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        self.0.equals(&other.0)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(self.0.table().borrow().frozen_hash())
    }
}
