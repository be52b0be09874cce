//! What every emitted file imports with `use aio2rust_runtime::prelude::*;`.
pub use std::cell::Cell;
pub use std::convert::Infallible;
pub use std::process::ExitCode;
pub use std::rc::Rc;

pub use crate::async_generator::{
    AsyncGenerator, AsyncYields, async_generator, async_generator_expression, async_stepwise, async_yields, item_or_end,
};
pub use crate::builtins::Ellipsis;
pub use crate::cell::{Field, Late, Shared};
pub use crate::class_object::Type;
pub use crate::coroutine::Coroutine;
pub use crate::dict::Dict;
pub use crate::error::{PyErr, PyResult};
pub use crate::escape::OrEscape;
pub use crate::exception::builtin::*;
pub use crate::exception::{ExceptionArgs, ExceptionClass, ExceptionType};
pub use crate::exit::exit_code;
pub use crate::flow::{Flow, attempt, try_};
pub use crate::function::Function;
pub use crate::generator::{Generator, Yields, generator, generator_expression, stepwise, yields};
pub use crate::global::{Global, LateGlobal};
pub use crate::handled::handled;
pub use crate::iter::{Iter, lazy, try_lazy};
pub use crate::list::List;
pub use crate::number::{Arithmetic, FloatMethods, Hex, Int, IntMethods, Number, Real};
pub use crate::object::{Compare, Key, Object, Truth, raised, repr, repr_fields, str_};
pub use crate::outcome::Outcome;
pub use crate::parameters::Parameters;
pub use crate::range::Range;
pub use crate::recursion::{self, recursive};
pub use crate::set::{FrozenSet, Set};
pub use crate::text::{Bytes, Str, format_spec, py};
pub use crate::tuple::{EmptyTuple, VarTuple};
pub use crate::unpack::{joined, joined_after, joined_before, joined_texts, proven, texts, unpack, unpack_star};
pub use crate::value::{FromValue, Value};
