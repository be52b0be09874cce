//! `Dict`: Python's `dict`, a shared handle, in order of insertion. No borrow is held while code of the program runs.
use std::cell::RefCell;
use std::fmt::{self, Write};
use std::rc::Rc;

use crate::error::PyResult;
use crate::escape::OrEscape;
use crate::exception::{ExceptionType, KeyError};
use crate::iter::Iterable;
use crate::lookup::Lookup;
use crate::object::{Compare, Key, Object, address, repr_once, unhashable};
use crate::peek::Peek;
use crate::trash::dispose;

mod iterate;
mod table;
#[cfg(test)]
mod tests;
mod views;

use table::{Found, Table};
pub use views::{Items, Keys, Part, Values, View};

/// Python's `dict`; a clone is the same dict.
pub struct Dict<K: 'static, V: 'static>(Rc<Body<K, V>>);

struct Body<K: 'static, V: 'static>(RefCell<Table<K, V>>);

impl<K: 'static, V: 'static> Drop for Body<K, V> {
    #[inline]
    fn drop(&mut self) {
        if std::mem::needs_drop::<(K, V)>() {
            dispose(std::mem::replace(self.0.get_mut(), Table::new()));
        }
    }
}

impl<K: 'static, V: 'static> Dict<K, V> {
    /// `{}`
    #[inline]
    pub fn new() -> Dict<K, V> {
        Dict(Rc::new(Body(RefCell::new(Table::new()))))
    }

    /// `len(d)`
    #[inline]
    pub fn len(&self) -> i64 {
        // SAFETY: nothing runs before the look ends.
        unsafe { self.0.0.peek() }.len() as i64
    }

    /// `not d`
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Are both the same object?
    #[inline]
    pub fn is(&self, other: &Dict<K, V>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// `id(d)`
    #[inline]
    pub fn address(&self) -> usize {
        address(&*self.0)
    }

    /// `d.clear()`
    #[inline]
    pub fn clear(&self) {
        let old = self.0.0.replace(Table::new());
        drop(old);
    }
}

impl<K: Key + Clone, V: Clone + 'static> Dict<K, V> {
    /// The place of a key among the entries.
    #[inline]
    fn find<Q: Lookup<K>>(&self, hash: i64, key: &Q) -> PyResult<Option<usize>> {
        if K::PLAIN {
            // SAFETY: to compare a plain key runs no code of the program.
            return unsafe { self.0.0.peek() }.find_plain(hash, key);
        }
        let mut from = None;
        loop {
            let (found, stamp) = {
                let table = self.0.0.borrow();
                (table.search(hash, from), table.stamp())
            };
            match found {
                Found::Missing => return Ok(None),
                Found::Maybe { key: candidate, probe, place } => {
                    let equal = key.is_key(&candidate)?;
                    if self.0.0.borrow().stamp() != stamp {
                        from = None;
                    } else if equal {
                        return Ok(Some(place));
                    } else {
                        from = Some(probe);
                    }
                }
            }
        }
    }

    #[inline]
    fn value_at(&self, place: usize) -> Option<V> {
        // SAFETY: nothing but the clone of a value is made.
        unsafe { self.0.0.peek() }.entry(place).map(|entry| entry.value.clone())
    }

    #[inline]
    pub(crate) fn try_get<Q: Lookup<K>>(&self, key: Q) -> PyResult<Option<V>> {
        Ok(match self.find(key.hash()?, &key)? {
            Some(place) => self.value_at(place),
            None => None,
        })
    }

    /// `d[key]`
    #[inline]
    pub fn get_item<Q: Lookup<K>>(&self, key: Q) -> PyResult<V> {
        let hash = key.hash()?;
        match self.find(hash, &key)?.and_then(|place| self.value_at(place)) {
            Some(value) => Ok(value),
            None => Err(key.missing()),
        }
    }

    /// `d.get(key)`
    #[inline]
    pub fn get<Q: Lookup<K>>(&self, key: Q) -> Option<V> {
        self.try_get(key).or_escape()
    }

    /// `d.get(key, default)`
    #[inline]
    pub fn get_or<Q: Lookup<K>>(&self, key: Q, default: V) -> V {
        self.get(key).unwrap_or(default)
    }

    /// `key in d`
    #[inline]
    pub fn contains<Q: Lookup<K>>(&self, key: Q) -> bool {
        self.try_contains(key).or_escape()
    }

    #[inline]
    pub(crate) fn try_contains<Q: Lookup<K>>(&self, key: Q) -> PyResult<bool> {
        Ok(self.find(key.hash()?, &key)?.is_some())
    }

    #[inline]
    pub(crate) fn try_set_item(&self, key: K, value: V) -> PyResult
    where
        K: Object,
    {
        let hash = key.py_hash()?;
        let place = self.find(hash, &&key)?;
        if let Some(place) = place {
            // SAFETY: the old value is dropped when nobody looks any more.
            if let Some(entry) = unsafe { self.0.0.poke() }.entry_mut(place) {
                let old = std::mem::replace(&mut entry.value, value);
                drop(old);
                return Ok(());
            }
        }
        self.0.0.borrow_mut().insert_new(hash, key, value);
        Ok(())
    }

    /// `d[key] = value`
    #[inline]
    pub fn set_item(&self, key: K, value: V)
    where
        K: Object,
    {
        self.try_set_item(key, value).or_escape();
    }

    #[inline]
    pub(crate) fn take<Q: Lookup<K>>(&self, key: &Q) -> PyResult<Option<V>> {
        let Some(place) = self.find(key.hash()?, key)? else { return Ok(None) };
        let entry = self.0.0.borrow_mut().remove(place);
        Ok(entry.map(|entry| entry.value))
    }

    /// `del d[key]`
    #[inline]
    pub fn del_item<Q: Lookup<K>>(&self, key: Q) -> PyResult {
        let old = self.pop(key)?;
        drop(old);
        Ok(())
    }

    /// `d.pop(key)`
    #[inline]
    pub fn pop<Q: Lookup<K>>(&self, key: Q) -> PyResult<V> {
        self.take(&key)?.ok_or_else(|| key.missing())
    }

    /// `d.pop(key, None)`
    #[inline]
    pub fn pop_optional<Q: Lookup<K>>(&self, key: Q) -> Option<V> {
        self.take(&key).or_escape()
    }

    /// `d.pop(key, default)`
    #[inline]
    pub fn pop_or<Q: Lookup<K>>(&self, key: Q, default: V) -> V {
        self.pop_optional(key).unwrap_or(default)
    }

    /// `d.popitem()`
    #[inline]
    pub fn popitem(&self) -> PyResult<(K, V)> {
        let last = self.0.0.borrow_mut().pop_last();
        match last {
            Some(entry) => Ok((entry.key, entry.value)),
            None => Err(KeyError::new("popitem(): dictionary is empty")),
        }
    }

    /// `d.setdefault(key, default)`
    #[inline]
    pub fn setdefault(&self, key: K, default: V) -> V
    where
        K: Object,
    {
        self.try_setdefault(key, default).or_escape()
    }

    #[inline]
    pub(crate) fn try_setdefault(&self, key: K, default: V) -> PyResult<V>
    where
        K: Object,
    {
        let hash = key.py_hash()?;
        if let Some(value) = self.find(hash, &&key)?.and_then(|place| self.value_at(place)) {
            return Ok(value);
        }
        self.0.0.borrow_mut().insert_new(hash, key, default.clone());
        Ok(default)
    }

    /// `d.copy()`
    #[inline]
    pub fn copy(&self) -> Dict<K, V> {
        let table = self.0.0.borrow();
        let mut copy = Table::with_capacity(table.len());
        for entry in table.iter() {
            copy.insert(entry.code, entry.key.clone(), entry.value.clone());
        }
        Dict(Rc::new(Body(RefCell::new(copy))))
    }

    /// The pairs as they are now.
    #[inline]
    pub fn to_vec(&self) -> Vec<(K, V)> {
        self.0.0.borrow().iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect()
    }

    /// `d.update(other)`, `d |= other`
    #[inline]
    pub fn update(&self, other: &Dict<K, V>)
    where
        K: Object,
    {
        self.try_update(other).or_escape();
    }

    #[inline]
    pub(crate) fn try_update(&self, other: &Dict<K, V>) -> PyResult
    where
        K: Object,
    {
        other.to_vec().into_iter().try_for_each(|(key, value)| self.try_set_item(key, value))
    }

    /// `d.update(pairs)`
    #[inline]
    pub fn update_from<I: Iterable<Item = (K, V)> + ?Sized>(&self, pairs: &I) -> PyResult
    where
        K: Object,
    {
        pairs.items().try_for_each(|pair| {
            let (key, value) = pair?;
            self.try_set_item(key, value)
        })
    }

    /// `d | other`
    #[inline]
    pub fn union(&self, other: &Dict<K, V>) -> Dict<K, V>
    where
        K: Object,
    {
        let all = self.copy();
        all.update(other);
        all
    }

    #[inline]
    fn try_eq(&self, other: &Dict<K, V>) -> PyResult<bool>
    where
        K: Object,
        V: Key,
    {
        if self.is(other) {
            return Ok(true);
        }
        if self.len() != other.len() {
            return Ok(false);
        }
        for (key, value) in self.to_vec() {
            match other.try_get(&key)? {
                Some(theirs) if value.py_eq(&theirs)? => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }
}

impl<K: 'static, V: 'static> Clone for Dict<K, V> {
    #[inline]
    fn clone(&self) -> Self {
        Dict(Rc::clone(&self.0))
    }
}

impl<K: 'static, V: 'static> Default for Dict<K, V> {
    #[inline]
    fn default() -> Self {
        Dict::new()
    }
}

impl<K: Key + Object + Clone, V: Clone + 'static> FromIterator<(K, V)> for Dict<K, V> {
    #[inline]
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let pairs = pairs.into_iter();
        let dict = Dict(Rc::new(Body(RefCell::new(Table::with_capacity(pairs.size_hint().0)))));
        for (key, value) in pairs {
            dict.set_item(key, value);
        }
        dict
    }
}

impl<K: Key + Object + Clone, V: Clone + 'static> From<Vec<(K, V)>> for Dict<K, V> {
    #[inline]
    fn from(pairs: Vec<(K, V)>) -> Self {
        pairs.into_iter().collect()
    }
}

impl<K: Key + Object + Clone, V: Clone + 'static, const N: usize> From<[(K, V); N]> for Dict<K, V> {
    #[inline]
    fn from(pairs: [(K, V); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl<K: Key + Object + Clone, V: Key + Clone> PartialEq for Dict<K, V> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.try_eq(other).or_escape()
    }
}

impl<K: Key + Object + Clone, V: Object + Clone> Object for Dict<K, V> {
    fn py_copied(self, copier: &mut crate::copy::Copier) -> Self {
        if !copier.is_deep() {
            return self.copy();
        }
        if let Some(known) = copier.known(self.py_id()) {
            return known;
        }
        let copy = Dict::new();
        copier.remember(self.py_id(), &copy);
        let filled = copy.clone();
        copier.later(move |copier| {
            for (key, value) in self.to_vec() {
                filled.set_item(key.py_copied(copier), value.py_copied(copier));
            }
        });
        copy
    }

    #[inline]
    fn py_type(&self) -> &'static str {
        "dict"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        repr_once(self.address(), "{...}", out, |out| {
            out.write_char('{')?;
            for (i, (key, value)) in self.to_vec().iter().enumerate() {
                if i > 0 {
                    out.write_str(", ")?;
                }
                key.py_repr(out)?;
                out.write_str(": ")?;
                value.py_repr(out)?;
            }
            out.write_char('}')
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

impl<K: Key + Object + Clone, V: Key + Clone> Key for Dict<K, V> {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        self.try_eq(other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Err(unhashable("dict"))
    }
}

impl<K: Key + Object + Clone, V: Object + Clone> Compare for Dict<K, V> {}

impl<K: Key + Object + Clone, V: Object + Clone> fmt::Debug for Dict<K, V> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.py_repr(f)
    }
}
