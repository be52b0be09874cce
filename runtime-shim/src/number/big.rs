//! `Int`: an integer without bound, 16 bytes; small ones are held in place.
use std::cmp::Ordering;
use std::fmt::{self, Write};
use std::rc::Rc;

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

use super::hash;
use crate::error::PyResult;
use crate::exception::{ExceptionType, OverflowError};
use crate::object::{Compare, Key, Object};
use crate::text::Str;
use crate::text::format;

/// Python's `int`.
#[derive(Clone)]
pub enum Int {
    /// Fits 64 bits; always so when it can be.
    Small(i64),
    /// Does not.
    Big(Rc<BigInt>),
}

impl Int {
    /// The decimal digits of a literal.
    #[inline]
    pub fn parse(digits: &str) -> Int {
        digits.parse::<BigInt>().map_or(Int::Small(0), Int::from)
    }

    /// As a big integer.
    #[inline]
    pub fn to_big(&self) -> BigInt {
        match self {
            Int::Small(value) => BigInt::from(*value),
            Int::Big(value) => (**value).clone(),
        }
    }

    /// When it fits 64 bits.
    #[inline]
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            Int::Small(value) => Some(*value),
            Int::Big(_) => None,
        }
    }

    /// The nearest float; OverflowError when there is none.
    #[inline]
    pub fn to_f64(&self) -> PyResult<f64> {
        match self {
            Int::Small(value) => Ok(*value as f64),
            Int::Big(value) => match value.to_f64() {
                Some(float) if float.is_finite() => Ok(float),
                _ => Err(OverflowError::new("int too large to convert to float")),
            },
        }
    }

    /// `self < 0`
    #[inline]
    pub fn is_negative(&self) -> bool {
        match self {
            Int::Small(value) => *value < 0,
            Int::Big(value) => value.sign() == Sign::Minus,
        }
    }

    /// `self == 0`
    #[inline]
    pub fn is_zero(&self) -> bool {
        matches!(self, Int::Small(0))
    }

    /// `abs(self)`
    #[inline]
    pub fn abs(&self) -> Int {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// `self == float`, exactly.
    #[inline]
    pub fn eq_float(&self, float: f64) -> bool {
        self.cmp_float(float) == Some(Ordering::Equal)
    }

    /// The exact order against a float; `None` for NaN.
    #[inline]
    pub fn cmp_float(&self, float: f64) -> Option<Ordering> {
        if float.is_nan() {
            return None;
        }
        if float.is_infinite() {
            return Some(if float > 0.0 { Ordering::Less } else { Ordering::Greater });
        }
        let floor = float.floor();
        let order = self.cmp(&Int::of_whole_float(floor));
        Some(if order == Ordering::Equal && floor < float { Ordering::Less } else { order })
    }

    /// The integer that a finite float without fraction is.
    #[inline]
    pub(crate) fn of_whole_float(float: f64) -> Int {
        if float.abs() < 9.0e18 {
            return Int::Small(float as i64);
        }
        num_traits::FromPrimitive::from_f64(float).map_or(Int::Small(0), |big: BigInt| Int::from(big))
    }
}

impl From<i64> for Int {
    #[inline]
    fn from(value: i64) -> Int {
        Int::Small(value)
    }
}

impl From<bool> for Int {
    #[inline]
    fn from(value: bool) -> Int {
        Int::Small(i64::from(value))
    }
}

impl From<BigInt> for Int {
    #[inline]
    fn from(value: BigInt) -> Int {
        match value.to_i64() {
            Some(small) => Int::Small(small),
            None => Int::Big(Rc::new(value)),
        }
    }
}

impl Default for Int {
    #[inline]
    fn default() -> Int {
        Int::Small(0)
    }
}

impl fmt::Display for Int {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Int::Small(value) => fmt::Display::fmt(value, f),
            Int::Big(value) => fmt::Display::fmt(value, f),
        }
    }
}

impl fmt::Debug for Int {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Int {
    #[inline]
    fn eq(&self, other: &Int) -> bool {
        match (self, other) {
            (Int::Small(a), Int::Small(b)) => a == b,
            (Int::Big(a), Int::Big(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Int {}

impl PartialEq<i64> for Int {
    #[inline]
    fn eq(&self, other: &i64) -> bool {
        matches!(self, Int::Small(value) if value == other)
    }
}

impl PartialEq<f64> for Int {
    #[inline]
    fn eq(&self, other: &f64) -> bool {
        self.eq_float(*other)
    }
}

impl PartialOrd<f64> for Int {
    #[inline]
    fn partial_cmp(&self, other: &f64) -> Option<Ordering> {
        self.cmp_float(*other)
    }
}

impl PartialEq<Int> for f64 {
    #[inline]
    fn eq(&self, other: &Int) -> bool {
        other.eq_float(*self)
    }
}

impl PartialOrd<Int> for f64 {
    #[inline]
    fn partial_cmp(&self, other: &Int) -> Option<Ordering> {
        other.cmp_float(*self).map(Ordering::reverse)
    }
}

impl PartialOrd for Int {
    #[inline]
    fn partial_cmp(&self, other: &Int) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialOrd<i64> for Int {
    #[inline]
    fn partial_cmp(&self, other: &i64) -> Option<Ordering> {
        Some(self.cmp(&Int::Small(*other)))
    }
}

impl Ord for Int {
    #[inline]
    fn cmp(&self, other: &Int) -> Ordering {
        match (self, other) {
            (Int::Small(a), Int::Small(b)) => a.cmp(b),
            (Int::Big(a), Int::Big(b)) => a.cmp(b),
            (Int::Big(a), Int::Small(_)) => {
                if a.sign() == Sign::Minus {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
            (Int::Small(_), Int::Big(b)) => {
                if b.sign() == Sign::Minus {
                    Ordering::Greater
                } else {
                    Ordering::Less
                }
            }
        }
    }
}

impl Object for Int {
    #[inline]
    fn py_type(&self) -> &'static str {
        "int"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{self}")
    }

    #[inline]
    fn py_bool(&self) -> bool {
        !self.is_zero()
    }

    #[inline]
    fn py_format(&self, spec: &str) -> PyResult<Str> {
        format::int_spec(self, spec)
    }

    #[inline]
    fn py_pad(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Key for Int {
    const PLAIN: bool = true;

    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(match self {
            Int::Small(value) => hash::int(*value),
            Int::Big(value) => hash::digits(&value.to_u64_digits().1, value.sign() == Sign::Minus),
        })
    }
}

impl Compare for Int {
    const TOTAL: bool = true;

    #[inline]
    fn py_cmp(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }

    #[inline]
    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        Ok(self < other)
    }

    #[inline]
    fn py_le(&self, other: &Self) -> PyResult<bool> {
        Ok(self <= other)
    }
}
