//! `math.gamma` and `math.lgamma`: Lanczos' approximation, in the order of operations of CPython, which does not use the
//! C library's.

use super::{PI, domain, range};
use crate::prelude::*;

const G: f64 = 6.024_680_040_776_73;
const G_MINUS_HALF: f64 = 5.524_680_040_776_73;
const LN_PI: f64 = 1.144_729_885_849_400_2;

/// Numerator and denominator of Lanczos' sum, constant terms first.
#[rustfmt::skip]
#[expect(clippy::excessive_precision, reason = "the digits of the published table")]
const LANCZOS: [(f64, f64); 13] = [
    (23531376880.410759688572007674451636754734846804940, 0.0),
    (42919803642.649098768957899047001988850926355848959, 39916800.0),
    (35711959237.355668049440185451547166705960488635843, 120543840.0),
    (17921034426.037209699919755754458931112671403265390, 150917976.0),
    (6039542586.3520280050642916443072979210699388420708, 105258076.0),
    (1439720407.3117216736632230727949123939715485786372, 45995730.0),
    (248874557.86205415651146038641322942321632125127801, 13339535.0),
    (31426415.585400194380614231628318205362874684987640, 2637558.0),
    (2876370.6289353724412254090516208496135991145378768, 357423.0),
    (186056.26539522349504029498971604569928220784236328, 32670.0),
    (8071.6720023658162106380029022722506138218516325024, 1925.0),
    (210.82427775157934587250973392071336271166969580291, 66.0),
    (2.5066282746310002701649081771338373386264310793408, 1.0),
];

#[inline]
fn lanczos_sum(x: f64) -> f64 {
    // For a large x the powers would overflow: divide all by the highest.
    let (over, under) = if x < 5.0 {
        LANCZOS.iter().rev().fold((0.0, 0.0), |(over, under), (a, b)| (over * x + a, under * x + b))
    } else {
        LANCZOS.iter().fold((0.0, 0.0), |(over, under), (a, b)| (over / x + a, under / x + b))
    };
    over / under
}

/// `sin(pi * x)`, exact where it is 0.
#[inline]
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let result = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1.0_f64.copysign(x) * result
}

/// The gamma function.
#[inline]
pub fn gamma(x: f64) -> PyResult<f64> {
    if !x.is_finite() {
        return if x == f64::NEG_INFINITY { domain() } else { Ok(x) };
    }
    if x == 0.0 {
        return domain();
    }
    if x == x.floor() {
        if x < 0.0 {
            return domain();
        }
        if x <= 23.0 {
            return Ok((2..x as u128).product::<u128>() as f64);
        }
    }
    let size = x.abs();
    if size < 1e-20 {
        let result = 1.0 / x;
        return if result.is_infinite() { range() } else { Ok(result) };
    }
    if size > 200.0 {
        return if x < 0.0 { Ok(0.0 / sin_pi(x)) } else { range() };
    }
    let y = size + G_MINUS_HALF;
    // What rounding took from y.
    let lost = if size > G_MINUS_HALF { (y - size) - G_MINUS_HALF } else { (y - G_MINUS_HALF) - size };
    let z = lost * G / y;
    let mut result;
    if x < 0.0 {
        result = -PI / sin_pi(size) / size * y.exp() / lanczos_sum(size);
        result -= z * result;
        if size < 140.0 {
            result /= y.powf(size - 0.5);
        } else {
            let root = y.powf(size / 2.0 - 0.25);
            result /= root;
            result /= root;
        }
    } else {
        result = lanczos_sum(size) / y.exp();
        result += z * result;
        if size < 140.0 {
            result *= y.powf(size - 0.5);
        } else {
            let root = y.powf(size / 2.0 - 0.25);
            result *= root;
            result *= root;
        }
    }
    if result.is_infinite() { range() } else { Ok(result) }
}

/// The natural logarithm of the absolute value of the gamma function.
#[inline]
pub fn lgamma(x: f64) -> PyResult<f64> {
    if !x.is_finite() {
        return Ok(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { domain() } else { Ok(0.0) };
    }
    let size = x.abs();
    if size < 1e-20 {
        return Ok(-size.ln());
    }
    let mut result = lanczos_sum(size).ln() - G;
    result += (size - 0.5) * ((size + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        result = LN_PI - sin_pi(size).abs().ln() - size.ln() - result;
    }
    if result.is_infinite() { range() } else { Ok(result) }
}
