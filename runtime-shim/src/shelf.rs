//! A place for a handle, which is read by a clone.
use std::cell::Cell;

/// A handle, or none: one word, and no flag that a look at it writes.
pub(crate) struct Shelf<T>(Cell<Option<T>>);

impl<T> Shelf<T> {
    #[inline]
    pub(crate) fn new(value: Option<T>) -> Shelf<T> {
        Shelf(Cell::new(value))
    }

    /// Puts another one there.
    #[inline]
    pub(crate) fn set(&self, value: Option<T>) {
        self.0.set(value);
    }

    /// Puts another one there; gives the old one.
    #[inline]
    pub(crate) fn replace(&self, value: Option<T>) -> Option<T> {
        self.0.replace(value)
    }

    /// Takes it away.
    #[inline]
    pub(crate) fn take(&self) -> Option<T> {
        self.0.take()
    }
}

impl<T: Clone> Shelf<T> {
    /// What is there.
    #[inline]
    pub(crate) fn get(&self) -> Option<T> {
        let value = self.0.take();
        self.0.set(value.clone());
        value
    }
}
