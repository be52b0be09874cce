//! The methods of `int` and `float`.
use super::Int;
use crate::builtins::to_bytes;
use crate::error::PyResult;
use crate::exception::{ExceptionType, OverflowError, ValueError};
use crate::text::{Bytes, Str};

/// The methods of `int`, for `i64` and `Int`.
pub trait IntMethods: Sized {
    /// As an `Int`.
    fn as_big(&self) -> Int;

    /// `n.bit_length()`
    #[inline]
    fn bit_length(&self) -> i64 {
        match self.as_big() {
            Int::Small(value) => i64::from(64 - value.unsigned_abs().leading_zeros()),
            Int::Big(value) => value.bits() as i64,
        }
    }

    /// `n.bit_count()`
    #[inline]
    fn bit_count(&self) -> i64 {
        match self.as_big() {
            Int::Small(value) => i64::from(value.unsigned_abs().count_ones()),
            Int::Big(value) => value.magnitude().iter_u64_digits().map(|digit| i64::from(digit.count_ones())).sum(),
        }
    }

    /// `n.to_bytes(length, byteorder, signed=signed)`
    #[inline]
    fn to_bytes(&self, length: i64, byteorder: &str, signed: bool) -> PyResult<Bytes> {
        to_bytes(&self.as_big(), length, byteorder, signed).map(Bytes::from)
    }
}

impl IntMethods for i64 {
    #[inline]
    fn as_big(&self) -> Int {
        Int::Small(*self)
    }
}

impl IntMethods for bool {
    #[inline]
    fn as_big(&self) -> Int {
        Int::from(*self)
    }
}

impl IntMethods for Int {
    #[inline]
    fn as_big(&self) -> Int {
        self.clone()
    }
}

/// What all real numbers have.
macro_rules! real {
    ($($type:ty, $zero:expr, $one:expr;)*) => {$(
        impl Real for $type {
            fn real(&self) -> Self {
                *self
            }

            #[inline]
            fn imag(&self) -> Self {
                $zero
            }

            #[inline]
            fn one() -> Self {
                $one
            }
        }
    )*};
}

/// `x.real`, `x.imag`, `x.conjugate()`, and for `int` `numerator` and `denominator`.
pub trait Real: Copy {
    /// `x.real`
    fn real(&self) -> Self;
    /// `x.imag`
    fn imag(&self) -> Self;
    #[doc(hidden)]
    fn one() -> Self;

    /// `x.conjugate()`
    #[inline]
    fn conjugate(&self) -> Self {
        *self
    }

    /// `n.numerator`
    #[inline]
    fn numerator(&self) -> Self {
        *self
    }

    /// `n.denominator`
    #[inline]
    fn denominator(&self) -> Self {
        Self::one()
    }
}
real! {
    i64, 0, 1;
    f64, 0.0, 1.0;
}

/// The methods of `float`.
pub trait FloatMethods {
    /// What `as_integer_ratio` gives.
    type Ratio;

    /// `x.is_integer()`
    fn is_integer(&self) -> bool;
    /// `x.as_integer_ratio()`
    fn as_integer_ratio(&self) -> Self::Ratio;
}

impl FloatMethods for i64 {
    type Ratio = (i64, i64);

    #[inline]
    fn is_integer(&self) -> bool {
        true
    }

    #[inline]
    fn as_integer_ratio(&self) -> (i64, i64) {
        (*self, 1)
    }
}

impl FloatMethods for f64 {
    type Ratio = PyResult<(Int, Int)>;

    #[inline]
    fn is_integer(&self) -> bool {
        self.is_finite() && self.fract() == 0.0
    }

    #[inline]
    fn as_integer_ratio(&self) -> PyResult<(Int, Int)> {
        if self.is_nan() {
            return Err(ValueError::new("cannot convert NaN to integer ratio"));
        }
        if self.is_infinite() {
            return Err(OverflowError::new("cannot convert Infinity to integer ratio"));
        }
        let (mut value, mut doublings) = (*self, 0_u32);
        while value.fract() != 0.0 {
            value *= 2.0;
            doublings += 1;
        }
        Ok((Int::of_whole_float(value), Int::from(num_bigint::BigInt::from(1) << doublings)))
    }
}

/// `x.hex()`
pub trait Hex {
    /// `x.hex()`
    fn hex(&self) -> Str;
}

impl Hex for f64 {
    #[inline]
    fn hex(&self) -> Str {
        let sign = if self.is_sign_negative() && !self.is_nan() { "-" } else { "" };
        let bits = self.abs().to_bits();
        let (exponent, fraction) = ((bits >> 52) as i64, bits & ((1 << 52) - 1));
        Str::from(match (exponent, fraction) {
            _ if !self.is_finite() => super::text::float_repr(*self),
            (0, 0) => format!("{sign}0x0.0p+0"),
            (0, fraction) => format!("{sign}0x0.{fraction:013x}p-1022"),
            (exponent, fraction) => format!("{sign}0x1.{fraction:013x}p{:+}", exponent - 1023),
        })
    }
}
