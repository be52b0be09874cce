//! `collections.Counter`: how often each element was counted.

use std::fmt::{self, Write};
use std::ops::Deref;

use crate::iter::{Iterable, ToIter};
use crate::lookup::Lookup;
use crate::prelude::*;

/// Python's `Counter`; a clone is the same counter. All methods of `Dict` are its, too.
pub struct Counter<T: 'static>(Dict<T, i64>);

impl<T: 'static> Counter<T> {
    /// `Counter()`
    #[inline]
    pub fn new() -> Counter<T> {
        Counter(Dict::new())
    }
}

impl Counter<Str> {
    /// `Counter(a=1)`
    #[inline]
    pub fn from_names<const N: usize>(names: [(&'static str, i64); N]) -> Counter<Str> {
        Counter(names.into_iter().map(|(name, count)| (Str::from(name), count)).collect())
    }
}

impl<T: Key + Object + Clone> Counter<T> {
    /// `Counter(iterable)`
    #[inline]
    pub fn from_iterable(items: &impl Iterable<Item = T>) -> PyResult<Counter<T>> {
        let counter = Counter::new();
        counter.update(items)?;
        Ok(counter)
    }

    /// `Counter(mapping)`
    #[inline]
    pub fn from_dict(counts: &Dict<T, i64>) -> Counter<T> {
        Counter(counts.copy())
    }

    /// `c[item]`: 0 for what was not counted.
    #[inline]
    pub fn get_item<Q: Lookup<T>>(&self, item: Q) -> i64 {
        self.0.get_or(item, 0)
    }

    /// `del c[item]`: nothing happens for what is not there.
    #[inline]
    pub fn del_item(&self, item: &T) {
        let _ = self.0.pop_optional(item);
    }

    #[inline]
    fn add(&self, item: T, count: i64) {
        let count = self.get_item(&item) + count;
        self.0.set_item(item, count);
    }

    /// `update(iterable)`
    #[inline]
    pub fn update(&self, items: &impl Iterable<Item = T>) -> PyResult {
        items.items().try_for_each(|item| item.map(|item| self.add(item, 1)))
    }

    /// `update(mapping)`
    #[inline]
    pub fn update_counts(&self, counts: &Dict<T, i64>) {
        counts.to_vec().into_iter().for_each(|(item, count)| self.add(item, count));
    }

    /// `subtract(iterable)`
    #[inline]
    pub fn subtract(&self, items: &impl Iterable<Item = T>) -> PyResult {
        items.items().try_for_each(|item| item.map(|item| self.add(item, -1)))
    }

    /// `subtract(mapping)`
    #[inline]
    pub fn subtract_counts(&self, counts: &Dict<T, i64>) {
        counts.to_vec().into_iter().for_each(|(item, count)| self.add(item, -count));
    }

    /// `most_common(n)`: the highest counts first, equal ones in the order they were met.
    #[inline]
    pub fn most_common(&self, n: Option<i64>) -> List<(T, i64)> {
        let mut items = self.0.to_vec();
        items.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        if let Some(n) = n {
            items.truncate(usize::try_from(n).unwrap_or(0));
        }
        List::from(items)
    }

    /// `elements()`: each as often as it was counted.
    #[inline]
    pub fn elements(&self) -> Iter<T> {
        let items = self.0.to_vec().into_iter();
        Iter::new(items.flat_map(|(item, count)| std::iter::repeat_n(item, usize::try_from(count).unwrap_or(0))))
    }

    /// `total()`
    #[inline]
    pub fn total(&self) -> i64 {
        self.0.to_vec().into_iter().map(|(_, count)| count).sum()
    }

    /// `copy()`
    #[inline]
    pub fn copy(&self) -> Counter<T> {
        Counter(self.0.copy())
    }

    /// Combines both counts of every element; only what is positive is kept.
    #[inline]
    fn combined(&self, other: &Counter<T>, combine: impl Fn(i64, i64) -> i64) -> Counter<T> {
        let result = Counter::new();
        for (item, count) in self.0.to_vec() {
            let count = combine(count, other.get_item(&item));
            if count > 0 {
                result.0.set_item(item, count);
            }
        }
        for (item, count) in other.0.to_vec() {
            let count = combine(0, count);
            if count > 0 && !self.0.contains(&item) {
                result.0.set_item(item, count);
            }
        }
        result
    }

    /// `a + b`
    #[inline]
    pub fn plus(&self, other: &Counter<T>) -> Counter<T> {
        self.combined(other, |a, b| a + b)
    }

    /// `a - b`
    #[inline]
    pub fn minus(&self, other: &Counter<T>) -> Counter<T> {
        self.combined(other, |a, b| a - b)
    }

    /// `a & b`
    #[inline]
    pub fn and(&self, other: &Counter<T>) -> Counter<T> {
        self.combined(other, i64::min)
    }

    /// `+a`: without what is not above zero.
    #[inline]
    pub fn positive(&self) -> Counter<T> {
        self.plus(&Counter::new())
    }

    /// `a | b`
    #[inline]
    pub fn or(&self, other: &Counter<T>) -> Counter<T> {
        self.combined(other, i64::max)
    }
}

impl<T: 'static> Deref for Counter<T> {
    type Target = Dict<T, i64>;

    #[inline]
    fn deref(&self) -> &Dict<T, i64> {
        &self.0
    }
}

impl<T: 'static> Default for Counter<T> {
    #[inline]
    fn default() -> Self {
        Counter::new()
    }
}

impl<T: 'static> Clone for Counter<T> {
    #[inline]
    fn clone(&self) -> Self {
        Counter(self.0.clone())
    }
}

impl<'a, T: Key + Clone> IntoIterator for &'a Counter<T> {
    type Item = PyResult<T>;
    type IntoIter = <&'a Dict<T, i64> as IntoIterator>::IntoIter;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        (&self.0).into_iter()
    }
}

impl<T: Key + Clone> Iterable for Counter<T> {
    type Item = T;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<T>> {
        Iterable::items(&self.0)
    }
}

impl<T: Key + Clone> ToIter for Counter<T> {
    #[inline]
    fn to_iter(&self) -> Iter<T> {
        self.0.to_iter()
    }
}

impl<T: Key + Object + Clone> Object for Counter<T> {
    #[inline]
    fn py_copied(self, copier: &mut crate::copy::Copier) -> Self {
        Counter(self.0.py_copied(copier))
    }

    #[inline]
    fn py_type(&self) -> &'static str {
        "Counter"
    }

    #[inline]
    fn py_id(&self) -> usize {
        self.0.py_id()
    }

    #[inline]
    fn py_bool(&self) -> bool {
        !self.0.is_empty()
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        if self.0.is_empty() {
            return out.write_str("Counter()");
        }
        out.write_str("Counter(")?;
        let sorted: Dict<T, i64> = self.most_common(None).to_vec().into();
        sorted.py_repr(out)?;
        out.write_str(")")
    }
}

impl<T: Key + Object + Clone> Key for Counter<T> {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        // What is missing counts as 0.
        let all = |a: &Counter<T>, b: &Counter<T>| a.0.to_vec().iter().all(|(item, count)| b.get_item(item) == *count);
        Ok(all(self, other) && all(other, self))
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Err(crate::object::unhashable("Counter"))
    }
}

impl<T: Key + Object + Clone> PartialEq for Counter<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.py_eq(other).unwrap_or(false)
    }
}

impl<T: Key + Object + Clone> Compare for Counter<T> {}
