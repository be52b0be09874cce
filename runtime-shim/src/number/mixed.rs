//! `Number`: a bool, an int or a float, known at run time; `Copy`.
use std::cmp::Ordering;
use std::fmt::{self, Write};
use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use super::arithmetic::Arithmetic;
use super::{Int, power};
use crate::error::PyResult;
use crate::object::{Compare, Key, Object};
use crate::text::Str;

/// A bool, an int of 64 bits or a float.
#[derive(Clone, Copy)]
pub enum Number {
    /// `True`
    Bool(bool),
    /// `1`
    Int(i64),
    /// `1.0`
    Float(f64),
}

use Number::{Bool, Float};

enum Pair {
    Ints(i64, i64),
    Floats(f64, f64),
}

impl Number {
    /// As a float.
    #[inline]
    pub fn to_f64(self) -> f64 {
        match self {
            Bool(value) => f64::from(u8::from(value)),
            Number::Int(value) => value as f64,
            Float(value) => value,
        }
    }

    /// As an integer, when it is one.
    #[inline]
    pub fn to_i64(self) -> Option<i64> {
        match self {
            Bool(value) => Some(i64::from(value)),
            Number::Int(value) => Some(value),
            Float(_) => None,
        }
    }

    #[inline]
    fn pair(self, other: Number) -> Pair {
        match (self.to_i64(), other.to_i64()) {
            (Some(a), Some(b)) => Pair::Ints(a, b),
            _ => Pair::Floats(self.to_f64(), other.to_f64()),
        }
    }

    /// `abs(self)`
    #[inline]
    pub fn abs(self) -> Number {
        match self.to_i64() {
            Some(value) => Number::Int(value.abs()),
            None => Float(self.to_f64().abs()),
        }
    }

    /// `+self`
    #[inline]
    pub fn pos(self) -> Number {
        self.to_i64().map_or(self, Number::Int)
    }

    /// `self.is_integer()`
    #[inline]
    pub fn is_integer(self) -> bool {
        match self {
            Float(value) => value.is_finite() && value.fract() == 0.0,
            Bool(_) | Number::Int(_) => true,
        }
    }

    /// The exact order; `None` with NaN.
    #[inline]
    fn order(self, other: Number) -> Option<Ordering> {
        match (self, other) {
            (Float(a), Float(b)) => a.partial_cmp(&b),
            (Float(a), b) => Int::from(b.to_i64()?).cmp_float(a).map(Ordering::reverse),
            (a, Float(b)) => Int::from(a.to_i64()?).cmp_float(b),
            (a, b) => Some(a.to_i64()?.cmp(&b.to_i64()?)),
        }
    }
}

macro_rules! operator {
    ($trait:ident $method:ident $assign_trait:ident $assign:ident $operator:tt) => {
        impl $trait for Number {
            type Output = Number;

            fn $method(self, other: Number) -> Number {
                match self.pair(other) {
                    Pair::Ints(a, b) => Number::Int(a $operator b),
                    Pair::Floats(a, b) => Float(a $operator b),
                }
            }
        }

        impl $assign_trait for Number {
            fn $assign(&mut self, other: Number) {
                *self = *self $operator other;
            }
        }
    };
}
operator!(Add add AddAssign add_assign +);
operator!(Sub sub SubAssign sub_assign -);
operator!(Mul mul MulAssign mul_assign *);

impl Neg for Number {
    type Output = Number;

    #[inline]
    fn neg(self) -> Number {
        match self.to_i64() {
            Some(value) => Number::Int(-value),
            None => Float(-self.to_f64()),
        }
    }
}

impl Arithmetic for Number {
    type Quotient = Number;

    #[inline]
    fn py_div(self, other: Number) -> PyResult<Number> {
        match self.pair(other) {
            Pair::Ints(a, b) => a.py_div(b).map(Float),
            Pair::Floats(a, b) => a.py_div(b).map(Float),
        }
    }

    #[inline]
    fn floor_div(self, other: Number) -> PyResult<Number> {
        match self.pair(other) {
            Pair::Ints(a, b) => a.floor_div(b).map(Number::Int),
            Pair::Floats(a, b) => a.floor_div(b).map(Float),
        }
    }

    #[inline]
    fn py_mod(self, other: Number) -> PyResult<Number> {
        match self.pair(other) {
            Pair::Ints(a, b) => a.py_mod(b).map(Number::Int),
            Pair::Floats(a, b) => a.py_mod(b).map(Float),
        }
    }

    #[inline]
    fn py_divmod(self, other: Number) -> PyResult<(Number, Number)> {
        match self.pair(other) {
            Pair::Ints(a, b) => a.py_divmod(b).map(|(a, b)| (Number::Int(a), Number::Int(b))),
            Pair::Floats(a, b) => a.py_divmod(b).map(|(a, b)| (Float(a), Float(b))),
        }
    }

    #[inline]
    fn py_pow(self, other: Number) -> PyResult<Number> {
        match self.pair(other) {
            Pair::Ints(0, b) if b < 0 => Err(power::negative_power_of_zero()),
            Pair::Ints(a, b) if b < 0 => power::float(a as f64, b as f64).map(Float),
            Pair::Ints(a, b) => a.py_pow(b).map(Number::Int),
            Pair::Floats(a, b) => power::float(a, b).map(Float),
        }
    }
}

impl From<bool> for Number {
    #[inline]
    fn from(value: bool) -> Number {
        Bool(value)
    }
}

impl From<i64> for Number {
    #[inline]
    fn from(value: i64) -> Number {
        Number::Int(value)
    }
}

impl From<f64> for Number {
    #[inline]
    fn from(value: f64) -> Number {
        Float(value)
    }
}

impl From<&Int> for Number {
    #[inline]
    fn from(value: &Int) -> Number {
        match value.to_i64() {
            Some(value) => Number::Int(value),
            None => super::arithmetic::overflow("convert"),
        }
    }
}

impl From<Int> for Number {
    #[inline]
    fn from(value: Int) -> Number {
        Number::from(&value)
    }
}

impl fmt::Display for Number {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.py_pad(f)
    }
}

impl fmt::Debug for Number {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.py_repr(f)
    }
}

impl PartialEq for Number {
    #[inline]
    fn eq(&self, other: &Number) -> bool {
        self.order(*other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    #[inline]
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        self.order(*other)
    }
}

impl Object for Number {
    #[inline]
    fn py_type(&self) -> &'static str {
        match self {
            Bool(_) => "bool",
            Number::Int(_) => "int",
            Float(_) => "float",
        }
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        match self {
            Bool(value) => value.py_repr(out),
            Number::Int(value) => value.py_repr(out),
            Float(value) => value.py_repr(out),
        }
    }

    #[inline]
    fn py_bool(&self) -> bool {
        self.to_f64() != 0.0
    }

    #[inline]
    fn py_format(&self, spec: &str) -> PyResult<Str> {
        match self {
            Bool(value) => value.py_format(spec),
            Number::Int(value) => value.py_format(spec),
            Float(value) => value.py_format(spec),
        }
    }

    #[inline]
    fn py_pad(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bool(value) => value.py_pad(f),
            Number::Int(value) => value.py_pad(f),
            Float(value) => value.py_pad(f),
        }
    }
}

impl Key for Number {
    const PLAIN: bool = true;

    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        match self {
            Bool(value) => value.py_hash(),
            Number::Int(value) => value.py_hash(),
            Float(value) => value.py_hash(),
        }
    }
}

impl Compare for Number {
    #[inline]
    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        Ok(self < other)
    }

    #[inline]
    fn py_le(&self, other: &Self) -> PyResult<bool> {
        Ok(self <= other)
    }
}
