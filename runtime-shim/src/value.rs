//! `Value`: a Python value whose type is not known before run time, 16 bytes.
mod attributes;
mod call;
mod convert;
mod generator;
mod items;
mod object;
mod opaque;
mod operators;
#[cfg(test)]
mod tests;
mod view;

use std::rc::Rc;

use num_bigint::BigInt;

pub use convert::FromValue;
pub(crate) use opaque::DynObject;
pub use view::Element;

use crate::dict::Dict;
use crate::error::PyErr;
use crate::exception::ExceptionClass;
use crate::iter::Iter;
use crate::list::List;
use crate::number::Int;
use crate::range::Range;
use crate::set::{FrozenSet, Set};
use crate::text::{Bytes, Str};
use crate::tuple::VarTuple;

/// Any Python value. A container in it is that very container.
#[derive(Clone, Default)]
pub struct Value(pub(crate) Kind);

/// What a [`Value`] is.
#[derive(Clone, Default)]
pub(crate) enum Kind {
    #[default]
    None,
    Bool(bool),
    Int(i64),
    Big(Rc<BigInt>),
    Float(f64),
    Str(Rc<Str>),
    Bytes(Rc<Bytes>),
    List(List<Value>),
    Tuple(VarTuple<Value>),
    Dict(Dict<Value, Value>),
    Set(Set<Value>),
    FrozenSet(FrozenSet<Value>),
    Range(Rc<Range>),
    Iter(Iter<Value>),
    Error(PyErr),
    ErrorClass(ExceptionClass),
    Object(Rc<Box<dyn DynObject>>),
}

/// The order of two numbers of which one is over 64 bits; `None` when one is no number, `Some(None)` with NaN.
#[inline]
fn order_of_big(a: &Value, b: &Value) -> Option<Option<std::cmp::Ordering>> {
    match (&a.0, &b.0) {
        (Kind::Float(a), _) => Some(Int::from_value(b)?.cmp_float(*a).map(std::cmp::Ordering::reverse)),
        (_, Kind::Float(b)) => Some(Int::from_value(a)?.cmp_float(*b)),
        _ => Some(Some(Int::from_value(a)?.cmp(&Int::from_value(b)?))),
    }
}
