//! Exact functions of integers.

use num_bigint::BigInt;
use num_integer::{Integer, Roots};

use crate::prelude::*;

/// `n!`.
#[inline]
pub fn factorial(n: i64) -> PyResult<Int> {
    if n < 0 {
        return Err(ValueError::new("factorial() not defined for negative values"));
    }
    Ok(Int::from(product(1, n)))
}

/// The ways to choose `k` of `n` without order.
#[inline]
pub fn comb(n: i64, k: i64) -> PyResult<Int> {
    not_negative("n", n)?;
    not_negative("k", k)?;
    if k > n {
        return Ok(Int::from(0));
    }
    let k = k.min(n - k);
    Ok(Int::from(product(n - k + 1, n) / product(1, k)))
}

/// `math.perm(n)`: `n!`.
#[inline]
pub fn perm(n: i64) -> PyResult<Int> {
    factorial(n)
}

/// `math.perm(n, k)`: the ways to choose `k` of `n` with order.
#[inline]
pub fn permutations_of(n: i64, k: i64) -> PyResult<Int> {
    not_negative("n", n)?;
    not_negative("k", k)?;
    Ok(if k > n { Int::from(0) } else { Int::from(product(n - k + 1, n)) })
}

/// The product of `from..=to`, halved until the numbers are small: large factors are of one size, which is fast.
#[inline]
fn product(from: i64, to: i64) -> BigInt {
    if to - from < 16 {
        return (from..=to).map(BigInt::from).product();
    }
    let middle = from + (to - from) / 2;
    product(from, middle) * product(middle + 1, to)
}

/// The integer part of the square root.
#[inline]
pub fn isqrt(n: i64) -> PyResult<i64> {
    if n < 0 {
        return Err(ValueError::new("isqrt() argument must be nonnegative"));
    }
    Ok(n.sqrt())
}

/// The same of an integer without bound.
#[inline]
pub fn isqrt_big(n: &Int) -> PyResult<Int> {
    if n.is_negative() {
        return Err(ValueError::new("isqrt() argument must be nonnegative"));
    }
    Ok(Int::from(n.to_big().sqrt()))
}

/// The greatest common divisor.
#[inline]
pub fn gcd(numbers: impl AsRef<[i64]>) -> i64 {
    // Only gcd(-2**63) alone is larger than an i64.
    numbers.as_ref().iter().fold(0_i128, |divisor, n| divisor.gcd(&i128::from(*n))) as i64
}

/// The least common multiple.
#[inline]
pub fn lcm(numbers: impl AsRef<[i64]>) -> Int {
    Int::from(numbers.as_ref().iter().fold(BigInt::from(1), |multiple, n| multiple.lcm(&BigInt::from(*n))))
}

#[inline]
fn not_negative(name: &str, n: i64) -> PyResult {
    if n < 0 {
        return Err(ValueError::new(format!("{name} must be a non-negative integer")));
    }
    Ok(())
}
