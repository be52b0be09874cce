//! The positional arguments of an exception: values of any type, kept for `args`, `str` and `repr`.
use std::any::Any;
use std::rc::Rc;

use super::group::Members;
use crate::error::PyErr;

/// One argument, its type forgotten.
pub trait Argument: Any {
    /// `repr(argument)`
    fn repr(&self) -> String;
    /// `str(argument)`
    fn text(&self) -> String;

    /// The byte at an index, if it is bytes.
    fn byte(&self, _index: i64) -> Option<u8> {
        None
    }
}

impl dyn Argument {
    /// The members of an exception group.
    pub(crate) fn members(&self) -> Vec<PyErr> {
        let argument: &dyn Any = self;
        argument.downcast_ref::<Members>().map(|members| members.0.clone()).unwrap_or_default()
    }
}

/// All of them.
#[derive(Clone, Default)]
pub struct Args(Rc<[Rc<dyn Argument>]>);

impl Args {
    pub(crate) fn of(args: Vec<Rc<dyn Argument>>) -> Args {
        Args(args.into())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<Rc<dyn Argument>> {
        self.0.get(index).cloned()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Rc<dyn Argument>> {
        self.0.iter()
    }

    /// The argument as an integer, if it is one.
    pub(crate) fn int(&self, index: usize) -> Option<i64> {
        let argument: &dyn Any = &**self.0.get(index)?;
        argument.downcast_ref::<i64>().copied()
    }
}

/// One argument that is a tuple, or whatever else it is: it is not spread.
pub struct One<T>(pub T);

/// What `X::new` takes: one argument that is no tuple, or a tuple of arguments.
pub trait IntoArgs {
    /// The arguments.
    fn into_args(self) -> Args;
}

impl IntoArgs for Args {
    fn into_args(self) -> Args {
        self
    }
}

impl<T: Argument> IntoArgs for One<T> {
    fn into_args(self) -> Args {
        Args::of(vec![Rc::new(self.0)])
    }
}

impl Argument for String {
    fn repr(&self) -> String {
        repr_of_text(self)
    }

    fn text(&self) -> String {
        self.clone()
    }
}

impl Argument for PyErr {
    fn repr(&self) -> String {
        PyErr::repr(self)
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Argument for $type {
            fn repr(&self) -> String {
                self.to_string()
            }

            fn text(&self) -> String {
                self.to_string()
            }
        }
    )*};
}
numbers!(i64);

/// What becomes one argument.
pub trait IntoArgument {
    /// The argument.
    fn into_argument(self) -> Rc<dyn Argument>;
}

impl IntoArgument for &str {
    fn into_argument(self) -> Rc<dyn Argument> {
        Rc::new(self.to_owned())
    }
}

macro_rules! arguments {
    ($($type:ty),*) => {$(
        impl IntoArgument for $type {
            fn into_argument(self) -> Rc<dyn Argument> {
                Rc::new(self)
            }
        }
    )*};
}
arguments!(String, i64, PyErr);

macro_rules! singles {
    ($($type:ty),*) => {$(
        impl IntoArgs for $type {
            fn into_args(self) -> Args {
                Args::of(vec![self.into_argument()])
            }
        }
    )*};
}
singles!(&str, String, i64, PyErr);

impl IntoArgs for () {
    fn into_args(self) -> Args {
        Args::default()
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        impl<$($name: IntoArgument),*> IntoArgs for ($($name,)*) {
            fn into_args(self) -> Args {
                #[expect(non_snake_case, reason = "the names are those of the types")]
                let ($($name,)*) = self;
                Args::of(vec![$($name.into_argument()),*])
            }
        }
    };
}
tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);

/// `repr` of a string.
pub(crate) fn repr_of_text(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if (c as u32) < 0x20 || c as u32 == 0x7f => out.push_str(&format!("\\x{:02x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}
