//! What every Python value can do: its text, its truth, its type's name, equality, hash and order.
//!
//! Handles come for free: what is implemented for `T` holds for `Rc<T>` too.
use std::any::Any;
use std::cell::RefCell;
use std::fmt::{self, Write};
use std::rc::Rc;

use crate::class_object::Type;
use crate::error::{PyErr, PyResult};
use crate::escape::escape;
use crate::exception::{AttributeError, ExceptionType, RecursionError, TypeError};
use crate::text::Str;
use crate::value::Value;

/// A Python value.
pub trait Object: Any {
    /// `type(self).__name__`
    fn py_type(&self) -> &'static str;

    /// `type(self)`
    #[inline]
    fn py_class(&self) -> Type {
        Type::named(self.py_type())
    }

    /// `repr(self)`; an exception leaves as `Err(raised(e))`.
    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "<__main__.{} object at {:#x}>", self.py_type(), address(self))
    }

    /// `str(self)`
    #[inline]
    fn py_str(&self, out: &mut dyn Write) -> fmt::Result {
        self.py_repr(out)
    }

    /// `id(self)`
    #[inline]
    fn py_id(&self) -> usize {
        address(self)
    }

    /// What a union holds; `None`: the object is itself.
    #[doc(hidden)]
    #[inline]
    fn held(&self) -> Option<&dyn Object> {
        None
    }

    /// `bool(self)`
    #[inline]
    fn py_bool(&self) -> bool {
        true
    }

    /// `format(self, spec)`
    #[inline]
    fn py_format(&self, spec: &str) -> PyResult<Str> {
        if spec.is_empty() {
            return try_str(self);
        }
        let name = self.py_type();
        Err(TypeError::new(format!("unsupported format string passed to {name}.__format__")))
    }

    /// `format(self, spec)` of the commonest specs, width and precision alone, without parsing: see [`py`](crate::text::py).
    #[inline]
    fn py_pad(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.width().is_none() && f.precision().is_none() {
            return self.py_str(f);
        }
        let mut text = String::new();
        self.py_str(&mut text)?;
        f.pad(&text)
    }

    /// The AttributeError of an object that has no such attribute.
    #[cold]
    fn no_attribute(&self, name: &str) -> PyErr {
        no_attribute(self.py_type(), name)
    }

    /// `getattr(self, name)`, of a value whose type is not known before run time.
    #[inline]
    fn py_get_attr(self: Rc<Self>, name: &str) -> PyResult<Value> {
        Err(no_attribute(self.py_type(), name))
    }

    /// `setattr(self, name, value)`
    #[inline]
    fn py_set_attr(self: Rc<Self>, name: &str, _value: Value) -> PyResult {
        Err(no_attribute(self.py_type(), name))
    }

    /// `self.name(*args, **named)`
    #[inline]
    fn py_call_method(self: Rc<Self>, name: &str, args: &[Value], named: &[(Str, Value)]) -> PyResult<Value> {
        self.py_get_attr(name)?.call_with(args, named)
    }

    /// `self(*args, **named)`
    #[inline]
    fn py_call(self: Rc<Self>, _args: &[Value], _named: &[(Str, Value)]) -> PyResult<Value> {
        Err(TypeError::new(format!("'{}' object is not callable", self.py_type())))
    }

    /// `len(self)`
    #[inline]
    fn py_len(&self) -> PyResult<i64> {
        Err(TypeError::new(format!("object of type '{}' has no len()", self.py_type())))
    }

    /// `self[key]`
    #[inline]
    fn py_get_item(&self, _key: &Value) -> PyResult<Value> {
        Err(TypeError::new(format!("'{}' object is not subscriptable", self.py_type())))
    }

    /// `self[key] = value`
    #[inline]
    fn py_set_item(&self, _key: &Value, _value: Value) -> PyResult {
        Err(TypeError::new(format!("'{}' object does not support item assignment", self.py_type())))
    }

    /// `item in self`, when it is not found by iterating.
    #[inline]
    fn py_contains(&self, _item: &Value) -> PyResult<bool> {
        Err(TypeError::new(format!("argument of type '{}' is not iterable", self.py_type())))
    }

    /// The arguments of an exception that is made with it: itself, or the items of a tuple.
    #[doc(hidden)]
    #[inline]
    fn into_arguments(self) -> Vec<Rc<dyn Object>>
    where
        Self: Sized,
    {
        vec![Rc::new(self)]
    }

    /// `iter(self)`
    #[inline]
    fn py_iter(self: Rc<Self>) -> PyResult<crate::iter::Iter<Value>> {
        Err(TypeError::new(format!("'{}' object is not iterable", self.py_type())))
    }

    /// The object, if its class has the attribute: classes of one struct do not have the same ones.
    #[inline]
    fn py_having(self: &Rc<Self>, name: &str, has: impl FnOnce(&Self) -> bool) -> PyResult<&Rc<Self>>
    where
        Self: Sized,
    {
        if has(self) { Ok(self) } else { Err(no_attribute(self.py_type(), name)) }
    }

    /// What `copy.copy` and `copy.deepcopy` make of it: itself, where nothing in it can change.
    #[doc(hidden)]
    #[inline]
    fn py_copied(self, _copier: &mut crate::copy::Copier) -> Self
    where
        Self: Sized,
    {
        self
    }

    /// The same of a handle.
    #[doc(hidden)]
    #[inline]
    fn handle_copied(self: &Rc<Self>, _copier: &mut crate::copy::Copier) -> Rc<Self>
    where
        Self: Sized,
    {
        Rc::clone(self)
    }

    /// `py_repr` of a handle: what a class of a program implements, whose methods take their `self` as one.
    #[inline]
    fn handle_repr(self: &Rc<Self>, out: &mut dyn Write) -> fmt::Result
    where
        Self: Sized,
    {
        (**self).py_repr(out)
    }

    /// Whether `py_str` differs from `py_repr`.
    #[doc(hidden)]
    #[inline]
    fn has_own_text() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// `py_str` of a handle: what `repr` gives, where a class of the library has no text of its own.
    #[inline]
    fn handle_str(self: &Rc<Self>, out: &mut dyn Write) -> fmt::Result
    where
        Self: Sized,
    {
        if Self::has_own_text() { (**self).py_str(out) } else { self.handle_repr(out) }
    }

    /// `py_bool` of a handle.
    #[inline]
    fn handle_bool(self: &Rc<Self>) -> bool
    where
        Self: Sized,
    {
        (**self).py_bool()
    }

    /// `py_format` of a handle.
    #[inline]
    fn handle_format(self: &Rc<Self>, spec: &str) -> PyResult<Str>
    where
        Self: Sized,
    {
        if spec.is_empty() {
            return try_str(self);
        }
        (**self).py_format(spec)
    }
}

/// Equality and hash. The defaults are identity, which is right for the classes of a program, behind their `Rc`.
pub trait Key: Any {
    /// No code of the program runs in `py_eq` and `py_hash`, and neither can raise.
    const PLAIN: bool = false;

    /// `self == other`
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(address(self) == address(other))
    }

    /// `hash(self)`, as CPython's for numbers, `None` and tuples of them.
    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok((address(self) >> 4) as i64)
    }

    /// `py_eq` of handles: what a class of a program implements, whose methods take their `self` as one.
    #[inline]
    fn handle_eq(self: &Rc<Self>, other: &Rc<Self>) -> PyResult<bool>
    where
        Self: Sized,
    {
        (**self).py_eq(other)
    }

    /// `py_hash` of a handle.
    #[inline]
    fn handle_hash(self: &Rc<Self>) -> PyResult<i64>
    where
        Self: Sized,
    {
        (**self).py_hash()
    }
}

/// Order. The defaults raise TypeError, as for a class without `__lt__`.
pub trait Compare: Object {
    /// `py_cmp` is a total order and says the same as `py_lt`.
    const TOTAL: bool = false;
    /// The order is total, and what is equal by it cannot be told apart: sorting need not keep such items in their order.
    const ALIKE: bool = false;

    /// The order, where it is total.
    #[inline]
    fn py_cmp(&self, _other: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }

    /// `self < other`
    #[inline]
    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        Err(no_order("<", self.py_type(), other.py_type()))
    }

    /// `self <= other`
    #[inline]
    fn py_le(&self, other: &Self) -> PyResult<bool> {
        Err(no_order("<=", self.py_type(), other.py_type()))
    }

    /// `self > other`
    #[inline]
    fn py_gt(&self, other: &Self) -> PyResult<bool> {
        other.py_lt(self)
    }

    /// `self >= other`
    #[inline]
    fn py_ge(&self, other: &Self) -> PyResult<bool> {
        other.py_le(self)
    }

    /// `py_lt` of handles: what a class of a program implements, whose methods take their `self` as one.
    #[inline]
    fn handle_lt(self: &Rc<Self>, other: &Rc<Self>) -> PyResult<bool>
    where
        Self: Sized,
    {
        (**self).py_lt(other)
    }

    /// `py_le` of handles.
    #[inline]
    fn handle_le(self: &Rc<Self>, other: &Rc<Self>) -> PyResult<bool>
    where
        Self: Sized,
    {
        (**self).py_le(other)
    }

    /// `py_gt` of handles.
    #[inline]
    fn handle_gt(self: &Rc<Self>, other: &Rc<Self>) -> PyResult<bool>
    where
        Self: Sized,
    {
        other.handle_lt(self)
    }

    /// `py_ge` of handles.
    #[inline]
    fn handle_ge(self: &Rc<Self>, other: &Rc<Self>) -> PyResult<bool>
    where
        Self: Sized,
    {
        other.handle_le(self)
    }
}

/// `bool(x)` of any value.
pub trait Truth {
    /// `bool(self)`
    fn truthy(&self) -> bool;
}

impl<T: Object + ?Sized> Truth for T {
    #[inline]
    fn truthy(&self) -> bool {
        self.py_bool()
    }
}

impl<T: Object> Object for Rc<T> {
    #[inline]
    fn py_copied(self, copier: &mut crate::copy::Copier) -> Self {
        T::handle_copied(&self, copier)
    }

    #[inline]
    fn py_type(&self) -> &'static str {
        (**self).py_type()
    }

    #[inline]
    fn py_class(&self) -> Type {
        Type::program((**self).py_type())
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        T::handle_repr(self, out)
    }

    fn has_own_text() -> bool {
        true
    }

    #[inline]
    fn py_str(&self, out: &mut dyn Write) -> fmt::Result {
        T::handle_str(self, out)
    }

    #[inline]
    fn py_id(&self) -> usize {
        (**self).py_id()
    }

    #[inline]
    fn py_bool(&self) -> bool {
        T::handle_bool(self)
    }

    #[inline]
    fn py_format(&self, spec: &str) -> PyResult<Str> {
        T::handle_format(self, spec)
    }

    #[inline]
    fn py_get_attr(self: Rc<Self>, name: &str) -> PyResult<Value> {
        T::py_get_attr(Rc::clone(&self), name)
    }

    #[inline]
    fn py_set_attr(self: Rc<Self>, name: &str, value: Value) -> PyResult {
        T::py_set_attr(Rc::clone(&self), name, value)
    }

    #[inline]
    fn py_call_method(self: Rc<Self>, name: &str, args: &[Value], named: &[(Str, Value)]) -> PyResult<Value> {
        T::py_call_method(Rc::clone(&self), name, args, named)
    }

    #[inline]
    fn py_call(self: Rc<Self>, args: &[Value], named: &[(Str, Value)]) -> PyResult<Value> {
        T::py_call(Rc::clone(&self), args, named)
    }

    #[inline]
    fn py_len(&self) -> PyResult<i64> {
        (**self).py_len()
    }

    #[inline]
    fn py_get_item(&self, key: &Value) -> PyResult<Value> {
        (**self).py_get_item(key)
    }

    #[inline]
    fn py_set_item(&self, key: &Value, value: Value) -> PyResult {
        (**self).py_set_item(key, value)
    }

    #[inline]
    fn py_contains(&self, item: &Value) -> PyResult<bool> {
        (**self).py_contains(item)
    }

    #[inline]
    fn py_iter(self: Rc<Self>) -> PyResult<crate::iter::Iter<Value>> {
        T::py_iter(Rc::clone(&self))
    }
}

impl<T: Key> Key for Rc<T> {
    const PLAIN: bool = T::PLAIN;

    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        T::handle_eq(self, other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        T::handle_hash(self)
    }
}

impl<T: Compare> Compare for Rc<T> {
    const TOTAL: bool = T::TOTAL;

    #[inline]
    fn py_cmp(&self, other: &Self) -> std::cmp::Ordering {
        (**self).py_cmp(other)
    }

    #[inline]
    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        T::handle_lt(self, other)
    }

    #[inline]
    fn py_le(&self, other: &Self) -> PyResult<bool> {
        T::handle_le(self, other)
    }

    #[inline]
    fn py_gt(&self, other: &Self) -> PyResult<bool> {
        T::handle_gt(self, other)
    }

    #[inline]
    fn py_ge(&self, other: &Self) -> PyResult<bool> {
        T::handle_ge(self, other)
    }
}

/// The number that stands for an object's identity.
#[inline]
pub fn address<T: ?Sized>(object: &T) -> usize {
    std::ptr::from_ref(object).cast::<()>() as usize
}

#[cold]
pub(crate) fn no_attribute(class: &str, name: &str) -> PyErr {
    AttributeError::new(format!("'{class}' object has no attribute '{name}'"))
}

#[cold]
pub(crate) fn no_order(operator: &str, left: &str, right: &str) -> PyErr {
    TypeError::new(format!("'{operator}' not supported between instances of '{left}' and '{right}'"))
}

/// `TypeError: unhashable type: 'list'`
#[cold]
pub(crate) fn unhashable(class: &str) -> PyErr {
    TypeError::new(format!("unhashable type: '{class}'"))
}

thread_local! {
    static RAISED: RefCell<Option<PyErr>> = const { RefCell::new(None) };
}

/// An exception that leaves a `py_repr` or `py_str`.
#[cold]
pub fn raised(error: PyErr) -> fmt::Error {
    RAISED.with(|raised| raised.replace(Some(error)));
    fmt::Error
}

/// The exception of the last [`raised`].
#[inline]
pub fn take_raised() -> Option<PyErr> {
    RAISED.with(|raised| raised.take())
}

#[inline]
fn text(write: impl FnOnce(&mut String) -> fmt::Result) -> PyResult<Str> {
    let mut text = String::new();
    match write(&mut text) {
        Ok(()) => Ok(Str::from(text)),
        Err(fmt::Error) => Err(take_raised().unwrap_or_else(|| TypeError::new("a text could not be made"))),
    }
}

/// `repr(x)`, when its `__repr__` may raise.
#[inline]
pub fn try_repr<T: Object + ?Sized>(object: &T) -> PyResult<Str> {
    text(|out| object.py_repr(out))
}

/// `str(x)`, when its `__str__` may raise.
#[inline]
pub fn try_str<T: Object + ?Sized>(object: &T) -> PyResult<Str> {
    text(|out| object.py_str(out))
}

/// `repr(x)`
#[inline]
pub fn repr<T: Object + ?Sized>(object: &T) -> Str {
    try_repr(object).unwrap_or_else(|error| escape(error))
}

/// The `repr` of a dataclass: `Point(x=1, y=2)`.
pub fn repr_fields(out: &mut dyn Write, class: &str, fields: &[(&str, &dyn Object)]) -> fmt::Result {
    out.write_str(class)?;
    let mut before = "(";
    for (name, value) in fields {
        write!(out, "{before}{name}=")?;
        value.py_repr(out)?;
        before = ", ";
    }
    out.write_str(if fields.is_empty() { "()" } else { ")" })
}

/// `str(x)`
#[inline]
pub fn str_<T: Object + ?Sized>(object: &T) -> Str {
    try_str(object).unwrap_or_else(|error| escape(error))
}

thread_local! {
    static INSIDE: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// Writes a container, or `dots` when it is inside itself.
#[inline]
pub(crate) fn repr_once(
    address: usize,
    dots: &str,
    out: &mut dyn Write,
    write: impl FnOnce(&mut dyn Write) -> fmt::Result,
) -> fmt::Result {
    let (inside, depth) = INSIDE.with(|inside| {
        let mut inside = inside.borrow_mut();
        if inside.contains(&address) {
            return (true, 0);
        }
        inside.push(address);
        (false, inside.len())
    });
    if inside {
        return out.write_str(dots);
    }
    let result = if depth > 1000 {
        let message = "maximum recursion depth exceeded while getting the repr of an object";
        Err(raised(RecursionError::new(message)))
    } else {
        write(out)
    };
    INSIDE.with(|inside| inside.borrow_mut().pop());
    result
}

/// Writes `[a, b]`, the elements by their repr.
#[inline]
pub(crate) fn write_items<'a, T: Object>(
    out: &mut dyn Write,
    (open, close): (&str, &str),
    items: impl IntoIterator<Item = &'a T>,
) -> fmt::Result {
    out.write_str(open)?;
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            out.write_str(", ")?;
        }
        item.py_repr(out)?;
    }
    out.write_str(close)
}
