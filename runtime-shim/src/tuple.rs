//! `VarTuple`: a tuple of any length; `EmptyTuple`; and Rust's tuples as Python values.
use std::fmt::{self, Write};
use std::rc::Rc;

use crate::error::PyResult;
use crate::escape::OrEscape;
use crate::exception::{ExceptionType, IndexError, ValueError};
use crate::iter::{Iter, Iterable, ToIter};
use crate::list::{List, repeated};
use crate::number::hash::TupleHash;
use crate::object::{Compare, Key, Object, address, repr_once};
use crate::slice;
use crate::trash::dispose;

mod fixed;

/// A tuple whose length is not known before run time.
pub struct VarTuple<T: 'static>(Rc<Items<T>>);

struct Items<T: 'static>(Vec<T>);

impl<T: 'static> Drop for Items<T> {
    #[inline]
    fn drop(&mut self) {
        dispose(std::mem::take(&mut self.0));
    }
}

/// `()`, the tuple without items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmptyTuple;

impl<T: 'static> VarTuple<T> {
    /// `()`
    #[inline]
    pub fn new() -> VarTuple<T> {
        VarTuple::from(Vec::new())
    }

    /// `len(t)`
    #[inline]
    pub fn len(&self) -> i64 {
        self.0.0.len() as i64
    }

    /// `not t`
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.0.is_empty()
    }

    /// The items.
    #[inline]
    pub fn as_slice(&self) -> &[T] {
        &self.0.0
    }

    /// Are both the same object?
    #[inline]
    pub fn is(&self, other: &VarTuple<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// `id(t)`
    #[inline]
    pub fn address(&self) -> usize {
        address(&*self.0)
    }
}

impl<T: Clone + 'static> VarTuple<T> {
    /// `t[index]`
    #[inline]
    pub fn get_item(&self, index: i64) -> PyResult<T> {
        match slice::position(index, self.as_slice().len()) {
            Some(at) => Ok(self.as_slice()[at].clone()),
            None => Err(IndexError::new("tuple index out of range")),
        }
    }

    /// `t[start:stop]`
    #[inline]
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>) -> VarTuple<T> {
        let (start, stop) = slice::bounds(start, stop, self.as_slice().len());
        VarTuple::from(if start < stop { self.as_slice()[start..stop].to_vec() } else { Vec::new() })
    }

    /// `t[start:stop:step]`
    #[inline]
    pub fn slice_step(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> PyResult<VarTuple<T>> {
        let items = self.as_slice();
        Ok(slice::stepped(start, stop, step, items.len())?.map(|at| items[at].clone()).collect())
    }

    /// `t + other`
    #[inline]
    pub fn concat(&self, other: &VarTuple<T>) -> VarTuple<T> {
        self.iter().chain(other.iter()).collect()
    }

    /// `t * times`
    #[inline]
    pub fn repeat(&self, times: i64) -> VarTuple<T> {
        VarTuple::from(repeated(self.as_slice(), times))
    }

    /// `for x in t`
    #[inline]
    pub fn iter(&self) -> std::iter::Cloned<std::slice::Iter<'_, T>> {
        self.as_slice().iter().cloned()
    }

    /// `reversed(t)`
    #[inline]
    pub fn reversed(&self) -> Iter<T> {
        let (items, mut left) = (self.clone(), self.as_slice().len());
        let next = move || {
            left = left.checked_sub(1)?;
            items.as_slice().get(left).cloned().map(Ok)
        };
        Iter::named("reversed", std::iter::from_fn(next))
    }
}

impl<T: Key> VarTuple<T> {
    #[inline]
    fn find(&self, item: &T, from: usize, to: usize) -> PyResult<Option<usize>> {
        for (at, each) in self.as_slice().iter().enumerate().take(to).skip(from) {
            if each.py_eq(item)? {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// `item in t`
    #[inline]
    pub fn contains(&self, item: &T) -> bool {
        self.try_contains(item).or_escape()
    }

    #[inline]
    pub(crate) fn try_contains(&self, item: &T) -> PyResult<bool> {
        Ok(self.find(item, 0, usize::MAX)?.is_some())
    }

    /// `t.count(item)`
    #[inline]
    pub fn count(&self, item: &T) -> i64 {
        self.as_slice().iter().filter(|each| each.py_eq(item).or_escape()).count() as i64
    }

    /// `t.index(item)`
    #[inline]
    pub fn index(&self, item: &T) -> PyResult<i64> {
        self.index_in(item, 0, i64::MAX)
    }

    /// `t.index(item, start, stop)`
    #[inline]
    pub fn index_in(&self, item: &T, start: i64, stop: i64) -> PyResult<i64> {
        let len = self.as_slice().len();
        match self.find(item, slice::clamp(start, len), slice::clamp(stop, len))? {
            Some(at) => Ok(at as i64),
            None => Err(ValueError::new("tuple.index(x): x not in tuple")),
        }
    }

    /// The first place at which they differ, within the shorter one.
    #[inline]
    fn differ(&self, other: &VarTuple<T>) -> PyResult<Option<usize>> {
        for (at, (a, b)) in self.as_slice().iter().zip(other.as_slice()).enumerate() {
            if !a.py_eq(b)? {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }
}

impl<T: 'static> Clone for VarTuple<T> {
    #[inline]
    fn clone(&self) -> Self {
        VarTuple(Rc::clone(&self.0))
    }
}

impl<T: 'static> Default for VarTuple<T> {
    #[inline]
    fn default() -> Self {
        VarTuple::new()
    }
}

impl<T: 'static> From<Vec<T>> for VarTuple<T> {
    #[inline]
    fn from(items: Vec<T>) -> Self {
        VarTuple(Rc::new(Items(items)))
    }
}

impl<T: Clone + 'static> From<List<T>> for VarTuple<T> {
    #[inline]
    fn from(items: List<T>) -> Self {
        items.iter().collect()
    }
}

impl<T: 'static, const N: usize> From<[T; N]> for VarTuple<T> {
    #[inline]
    fn from(items: [T; N]) -> Self {
        VarTuple::from(Vec::from(items))
    }
}

impl<T: 'static> FromIterator<T> for VarTuple<T> {
    #[inline]
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        VarTuple::from(items.into_iter().collect::<Vec<T>>())
    }
}

impl<'a, T: Clone + 'static> IntoIterator for &'a VarTuple<T> {
    type Item = T;
    type IntoIter = std::iter::Cloned<std::slice::Iter<'a, T>>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Clone + 'static> Iterable for VarTuple<T> {
    type Item = T;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<T>> {
        self.iter().map(Ok)
    }
}

impl<T: Clone + 'static> ToIter for VarTuple<T> {
    #[inline]
    fn to_iter(&self) -> Iter<T> {
        let (items, mut at) = (self.clone(), 0);
        let next = move || {
            let item = items.as_slice().get(at)?.clone();
            at += 1;
            Some(Ok(item))
        };
        Iter::named("tuple_iterator", std::iter::from_fn(next))
    }
}

impl<T: Key> PartialEq for VarTuple<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.py_eq(other).or_escape()
    }
}

impl<T: Object + Clone> Object for VarTuple<T> {
    fn py_copied(self, copier: &mut crate::copy::Copier) -> Self {
        if !copier.is_deep() {
            return self;
        }
        self.as_slice().iter().map(|item| copier.of(item)).collect()
    }

    #[inline]
    fn py_type(&self) -> &'static str {
        "tuple"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        repr_once(self.address(), "(...)", out, |out| {
            write_tuple(out, self.as_slice().iter().map(|item| item as &dyn Repr))
        })
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

impl<T: Key> Key for VarTuple<T> {
    const PLAIN: bool = T::PLAIN;

    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self.is(other) || (self.len() == other.len() && self.differ(other)?.is_none()))
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        let mut hash = TupleHash::new();
        for item in self.as_slice() {
            hash.add(item.py_hash()?);
        }
        Ok(hash.finish())
    }
}

impl<T: Compare + Key + Clone> Compare for VarTuple<T> {
    #[inline]
    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        match self.differ(other)? {
            Some(at) => self.as_slice()[at].py_lt(&other.as_slice()[at]),
            None => Ok(self.len() < other.len()),
        }
    }

    #[inline]
    fn py_le(&self, other: &Self) -> PyResult<bool> {
        match self.differ(other)? {
            Some(at) => self.as_slice()[at].py_le(&other.as_slice()[at]),
            None => Ok(self.len() <= other.len()),
        }
    }

    #[inline]
    fn py_gt(&self, other: &Self) -> PyResult<bool> {
        match self.differ(other)? {
            Some(at) => self.as_slice()[at].py_gt(&other.as_slice()[at]),
            None => Ok(self.len() > other.len()),
        }
    }

    #[inline]
    fn py_ge(&self, other: &Self) -> PyResult<bool> {
        match self.differ(other)? {
            Some(at) => self.as_slice()[at].py_ge(&other.as_slice()[at]),
            None => Ok(self.len() >= other.len()),
        }
    }
}

impl<T: Object + Clone> fmt::Debug for VarTuple<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.py_repr(f)
    }
}

/// What can be written, of any type.
trait Repr {
    fn write(&self, out: &mut dyn Write) -> fmt::Result;
}

impl<T: Object> Repr for T {
    #[inline]
    fn write(&self, out: &mut dyn Write) -> fmt::Result {
        self.py_repr(out)
    }
}

/// `(a, b)`, and `(a,)`.
#[inline]
fn write_tuple<'a>(out: &mut dyn Write, items: impl ExactSizeIterator<Item = &'a dyn Repr>) -> fmt::Result {
    let one = items.len() == 1;
    out.write_char('(')?;
    for (i, item) in items.enumerate() {
        if i > 0 {
            out.write_str(", ")?;
        }
        item.write(out)?;
    }
    out.write_str(if one { ",)" } else { ")" })
}
