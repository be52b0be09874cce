//! `round(x, digits)`.
use num_integer::Integer;

use super::Int;
use super::big;
use crate::error::PyResult;
use crate::exception::{ExceptionType, OverflowError};

/// To a number of decimal places; ties of the exact value go to even.
#[inline]
pub(crate) fn float(value: f64, digits: i64) -> PyResult<f64> {
    if !value.is_finite() || value == 0.0 || digits > 323 {
        return Ok(value);
    }
    if digits < -308 {
        return Ok(0.0_f64.copysign(value));
    }
    let rounded: f64 = match usize::try_from(digits) {
        // Rust writes the exact value, rounded half to even.
        Ok(digits) => format!("{value:.digits$}").parse().unwrap_or(value),
        Err(_) => {
            let whole = int_of(value, digits);
            whole.to_string().parse().unwrap_or(value)
        }
    };
    if rounded.is_infinite() {
        return Err(OverflowError::new("rounded value too large to represent"));
    }
    Ok(rounded.copysign(value))
}

/// A float to a negative number of places, exactly.
#[inline]
fn int_of(value: f64, digits: i64) -> Int {
    let whole = Int::of_whole_float(value.trunc());
    if value.fract() == 0.0 {
        return int(&whole, digits);
    }
    // Twice the value and a bit keeps ties apart from what is just above them.
    let nudge = if value > 0.0 { 1 } else { -1 };
    let finer = &(&whole * 10) + nudge;
    let unit = Int::from(num_traits::pow(num_bigint::BigInt::from(10), (1 - digits) as usize));
    let rounded = nearest(&finer, &unit);
    Int::from(rounded.to_big() / 10)
}

/// An int to a negative number of places, half to even.
#[inline]
pub(crate) fn int(value: &Int, digits: i64) -> Int {
    if digits >= 0 {
        return value.clone();
    }
    if digits < -20_000 {
        return Int::Small(0);
    }
    nearest(value, &Int::from(num_traits::pow(num_bigint::BigInt::from(10), digits.unsigned_abs() as usize)))
}

/// The multiple of `unit` that is nearest, half to even.
#[inline]
fn nearest(value: &Int, unit: &Int) -> Int {
    let (quotient, rest) = value.to_big().div_mod_floor(&unit.to_big());
    let twice: num_bigint::BigInt = rest * 2;
    let up = match twice.cmp(&unit.to_big()) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => quotient.is_odd(),
        std::cmp::Ordering::Less => false,
    };
    big::Int::from((quotient + i32::from(up)) * unit.to_big())
}
