//! Variables and fields that are assigned through a shared handle.
//!
//! No borrow leaves this file, and no setter drops an old value while it borrows: a drop runs the program's code.
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

/// A field of an object that is assigned again after `__init__` and whose type is not `Copy`.
#[derive(Default)]
pub struct Field<T>(RefCell<T>);

impl<T: Clone> Field<T> {
    /// A field with its first value.
    pub const fn new(value: T) -> Field<T> {
        Field(RefCell::new(value))
    }

    /// The value.
    pub fn get(&self) -> T {
        self.0.borrow().clone()
    }

    /// Assigns it.
    pub fn set(&self, value: T) {
        drop(self.replace(value));
    }

    /// Assigns it and gives what it was.
    pub fn replace(&self, value: T) -> T {
        self.0.replace(value)
    }
}

impl<T: fmt::Debug> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A variable that closures capture and somebody assigns.
pub struct Shared<T>(Rc<Field<T>>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared(self.0.clone())
    }
}

impl<T: Clone> Shared<T> {
    /// A variable with its first value.
    pub fn new(value: T) -> Shared<T> {
        Shared(Rc::new(Field::new(value)))
    }

    /// The value.
    pub fn get(&self) -> T {
        self.0.get()
    }

    /// Assigns it.
    pub fn set(&self, value: T) {
        self.0.set(value);
    }

    /// Assigns it and gives what it was.
    pub fn replace(&self, value: T) -> T {
        self.0.replace(value)
    }
}
