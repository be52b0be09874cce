//! `List`: Python's `list`, a shared handle. No borrow is held while code of the program runs.
use std::cell::RefCell;
use std::fmt::{self, Write};
use std::rc::Rc;

use crate::error::{PyErr, PyResult};
use crate::escape::OrEscape;
use crate::exception::{ExceptionType, IndexError, ValueError};
use crate::iter::{Iter, Iterable, ToIter};
use crate::object::{Compare, Key, Object, address, repr_once, unhashable, write_items};
use crate::peek::Peek;
use crate::slice;
use crate::trash::dispose;

mod slices;
pub(crate) mod sort;

/// Python's `list`; a clone is the same list.
pub struct List<T: 'static>(Rc<Items<T>>);

struct Items<T: 'static>(RefCell<Vec<T>>);

/// Not inlined, so that who reads an item stays small.
#[cold]
#[inline(never)]
fn out_of_range(message: &'static str) -> PyErr {
    IndexError::new(message)
}

impl<T: 'static> Drop for Items<T> {
    #[inline]
    fn drop(&mut self) {
        dispose(std::mem::take(self.0.get_mut()));
    }
}

impl<T: 'static> List<T> {
    /// `[]`
    #[inline]
    pub fn new() -> List<T> {
        List::from(Vec::new())
    }

    /// `len(xs)`
    #[inline]
    pub fn len(&self) -> i64 {
        self.count_items() as i64
    }

    #[inline]
    fn count_items(&self) -> usize {
        // SAFETY: nothing runs before the look ends.
        unsafe { self.0.0.peek() }.len()
    }

    /// `not xs`
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Are both the same object?
    #[inline]
    pub fn is(&self, other: &List<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// `id(xs)`
    #[inline]
    pub fn address(&self) -> usize {
        address(&*self.0)
    }

    /// Puts other items in; the old ones are for the caller to drop, after the borrow.
    #[must_use]
    #[inline]
    pub(crate) fn replace(&self, items: Vec<T>) -> Vec<T> {
        self.0.0.replace(items)
    }

    /// `xs.append(item)`
    #[inline]
    pub fn append(&self, item: T) {
        // SAFETY: to append runs no code of the program.
        unsafe { self.0.0.poke() }.push(item);
    }

    /// `xs.clear()`
    #[inline]
    pub fn clear(&self) {
        let old = self.replace(Vec::new());
        drop(old);
    }

    /// `xs[index] = item`
    #[inline]
    pub fn set_item(&self, index: i64, item: T) -> PyResult {
        // SAFETY: the old item is dropped when nobody looks any more.
        let items = unsafe { self.0.0.poke() };
        let old = match slice::position(index, items.len()) {
            Some(at) => std::mem::replace(&mut items[at], item),
            None => return Err(out_of_range("list assignment index out of range")),
        };
        drop(old);
        Ok(())
    }

    /// `del xs[index]`
    #[inline]
    pub fn del_item(&self, index: i64) -> PyResult {
        let old = self.take_at(index).ok_or_else(|| IndexError::new("list assignment index out of range"))?;
        drop(old);
        Ok(())
    }

    #[inline]
    fn take_at(&self, index: i64) -> Option<T> {
        let mut items = self.0.0.borrow_mut();
        let at = slice::position(index, items.len())?;
        Some(items.remove(at))
    }

    /// `xs.pop()`
    #[inline]
    pub fn pop(&self) -> PyResult<T> {
        let last = self.0.0.borrow_mut().pop();
        last.ok_or_else(|| IndexError::new("pop from empty list"))
    }

    /// `xs.pop(index)`
    #[inline]
    pub fn pop_at(&self, index: i64) -> PyResult<T> {
        if self.is_empty() {
            return Err(IndexError::new("pop from empty list"));
        }
        self.take_at(index).ok_or_else(|| IndexError::new("pop index out of range"))
    }

    /// `xs.insert(index, item)`
    #[inline]
    pub fn insert(&self, index: i64, item: T) {
        let mut items = self.0.0.borrow_mut();
        let at = slice::clamp(index, items.len());
        items.insert(at, item);
    }

    /// `xs.reverse()`
    #[inline]
    pub fn reverse(&self) {
        self.0.0.borrow_mut().reverse();
    }
}

impl<T: Clone + 'static> List<T> {
    /// `xs[index]`
    #[inline]
    pub fn get_item(&self, index: i64) -> PyResult<T> {
        // SAFETY: nothing but the clone of an item is made.
        let items = unsafe { self.0.0.peek() };
        match slice::position(index, items.len()) {
            Some(at) => Ok(items[at].clone()),
            None => Err(out_of_range("list index out of range")),
        }
    }

    /// The item at a place, if the list is so long.
    #[inline]
    pub fn item_at(&self, at: usize) -> Option<T> {
        // SAFETY: nothing but the clone of an item is made.
        unsafe { self.0.0.peek() }.get(at).cloned()
    }

    /// `for x in xs`; items that are appended meanwhile are seen.
    #[inline]
    pub fn iter(&self) -> ListItems<'_, T> {
        ListItems { list: self, at: 0 }
    }

    /// `reversed(xs)`
    #[inline]
    pub fn reversed(&self) -> Iter<T> {
        let list = self.clone();
        let mut left = list.count_items();
        let next = move || {
            left = left.checked_sub(1)?;
            let item = list.item_at(left);
            if item.is_none() {
                left = 0;
            }
            item.map(Ok)
        };
        Iter::named("list_reverseiterator", std::iter::from_fn(next))
    }

    /// The items as they are now.
    #[inline]
    pub fn to_vec(&self) -> Vec<T> {
        self.0.0.borrow().clone()
    }

    /// `xs.copy()`
    #[inline]
    pub fn copy(&self) -> List<T> {
        List::from(self.to_vec())
    }

    /// `xs + other`
    #[inline]
    pub fn concat(&self, other: &List<T>) -> List<T> {
        let mut items = Vec::with_capacity(self.count_items() + other.count_items());
        items.extend_from_slice(&self.0.0.borrow());
        items.extend_from_slice(&other.0.0.borrow());
        List::from(items)
    }

    /// `xs * times`
    #[inline]
    pub fn repeat(&self, times: i64) -> List<T> {
        List::from(repeated(&self.0.0.borrow(), times))
    }

    /// `xs *= times`
    #[inline]
    pub fn repeat_in_place(&self, times: i64) {
        let items = repeated(&self.0.0.borrow(), times);
        let old = self.replace(items);
        drop(old);
    }

    /// `xs.extend(items)`, `xs += items`
    #[inline]
    pub fn extend<I: Iterable<Item = T> + ?Sized>(&self, items: &I) -> PyResult {
        let mut more = Vec::new();
        let mut outcome = Ok(());
        for item in items.items() {
            match item {
                Ok(item) => more.push(item),
                Err(error) => {
                    outcome = Err(error);
                    break;
                }
            }
        }
        self.0.0.borrow_mut().append(&mut more);
        outcome
    }
}

impl<T: Clone + 'static> List<List<T>> {
    /// `rows[row][column]`
    #[inline(always)]
    pub fn get_nested(&self, row: i64, column: i64) -> PyResult<T> {
        // SAFETY: nothing but the clone of an item of a row is made.
        let rows = unsafe { self.0.0.peek() };
        match slice::position(row, rows.len()) {
            Some(at) => rows[at].get_item(column),
            None => Err(out_of_range("list index out of range")),
        }
    }
}

/// `items * times`
#[inline]
pub(crate) fn repeated<T: Clone>(items: &[T], times: i64) -> Vec<T> {
    let times = usize::try_from(times).unwrap_or(0);
    if let [one] = items {
        return vec![one.clone(); times];
    }
    let mut all = Vec::with_capacity(items.len().saturating_mul(times));
    for _ in 0..times {
        all.extend_from_slice(items);
    }
    all
}

impl<T: Key + Clone> List<T> {
    /// The place of the first item from `from` that equals `item`. The item itself equals itself.
    #[inline]
    fn find(&self, item: &T, from: usize, to: usize) -> PyResult<Option<usize>> {
        if T::PLAIN {
            let items = self.0.0.borrow();
            for (at, each) in items.iter().enumerate().take(to).skip(from) {
                if each.py_eq(item)? {
                    return Ok(Some(at));
                }
            }
            return Ok(None);
        }
        for at in from..to {
            match self.item_at(at) {
                None => break,
                Some(each) if each.py_eq(item)? => return Ok(Some(at)),
                Some(_) => {}
            }
        }
        Ok(None)
    }

    /// `item in xs`
    #[inline]
    pub fn contains(&self, item: &T) -> bool {
        self.try_contains(item).or_escape()
    }

    #[inline]
    pub(crate) fn try_contains(&self, item: &T) -> PyResult<bool> {
        Ok(self.find(item, 0, usize::MAX)?.is_some())
    }

    /// `xs.count(item)`
    #[inline]
    pub fn count(&self, item: &T) -> i64 {
        self.try_count(item).or_escape()
    }

    #[inline]
    pub(crate) fn try_count(&self, item: &T) -> PyResult<i64> {
        let (mut count, mut from) = (0, 0);
        while let Some(at) = self.find(item, from, usize::MAX)? {
            count += 1;
            from = at + 1;
        }
        Ok(count)
    }

    /// `xs.remove(item)`
    #[inline]
    pub fn remove(&self, item: &T) -> PyResult {
        match self.find(item, 0, usize::MAX)? {
            Some(at) => {
                let old = self.take_at(at as i64);
                drop(old);
                Ok(())
            }
            None => Err(ValueError::new("list.remove(x): x not in list")),
        }
    }

    #[inline]
    fn try_eq(&self, other: &List<T>) -> PyResult<bool> {
        if self.is(other) {
            return Ok(true);
        }
        if self.count_items() != other.count_items() {
            return Ok(false);
        }
        Ok(self.differ(other)?.is_none())
    }

    /// The first place at which they differ, within the shorter one.
    #[inline]
    fn differ(&self, other: &List<T>) -> PyResult<Option<usize>> {
        let mut at = 0;
        while let (Some(a), Some(b)) = (self.item_at(at), other.item_at(at)) {
            if !a.py_eq(&b)? {
                return Ok(Some(at));
            }
            at += 1;
        }
        Ok(None)
    }
}

impl<T: Key + Object + Clone> List<T> {
    /// `xs.index(item)`
    #[inline]
    pub fn index(&self, item: &T) -> PyResult<i64> {
        self.index_in(item, 0, i64::MAX)
    }

    /// `xs.index(item, start, stop)`
    #[inline]
    pub fn index_in(&self, item: &T, start: i64, stop: i64) -> PyResult<i64> {
        let len = self.count_items();
        match self.find(item, slice::clamp(start, len), slice::clamp(stop, len))? {
            Some(at) => Ok(at as i64),
            None => Err(ValueError::new(format!("{} is not in list", crate::object::try_repr(item)?.as_str()))),
        }
    }
}

impl<T: 'static> Clone for List<T> {
    #[inline]
    fn clone(&self) -> Self {
        List(Rc::clone(&self.0))
    }
}

impl<T: 'static> Default for List<T> {
    #[inline]
    fn default() -> Self {
        List::new()
    }
}

impl<T: 'static> From<Vec<T>> for List<T> {
    #[inline]
    fn from(items: Vec<T>) -> Self {
        List(Rc::new(Items(RefCell::new(items))))
    }
}

impl<T: 'static, const N: usize> From<[T; N]> for List<T> {
    #[inline]
    fn from(items: [T; N]) -> Self {
        List::from(Vec::from(items))
    }
}

impl<T: 'static> FromIterator<T> for List<T> {
    #[inline]
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        List::from(items.into_iter().collect::<Vec<T>>())
    }
}

/// The items of a list, one after the other.
pub struct ListItems<'a, T: 'static> {
    list: &'a List<T>,
    at: usize,
}

impl<T: Clone + 'static> Iterator for ListItems<'_, T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let item = self.list.item_at(self.at);
        match item {
            Some(_) => self.at += 1,
            // At its end a list iterator stays there, whatever is appended later.
            None => self.at = usize::MAX,
        }
        item
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.list.count_items().saturating_sub(self.at), None)
    }
}

impl<'a, T: Clone + 'static> IntoIterator for &'a List<T> {
    type Item = T;
    type IntoIter = ListItems<'a, T>;

    #[inline]
    fn into_iter(self) -> ListItems<'a, T> {
        self.iter()
    }
}

/// The same, with a hold on the list.
pub struct OwnedItems<T: 'static> {
    list: List<T>,
    at: usize,
}

impl<T: Clone + 'static> Iterator for OwnedItems<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let mut items = ListItems { list: &self.list, at: self.at };
        let item = items.next();
        self.at = items.at;
        item
    }
}

impl<T: Clone + 'static> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = OwnedItems<T>;

    #[inline]
    fn into_iter(self) -> OwnedItems<T> {
        OwnedItems { list: self, at: 0 }
    }
}

impl<T: Clone + 'static> Iterable for List<T> {
    type Item = T;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<T>> {
        self.iter().map(Ok)
    }
}

impl<T: Clone + 'static> ToIter for List<T> {
    #[inline]
    fn to_iter(&self) -> Iter<T> {
        let (list, mut at) = (self.clone(), 0);
        let next = move || {
            let item = list.item_at(at);
            at = if item.is_some() { at + 1 } else { usize::MAX };
            item.map(Ok)
        };
        Iter::named("list_iterator", std::iter::from_fn(next))
    }
}

impl<T: Key + Clone> PartialEq for List<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.try_eq(other).or_escape()
    }
}

impl<T: Object + Clone> Object for List<T> {
    fn py_copied(self, copier: &mut crate::copy::Copier) -> Self {
        if !copier.is_deep() {
            return self.iter().collect();
        }
        if let Some(known) = copier.known(self.py_id()) {
            return known;
        }
        let copy = List::new();
        copier.remember(self.py_id(), &copy);
        let filled = copy.clone();
        copier.later(move |copier| self.iter().for_each(|item| filled.append(item.py_copied(copier))));
        copy
    }

    #[inline]
    fn py_type(&self) -> &'static str {
        "list"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        repr_once(self.address(), "[...]", out, |out| write_items(out, ("[", "]"), &self.to_vec()))
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

impl<T: Key + Clone> Key for List<T> {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        self.try_eq(other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Err(unhashable("list"))
    }
}

impl<T: Compare + Key + Clone> Compare for List<T> {
    #[inline]
    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        match self.differ(other)? {
            Some(at) => self.get_item(at as i64)?.py_lt(&other.get_item(at as i64)?),
            None => Ok(self.len() < other.len()),
        }
    }

    #[inline]
    fn py_le(&self, other: &Self) -> PyResult<bool> {
        match self.differ(other)? {
            Some(at) => self.get_item(at as i64)?.py_le(&other.get_item(at as i64)?),
            None => Ok(self.len() <= other.len()),
        }
    }

    #[inline]
    fn py_gt(&self, other: &Self) -> PyResult<bool> {
        match self.differ(other)? {
            Some(at) => self.get_item(at as i64)?.py_gt(&other.get_item(at as i64)?),
            None => Ok(self.len() > other.len()),
        }
    }

    #[inline]
    fn py_ge(&self, other: &Self) -> PyResult<bool> {
        match self.differ(other)? {
            Some(at) => self.get_item(at as i64)?.py_ge(&other.get_item(at as i64)?),
            None => Ok(self.len() >= other.len()),
        }
    }
}

impl<T: Object + Clone> fmt::Debug for List<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.py_repr(f)
    }
}
