//! Variables and fields that are assigned through a shared handle.
//!
//! No borrow leaves this file, and no setter drops an old value while it borrows: a drop runs the program's code.
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use crate::error::PyResult;
use crate::object::{Object, no_attribute};
use crate::peek::Peek;

/// A field of an object that is assigned again after `__init__` and whose type is not `Copy`.
#[derive(Default)]
pub struct Field<T>(RefCell<T>);

impl<T: Clone> Field<T> {
    /// A field with its first value.
    pub const fn new(value: T) -> Field<T> {
        Field(RefCell::new(value))
    }

    /// The value.
    #[inline]
    pub fn get(&self) -> T {
        // SAFETY: nothing but the clone of the value is made.
        unsafe { self.0.peek() }.clone()
    }

    /// Assigns it.
    #[inline]
    pub fn set(&self, value: T) {
        drop(self.replace(value));
    }

    /// Assigns it and gives what it was.
    #[inline]
    pub fn replace(&self, value: T) -> T {
        self.0.replace(value)
    }
}

impl<T: fmt::Debug> fmt::Debug for Field<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A field that has no value before `__init__` assigns it.
pub struct Late<T>(RefCell<Option<T>>);

impl<T> Default for Late<T> {
    #[inline]
    fn default() -> Self {
        Late::new()
    }
}

impl<T> Late<T> {
    /// A field without a value.
    pub const fn new() -> Late<T> {
        Late(RefCell::new(None))
    }

    /// A field with its first value.
    pub const fn with(value: T) -> Late<T> {
        Late(RefCell::new(Some(value)))
    }

    /// Assigns it.
    #[inline]
    pub fn set(&self, value: T) {
        let old = self.0.replace(Some(value));
        drop(old);
    }

    /// `del`: it has no value again.
    #[inline]
    pub fn unset(&self) {
        let old = self.0.replace(None);
        drop(old);
    }

    /// Has it a value?
    #[inline]
    pub fn is_set(&self) -> bool {
        self.0.borrow().is_some()
    }
}

impl<T: Clone> Late<T> {
    /// The value of a field that is proven to have one.
    #[inline]
    pub fn get(&self) -> T {
        // SAFETY: nothing but the clone of the value is made.
        match unsafe { self.0.peek() } {
            Some(value) => value.clone(),
            None => unreachable!("every path of `__init__` assigns the field before it is read"),
        }
    }

    /// The value, or that of the class.
    #[inline]
    pub fn get_or(&self, class: impl FnOnce() -> T) -> T {
        // SAFETY: nothing but the clone of the value is made.
        let own = unsafe { self.0.peek() }.clone();
        own.unwrap_or_else(class)
    }

    /// The value, or AttributeError: `object` is whose field it is.
    #[inline]
    pub fn try_get(&self, object: &impl Object, name: &str) -> PyResult<T> {
        // SAFETY: nothing but the clone of the value is made.
        let own = unsafe { self.0.peek() }.clone();
        own.ok_or_else(|| no_attribute(object.py_type(), name))
    }
}

/// A variable that closures capture and somebody assigns.
pub struct Shared<T>(Rc<Field<T>>);

impl<T> Clone for Shared<T> {
    #[inline]
    fn clone(&self) -> Self {
        Shared(self.0.clone())
    }
}

impl<T: Clone> Shared<T> {
    /// A variable with its first value.
    #[inline]
    pub fn new(value: T) -> Shared<T> {
        Shared(Rc::new(Field::new(value)))
    }

    /// The value.
    #[inline]
    pub fn get(&self) -> T {
        self.0.get()
    }

    /// Assigns it.
    #[inline]
    pub fn set(&self, value: T) {
        self.0.set(value);
    }

    /// Assigns it and gives what it was.
    #[inline]
    pub fn replace(&self, value: T) -> T {
        self.0.replace(value)
    }
}
