//! `collections.deque`: a shared handle. No borrow is held while code of the program runs.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt::{self, Write};

use crate::iter::{Iterable, ToIter};
use crate::object::{address, repr_once, unhashable};
use crate::prelude::*;
use crate::trash::dispose;

/// Python's `deque`; a clone is the same deque.
pub struct Deque<T: 'static>(Rc<Body<T>>);

struct Body<T: 'static> {
    items: RefCell<VecDeque<T>>,
    maxlen: Option<usize>,
    /// Counts changes: an iterator that sees another number raises.
    version: Cell<u64>,
}

impl<T: 'static> Drop for Body<T> {
    #[inline]
    fn drop(&mut self) {
        dispose(std::mem::take(self.items.get_mut()));
    }
}

impl<T: 'static> Deque<T> {
    /// `deque()`
    #[inline]
    pub fn new() -> Deque<T> {
        Deque::of(VecDeque::new(), None)
    }

    #[inline]
    fn of(items: VecDeque<T>, maxlen: Option<usize>) -> Deque<T> {
        Deque(Rc::new(Body { items: RefCell::new(items), maxlen, version: Cell::new(0) }))
    }

    /// `deque(maxlen=…)`
    #[inline]
    pub fn with_maxlen(maxlen: Option<i64>) -> PyResult<Deque<T>> {
        let maxlen = maxlen.map(usize::try_from);
        let maxlen = maxlen.transpose().map_err(|_| ValueError::new("maxlen must be non-negative"))?;
        Ok(Deque::of(VecDeque::new(), maxlen))
    }

    /// `deque(iterable)`
    #[inline]
    pub fn from_iterable(items: &impl Iterable<Item = T>) -> PyResult<Deque<T>> {
        Deque::from_iterable_maxlen(items, None)
    }

    /// `deque(iterable, maxlen)`
    #[inline]
    pub fn from_iterable_maxlen(items: &impl Iterable<Item = T>, maxlen: Option<i64>) -> PyResult<Deque<T>> {
        let deque = Deque::with_maxlen(maxlen)?;
        deque.extend(items)?;
        Ok(deque)
    }

    /// Changes the items; what falls out is dropped once the borrow is over.
    #[inline]
    fn change<R>(&self, work: impl FnOnce(&mut VecDeque<T>) -> R) -> R {
        self.0.version.set(self.0.version.get() + 1);
        work(&mut self.0.items.borrow_mut())
    }

    #[inline]
    fn is_full(&self) -> bool {
        self.0.maxlen.is_some_and(|maxlen| self.0.items.borrow().len() >= maxlen)
    }

    /// `append(item)`
    #[inline]
    pub fn append(&self, item: T) {
        let out = self.is_full().then(|| self.change(VecDeque::pop_front)).flatten();
        if self.0.maxlen != Some(0) {
            self.change(|items| items.push_back(item));
        }
        drop(out);
    }

    /// `appendleft(item)`
    #[inline]
    pub fn appendleft(&self, item: T) {
        let out = self.is_full().then(|| self.change(VecDeque::pop_back)).flatten();
        if self.0.maxlen != Some(0) {
            self.change(|items| items.push_front(item));
        }
        drop(out);
    }

    /// `pop()`
    #[inline]
    pub fn pop(&self) -> PyResult<T> {
        self.change(VecDeque::pop_back).ok_or_else(|| IndexError::new("pop from an empty deque"))
    }

    /// `popleft()`
    #[inline]
    pub fn popleft(&self) -> PyResult<T> {
        self.change(VecDeque::pop_front).ok_or_else(|| IndexError::new("pop from an empty deque"))
    }

    /// `extend(iterable)`
    #[inline]
    pub fn extend(&self, items: &impl Iterable<Item = T>) -> PyResult {
        // The deque itself may be what is read: all is read first.
        let items = items.items().collect::<PyResult<Vec<T>>>()?;
        items.into_iter().for_each(|item| self.append(item));
        Ok(())
    }

    /// `extendleft(iterable)`
    #[inline]
    pub fn extendleft(&self, items: &impl Iterable<Item = T>) -> PyResult {
        let items = items.items().collect::<PyResult<Vec<T>>>()?;
        items.into_iter().for_each(|item| self.appendleft(item));
        Ok(())
    }

    /// `rotate(n)`
    #[inline]
    pub fn rotate(&self, n: i64) {
        self.change(|items| {
            if !items.is_empty() {
                let n = n.rem_euclid(items.len() as i64) as usize;
                items.rotate_right(n);
            }
        });
    }

    /// `clear()`
    #[inline]
    pub fn clear(&self) {
        let old = self.change(std::mem::take);
        dispose(old);
    }

    /// `reverse()`
    #[inline]
    pub fn reverse(&self) {
        self.change(|items| items.make_contiguous().reverse());
    }

    /// `len(d)`
    #[inline]
    pub fn len(&self) -> i64 {
        self.0.items.borrow().len() as i64
    }

    /// `not d`
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `d.maxlen`
    #[inline]
    pub fn maxlen(&self) -> Option<i64> {
        self.0.maxlen.map(|maxlen| maxlen as i64)
    }

    /// Are both the same object?
    #[inline]
    pub fn is(&self, other: &Deque<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    #[inline]
    fn place(&self, index: i64) -> PyResult<usize> {
        let len = self.len();
        let place = if index < 0 { index + len } else { index };
        if (0..len).contains(&place) { Ok(place as usize) } else { Err(IndexError::new("deque index out of range")) }
    }

    /// `d[i] = item`
    #[inline]
    pub fn set_item(&self, index: i64, item: T) -> PyResult {
        let place = self.place(index)?;
        // Not a change for iterators, as in CPython.
        let old = self.0.items.borrow_mut().get_mut(place).map(|old| std::mem::replace(old, item));
        drop(old);
        Ok(())
    }

    /// `del d[i]`
    #[inline]
    pub fn del_item(&self, index: i64) -> PyResult {
        let place = self.place(index)?;
        let old = self.change(|items| items.remove(place));
        drop(old);
        Ok(())
    }

    /// `insert(i, item)`
    #[inline]
    pub fn insert(&self, index: i64, item: T) -> PyResult {
        if self.is_full() {
            return Err(IndexError::new("deque already at its maximum size"));
        }
        let len = self.len();
        let place = if index < 0 { (index + len).max(0) } else { index.min(len) };
        self.change(|items| items.insert(place as usize, item));
        Ok(())
    }
}

impl<T: Clone + 'static> Deque<T> {
    /// `d[i]`
    #[inline]
    pub fn get_item(&self, index: i64) -> PyResult<T> {
        let place = self.place(index)?;
        self.item_at(place).ok_or_else(|| IndexError::new("deque index out of range"))
    }

    #[inline]
    fn item_at(&self, place: usize) -> Option<T> {
        self.0.items.borrow().get(place).cloned()
    }

    #[inline]
    fn to_vec(&self) -> Vec<T> {
        self.0.items.borrow().iter().cloned().collect()
    }

    /// `copy()`
    #[inline]
    pub fn copy(&self) -> Deque<T> {
        Deque::of(self.0.items.borrow().clone(), self.0.maxlen)
    }

    /// `for x in d`: RuntimeError when the deque changes meanwhile.
    #[inline]
    pub fn iter(&self) -> DequeItems<T> {
        DequeItems { deque: self.clone(), place: 0, version: self.0.version.get() }
    }

    /// `reversed(d)`
    #[inline]
    pub fn reversed(&self) -> Iter<T> {
        let items: Vec<T> = self.to_vec();
        Iter::named("_collections._deque_reverse_iterator", items.into_iter().rev().map(Ok))
    }

    /// `a + b`
    #[inline]
    pub fn concat(&self, other: &Deque<T>) -> PyResult<Deque<T>> {
        let sum = self.copy();
        sum.extend(other)?;
        Ok(sum)
    }
}

impl<T: Key + Clone> Deque<T> {
    /// `count(item)`
    #[inline]
    pub fn count(&self, item: &T) -> PyResult<i64> {
        let mut count = 0;
        for other in self.to_vec() {
            count += i64::from(other.py_eq(item)?);
        }
        Ok(count)
    }

    #[inline]
    fn find(&self, item: &T) -> PyResult<Option<usize>> {
        for (place, other) in self.to_vec().into_iter().enumerate() {
            if other.py_eq(item)? {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    /// `item in d`
    #[inline]
    pub fn contains(&self, item: &T) -> PyResult<bool> {
        self.find(item).map(|place| place.is_some())
    }

    /// `remove(item)`
    #[inline]
    pub fn remove(&self, item: &T) -> PyResult {
        let place = self.find(item)?.ok_or_else(|| ValueError::new("deque.remove(x): x not in deque"))?;
        self.del_item(place as i64)
    }
}

impl<T: Key + Object + Clone> Deque<T> {
    /// `index(item)`
    #[inline]
    pub fn index(&self, item: &T) -> PyResult<i64> {
        let place = self.find(item)?.ok_or_else(|| ValueError::new(format!("{} is not in deque", repr(item))))?;
        Ok(place as i64)
    }
}

/// Iterates over a deque.
pub struct DequeItems<T: 'static> {
    deque: Deque<T>,
    place: usize,
    version: u64,
}

impl<T: Clone + 'static> Iterator for DequeItems<T> {
    type Item = PyResult<T>;

    #[inline]
    fn next(&mut self) -> Option<PyResult<T>> {
        if self.deque.0.version.get() != self.version {
            return Some(Err(RuntimeError::new("deque mutated during iteration")));
        }
        let item = self.deque.item_at(self.place)?;
        self.place += 1;
        Some(Ok(item))
    }
}

impl<T: Clone + 'static> IntoIterator for &Deque<T> {
    type Item = PyResult<T>;
    type IntoIter = DequeItems<T>;

    #[inline]
    fn into_iter(self) -> DequeItems<T> {
        self.iter()
    }
}

impl<T: Clone + 'static> Iterable for Deque<T> {
    type Item = T;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<T>> {
        self.iter()
    }
}

impl<T: Clone + 'static> ToIter for Deque<T> {
    #[inline]
    fn to_iter(&self) -> Iter<T> {
        Iter::named("_collections._deque_iterator", self.iter())
    }
}

impl<T: 'static> Clone for Deque<T> {
    #[inline]
    fn clone(&self) -> Self {
        Deque(Rc::clone(&self.0))
    }
}

impl<T: 'static> Default for Deque<T> {
    #[inline]
    fn default() -> Self {
        Deque::new()
    }
}

impl<T: Object + Clone> Object for Deque<T> {
    fn py_copied(self, copier: &mut crate::copy::Copier) -> Self {
        let items = self.0.items.borrow().clone();
        Deque::of(items.iter().map(|item| copier.of(item)).collect(), self.0.maxlen)
    }

    #[inline]
    fn py_type(&self) -> &'static str {
        "deque"
    }

    #[inline]
    fn py_id(&self) -> usize {
        crate::object::address(&*self.0)
    }

    #[inline]
    fn py_bool(&self) -> bool {
        !self.is_empty()
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        repr_once(address(&*self.0), "[...]", out, |out| {
            out.write_str("deque(")?;
            List::from(self.to_vec()).py_repr(out)?;
            match self.maxlen() {
                Some(maxlen) => write!(out, ", maxlen={maxlen})"),
                None => out.write_str(")"),
            }
        })
    }
}

impl<T: Key + Clone> Key for Deque<T> {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        let (a, b) = (self.to_vec(), other.to_vec());
        if a.len() != b.len() {
            return Ok(false);
        }
        for (a, b) in a.iter().zip(&b) {
            if !a.py_eq(b)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Err(unhashable("collections.deque"))
    }
}

impl<T: Key + Clone> PartialEq for Deque<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        use crate::escape::OrEscape;
        self.py_eq(other).or_escape()
    }
}

impl<T: Object + Clone> Compare for Deque<T> {}

impl<T: Object + Clone> fmt::Debug for Deque<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.py_repr(f)
    }
}
