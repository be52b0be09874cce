//! What `parse_args` gives: values by name.

use std::fmt;

use super::value::{Several, Slot};
use crate::iter::Iterable;
use crate::prelude::*;

/// The values of the command line. Emitted code takes them out into a struct of its own: see [`FromNamespace`].
#[derive(Clone, Default)]
pub struct Namespace {
    slots: Vec<(Str, Slot)>,
    pub(super) unrecognized: Vec<Str>,
}

/// A struct of the program that holds the values of a command line: one field for each argument.
///
/// `impl argparse::FromNamespace for Args { fn from_namespace(ns: &argparse::Namespace) -> PyResult<Args> { … } }`
pub trait FromNamespace: Sized {
    /// Takes the values out.
    fn from_namespace(namespace: &Namespace) -> PyResult<Self>;
}

impl FromNamespace for Namespace {
    #[inline]
    fn from_namespace(namespace: &Namespace) -> PyResult<Namespace> {
        Ok(namespace.clone())
    }
}

impl Namespace {
    #[inline]
    pub(super) fn slot(&self, name: &str) -> Option<&Slot> {
        self.slots.iter().find(|(key, _)| **key == *name).map(|(_, slot)| slot)
    }

    #[inline]
    pub(super) fn set(&mut self, name: &Str, value: Slot) {
        match self.slots.iter_mut().find(|(key, _)| key == name) {
            Some((_, slot)) => *slot = value,
            None => self.slots.push((name.clone(), value)),
        }
    }

    /// Takes all values of another one.
    #[inline]
    pub(super) fn merge(&mut self, other: Namespace) {
        for (name, value) in other.slots {
            self.set(&name, value);
        }
        self.unrecognized.extend(other.unrecognized);
    }

    /// `action="append"`: a copy of the list and the value.
    #[inline]
    pub(super) fn append(&mut self, name: &Str, value: Slot) {
        let new = match (self.slot(name), value) {
            (Some(Slot::Many(Several(old))), Slot::One(value)) => {
                Slot::Many(Several(old.iter().cloned().chain([value]).collect()))
            }
            (Some(Slot::Nested(old)), Slot::Many(values)) => {
                Slot::Nested(old.iter().cloned().chain([values]).collect())
            }
            (_, Slot::One(value)) => Slot::Many(Several(vec![value])),
            (_, Slot::Many(values)) => Slot::Nested(vec![values]),
            (_, value) => value,
        };
        self.set(name, new);
    }

    /// `action="extend"`
    #[inline]
    pub(super) fn extend(&mut self, name: &Str, value: Slot) {
        let mut all = match self.slot(name) {
            Some(Slot::Many(Several(old))) => old.clone(),
            _ => Vec::new(),
        };
        match value {
            Slot::Many(Several(values)) => all.extend(values),
            Slot::One(value) => all.push(value),
            Slot::None | Slot::Nested(_) => {}
        }
        self.set(name, Slot::Many(Several(all)));
    }

    /// An argument that always has a value: a `T`.
    #[inline]
    pub fn get<T: Clone + 'static>(&self, name: &str) -> PyResult<T> {
        self.optional(name)?.ok_or_else(|| self.mismatch(name))
    }

    /// An argument that may be None.
    #[inline]
    pub fn optional<T: Clone + 'static>(&self, name: &str) -> PyResult<Option<T>> {
        match self.slot(name) {
            Some(Slot::One(value)) => value.get().map(Some).ok_or_else(|| self.mismatch(name)),
            Some(Slot::Many(_) | Slot::Nested(_)) => Err(self.mismatch(name)),
            Some(Slot::None) | None => Ok(None),
        }
    }

    /// An argument that takes several values: a `List<T>`.
    #[inline]
    pub fn list<T: Clone + 'static>(&self, name: &str) -> PyResult<List<T>> {
        self.optional_list(name)?.ok_or_else(|| self.mismatch(name))
    }

    /// An argument that takes several values and may be None.
    #[inline]
    pub fn optional_list<T: Clone + 'static>(&self, name: &str) -> PyResult<Option<List<T>>> {
        match self.slot(name) {
            Some(Slot::Many(values)) => self.items(name, values).map(Some),
            // A default that is a list of the program's own.
            Some(Slot::One(value)) => value.get().map(Some).ok_or_else(|| self.mismatch(name)),
            Some(Slot::Nested(_)) => Err(self.mismatch(name)),
            Some(Slot::None) | None => Ok(None),
        }
    }

    /// `nargs` with `action="append"`: a list of lists, or None.
    #[inline]
    pub fn lists<T: Clone + 'static>(&self, name: &str) -> PyResult<Option<List<List<T>>>> {
        match self.slot(name) {
            Some(Slot::Nested(lists)) => {
                let lists: PyResult<Vec<List<T>>> = lists.iter().map(|values| self.items(name, values)).collect();
                Ok(Some(List::from(lists?)))
            }
            Some(Slot::None) | None => Ok(None),
            Some(Slot::One(_) | Slot::Many(_)) => Err(self.mismatch(name)),
        }
    }

    #[inline]
    fn items<T: Clone + 'static>(&self, name: &str, values: &Several) -> PyResult<List<T>> {
        let items: Option<Vec<T>> = values.0.iter().map(|value| value.get()).collect();
        items.map(List::from).ok_or_else(|| self.mismatch(name))
    }

    #[cold]
    fn mismatch(&self, name: &str) -> PyErr {
        match self.slot(name) {
            Some(slot) => TypeError::new(format!("argument {name} has a value of another type: {}", slot.repr())),
            None => AttributeError::new(format!("'Namespace' object has no attribute '{name}'")),
        }
    }
}

impl fmt::Display for Namespace {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Namespace(")?;
        for (i, (name, slot)) in self.slots.iter().enumerate() {
            let comma = if i == 0 { "" } else { ", " };
            write!(f, "{comma}{name}={}", slot.repr())?;
        }
        f.write_str(")")
    }
}

/// What `parse_args` is given: texts, or `None` for the program's own command line.
pub trait Given {
    /// The texts.
    fn given(&self) -> PyResult<Vec<Str>>;
}

impl<I: Iterable<Item = Str>> Given for I {
    fn given(&self) -> PyResult<Vec<Str>> {
        self.items().collect()
    }
}

impl<I: Iterable<Item = Str>> Given for Option<I> {
    fn given(&self) -> PyResult<Vec<Str>> {
        match self {
            Some(args) => args.items().collect(),
            None => crate::sys::argv().items().skip(1).collect(),
        }
    }
}

/// A struct that holds the values of a command line is an object that shows them as `Namespace(name=value)`.
#[macro_export]
macro_rules! namespace {
    ($class:ident $(, $field:ident = $name:literal)*) => {
        impl $crate::prelude::Object for $class {
            fn py_type(&self) -> &'static str {
                "Namespace"
            }

            fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
                let parts: &[(&str, &dyn $crate::prelude::Object)] = &[$(($name, &self.$field)),*];
                out.write_str("Namespace(")?;
                for (at, (name, value)) in parts.iter().enumerate() {
                    out.write_str(if at > 0 { ", " } else { "" })?;
                    out.write_str(name)?;
                    out.write_str("=")?;
                    value.py_repr(out)?;
                }
                out.write_str(")")
            }
        }

        $crate::identity!($class);
    };
}
