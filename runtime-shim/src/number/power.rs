//! `**`, in its less usual cases.
use super::arithmetic::{overflow, zero_division};
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, OverflowError};
use crate::text::Str;

/// An exponent that is negative, or over 32 bits.
#[cold]
pub(crate) fn unusual_int_power(base: i64, exponent: i64) -> PyResult<i64> {
    match base {
        0 if exponent < 0 => Err(negative_power_of_zero()),
        1 => Ok(1),
        -1 => Ok(if exponent % 2 == 0 { 1 } else { -1 }),
        0 => Ok(0),
        _ if exponent < 0 => negative_exponent(),
        _ => overflow("multiply"),
    }
}

/// The result of `int ** int` would be a float.
#[cold]
pub(crate) fn negative_exponent() -> ! {
    panic!("aio2rust: an integer to a negative power is a float, which this `**` was not translated for")
}

#[cold]
pub(crate) fn negative_power_of_zero() -> PyErr {
    zero_division("0.0 cannot be raised to a negative power")
}

#[inline]
pub(crate) fn float(base: f64, exponent: f64) -> PyResult<f64> {
    if base == 0.0 && exponent < 0.0 {
        return Err(negative_power_of_zero());
    }
    if base < 0.0 && base.is_finite() && exponent.is_finite() && exponent.fract() != 0.0 {
        panic!("aio2rust: a negative number to a broken power is complex, which is not translated");
    }
    let power = base.powf(exponent);
    if power.is_infinite() && base.is_finite() && exponent.is_finite() {
        return Err(OverflowError::new((34, Str::literal("Numerical result out of range"))));
    }
    Ok(power)
}
