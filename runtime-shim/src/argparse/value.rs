//! The values that argparse stores: of any type, kept with what its texts need.

use std::any::Any;
use std::rc::Rc;

use crate::prelude::*;

/// A value of a namespace.
pub(super) type Stored = Rc<dyn Storable>;

/// What argparse must know of a value.
pub(super) trait Storable: Any {
    fn text(&self) -> String;
    fn repr(&self) -> String;
    fn same(&self, other: &dyn Storable) -> bool;
}

impl<T: Object + Key + Clone + 'static> Storable for T {
    #[inline]
    fn text(&self) -> String {
        str_(self).to_string()
    }

    #[inline]
    fn repr(&self) -> String {
        repr(self).to_string()
    }

    #[inline]
    fn same(&self, other: &dyn Storable) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<T>().is_some_and(|other| self.py_eq(other).unwrap_or(false))
    }
}

impl dyn Storable {
    /// The value, if it is a `T`. An integer is a float, too: `default=1` with `type=float`.
    #[inline]
    pub(super) fn get<T: Clone + 'static>(&self) -> Option<T> {
        let any: &dyn Any = self;
        if let Some(value) = any.downcast_ref::<T>() {
            return Some(value.clone());
        }
        let whole = any.downcast_ref::<i64>()?;
        let float: &dyn Any = &(*whole as f64);
        float.downcast_ref::<T>().cloned()
    }

    /// Python's `is`, for values that are immutable: small integers, None and booleans are always the same object.
    #[inline]
    pub(super) fn is_same_object(&self, other: &dyn Storable) -> bool {
        match (self.get::<i64>(), other.get::<i64>()) {
            (Some(a), Some(b)) => a == b && (-5..=256).contains(&a),
            _ => std::ptr::addr_eq(self, other) || (self.get::<bool>().is_some() && self.same(other)),
        }
    }
}

/// Several values, in a list or a tuple.
#[derive(Clone)]
pub(super) struct Several(pub(super) Vec<Stored>);

impl Several {
    #[inline]
    pub(super) fn repr(&self) -> String {
        let items: Vec<String> = self.0.iter().map(|item| item.repr()).collect();
        format!("[{}]", items.join(", "))
    }
}

/// What a namespace holds under a name.
#[derive(Clone)]
pub(super) enum Slot {
    None,
    One(Stored),
    Many(Several),
    /// `nargs="+"` with `action="append"`.
    Nested(Vec<Several>),
}

impl Slot {
    #[inline]
    pub(super) fn repr(&self) -> String {
        match self {
            Slot::None => "None".to_owned(),
            Slot::One(value) => value.repr(),
            Slot::Many(values) => values.repr(),
            Slot::Nested(lists) => {
                let lists: Vec<String> = lists.iter().map(Several::repr).collect();
                format!("[{}]", lists.join(", "))
            }
        }
    }

    #[inline]
    pub(super) fn text(&self) -> String {
        match self {
            Slot::One(value) => value.text(),
            Slot::None | Slot::Many(_) | Slot::Nested(_) => self.repr(),
        }
    }

    #[inline]
    pub(super) fn is_same_object(&self, other: &Slot) -> bool {
        match (self, other) {
            (Slot::None, Slot::None) => true,
            (Slot::One(a), Slot::One(b)) => Rc::ptr_eq(a, b) || a.is_same_object(&**b),
            _ => false,
        }
    }
}

/// What `type=` is: how an argument's text becomes a value.
#[derive(Clone)]
pub struct Type {
    pub(super) name: Str,
    pub(super) convert: Rc<dyn Fn(Str) -> PyResult<Stored>>,
}

/// `type=str`, and without a type.
#[inline]
pub fn text() -> Type {
    function("str", Ok::<Str, PyErr>)
}

/// `type=int`.
#[inline]
pub fn int() -> Type {
    function("int", |text: Str| parse_int(&text))
}

/// `type=float`.
#[inline]
pub fn float() -> Type {
    function("float", |text: Str| parse_float(&text))
}

/// `type=bool`: any text but the empty one is true.
#[inline]
pub fn bool() -> Type {
    function("bool", |text: Str| Ok(text.truthy()))
}

/// A function of the program as `type=`.
#[inline]
pub fn function<T: Object + Key + Clone + 'static>(
    name: &'static str,
    f: impl Fn(Str) -> PyResult<T> + 'static,
) -> Type {
    Type { name: Str::from(name), convert: Rc::new(move |text| Ok(Rc::new(f(text)?) as Stored)) }
}

#[cold]
fn invalid<T>() -> PyResult<T> {
    // The message is argparse's own.
    Err(ValueError::new(()))
}

/// A number's text without white space around it and underscores between its digits.
#[inline]
fn digits(text: &str) -> Option<String> {
    let text = text.trim();
    let between = |at: usize| {
        let before = text[..at].chars().next_back().is_some_and(|c| c.is_ascii_digit());
        before && text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
    };
    let well_placed = text.match_indices('_').all(|(at, _)| between(at));
    well_placed.then(|| text.replace('_', ""))
}

#[inline]
fn parse_int(text: &str) -> PyResult<i64> {
    let Some(text) = digits(text) else { return invalid() };
    match text.parse() {
        Ok(number) => Ok(number),
        Err(error) => {
            let kind = error.kind();
            let fits = matches!(kind, std::num::IntErrorKind::Empty | std::num::IntErrorKind::InvalidDigit);
            assert!(fits, "parsing with overflow");
            invalid()
        }
    }
}

#[inline]
fn parse_float(text: &str) -> PyResult<f64> {
    match digits(text).map(|text| text.parse()) {
        Some(Ok(number)) => Ok(number),
        _ => invalid(),
    }
}
