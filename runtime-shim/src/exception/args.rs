//! The positional arguments of an exception: values of any type, kept for `args`, `str` and `repr`.
use std::any::Any;
use std::rc::Rc;

use super::group::Members;
use crate::error::PyErr;
use crate::list::List;
use crate::number::{Int, Number};
use crate::object::{Object, repr, str_};
use crate::text::{Bytes, Str};
use crate::tuple::VarTuple;
use crate::value::Value;

/// One argument, its type forgotten.
pub type Argument = Rc<dyn Object>;

/// All of them.
#[derive(Clone, Default)]
pub struct Args(Rc<[Argument]>);

impl Args {
    /// What `super().__init__(…)` was given: one argument that is no tuple, a tuple of arguments, or `()` for none.
    #[inline]
    pub fn new(args: impl IntoArgs) -> Args {
        args.into_args()
    }

    /// `X(*args)`
    #[inline]
    pub fn spread<T: Object + Clone>(args: &VarTuple<T>) -> Args {
        Args::of(args.iter().map(|arg| Rc::new(arg) as Argument).collect())
    }

    /// `X(a, *args)`
    pub fn after<T: Object + Clone>(first: impl IntoArgs, args: &VarTuple<T>) -> Args {
        let rest = args.iter().map(|arg| Rc::new(arg) as Argument);
        Args::of(first.into_args().iter().cloned().chain(rest).collect())
    }

    #[inline]
    pub(crate) fn of(args: Vec<Argument>) -> Args {
        Args(args.into())
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    #[inline]
    pub(crate) fn get(&self, index: usize) -> Option<Argument> {
        self.0.get(index).cloned()
    }

    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Argument> {
        self.0.iter()
    }

    /// `str(args[index])`
    #[inline]
    pub(crate) fn text(&self, index: usize) -> Option<Str> {
        self.0.get(index).map(|argument| str_(&**argument))
    }

    /// The argument as an integer, if it is one.
    #[inline]
    pub(crate) fn int(&self, index: usize) -> Option<i64> {
        let value = value_of(self.0.get(index)?);
        crate::value::FromValue::from_value(&value)
    }

    /// One byte of an argument that is bytes.
    #[inline]
    pub(crate) fn byte(&self, index: usize, at: i64) -> Option<u8> {
        let argument: &dyn Any = &**self.0.get(index)?;
        let bytes: &[u8] = argument.downcast_ref::<Bytes>()?;
        bytes.get(usize::try_from(at).ok()?).copied()
    }

    /// The members of an exception group.
    #[inline]
    pub(crate) fn members(&self) -> Vec<PyErr> {
        let Some(argument) = self.0.get(1) else { return Vec::new() };
        let any: &dyn Any = &**argument;
        if let Some(members) = any.downcast_ref::<Members>() {
            return members.all.clone();
        }
        if let Some(members) = any.downcast_ref::<VarTuple<PyErr>>() {
            return members.iter().collect();
        }
        if let Some(members) = any.downcast_ref::<List<PyErr>>() {
            return members.iter().collect();
        }
        Vec::new()
    }

    /// As a tuple.
    #[inline]
    pub(crate) fn values(&self) -> VarTuple<Value> {
        VarTuple::from(self.0.iter().map(value_of).collect::<Vec<_>>())
    }

    /// The repr of the arguments as a tuple.
    #[inline]
    pub(crate) fn repr(&self) -> String {
        let items: Vec<String> = self.iter().map(|arg| repr(&**arg).to_string()).collect();
        match items.as_slice() {
            [one] => format!("({one},)"),
            items => format!("({})", items.join(", ")),
        }
    }
}

/// An argument as a value of unknown type: itself, where a `Value` can hold it.
#[inline]
pub(crate) fn value_of(argument: &Argument) -> Value {
    macro_rules! try_types {
        ($($type:ty),*) => {$(
            let any: &dyn Any = &**argument;
            if let Some(value) = any.downcast_ref::<$type>() {
                return Value::from(value.clone());
            }
        )*};
    }
    try_types!(Value, i64, Str, (), f64, bool, String, Bytes, Int, Number, PyErr, List<Value>, VarTuple<Value>);
    Value::object(Erased(argument.clone()))
}

/// A value of which nobody knows the type any more.
#[derive(Clone)]
struct Erased(Argument);

impl Object for Erased {
    #[inline]
    fn py_type(&self) -> &'static str {
        self.0.py_type()
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        self.0.py_repr(out)
    }

    fn has_own_text() -> bool {
        true
    }

    #[inline]
    fn py_str(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        (*self.0).py_str(out)
    }

    #[inline]
    fn py_bool(&self) -> bool {
        self.0.py_bool()
    }
}

impl crate::object::Key for Erased {}
impl crate::object::Compare for Erased {}

/// One argument that may be a tuple: it is not spread.
pub struct One<T>(pub T);

/// What `X::new` takes: one argument that is no tuple, or a tuple of arguments, or `()` for none.
pub trait IntoArgs {
    /// The arguments.
    fn into_args(self) -> Args;
}

impl<T: Object> IntoArgs for T {
    #[inline]
    fn into_args(self) -> Args {
        Args::of(self.into_arguments())
    }
}

impl IntoArgs for Args {
    #[inline]
    fn into_args(self) -> Args {
        self
    }
}

impl<T: Object> IntoArgs for One<T> {
    #[inline]
    fn into_args(self) -> Args {
        Args::of(vec![Rc::new(self.0)])
    }
}

impl IntoArgs for &str {
    #[inline]
    fn into_args(self) -> Args {
        Args::of(vec![Rc::new(Str::from(self.to_owned()))])
    }
}

impl Object for String {
    #[inline]
    fn py_type(&self) -> &'static str {
        "str"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        Str::from(self.clone()).py_repr(out)
    }

    fn has_own_text() -> bool {
        true
    }

    #[inline]
    fn py_str(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        out.write_str(self)
    }

    #[inline]
    fn py_bool(&self) -> bool {
        !self.is_empty()
    }

    #[inline]
    fn into_arguments(self) -> Vec<Argument> {
        vec![Rc::new(Str::from(self))]
    }
}
