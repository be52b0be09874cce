//! `math`: the C library's functions with CPython's errors, and exact functions of integers.

use crate::prelude::*;

mod gamma;
mod integers;
mod libm;
mod sums;

pub use gamma::{gamma, lgamma};
pub use integers::{comb, factorial, gcd, isqrt, isqrt_big, lcm, perm, permutations_of};
pub use sums::{dist, fsum, hypot, prod_floats, prod_ints, sumprod_floats, sumprod_ints};

/// The ratio of a circle's circumference to its diameter.
pub const PI: f64 = std::f64::consts::PI;
/// The base of the natural logarithm.
pub const E: f64 = std::f64::consts::E;
/// Two pi.
pub const TAU: f64 = std::f64::consts::TAU;
/// Positive infinity.
pub const INF: f64 = f64::INFINITY;
/// Not a number.
pub const NAN: f64 = f64::NAN;

#[cold]
pub(crate) fn domain<T>() -> PyResult<T> {
    Err(ValueError::new("math domain error"))
}

#[cold]
pub(crate) fn range<T>() -> PyResult<T> {
    Err(OverflowError::new("math range error"))
}

/// Defines functions by what CPython's `math` does with a result: a NaN that was no NaN before is a domain error, and so
/// is a new infinity, but for the functions that overflow.
macro_rules! checked {
    ($( $(#[$doc:meta])* $name:ident $kind:ident $function:expr; )*) => { $(
        $(#[$doc])*
        #[inline]
        pub fn $name(x: f64) -> PyResult<f64> {
            let result: f64 = $function(x);
            if result.is_finite() || (result.is_nan() && x.is_nan()) || (result.is_infinite() && !x.is_finite()) {
                Ok(result)
            } else if result.is_nan() {
                domain()
            } else {
                $kind()
            }
        }
    )* };
}

checked! {
    /// The arc cosine, in radians.
    acos domain f64::acos;
    /// The inverse hyperbolic cosine.
    acosh domain libm::acosh;
    /// The arc sine, in radians.
    asin domain f64::asin;
    /// The inverse hyperbolic tangent.
    atanh domain libm::atanh;
    /// The cosine.
    cos domain f64::cos;
    /// The hyperbolic cosine.
    cosh range f64::cosh;
    /// `e ** x`.
    exp range f64::exp;
    /// `2 ** x`.
    exp2 range f64::exp2;
    /// `e ** x - 1`, exact near 0.
    expm1 range f64::exp_m1;
    /// The natural logarithm.
    log domain f64::ln;
    /// The logarithm to base 10.
    log10 domain f64::log10;
    /// The natural logarithm of `1 + x`, exact near 0.
    log1p domain f64::ln_1p;
    /// The logarithm to base 2.
    log2 domain f64::log2;
    /// The sine.
    sin domain f64::sin;
    /// The hyperbolic sine.
    sinh range f64::sinh;
    /// The square root.
    sqrt domain f64::sqrt;
    /// The tangent.
    tan domain f64::tan;
}

/// Defines functions that have a result for every number.
macro_rules! total {
    ($( $(#[$doc:meta])* $name:ident $function:expr; )*) => { $(
        $(#[$doc])*
        pub fn $name(x: f64) -> f64 {
            $function(x)
        }
    )* };
}

total! {
    /// The inverse hyperbolic sine.
    asinh libm::asinh;
    /// The arc tangent, in radians.
    atan f64::atan;
    /// The cube root.
    cbrt libm::cbrt;
    /// Radians to degrees.
    degrees |x: f64| x * (180.0 / PI);
    /// The error function.
    erf libm::erf;
    /// The complementary error function.
    erfc libm::erfc;
    /// The absolute value, a float.
    fabs f64::abs;
    /// Degrees to radians.
    radians |x: f64| x * (PI / 180.0);
    /// The hyperbolic tangent.
    tanh f64::tanh;
}

/// `math.log(x, base)`.
#[inline]
pub fn log_base(x: f64, base: f64) -> PyResult<f64> {
    let (x, base) = (log(x)?, log(base)?);
    if base == 0.0 { Err(ZeroDivisionError::new("float division by zero")) } else { Ok(x / base) }
}

/// `math.log(x)` of an integer that may be too large for a float.
#[inline]
pub fn log_big(x: &Int) -> PyResult<f64> {
    let digits = x.to_big();
    let excess = digits.bits().saturating_sub(1000);
    if excess == 0 {
        return log(x.to_f64()?);
    }
    let head = Int::from(digits >> excess).to_f64()?;
    Ok(log(head)? + excess as f64 * std::f64::consts::LN_2)
}

/// The angle of the point (x, y).
#[inline]
pub fn atan2(y: f64, x: f64) -> f64 {
    y.atan2(x)
}

/// `x` with the sign of `y`.
#[inline]
pub fn copysign(x: f64, y: f64) -> f64 {
    x.copysign(y)
}

/// `x ** y` of floats, as the C library has it.
#[inline]
pub fn pow(x: f64, y: f64) -> PyResult<f64> {
    let power = x.powf(y);
    if power.is_finite() || !x.is_finite() || !y.is_finite() {
        Ok(power)
    } else if power.is_nan() || x == 0.0 {
        domain()
    } else {
        range()
    }
}

/// The remainder that has the sign of `x`.
#[inline]
pub fn fmod(x: f64, y: f64) -> PyResult<f64> {
    let rest = x % y;
    if rest.is_nan() && !x.is_nan() && !y.is_nan() { domain() } else { Ok(rest) }
}

/// The IEEE 754 remainder: the distance to the nearest multiple of `y`.
#[inline]
pub fn remainder(x: f64, y: f64) -> PyResult<f64> {
    let rest = libm::remainder(x, y);
    if rest.is_nan() && !x.is_nan() && !y.is_nan() { domain() } else { Ok(rest) }
}

/// `x * y + z`, rounded once.
#[inline]
pub fn fma(x: f64, y: f64, z: f64) -> PyResult<f64> {
    let result = x.mul_add(y, z);
    if result.is_finite() {
        Ok(result)
    } else if result.is_nan() {
        let given = x.is_nan() || y.is_nan() || z.is_nan();
        if given { Ok(result) } else { Err(ValueError::new("invalid operation in fma")) }
    } else if x.is_finite() && y.is_finite() && z.is_finite() {
        Err(OverflowError::new("overflow in fma"))
    } else {
        Ok(result)
    }
}

/// The fractional and the integral part, both with the sign of `x`.
#[inline]
pub fn modf(x: f64) -> (f64, f64) {
    if x.is_infinite() { (0.0_f64.copysign(x), x) } else { ((x - x.trunc()).copysign(x), x.trunc()) }
}

/// The mantissa, at least 0.5 and below 1, and the exponent of 2.
#[inline]
pub fn frexp(x: f64) -> (f64, i64) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    // A subnormal number has its exponent only once it is normal.
    let (normal, shift) = if x.is_normal() { (x, 0) } else { (x * 2.0_f64.powi(64), 64) };
    let bits = normal.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i64 - 1022;
    (f64::from_bits((bits & !(0x7ff << 52)) | (1022 << 52)), exponent - shift)
}

/// `x * 2 ** i`.
#[inline]
pub fn ldexp(x: f64, i: i64) -> PyResult<f64> {
    let result = libm::ldexp(x, i.clamp(-10_000, 10_000) as i32);
    if result.is_infinite() && x.is_finite() { range() } else { Ok(result) }
}

/// Neither infinite nor NaN.
#[inline]
pub fn isfinite(x: f64) -> bool {
    x.is_finite()
}

/// Positive or negative infinity.
#[inline]
pub fn isinf(x: f64) -> bool {
    x.is_infinite()
}

/// Not a number.
#[inline]
pub fn isnan(x: f64) -> bool {
    x.is_nan()
}

/// Whether two numbers are close; the tolerances are `rel_tol` and `abs_tol`.
#[inline]
pub fn isclose(a: f64, b: f64, rel_tol: f64, abs_tol: f64) -> PyResult<bool> {
    if rel_tol < 0.0 || abs_tol < 0.0 {
        return Err(ValueError::new("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(true);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(false);
    }
    let diff = (b - a).abs();
    Ok(diff <= (rel_tol * b).abs() || diff <= (rel_tol * a).abs() || diff <= abs_tol)
}

/// The next number after `x` towards `y`, `steps` numbers away.
#[inline]
pub fn nextafter(x: f64, y: f64, steps: Option<i64>) -> PyResult<f64> {
    let steps = steps.unwrap_or(1);
    if steps < 0 {
        return Err(ValueError::new("steps must be a non-negative integer"));
    }
    if x.is_nan() || y.is_nan() {
        return Ok(f64::NAN);
    }
    // Floats, ordered as integers: a step is 1, and both zeros are 0.
    let order = |x: f64| {
        let bits = x.to_bits() as i64;
        if bits < 0 { -i128::from(bits & i64::MAX) } else { i128::from(bits) }
    };
    let (from, to) = (order(x), order(y));
    if steps == 0 {
        return Ok(x);
    }
    if i128::from(steps) >= (to - from).abs() {
        return Ok(y);
    }
    let place = from + i128::from(steps) * (to - from).signum();
    let size = f64::from_bits(place.unsigned_abs() as u64);
    Ok(if place < 0 || (place == 0 && x < 0.0) { -size } else { size })
}

/// The distance to the next number away from zero.
#[inline]
pub fn ulp(x: f64) -> f64 {
    let x = x.abs();
    if !x.is_finite() {
        x
    } else if x == f64::MAX {
        x - x.next_down()
    } else {
        x.next_up() - x
    }
}

/// The greatest integer that is not above `x`.
#[inline]
pub fn floor(x: f64) -> PyResult<i64> {
    integer(x.floor())
}

/// The least integer that is not below `x`.
#[inline]
pub fn ceil(x: f64) -> PyResult<i64> {
    integer(x.ceil())
}

/// `x` without its fraction.
#[inline]
pub fn trunc(x: f64) -> PyResult<i64> {
    integer(x.trunc())
}

/// `floor`, `ceil` and `trunc` of an integer.
#[inline]
pub fn same(x: i64) -> i64 {
    x
}

/// 2 ** 63
const LIMIT: f64 = 9_223_372_036_854_775_808.0;

#[inline]
fn integer(x: f64) -> PyResult<i64> {
    if x.is_nan() {
        Err(ValueError::new("cannot convert float NaN to integer"))
    } else if x.is_infinite() {
        Err(OverflowError::new("cannot convert float infinity to integer"))
    } else {
        // As for `i64` arithmetic: the panic becomes OverflowError's report, with the hint at `--int=big`.
        assert!((-LIMIT..LIMIT).contains(&x), "conversion with overflow");
        Ok(x as i64)
    }
}

#[cfg(test)]
mod tests;
