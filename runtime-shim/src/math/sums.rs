//! Sums and products of `math` that keep more digits than adding one after the other would.

use num_bigint::BigInt;

use crate::iter::Iterable;
use crate::prelude::*;

/// The sum of `a` and `b` and what rounding took from it; `a` is not the smaller one.
#[inline]
fn sum_ordered(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, (a - sum) + b)
}

/// The sum and what rounding took from it.
#[inline]
fn sum_exact(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let z = sum - a;
    (sum, (a - (sum - z)) + (b - z))
}

/// The product and what rounding took from it.
#[inline]
fn product_exact(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    (product, a.mul_add(b, -product))
}

/// `math.fsum`: the exact sum, rounded once.
#[inline]
pub fn fsum(values: &impl Iterable<Item = f64>) -> PyResult<f64> {
    let mut partials: Vec<f64> = Vec::new();
    let (mut special_sum, mut infinities) = (0.0, 0.0);
    let mut overflow = false;
    for value in values.items() {
        let value = value?;
        let mut x = value;
        let mut kept = 0;
        for i in 0..partials.len() {
            let y = partials[i];
            let (high, low) = if x.abs() < y.abs() { sum_ordered(y, x) } else { sum_ordered(x, y) };
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        if x == 0.0 {
            continue;
        }
        if x.is_finite() {
            partials.push(x);
            continue;
        }
        // CPython reports an overflow only after the sum of what is infinite or NaN.
        if value.is_finite() {
            overflow = true;
            break;
        }
        if value.is_infinite() {
            infinities += value;
        }
        special_sum += value;
        partials.clear();
    }
    if overflow {
        return Err(OverflowError::new("intermediate overflow in fsum"));
    }
    if special_sum != 0.0 {
        return if infinities.is_nan() { Err(ValueError::new("-inf + inf in fsum")) } else { Ok(special_sum) };
    }
    Ok(round_partials(&mut partials))
}

/// The sum of numbers that do not overlap, the smallest first.
#[inline]
fn round_partials(partials: &mut Vec<f64>) -> f64 {
    let Some(mut high) = partials.pop() else { return 0.0 };
    let mut low = 0.0;
    while let Some(y) = partials.pop() {
        let x = high;
        (high, low) = (x + y, y - ((x + y) - x));
        if low != 0.0 {
            break;
        }
    }
    // Half-way cases are decided by what is left: round half to even across the partials.
    if let Some(rest) = partials.last()
        && ((low < 0.0 && *rest < 0.0) || (low > 0.0 && *rest > 0.0))
    {
        let twice = low * 2.0;
        let rounded = high + twice;
        if twice == rounded - high {
            high = rounded;
        }
    }
    high
}

/// The Euclidean norm.
#[inline]
pub fn hypot(coordinates: impl AsRef<[f64]>) -> PyResult<f64> {
    Ok(norm(coordinates.as_ref().to_vec()))
}

/// The Euclidean distance between two points.
#[inline]
pub fn dist(p: &impl Iterable<Item = f64>, q: &impl Iterable<Item = f64>) -> PyResult<f64> {
    let p = p.items().collect::<PyResult<Vec<f64>>>()?;
    let q = q.items().collect::<PyResult<Vec<f64>>>()?;
    if p.len() != q.len() {
        return Err(ValueError::new("both points must have the same number of dimensions"));
    }
    Ok(norm(p.iter().zip(&q).map(|(a, b)| a - b).collect()))
}

/// The square root of the sum of squares, as CPython computes it: scaled, with exact squares, and corrected once.
#[inline]
fn norm(mut values: Vec<f64>) -> f64 {
    for value in &mut values {
        *value = value.abs();
    }
    let max = values.iter().copied().fold(0.0, f64::max);
    if values.iter().any(|value| value.is_infinite()) {
        return f64::INFINITY;
    }
    if values.iter().any(|value| value.is_nan()) {
        return f64::NAN;
    }
    if max == 0.0 || values.len() <= 1 {
        return max;
    }
    let (_, exponent) = super::frexp(max);
    if exponent < -1023 {
        // 2 ** -exponent would overflow.
        let scaled = values.iter().map(|value| value / f64::MIN_POSITIVE).collect();
        return f64::MIN_POSITIVE * norm(scaled);
    }
    let scale = super::libm::ldexp(1.0, -exponent as i32);
    let (mut sum, mut low_squares, mut low_sums) = (1.0, 0.0, 0.0);
    let mut add = |(high, low): (f64, f64)| {
        let (total, lost) = sum_ordered(sum, high);
        sum = total;
        low_squares += low;
        low_sums += lost;
        sum - 1.0 + (low_squares + low_sums)
    };
    let mut square = 0.0;
    for value in values {
        let x = value * scale;
        square = add(product_exact(x, x));
    }
    let root = square.sqrt();
    let error = add(product_exact(-root, root));
    (root + error / (2.0 * root)) / scale
}

/// `math.sumprod` of floats.
#[inline]
pub fn sumprod_floats(p: &impl Iterable<Item = f64>, q: &impl Iterable<Item = f64>) -> PyResult<f64> {
    let (mut high, mut low, mut tiny) = (0.0, 0.0, 0.0);
    let mut plain = 0.0;
    for (x, y) in pairs(p, q)? {
        plain += x * y;
        let (product, lost) = product_exact(x, y);
        let (sum, sum_lost) = sum_exact(high, product);
        let (first, first_lost) = sum_exact(low, lost);
        let (second, second_lost) = sum_exact(first, sum_lost);
        (high, low) = (sum, second);
        tiny += first_lost + second_lost;
    }
    let (sum, lost) = sum_exact(low, high);
    let exact = tiny + lost + sum;
    // Infinities and NaN make the corrections NaN.
    Ok(if exact.is_finite() { exact } else { plain })
}

/// `math.sumprod` of integers.
#[inline]
pub fn sumprod_ints(p: &impl Iterable<Item = i64>, q: &impl Iterable<Item = i64>) -> PyResult<Int> {
    let total: BigInt = pairs(p, q)?.into_iter().map(|(x, y)| BigInt::from(i128::from(x) * i128::from(y))).sum();
    Ok(Int::from(total))
}

#[inline]
fn pairs<T>(p: &impl Iterable<Item = T>, q: &impl Iterable<Item = T>) -> PyResult<Vec<(T, T)>> {
    let p = p.items().collect::<PyResult<Vec<T>>>()?;
    let q = q.items().collect::<PyResult<Vec<T>>>()?;
    if p.len() != q.len() {
        return Err(ValueError::new("Inputs are not the same length"));
    }
    Ok(p.into_iter().zip(q).collect())
}

/// `math.prod` of floats.
#[inline]
pub fn prod_floats(values: &impl Iterable<Item = f64>, start: f64) -> PyResult<f64> {
    values.items().try_fold(start, |product, value| Ok(product * value?))
}

/// `math.prod` of integers.
#[inline]
pub fn prod_ints(values: &impl Iterable<Item = i64>, start: i64) -> PyResult<Int> {
    let product = values.items().try_fold(BigInt::from(start), |product, value| PyResult::Ok(product * value?))?;
    Ok(Int::from(product))
}
