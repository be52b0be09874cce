//! The distributions of `random`, by CPython's algorithms: the same bits give the same numbers.

use std::f64::consts::{E, PI, TAU};

use super::generator::Generator;
use crate::math;
use crate::prelude::*;

impl Generator {
    /// `uniform(a, b)`.
    #[inline]
    pub(super) fn uniform(&mut self, a: f64, b: f64) -> f64 {
        a + (b - a) * self.random()
    }

    /// `triangular(low, high, mode)`; without a mode, the middle.
    #[inline]
    pub(super) fn triangular(&mut self, low: f64, high: f64, mode: Option<f64>) -> f64 {
        let u = self.random();
        let c = match mode {
            None => 0.5,
            Some(_) if high == low => return low,
            Some(mode) => (mode - low) / (high - low),
        };
        if u > c { high + (low - high) * ((1.0 - u) * (1.0 - c)).sqrt() } else { low + (high - low) * (u * c).sqrt() }
    }

    /// `normalvariate(mu, sigma)`.
    #[inline]
    pub(super) fn normalvariate(&mut self, mu: f64, sigma: f64) -> f64 {
        let magic = 4.0 * (-0.5_f64).exp() / 2.0_f64.sqrt();
        loop {
            let u1 = self.random();
            let u2 = 1.0 - self.random();
            let z = magic * (u1 - 0.5) / u2;
            if z * z / 4.0 <= -u2.ln() {
                return mu + z * sigma;
            }
        }
    }

    /// `gauss(mu, sigma)`.
    #[inline]
    pub(super) fn gauss(&mut self, mu: f64, sigma: f64) -> f64 {
        let z = self.spare.take().unwrap_or_else(|| {
            let angle = self.random() * TAU;
            let radius = (-2.0 * (1.0 - self.random()).ln()).sqrt();
            self.spare = Some(angle.sin() * radius);
            angle.cos() * radius
        });
        mu + z * sigma
    }

    /// `lognormvariate(mu, sigma)`.
    #[inline]
    pub(super) fn lognormvariate(&mut self, mu: f64, sigma: f64) -> PyResult<f64> {
        math::exp(self.normalvariate(mu, sigma))
    }

    /// `expovariate(lambd)`.
    #[inline]
    pub(super) fn expovariate(&mut self, lambd: f64) -> PyResult<f64> {
        divide(-(1.0 - self.random()).ln(), lambd)
    }

    /// `vonmisesvariate(mu, kappa)`.
    #[inline]
    pub(super) fn vonmisesvariate(&mut self, mu: f64, kappa: f64) -> f64 {
        if kappa <= 1e-6 {
            return TAU * self.random();
        }
        let s = 0.5 / kappa;
        let r = s + (1.0 + s * s).sqrt();
        let z = loop {
            let z = (PI * self.random()).cos();
            let d = z / (r + z);
            let u = self.random();
            if u < 1.0 - d * d || u <= (1.0 - d) * d.exp() {
                break z;
            }
        };
        let q = 1.0 / r;
        let turn = ((q + z) / (1.0 + q * z)).acos();
        let theta = if self.random() > 0.5 { mu + turn } else { mu - turn };
        // The remainder has the divisor's sign, as Python's.
        let rest = theta % TAU;
        if rest < 0.0 { rest + TAU } else { rest }
    }

    /// `gammavariate(alpha, beta)`.
    #[inline]
    pub(super) fn gammavariate(&mut self, alpha: f64, beta: f64) -> PyResult<f64> {
        if alpha <= 0.0 || beta <= 0.0 {
            return Err(ValueError::new("gammavariate: alpha and beta must be > 0.0"));
        }
        if alpha == 1.0 {
            return Ok(-(1.0 - self.random()).ln() * beta);
        }
        Ok(if alpha > 1.0 { self.gamma_large(alpha) } else { self.gamma_small(alpha) } * beta)
    }

    /// Cheng's rejection, for alpha > 1.
    #[inline]
    fn gamma_large(&mut self, alpha: f64) -> f64 {
        let ainv = (2.0 * alpha - 1.0).sqrt();
        let bbb = alpha - 4.0_f64.ln();
        let ccc = alpha + ainv;
        let magic = 1.0 + 4.5_f64.ln();
        loop {
            let u1 = self.random();
            if !(1e-7 < u1 && u1 < 0.999_999_9) {
                continue;
            }
            let u2 = 1.0 - self.random();
            let v = (u1 / (1.0 - u1)).ln() / ainv;
            let x = alpha * v.exp();
            let z = u1 * u1 * u2;
            let r = bbb + ccc * v - x;
            if r + magic - 4.5 * z >= 0.0 || r >= z.ln() {
                return x;
            }
        }
    }

    /// Ahrens and Dieter's, for alpha < 1.
    #[inline]
    fn gamma_small(&mut self, alpha: f64) -> f64 {
        loop {
            let b = (E + alpha) / E;
            let p = b * self.random();
            let x = if p <= 1.0 { p.powf(1.0 / alpha) } else { -((b - p) / alpha).ln() };
            let u = self.random();
            if if p > 1.0 { u <= x.powf(alpha - 1.0) } else { u <= (-x).exp() } {
                return x;
            }
        }
    }

    /// `betavariate(alpha, beta)`.
    #[inline]
    pub(super) fn betavariate(&mut self, alpha: f64, beta: f64) -> PyResult<f64> {
        let y = self.gammavariate(alpha, 1.0)?;
        Ok(if y == 0.0 { 0.0 } else { y / (y + self.gammavariate(beta, 1.0)?) })
    }

    /// `paretovariate(alpha)`.
    #[inline]
    pub(super) fn paretovariate(&mut self, alpha: f64) -> PyResult<f64> {
        let u = 1.0 - self.random();
        power(u, divide(-1.0, alpha)?)
    }

    /// `weibullvariate(alpha, beta)`.
    #[inline]
    pub(super) fn weibullvariate(&mut self, alpha: f64, beta: f64) -> PyResult<f64> {
        let u = 1.0 - self.random();
        Ok(alpha * power(-u.ln(), divide(1.0, beta)?)?)
    }

    /// `binomialvariate(n, p)`.
    #[inline]
    pub(super) fn binomialvariate(&mut self, n: i64, p: f64) -> PyResult<i64> {
        if n < 0 {
            return Err(ValueError::new("n must be non-negative"));
        }
        if p == 0.0 || p == 1.0 {
            return Ok(if p == 0.0 { 0 } else { n });
        }
        if p <= 0.0 || p >= 1.0 {
            return Err(ValueError::new("p must be in the range 0.0 <= p <= 1.0"));
        }
        if n == 1 {
            return Ok(i64::from(self.random() < p));
        }
        if p > 0.5 {
            return Ok(n - self.binomialvariate(n, 1.0 - p)?);
        }
        if n as f64 * p < 10.0 { self.binomial_geometric(n, p) } else { self.binomial_transformed(n, p) }
    }

    /// Devroye's method by geometric distances.
    #[inline]
    fn binomial_geometric(&mut self, n: i64, p: f64) -> PyResult<i64> {
        let (mut x, mut y) = (0, 0_i64);
        let c = (1.0 - p).log2();
        if c == 0.0 {
            return Ok(x);
        }
        loop {
            y = y.saturating_add((math::log2(self.random())? / c).floor() as i64).saturating_add(1);
            if y > n {
                return Ok(x);
            }
            x += 1;
        }
    }

    /// Hörmann's transformed rejection with squeeze.
    #[inline]
    fn binomial_transformed(&mut self, count: i64, p: f64) -> PyResult<i64> {
        let n = count as f64;
        let spq = (n * p * (1.0 - p)).sqrt();
        let b = 1.15 + 2.53 * spq;
        let a = -0.0873 + 0.0248 * b + 0.01 * p;
        let c = n * p + 0.5;
        let vr = 0.92 - 4.2 / b;
        let alpha = (2.83 + 5.1 / b) * spq;
        let lpq = (p / (1.0 - p)).ln();
        let m = ((n + 1.0) * p).floor();
        let h = math::lgamma(m + 1.0)? + math::lgamma(n - m + 1.0)?;
        loop {
            let u = self.random() - 0.5;
            let us = 0.5 - u.abs();
            let k = ((2.0 * a / us + b) * u + c).floor();
            if k < 0.0 || k > n {
                continue;
            }
            let v = self.random();
            if us >= 0.07 && v <= vr {
                return Ok(k as i64);
            }
            let v = v * (alpha / (a / (us * us) + b));
            if v.ln() <= h - math::lgamma(k + 1.0)? - math::lgamma(n - k + 1.0)? + (k - m) * lpq {
                return Ok(k as i64);
            }
        }
    }
}

#[inline]
fn divide(a: f64, b: f64) -> PyResult<f64> {
    if b == 0.0 { Err(ZeroDivisionError::new("float division by zero")) } else { Ok(a / b) }
}

/// `base ** exponent` of a base that is not negative.
#[inline]
fn power(base: f64, exponent: f64) -> PyResult<f64> {
    if base == 0.0 && exponent < 0.0 {
        return Err(ZeroDivisionError::new("0.0 cannot be raised to a negative power"));
    }
    let power = base.powf(exponent);
    if power.is_infinite() && base.is_finite() && exponent.is_finite() {
        return Err(OverflowError::new((34, crate::text::Str::from("Numerical result out of range"))));
    }
    Ok(power)
}
