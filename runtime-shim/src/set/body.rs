//! What `Set` and `FrozenSet` share: a table behind a handle, and the operations of sets in CPython's order.
use std::cell::RefCell;
use std::fmt::{self, Write};
use std::rc::Rc;

use super::table::{Found, Table};
use crate::error::PyResult;
use crate::exception::{ExceptionType, RuntimeError};
use crate::iter::Iterable;
use crate::lookup::Lookup;
use crate::object::{Key, Object, address, repr_once, write_items};
use crate::trash::dispose;

/// A set of either kind; a clone is the same set.
pub struct Handle<T: 'static>(Rc<Body<T>>);

struct Body<T: 'static>(RefCell<Table<T>>);

impl<T: 'static> Drop for Body<T> {
    fn drop(&mut self) {
        if std::mem::needs_drop::<T>() {
            dispose(std::mem::replace(self.0.get_mut(), Table::new()));
        }
    }
}

impl<T: 'static> Clone for Handle<T> {
    fn clone(&self) -> Self {
        Handle(Rc::clone(&self.0))
    }
}

impl<T: 'static> Handle<T> {
    pub(crate) fn new() -> Handle<T> {
        Handle::of(Table::new())
    }

    fn of(table: Table<T>) -> Handle<T> {
        Handle(Rc::new(Body(RefCell::new(table))))
    }

    pub(crate) fn table(&self) -> &RefCell<Table<T>> {
        &self.0.0
    }

    pub(crate) fn count(&self) -> usize {
        self.table().borrow().len()
    }

    pub(crate) fn is(&self, other: &Handle<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    pub(crate) fn address(&self) -> usize {
        address(&*self.0)
    }

    pub(crate) fn clear(&self) {
        let old = self.table().replace(Table::new());
        drop(old);
    }

    /// Takes over the keys of another set that nobody else holds.
    fn become_(&self, other: &Handle<T>) {
        let new = other.table().replace(Table::new());
        let old = self.table().replace(new);
        drop(old);
    }
}

impl<T: Clone + 'static> Handle<T> {
    pub(crate) fn to_vec(&self) -> Vec<T> {
        self.table().borrow().keys().map(|(_, key)| key.clone()).collect()
    }

    fn pairs(&self) -> Vec<(i64, T)> {
        self.table().borrow().keys().map(|(hash, key)| (hash, key.clone())).collect()
    }

    /// A new set with the same keys: `set(s)`, `s.copy()`.
    pub(crate) fn copy(&self) -> Handle<T> {
        let theirs = self.table().borrow();
        let mut table = Table::new();
        table.reserve_for_merge(theirs.len());
        table.fill_from(&theirs);
        Handle::of(table)
    }

    pub(crate) fn write(&self, out: &mut dyn Write, name: &str) -> fmt::Result
    where
        T: Object,
    {
        if self.count() == 0 {
            return write!(out, "{name}()");
        }
        repr_once(self.address(), &format!("{name}(...)"), out, |out| {
            if name == "set" {
                return write_items(out, ("{", "}"), &self.to_vec());
            }
            write!(out, "{name}")?;
            write_items(out, ("({", "})"), &self.to_vec())
        })
    }
}

impl<T: Key + Clone> Handle<T> {
    /// The slot of a key, or the free slot where it would go.
    fn find<Q: Lookup<T>>(&self, hash: i64, key: &Q) -> PyResult<Result<usize, usize>> {
        let mut from = None;
        loop {
            let table = self.table().borrow();
            let probe = match table.search(hash, from) {
                Found::Free(place) => return Ok(Err(place)),
                Found::Maybe(probe) => probe,
            };
            let Some(candidate) = table.slot(probe.place()).and_then(|slot| slot.key.as_ref()) else {
                return Ok(Err(probe.place()));
            };
            if T::PLAIN {
                if key.is_key(candidate)? {
                    return Ok(Ok(probe.place()));
                }
                from = Some(probe);
                continue;
            }
            let (candidate, stamp) = (candidate.clone(), table.stamp());
            drop(table);
            let equal = key.is_key(&candidate)?;
            if self.table().borrow().stamp() != stamp {
                from = None;
            } else if equal {
                return Ok(Ok(probe.place()));
            } else {
                from = Some(probe);
            }
        }
    }

    pub(crate) fn has<Q: Lookup<T>>(&self, key: &Q) -> PyResult<bool> {
        Ok(self.find(key.hash()?, key)?.is_ok())
    }

    fn has_hashed(&self, hash: i64, key: &T) -> PyResult<bool>
    where
        T: Object,
    {
        Ok(self.find(hash, &key)?.is_ok())
    }

    pub(crate) fn add(&self, key: T) -> PyResult
    where
        T: Object,
    {
        let hash = key.py_hash()?;
        self.add_hashed(hash, key)
    }

    fn add_hashed(&self, hash: i64, key: T) -> PyResult
    where
        T: Object,
    {
        if let Err(place) = self.find(hash, &&key)? {
            self.table().borrow_mut().insert_at(place, hash, key);
        }
        Ok(())
    }

    /// Was it there?
    pub(crate) fn discard<Q: Lookup<T>>(&self, key: &Q) -> PyResult<bool> {
        let Ok(place) = self.find(key.hash()?, key)? else { return Ok(false) };
        let old = self.table().borrow_mut().remove_at(place);
        drop(old);
        Ok(true)
    }
}

impl<T: Key + Object + Clone> Handle<T> {
    /// `set(items)`
    pub(crate) fn from_items<I: Iterable<Item = T> + ?Sized>(items: &I) -> PyResult<Handle<T>> {
        let set = Handle::new();
        set.update(items)?;
        Ok(set)
    }

    pub(crate) fn update<I: Iterable<Item = T> + ?Sized>(&self, items: &I) -> PyResult {
        match items.as_set() {
            Some(other) => self.merge(&other),
            None => items.items().try_for_each(|item| self.add(item?)),
        }
    }

    /// `self |= other`, of sets.
    pub(crate) fn merge(&self, other: &Handle<T>) -> PyResult {
        if self.is(other) || other.count() == 0 {
            return Ok(());
        }
        {
            let mut mine = self.table().borrow_mut();
            let theirs = other.table().borrow();
            mine.reserve_for_merge(theirs.len());
            if mine.fill() == 0 {
                mine.fill_from(&theirs);
                return Ok(());
            }
        }
        other.pairs().into_iter().try_for_each(|(hash, key)| self.add_hashed(hash, key))
    }

    pub(crate) fn union<I: Iterable<Item = T> + ?Sized>(&self, other: &I) -> PyResult<Handle<T>> {
        let all = self.copy();
        all.update(other)?;
        Ok(all)
    }

    pub(crate) fn intersection<I: Iterable<Item = T> + ?Sized>(&self, other: &I) -> PyResult<Handle<T>> {
        if let Some(other) = other.as_set() {
            return self.intersection_set(&other);
        }
        let both = Handle::new();
        for item in other.items() {
            let item = item?;
            let hash = item.py_hash()?;
            if self.has_hashed(hash, &item)? {
                both.add_hashed(hash, item)?;
            }
        }
        Ok(both)
    }

    pub(crate) fn intersection_set(&self, other: &Handle<T>) -> PyResult<Handle<T>> {
        if self.is(other) {
            return Ok(self.copy());
        }
        let (large, small) = if other.count() > self.count() { (other, self) } else { (self, other) };
        let both = Handle::new();
        for (hash, key) in small.pairs() {
            if large.has_hashed(hash, &key)? {
                both.add_hashed(hash, key)?;
            }
        }
        Ok(both)
    }

    pub(crate) fn intersection_update<I: Iterable<Item = T> + ?Sized>(&self, other: &I) -> PyResult {
        let both = self.intersection(other)?;
        self.become_(&both);
        Ok(())
    }

    pub(crate) fn difference<I: Iterable<Item = T> + ?Sized>(&self, other: &I) -> PyResult<Handle<T>> {
        if let Some(other) = other.as_set() {
            return self.difference_set(&other);
        }
        let rest = self.copy();
        rest.difference_update(other)?;
        Ok(rest)
    }

    pub(crate) fn difference_set(&self, other: &Handle<T>) -> PyResult<Handle<T>> {
        // A much smaller set is taken out of a copy.
        if self.count() >> 2 > other.count() {
            let rest = self.copy();
            rest.difference_update_set(other)?;
            return Ok(rest);
        }
        let rest = Handle::new();
        for (hash, key) in self.pairs() {
            if !other.has_hashed(hash, &key)? {
                rest.add_hashed(hash, key)?;
            }
        }
        Ok(rest)
    }

    pub(crate) fn difference_update<I: Iterable<Item = T> + ?Sized>(&self, other: &I) -> PyResult {
        if let Some(other) = other.as_set() {
            return self.difference_update_set(&other);
        }
        for item in other.items() {
            self.discard(&&item?)?;
        }
        self.table().borrow_mut().tidy();
        Ok(())
    }

    pub(crate) fn difference_update_set(&self, other: &Handle<T>) -> PyResult {
        if self.is(other) {
            self.clear();
            return Ok(());
        }
        for key in other.to_vec() {
            self.discard(&&key)?;
        }
        self.table().borrow_mut().tidy();
        Ok(())
    }

    pub(crate) fn symmetric_difference<I: Iterable<Item = T> + ?Sized>(&self, other: &I) -> PyResult<Handle<T>> {
        let either = Handle::from_items(other)?;
        either.symmetric_difference_update_set(self)?;
        Ok(either)
    }

    pub(crate) fn symmetric_difference_update<I: Iterable<Item = T> + ?Sized>(&self, other: &I) -> PyResult {
        match other.as_set() {
            Some(other) => self.symmetric_difference_update_set(&other),
            None => self.symmetric_difference_update_set(&Handle::from_items(other)?),
        }
    }

    pub(crate) fn symmetric_difference_update_set(&self, other: &Handle<T>) -> PyResult {
        if self.is(other) {
            self.clear();
            return Ok(());
        }
        for (hash, key) in other.pairs() {
            if !self.discard(&&key)? {
                self.add_hashed(hash, key)?;
            }
        }
        Ok(())
    }

    pub(crate) fn is_subset(&self, other: &Handle<T>) -> PyResult<bool> {
        if self.count() > other.count() {
            return Ok(false);
        }
        for (hash, key) in self.pairs() {
            if !other.has_hashed(hash, &key)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(crate) fn isdisjoint<I: Iterable<Item = T> + ?Sized>(&self, other: &I) -> PyResult<bool> {
        for item in other.items() {
            if self.has(&&item?)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(crate) fn equals(&self, other: &Handle<T>) -> PyResult<bool> {
        Ok(self.is(other) || (self.count() == other.count() && self.is_subset(other)?))
    }
}

/// Walks through a set.
pub struct Walk<T: 'static> {
    set: Option<Handle<T>>,
    at: usize,
    size: usize,
}

impl<T: Clone + 'static> Walk<T> {
    pub(crate) fn new(set: &Handle<T>) -> Walk<T> {
        Walk { set: Some(set.clone()), at: 0, size: set.count() }
    }

    pub(crate) fn next_unchecked(&mut self) -> Option<T> {
        let set = self.set.as_ref()?;
        let table = set.table().borrow();
        while let Some(slot) = table.slot(self.at) {
            self.at += 1;
            if let Some(key) = &slot.key {
                return Some(key.clone());
            }
        }
        drop(table);
        self.set = None;
        None
    }
}

impl<T: Clone + 'static> Iterator for Walk<T> {
    type Item = PyResult<T>;

    fn next(&mut self) -> Option<PyResult<T>> {
        if self.set.as_ref()?.count() != self.size {
            self.size = usize::MAX;
            return Some(Err(RuntimeError::new("Set changed size during iteration")));
        }
        self.next_unchecked().map(Ok)
    }
}

/// Walks through a set that cannot change meanwhile.
pub struct Unchecked<T: 'static>(pub(crate) Walk<T>);

impl<T: Clone + 'static> Iterator for Unchecked<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.next_unchecked()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.set.as_ref().map_or(0, Handle::count), None)
    }
}
