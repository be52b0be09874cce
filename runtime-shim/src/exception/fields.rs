//! The struct behind an exception, its type forgotten: found again by the class that is asked for.
use std::any::{Any, TypeId};

use super::args::Args;
use super::class::{ExceptionClass, ExceptionType};
use crate::error::PyErr;

/// The fields that the program's classes add.
pub(crate) trait Fields {
    /// The part that belongs to the class `id`.
    fn find(&self, id: TypeId) -> Option<&dyn Any>;
    fn text(&self, error: &PyErr) -> String;
    fn repr(&self, error: &PyErr) -> String;
}

impl<X: ExceptionType> Fields for X {
    #[inline]
    fn find(&self, id: TypeId) -> Option<&dyn Any> {
        if TypeId::of::<X>() == id {
            return Some(self);
        }
        match self.base() {
            Some(base) => base.find(id),
            None => X::bare(id),
        }
    }

    #[inline]
    fn text(&self, error: &PyErr) -> String {
        self.str_(error)
    }

    #[inline]
    fn repr(&self, error: &PyErr) -> String {
        self.repr_(error)
    }
}

/// Makes an exception of a class that is a value.
pub(crate) type Make = fn(ExceptionClass, Args) -> PyErr;

/// The class alone: what `cls("m")` makes when the class has no fields.
struct Bare<X>(std::marker::PhantomData<X>);

impl<X: ExceptionType> Fields for Bare<X> {
    #[inline]
    fn find(&self, id: TypeId) -> Option<&dyn Any> {
        X::bare(id)
    }

    #[inline]
    fn text(&self, error: &PyErr) -> String {
        X::plain_str(error)
    }

    #[inline]
    fn repr(&self, error: &PyErr) -> String {
        X::plain_repr(error)
    }
}

#[inline]
pub(crate) fn make<X: ExceptionType>(class: ExceptionClass, args: Args) -> PyErr {
    PyErr::build(class, Box::new(Bare::<X>(std::marker::PhantomData)), args)
}
