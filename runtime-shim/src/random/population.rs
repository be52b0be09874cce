//! What `random.choice` and the like choose from.

use crate::prelude::*;

/// A sequence: its length, and its items by place.
pub trait Population {
    /// An item.
    type Item: Clone + 'static;

    /// How many items.
    fn size(&self) -> i64;

    /// The item at a place, from 0.
    fn item(&self, place: i64) -> PyResult<Self::Item>;
}

impl<T: Clone + 'static> Population for List<T> {
    type Item = T;

    #[inline]
    fn size(&self) -> i64 {
        self.len()
    }

    #[inline]
    fn item(&self, place: i64) -> PyResult<T> {
        self.get_item(place)
    }
}

impl<T: Clone + 'static> Population for VarTuple<T> {
    type Item = T;

    #[inline]
    fn size(&self) -> i64 {
        self.len()
    }

    #[inline]
    fn item(&self, place: i64) -> PyResult<T> {
        self.get_item(place)
    }
}

impl Population for Str {
    type Item = Str;

    #[inline]
    fn size(&self) -> i64 {
        self.len()
    }

    #[inline]
    fn item(&self, place: i64) -> PyResult<Str> {
        self.get_item(place)
    }
}

impl Population for str {
    type Item = Str;

    #[inline]
    fn size(&self) -> i64 {
        if self.is_ascii() { self.len() as i64 } else { self.chars().count() as i64 }
    }

    #[inline]
    fn item(&self, place: i64) -> PyResult<Str> {
        let at = place as usize;
        let c = if self.is_ascii() { self.as_bytes().get(at).copied().map(char::from) } else { self.chars().nth(at) };
        c.map(Str::from).ok_or_else(|| IndexError::new("string index out of range"))
    }
}

impl Population for [u8] {
    type Item = i64;

    #[inline]
    fn size(&self) -> i64 {
        self.len() as i64
    }

    #[inline]
    fn item(&self, place: i64) -> PyResult<i64> {
        let byte = self.get(place as usize).copied();
        byte.map(i64::from).ok_or_else(|| IndexError::new("index out of range"))
    }
}

impl Population for Range {
    type Item = i64;

    #[inline]
    fn size(&self) -> i64 {
        self.len()
    }

    #[inline]
    fn item(&self, place: i64) -> PyResult<i64> {
        self.get_item(place)
    }
}
