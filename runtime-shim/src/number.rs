//! Numbers: `Int` without bound, `Number` of any kind, Python's arithmetic on `i64` and `f64`, their text and hashes.
mod arithmetic;
mod big;
pub(crate) mod hash;
mod int_ops;
mod methods;
mod mixed;
pub(crate) mod parse;
mod power;
pub(crate) mod round;
mod simple;
pub(crate) mod text;

pub use arithmetic::Arithmetic;
pub use big::Int;
pub use methods::{FloatMethods, Hex, IntMethods, Real};
pub use mixed::Number;
