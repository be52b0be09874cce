//! Exact fractions, as far as `statistics` needs them.
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::number::Int;

/// A fraction in lowest terms, its denominator above zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fraction {
    top: BigInt,
    bottom: BigInt,
}

impl From<BigInt> for Fraction {
    fn from(whole: BigInt) -> Fraction {
        Fraction { top: whole, bottom: BigInt::one() }
    }
}

impl Fraction {
    fn new(top: BigInt, bottom: BigInt) -> Fraction {
        let common = top.gcd(&bottom);
        let common = if bottom.is_negative() { -common } else { common };
        if common.is_zero() { Fraction::zero() } else { Fraction { top: top / &common, bottom: bottom / common } }
    }

    pub(super) fn zero() -> Fraction {
        Fraction::from(BigInt::zero())
    }

    /// What a finite float is, exactly.
    pub(super) fn of_float(value: f64) -> Option<Fraction> {
        if !value.is_finite() {
            return None;
        }
        let bits = value.abs().to_bits();
        let (exponent, fraction) = ((bits >> 52) as i64, bits & ((1 << 52) - 1));
        let (mantissa, exponent) =
            if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) };
        let mantissa = if value < 0.0 { -BigInt::from(mantissa) } else { BigInt::from(mantissa) };
        Some(match exponent >= 0 {
            true => Fraction::from(mantissa << exponent as usize),
            false => Fraction::new(mantissa, BigInt::one() << (-exponent) as usize),
        })
    }

    pub(super) fn plus(&self, other: &Fraction) -> Fraction {
        Fraction::new(&self.top * &other.bottom + &other.top * &self.bottom, &self.bottom * &other.bottom)
    }

    pub(super) fn minus(&self, other: &Fraction) -> Fraction {
        Fraction::new(&self.top * &other.bottom - &other.top * &self.bottom, &self.bottom * &other.bottom)
    }

    pub(super) fn times(&self, other: &Fraction) -> Fraction {
        Fraction::new(&self.top * &other.top, &self.bottom * &other.bottom)
    }

    pub(super) fn divided(&self, other: &Fraction) -> Fraction {
        Fraction::new(&self.top * &other.bottom, &self.bottom * &other.top)
    }

    pub(super) fn over(&self, count: usize) -> Fraction {
        Fraction::new(self.top.clone(), &self.bottom * BigInt::from(count))
    }

    /// The number, if it is whole.
    pub(super) fn whole(&self) -> Option<&BigInt> {
        self.bottom.is_one().then_some(&self.top)
    }

    /// The nearest float.
    pub(super) fn to_float(&self) -> f64 {
        quotient(&self.top, &self.bottom)
    }

    /// The nearest float to the square root.
    pub(super) fn root(&self) -> f64 {
        if self.top.is_zero() {
            return 0.0;
        }
        // Twice the bits of a float and three more, the last bit odd where the root is not exact.
        let shift = Integer::div_floor(&(self.top.bits() as i64 - self.bottom.bits() as i64 - 109), &2);
        let odd = |top: BigInt, bottom: BigInt| {
            let root = (&top / &bottom).sqrt();
            if &root * &root * bottom == top { root } else { root | BigInt::one() }
        };
        match shift >= 0 {
            true => {
                let shift = shift as usize;
                let root = odd(self.top.clone(), &self.bottom << (2 * shift)) << shift;
                quotient(&root, &BigInt::one())
            }
            false => {
                let shift = (-shift) as usize;
                quotient(&odd(&self.top << (2 * shift), self.bottom.clone()), &(BigInt::one() << shift))
            }
        }
    }
}

fn quotient(top: &BigInt, bottom: &BigInt) -> f64 {
    use crate::number::Arithmetic;
    let exact = Int::from(top.clone()).py_div(Int::from(bottom.clone()));
    exact.unwrap_or_else(|_| top.to_f64().unwrap_or(f64::INFINITY))
}
