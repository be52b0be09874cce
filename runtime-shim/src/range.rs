//! `Range`: Python's `range`, as a value.
use std::fmt::{self, Write};

use crate::error::PyResult;
use crate::exception::{ExceptionType, IndexError, ValueError};
use crate::iter::{Iter, Iterable, ToIter};
use crate::number::hash::{self, TupleHash};
use crate::object::{Compare, Key, Object};
use crate::slice;

/// Python's `range`.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    start: i64,
    stop: i64,
    step: i64,
}

impl Range {
    /// `range(stop)`
    pub const fn to(stop: i64) -> Range {
        Range { start: 0, stop, step: 1 }
    }

    /// `range(start, stop)`
    pub const fn new(start: i64, stop: i64) -> Range {
        Range { start, stop, step: 1 }
    }

    /// `range(start, stop, step)`
    #[inline]
    pub fn step_by(start: i64, stop: i64, step: i64) -> PyResult<Range> {
        if step == 0 {
            return Err(ValueError::new("range() arg 3 must not be zero"));
        }
        Ok(Range { start, stop, step })
    }

    /// `r.start`
    #[inline]
    pub fn start(&self) -> i64 {
        self.start
    }

    /// `r.stop`
    #[inline]
    pub fn stop(&self) -> i64 {
        self.stop
    }

    /// `r.step`
    #[inline]
    pub fn step(&self) -> i64 {
        self.step
    }

    #[inline]
    fn count_items(&self) -> u64 {
        let distance = match self.step {
            1.. if self.start < self.stop => self.stop.abs_diff(self.start),
            ..=-1 if self.start > self.stop => self.start.abs_diff(self.stop),
            _ => return 0,
        };
        (distance - 1) / self.step.unsigned_abs() + 1
    }

    /// `len(r)`
    #[inline]
    pub fn len(&self) -> i64 {
        self.count_items() as i64
    }

    /// `not r`
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.count_items() == 0
    }

    #[inline]
    fn item(&self, at: u64) -> i64 {
        self.start.wrapping_add(self.step.wrapping_mul(at as i64))
    }

    /// `r[index]`
    #[inline]
    pub fn get_item(&self, index: i64) -> PyResult<i64> {
        match slice::position(index, self.count_items() as usize) {
            Some(at) => Ok(self.item(at as u64)),
            None => Err(IndexError::new("range object index out of range")),
        }
    }

    /// `r[start:stop]`
    #[inline]
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>) -> Range {
        let (start, stop) = slice::bounds(start, stop, self.count_items() as usize);
        Range { start: self.item(start as u64), stop: self.item(stop as u64), step: self.step }
    }

    /// `r[start:stop:step]`
    #[inline]
    pub fn slice_step(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> PyResult<Range> {
        let (first, count, step) = slice::indices(start, stop, step, self.count_items() as usize)?;
        let (start, step) = (self.item(first as u64), self.step.wrapping_mul(step));
        Ok(Range { start, stop: start.wrapping_add(step.wrapping_mul(count as i64)), step })
    }

    /// `item in r`
    #[inline]
    pub fn contains(&self, item: i64) -> bool {
        self.place(item).is_some()
    }

    #[inline]
    fn place(&self, item: i64) -> Option<i64> {
        let inside = if self.step > 0 {
            (self.start..self.stop).contains(&item)
        } else {
            self.stop < item && item <= self.start
        };
        let distance = item.wrapping_sub(self.start);
        (inside && distance.wrapping_rem(self.step) == 0).then(|| distance.wrapping_div(self.step))
    }

    /// `r.count(item)`
    #[inline]
    pub fn count(&self, item: i64) -> i64 {
        i64::from(self.contains(item))
    }

    /// `r.index(item)`
    #[inline]
    pub fn index(&self, item: i64) -> PyResult<i64> {
        self.place(item).ok_or_else(|| ValueError::new(format!("{item} is not in range")))
    }

    /// `for i in r`
    #[inline]
    pub fn iter(&self) -> Items {
        Items { next: self.start, step: self.step, left: self.count_items() }
    }

    /// `reversed(r)`
    #[inline]
    pub fn reversed(&self) -> Iter<i64> {
        Iter::named("range_iterator", self.iter().rev().map(Ok))
    }
}

/// The items of a range.
#[derive(Clone)]
pub struct Items {
    next: i64,
    step: i64,
    left: u64,
}

impl Iterator for Items {
    type Item = i64;

    #[inline]
    fn next(&mut self) -> Option<i64> {
        self.left = self.left.checked_sub(1)?;
        let item = self.next;
        // It may wrap after the last one.
        self.next = item.wrapping_add(self.step);
        Some(item)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.left as usize;
        (left, Some(left))
    }
}

impl DoubleEndedIterator for Items {
    #[inline]
    fn next_back(&mut self) -> Option<i64> {
        self.left = self.left.checked_sub(1)?;
        Some(self.next.wrapping_add(self.step.wrapping_mul(self.left as i64)))
    }
}

impl ExactSizeIterator for Items {}

impl IntoIterator for &Range {
    type Item = i64;
    type IntoIter = Items;

    #[inline]
    fn into_iter(self) -> Items {
        self.iter()
    }
}

impl IntoIterator for Range {
    type Item = i64;
    type IntoIter = Items;

    #[inline]
    fn into_iter(self) -> Items {
        self.iter()
    }
}

impl Iterable for Range {
    type Item = i64;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<i64>> {
        self.iter().map(Ok)
    }
}

impl ToIter for Range {
    #[inline]
    fn to_iter(&self) -> Iter<i64> {
        Iter::named("range_iterator", self.iter().map(Ok))
    }
}

impl PartialEq for Range {
    #[inline]
    fn eq(&self, other: &Range) -> bool {
        match (self.count_items(), other.count_items()) {
            (0, 0) => true,
            (1, 1) => self.start == other.start,
            (mine, theirs) => mine == theirs && self.start == other.start && self.step == other.step,
        }
    }
}

impl Object for Range {
    #[inline]
    fn py_type(&self) -> &'static str {
        "range"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        match self.step {
            1 => write!(out, "range({}, {})", self.start, self.stop),
            step => write!(out, "range({}, {}, {step})", self.start, self.stop),
        }
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

impl Key for Range {
    const PLAIN: bool = true;

    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        let count = self.count_items();
        let mut all = TupleHash::new();
        all.add(hash::int(count as i64));
        all.add(if count == 0 { hash::NONE } else { hash::int(self.start) });
        all.add(if count < 2 { hash::NONE } else { hash::int(self.step) });
        Ok(all.finish())
    }
}

impl Compare for Range {}
