//! The operators of `Int`, by value and by reference.
use std::ops::{Add, AddAssign, BitAnd, BitOr, BitXor, Mul, MulAssign, Neg, Not, Sub, SubAssign};

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Pow, ToPrimitive, Zero};

use super::arithmetic::{Arithmetic, zero_division};
use super::big::Int;
use super::power;
use crate::error::PyResult;
use crate::exception::{ExceptionType, MemoryError, OverflowError, ValueError};

#[inline]
fn big(a: &Int, b: &Int, operation: impl FnOnce(&BigInt, &BigInt) -> BigInt) -> Int {
    Int::from(match (a, b) {
        (Int::Big(a), Int::Big(b)) => operation(a, b),
        (Int::Big(a), Int::Small(b)) => operation(a, &BigInt::from(*b)),
        (Int::Small(a), Int::Big(b)) => operation(&BigInt::from(*a), b),
        (Int::Small(a), Int::Small(b)) => operation(&BigInt::from(*a), &BigInt::from(*b)),
    })
}

macro_rules! operator {
    ($trait:ident $method:ident $small:expr, $big:expr) => {
        impl $trait<&Int> for &Int {
            type Output = Int;

            #[inline]
            fn $method(self, other: &Int) -> Int {
                if let (Int::Small(a), Int::Small(b)) = (self, other) {
                    let small: fn(i64, i64) -> Option<i64> = $small;
                    if let Some(result) = small(*a, *b) {
                        return Int::Small(result);
                    }
                }
                big(self, other, $big)
            }
        }

        impl $trait<Int> for Int {
            type Output = Int;

            #[inline]
            fn $method(self, other: Int) -> Int {
                (&self).$method(&other)
            }
        }

        impl $trait<&Int> for Int {
            type Output = Int;

            #[inline]
            fn $method(self, other: &Int) -> Int {
                (&self).$method(other)
            }
        }

        impl $trait<Int> for &Int {
            type Output = Int;

            #[inline]
            fn $method(self, other: Int) -> Int {
                self.$method(&other)
            }
        }

        impl $trait<i64> for Int {
            type Output = Int;

            #[inline]
            fn $method(self, other: i64) -> Int {
                (&self).$method(&Int::Small(other))
            }
        }

        impl $trait<i64> for &Int {
            type Output = Int;

            #[inline]
            fn $method(self, other: i64) -> Int {
                self.$method(&Int::Small(other))
            }
        }
    };
}
operator!(Add add i64::checked_add, |a, b| a + b);
operator!(Sub sub i64::checked_sub, |a, b| a - b);
operator!(Mul mul i64::checked_mul, |a, b| a * b);
operator!(BitAnd bitand |a, b| Some(a & b), |a, b| a & b);
operator!(BitOr bitor |a, b| Some(a | b), |a, b| a | b);
operator!(BitXor bitxor |a, b| Some(a ^ b), |a, b| a ^ b);

macro_rules! assign {
    ($trait:ident $method:ident $operator:tt) => {
        impl $trait<Int> for Int {
            fn $method(&mut self, other: Int) {
                *self = &*self $operator &other;
            }
        }

        impl $trait<&Int> for Int {
            fn $method(&mut self, other: &Int) {
                *self = &*self $operator other;
            }
        }

        impl $trait<i64> for Int {
            fn $method(&mut self, other: i64) {
                *self = &*self $operator other;
            }
        }
    };
}
assign!(AddAssign add_assign +);
assign!(SubAssign sub_assign -);
assign!(MulAssign mul_assign *);

impl Neg for &Int {
    type Output = Int;

    #[inline]
    fn neg(self) -> Int {
        match self {
            Int::Small(value) => value.checked_neg().map_or_else(|| Int::from(-self.to_big()), Int::Small),
            Int::Big(value) => Int::from(-&**value),
        }
    }
}

impl Neg for Int {
    type Output = Int;

    #[inline]
    fn neg(self) -> Int {
        -&self
    }
}

impl Not for &Int {
    type Output = Int;

    #[inline]
    fn not(self) -> Int {
        match self {
            Int::Small(value) => Int::Small(!value),
            Int::Big(value) => Int::from(!&**value),
        }
    }
}

impl Not for Int {
    type Output = Int;

    #[inline]
    fn not(self) -> Int {
        !&self
    }
}

impl std::iter::Sum for Int {
    #[inline]
    fn sum<I: Iterator<Item = Int>>(items: I) -> Int {
        items.fold(Int::Small(0), |sum, item| sum + item)
    }
}

impl Int {
    #[inline]
    fn div_floor(&self, other: &Int, message: &str) -> PyResult<(Int, Int)> {
        if other.is_zero() {
            return Err(zero_division(message));
        }
        if let (Int::Small(a), Int::Small(b)) = (self, other)
            && (*a != i64::MIN || *b != -1)
        {
            return Ok((Int::Small(a.floor_div(*b)?), Int::Small(a.py_mod(*b)?)));
        }
        let (quotient, rest) = self.to_big().div_mod_floor(&other.to_big());
        Ok((Int::from(quotient), Int::from(rest)))
    }

    /// `self ** exponent % modulus`
    #[inline]
    pub(crate) fn pow_mod(&self, exponent: &Int, modulus: &Int) -> PyResult<Int> {
        if modulus.is_zero() {
            return Err(ValueError::new("pow() 3rd argument cannot be 0"));
        }
        let (base, modulus) = (self.to_big(), modulus.to_big());
        let power = if exponent.is_negative() {
            let Some(inverse) = base.modinv(&modulus) else {
                return Err(ValueError::new("base is not invertible for the given modulus"));
            };
            inverse.modpow(&-exponent.to_big(), &modulus)
        } else {
            base.modpow(&exponent.to_big(), &modulus)
        };
        Ok(Int::from(power))
    }

    #[inline]
    fn shift(&self) -> PyResult<Option<u32>> {
        if self.is_negative() {
            return Err(ValueError::new("negative shift count"));
        }
        Ok(self.to_i64().and_then(|count| u32::try_from(count).ok()))
    }
}

impl Arithmetic for Int {
    type Quotient = f64;

    #[inline]
    fn py_div(self, other: Int) -> PyResult<f64> {
        if other.is_zero() {
            return Err(zero_division("division by zero"));
        }
        if let (Int::Small(a), Int::Small(b)) = (&self, &other)
            && a.unsigned_abs() <= 1 << 53
            && b.unsigned_abs() <= 1 << 53
        {
            return Ok(*a as f64 / *b as f64);
        }
        ratio(&self.to_big(), &other.to_big())
    }

    #[inline]
    fn floor_div(self, other: Int) -> PyResult<Int> {
        Ok(self.div_floor(&other, "integer division or modulo by zero")?.0)
    }

    #[inline]
    fn py_mod(self, other: Int) -> PyResult<Int> {
        Ok(self.div_floor(&other, "integer modulo by zero")?.1)
    }

    #[inline]
    fn py_divmod(self, other: Int) -> PyResult<(Int, Int)> {
        self.div_floor(&other, "integer division or modulo by zero")
    }

    #[inline]
    fn py_pow(self, other: Int) -> PyResult<Int> {
        if let (Int::Small(base), Int::Small(exponent)) = (&self, &other) {
            if *exponent < 0 {
                return power::unusual_int_power(*base, *exponent).map(Int::Small);
            }
            if matches!(base, -1..=1) {
                return power::unusual_int_power(*base, *exponent).map(Int::Small);
            }
            if let Some(power) = u32::try_from(*exponent).ok().and_then(|exponent| base.checked_pow(exponent)) {
                return Ok(Int::Small(power));
            }
        }
        if other.is_negative() {
            power::negative_exponent();
        }
        match other.to_i64().and_then(|exponent| u64::try_from(exponent).ok()) {
            Some(exponent) => Ok(Int::from(self.to_big().pow(exponent))),
            None => Err(MemoryError::new(())),
        }
    }

    #[inline]
    fn py_lshift(self, other: Int) -> PyResult<Int> {
        match other.shift()? {
            _ if self.is_zero() => Ok(self),
            Some(count) => Ok(Int::from(self.to_big() << count)),
            None => Err(OverflowError::new("too many digits in integer")),
        }
    }

    #[inline]
    fn py_rshift(self, other: Int) -> PyResult<Int> {
        match (other.shift()?, &self) {
            (Some(count), Int::Small(value)) => Ok(Int::Small(value >> count.min(63))),
            (Some(count), Int::Big(value)) => Ok(Int::from(&**value >> count)),
            (None, _) => Ok(Int::Small(if self.is_negative() { -1 } else { 0 })),
        }
    }
}

/// The nearest float to `a / b`, ties to even.
#[inline]
fn ratio(a: &BigInt, b: &BigInt) -> PyResult<f64> {
    if a.is_zero() {
        return Ok(0.0);
    }
    let negative = a.sign() != b.sign();
    let (a, b) = (a.magnitude(), b.magnitude());
    // A quotient of 66 bits or more, its last bit set when there is a rest: then rounding once is exact.
    let shift = 66 - (a.bits() as i64 - b.bits() as i64);
    let (quotient, rest) =
        if shift >= 0 { (a << shift as u64).div_rem(b) } else { a.div_rem(&(b << shift.unsigned_abs())) };
    let mut quotient = quotient.to_u128().unwrap_or(u128::MAX);
    if !rest.is_zero() {
        quotient |= 1;
    }
    let mut exponent = -shift;
    // Below the smallest normal number fewer bits are kept.
    let top = i64::from(128 - quotient.leading_zeros()) + exponent;
    if top < -1021 {
        let drop = (-1021 - top) as u32;
        let kept_from = drop.min(127);
        let lost = quotient & ((1_u128 << kept_from) - 1);
        quotient = quotient >> kept_from | u128::from(lost != 0);
        exponent += i64::from(kept_from);
        // Now round by hand to the grid of the smallest numbers.
        let unit = (-1074 - exponent) as u32;
        let half = 1_u128 << (unit - 1);
        let rest = quotient & ((1_u128 << unit) - 1);
        let mut whole = quotient >> unit;
        if rest > half || (rest == half && whole & 1 == 1) {
            whole += 1;
        }
        let float = f64::from_bits(whole as u64);
        return Ok(if negative { -float } else { float });
    }
    let mut float = quotient as f64;
    while exponent > 0 {
        let step = exponent.min(1000);
        float *= 2_f64.powi(step as i32);
        exponent -= step;
    }
    while exponent < 0 {
        let step = (-exponent).min(1000);
        float *= 2_f64.powi(-step as i32);
        exponent += step;
    }
    if float.is_infinite() {
        return Err(OverflowError::new("integer division result too large for a float"));
    }
    Ok(if negative { -float } else { float })
}
