//! The variables of a module.
//!
//! They hold handles that are not `Sync`. That is sound because a thread touches them only while it holds the
//! interpreter lock (see `lock`), which is checked here, and because no borrow is held while other code runs.
use std::cell::RefCell;

use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, NameError};
use crate::lock;

/// A module's variable that is bound before anybody reads it.
pub struct Global<T> {
    value: RefCell<Option<T>>,
    first: fn() -> T,
}

// SAFETY: every access goes through `get`, `set` and `replace`, which check that this thread holds the interpreter lock;
// the lock orders them, and their borrows end before they return.
unsafe impl<T> Sync for Global<T> {}

impl<T: Clone> Global<T> {
    /// A variable whose value is made by `first` when it is first read.
    pub const fn new(first: fn() -> T) -> Global<T> {
        Global { value: RefCell::new(None), first }
    }

    /// The value.
    pub fn get(&self) -> T {
        lock::assert_held();
        if let Some(value) = &*self.value.borrow() {
            return value.clone();
        }
        let value = (self.first)();
        self.value.borrow_mut().get_or_insert(value).clone()
    }

    /// Assigns it.
    pub fn set(&self, value: T) {
        lock::assert_held();
        let old = self.value.replace(Some(value));
        drop(old);
    }

    /// Assigns it and gives what it was.
    pub fn replace(&self, value: T) -> T {
        let old = self.get();
        self.set(value);
        old
    }
}

/// A module's variable that may be read before it is bound, or after `del`.
pub struct LateGlobal<T> {
    name: &'static str,
    value: RefCell<Option<T>>,
}

// SAFETY: as for `Global`.
unsafe impl<T> Sync for LateGlobal<T> {}

impl<T: Clone> LateGlobal<T> {
    /// An unbound variable.
    pub const fn new(name: &'static str) -> LateGlobal<T> {
        LateGlobal { name, value: RefCell::new(None) }
    }

    /// The value, or NameError.
    pub fn get(&self) -> PyResult<T> {
        lock::assert_held();
        self.value.borrow().clone().ok_or_else(|| self.unbound())
    }

    /// Assigns it.
    pub fn set(&self, value: T) {
        lock::assert_held();
        let old = self.value.replace(Some(value));
        drop(old);
    }

    /// `del name`
    pub fn del(&self) -> PyResult {
        lock::assert_held();
        let old = self.value.take();
        if old.is_none() { Err(self.unbound()) } else { Ok(()) }
    }

    /// Is it bound?
    pub fn is_bound(&self) -> bool {
        lock::assert_held();
        self.value.borrow().is_some()
    }

    #[cold]
    fn unbound(&self) -> PyErr {
        NameError::new(format!("name '{}' is not defined", self.name))
    }
}
