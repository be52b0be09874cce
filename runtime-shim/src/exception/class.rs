//! Exception classes: as Rust types (`ExceptionType`), as values (`ExceptionClass`), and lists of them (`Classes`).
use std::any::{Any, TypeId};
use std::fmt;
use std::hash::{Hash, Hasher};

use super::args::IntoArgs;
use super::fields;
use crate::error::PyErr;

/// An exception class. A class of the program's own is a struct with the fields it adds:
/// `struct AppError { code: i64 }`, `impl ExceptionType for AppError { type Base = Exception; const NAME: &'static str = "AppError"; }`.
pub trait ExceptionType: Sized + 'static {
    /// The class it derives from.
    type Base: ExceptionType;
    /// `__qualname__`
    const NAME: &'static str;
    /// `__module__`
    const MODULE: &'static str = "__main__";
    /// The second and further bases of a class that has several.
    const MORE_BASES: &'static [ExceptionClass] = &[];
    /// The class as a value.
    const CLASS: ExceptionClass = ExceptionClass(&ClassInfo {
        id: TypeId::of::<Self>,
        name: Self::NAME,
        module: Self::MODULE,
        base: Self::PARENT,
        more_bases: Self::MORE_BASES,
        make: fields::make::<Self>,
    });
    #[doc(hidden)]
    const PARENT: Option<ExceptionClass> = Some(<Self::Base as ExceptionType>::CLASS);

    /// A new exception of the class: `args` is one argument that is no tuple, a tuple of arguments, or `()` for none.
    #[inline]
    #[expect(clippy::new_ret_no_self, reason = "an exception object is a `PyErr`, whatever its class")]
    fn new(args: impl IntoArgs) -> PyErr
    where
        Self: Default,
    {
        // As a tail call it would take the place of the function that raises, whose frame a traceback shows.
        std::hint::black_box(PyErr::new(Self::default(), args))
    }

    /// The fields of its base class, when that has some.
    #[inline]
    fn base(&self) -> Option<&Self::Base> {
        None
    }

    /// `__str__`
    #[inline]
    fn str_(&self, error: &PyErr) -> String {
        match self.base() {
            Some(base) => base.str_(error),
            None => Self::plain_str(error),
        }
    }

    /// `__repr__`
    #[inline]
    fn repr_(&self, error: &PyErr) -> String {
        match self.base() {
            Some(base) => base.repr_(error),
            None => Self::plain_repr(error),
        }
    }

    /// The inherited `__str__` of a class without fields.
    #[doc(hidden)]
    #[inline]
    fn plain_str(error: &PyErr) -> String {
        <Self::Base as ExceptionType>::plain_str(error)
    }

    /// The inherited `__repr__` of a class without fields.
    #[doc(hidden)]
    #[inline]
    fn plain_repr(error: &PyErr) -> String {
        <Self::Base as ExceptionType>::plain_repr(error)
    }

    /// The built-in class `id` that it derives from; those have no fields.
    #[doc(hidden)]
    #[inline]
    fn bare(id: TypeId) -> Option<&'static dyn Any> {
        <Self::Base as ExceptionType>::bare(id)
    }
}

/// An exception class as a value. Its identity is that of the Rust type: addresses of constants are not unique.
#[derive(Clone, Copy)]
pub struct ExceptionClass(&'static ClassInfo);

#[doc(hidden)]
pub struct ClassInfo {
    id: fn() -> TypeId,
    name: &'static str,
    module: &'static str,
    base: Option<ExceptionClass>,
    more_bases: &'static [ExceptionClass],
    make: fields::Make,
}

impl ExceptionClass {
    /// `X.__name__`
    #[inline]
    pub fn name(self) -> &'static str {
        self.0.name.rsplit('.').next().unwrap_or(self.0.name)
    }

    /// `X.__qualname__`
    #[inline]
    pub(crate) fn qualified_name(self) -> &'static str {
        self.0.name
    }

    /// `X.__module__`
    #[inline]
    pub fn module(self) -> &'static str {
        self.0.module
    }

    /// The name in tracebacks: with its module, unless that is built in or the program's own.
    #[inline]
    pub fn full_name(self) -> String {
        match self.0.module {
            "builtins" | "__main__" => self.0.name.to_owned(),
            module => format!("{module}.{}", self.0.name),
        }
    }

    /// `issubclass(self, other)`
    #[inline]
    pub fn is_subclass(self, other: ExceptionClass) -> bool {
        let id = (other.0.id)();
        let mut at = Some(self);
        while let Some(class) = at {
            if (class.0.id)() == id || class.0.more_bases.iter().any(|base| base.is_subclass(other)) {
                return true;
            }
            at = class.0.base;
        }
        false
    }

    /// An exception of the class, made without fields of its own: `raise cls`, `cls("m")`.
    #[inline]
    pub fn call(self, args: impl IntoArgs) -> PyErr {
        (self.0.make)(self, args.into_args())
    }
}

impl PartialEq for ExceptionClass {
    #[inline]
    fn eq(&self, other: &ExceptionClass) -> bool {
        (self.0.id)() == (other.0.id)()
    }
}

impl Eq for ExceptionClass {}

impl Hash for ExceptionClass {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0.id)().hash(state);
    }
}

impl fmt::Display for ExceptionClass {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.0.module {
            "builtins" => format!("<class '{}'>", self.0.name),
            module => format!("<class '{module}.{}'>", self.0.name),
        };
        f.pad(&name)
    }
}

impl fmt::Debug for ExceptionClass {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What an `except` clause names: one class, or a tuple of classes.
pub trait Classes {
    /// Does `test` hold for one of them?
    fn any(test: &mut dyn FnMut(ExceptionClass) -> bool) -> bool;
}

impl<X: ExceptionType> Classes for X {
    #[inline]
    fn any(test: &mut dyn FnMut(ExceptionClass) -> bool) -> bool {
        test(X::CLASS)
    }
}

impl Classes for () {
    #[inline]
    fn any(_: &mut dyn FnMut(ExceptionClass) -> bool) -> bool {
        false
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        impl<$($name: Classes),*> Classes for ($($name,)*) {
            fn any(test: &mut dyn FnMut(ExceptionClass) -> bool) -> bool {
                $($name::any(test))||*
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
tuples!(A B C D E F G);
tuples!(A B C D E F G H);
