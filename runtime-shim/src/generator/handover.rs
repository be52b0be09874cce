//! A place for one value on its way from one side to the other.
//!
//! Not a `Cell<Option<T>>`: that is read at once after it was written in parts, tag and value, which processors are slow at.
//! Invariant: `value` is initialised exactly while `full` is set.
use std::cell::{Cell, UnsafeCell};
use std::mem::MaybeUninit;

pub(crate) struct Handover<T> {
    full: Cell<bool>,
    value: UnsafeCell<MaybeUninit<T>>,
}

impl<T> Handover<T> {
    #[inline]
    pub(crate) const fn new() -> Handover<T> {
        Handover { full: Cell::new(false), value: UnsafeCell::new(MaybeUninit::uninit()) }
    }

    /// Leaves a value; one that nobody took is dropped.
    #[inline(always)]
    pub(crate) fn put(&self, value: T) {
        if self.full.get() {
            drop(self.take());
        }
        // SAFETY: no reference to the value outlives a method, and none of them runs code of others meanwhile.
        unsafe { (*self.value.get()).write(value) };
        self.full.set(true);
    }

    /// Is there a value that nobody took?
    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        self.full.get()
    }

    /// Takes what was left.
    #[inline]
    pub(crate) fn take(&self) -> Option<T> {
        if !self.full.get() {
            return None;
        }
        self.full.set(false);
        // SAFETY: `full` was set, so there is a value; it is not any more, so it is moved out once.
        Some(unsafe { (*self.value.get()).assume_init_read() })
    }
}

impl<T> Drop for Handover<T> {
    #[inline]
    fn drop(&mut self) {
        drop(self.take());
    }
}
