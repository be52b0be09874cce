//! `Type`: a class as a value, as far as programs look at it: its name and its identity.
use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::error::PyResult;
use crate::exception::ExceptionClass;
use crate::object::{Compare, Key, Object};
use crate::text::Str;

/// What `type(x)` gives. Classes are told apart by their qualified names, which are unique in a program.
#[derive(Clone, Copy)]
pub struct Type(Kind);

#[derive(Clone, Copy)]
enum Kind {
    /// With its module before it, unless that is `builtins`.
    Named(&'static str),
    /// Of the program's main module.
    Program(&'static str),
    Exception(ExceptionClass),
}

impl Type {
    /// The class of that name, its module before it unless that is `builtins`.
    pub const fn named(name: &'static str) -> Type {
        Type(Kind::Named(name))
    }

    /// A class of the program's main module.
    pub const fn program(name: &'static str) -> Type {
        Type(Kind::Program(name))
    }

    /// The name with its module before it, unless that is `builtins`.
    fn full(self) -> Cow<'static, str> {
        match self.0 {
            Kind::Named(name) => Cow::Borrowed(name),
            Kind::Program(name) => Cow::Owned(format!("__main__.{name}")),
            Kind::Exception(class) if class.module() == "builtins" => Cow::Borrowed(class.qualified_name()),
            Kind::Exception(class) => Cow::Owned(format!("{}.{}", class.module(), class.qualified_name())),
        }
    }

    /// `type(value)`
    #[inline]
    pub fn of<T: Object + ?Sized>(value: &T) -> Type {
        value.py_class()
    }

    /// `cls.__name__`
    #[inline]
    pub fn name(self) -> Str {
        let qualified = match self.0 {
            Kind::Named(name) | Kind::Program(name) => name,
            Kind::Exception(class) => class.name(),
        };
        Str::from(qualified.rsplit('.').next().unwrap_or(qualified))
    }

    /// `cls.__module__`
    #[inline]
    pub fn module(self) -> Str {
        match self.0 {
            Kind::Named(name) => Str::from(name.rsplit_once('.').map_or("builtins", |(module, _)| module)),
            Kind::Program(_) => Str::from("__main__"),
            Kind::Exception(class) => Str::from(class.module()),
        }
    }
}

impl PartialEq for Type {
    #[inline]
    fn eq(&self, other: &Type) -> bool {
        match (self.0, other.0) {
            (Kind::Named(a), Kind::Named(b)) | (Kind::Program(a), Kind::Program(b)) => a == b,
            _ => self.full() == other.full(),
        }
    }
}

impl Eq for Type {}

impl From<ExceptionClass> for Type {
    #[inline]
    fn from(class: ExceptionClass) -> Type {
        Type(Kind::Exception(class))
    }
}

impl fmt::Debug for Type {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.py_repr(out)
    }
}

impl Object for Type {
    #[inline]
    fn py_type(&self) -> &'static str {
        "type"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "<class '{}'>", self.full())
    }
}

impl Key for Type {
    #[inline]
    fn py_eq(&self, other: &Type) -> PyResult<bool> {
        Ok(self == other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Str::from(self.full().into_owned()).py_hash()
    }
}

impl Compare for Type {}
