//! The operators of `i64` and `f64` that Rust does not have: `//`, `%`, `/`, `**`, shifts.
use super::power;
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, ValueError, ZeroDivisionError};

/// Python's arithmetic where Rust's differs.
pub trait Arithmetic: Sized {
    /// What `/` gives.
    type Quotient;

    /// `a / b`
    fn py_div(self, other: Self) -> PyResult<Self::Quotient>;

    /// `a // b`
    fn floor_div(self, other: Self) -> PyResult<Self>;

    /// `a % b`
    fn py_mod(self, other: Self) -> PyResult<Self>;

    /// `divmod(a, b)`
    fn py_divmod(self, other: Self) -> PyResult<(Self, Self)>;

    /// `a ** b`
    fn py_pow(self, other: Self) -> PyResult<Self>;

    /// `a << b`
    fn py_lshift(self, other: Self) -> PyResult<Self> {
        let _ = other;
        Err(ValueError::new("negative shift count"))
    }

    /// `a >> b`
    fn py_rshift(self, other: Self) -> PyResult<Self> {
        let _ = other;
        Err(ValueError::new("negative shift count"))
    }
}

#[cold]
pub(crate) fn zero_division(message: &str) -> PyErr {
    ZeroDivisionError::new(message)
}

/// The program cannot go on: the result would not fit 64 bits. Rust's own checked operators end alike.
#[cold]
pub(crate) fn overflow(operation: &str) -> ! {
    panic!("attempt to {operation} with overflow")
}

impl Arithmetic for i64 {
    type Quotient = f64;

    #[inline]
    fn py_div(self, other: i64) -> PyResult<f64> {
        const EXACT: i64 = 1 << 53;
        if other == 0 {
            return Err(zero_division("division by zero"));
        }
        if self.unsigned_abs() <= EXACT as u64 && other.unsigned_abs() <= EXACT as u64 {
            return Ok(self as f64 / other as f64);
        }
        super::big::Int::from(self).py_div(super::big::Int::from(other))
    }

    #[inline]
    fn floor_div(self, other: i64) -> PyResult<i64> {
        if other == 0 {
            return Err(zero_division("integer division or modulo by zero"));
        }
        let Some(quotient) = self.checked_div(other) else { overflow("divide") };
        let exact = quotient * other == self;
        Ok(if !exact && (self < 0) != (other < 0) { quotient - 1 } else { quotient })
    }

    #[inline]
    fn py_mod(self, other: i64) -> PyResult<i64> {
        if other == 0 {
            return Err(zero_division("integer modulo by zero"));
        }
        let rest = self.wrapping_rem(other);
        Ok(if rest != 0 && (rest < 0) != (other < 0) { rest + other } else { rest })
    }

    fn py_divmod(self, other: i64) -> PyResult<(i64, i64)> {
        Ok((self.floor_div(other)?, self.py_mod(other)?))
    }

    fn py_pow(self, other: i64) -> PyResult<i64> {
        let Ok(exponent) = u32::try_from(other) else {
            return power::unusual_int_power(self, other);
        };
        match self.checked_pow(exponent) {
            Some(power) => Ok(power),
            None => overflow("multiply"),
        }
    }

    #[inline]
    fn py_lshift(self, other: i64) -> PyResult<i64> {
        if other < 0 {
            return Err(ValueError::new("negative shift count"));
        }
        if self == 0 {
            return Ok(0);
        }
        let shifted = if other < 64 { self.wrapping_shl(other as u32) } else { 0 };
        if other >= 64 || shifted >> other != self {
            overflow("shift left");
        }
        Ok(shifted)
    }

    #[inline]
    fn py_rshift(self, other: i64) -> PyResult<i64> {
        if other < 0 {
            return Err(ValueError::new("negative shift count"));
        }
        Ok(self >> other.min(63))
    }
}

impl Arithmetic for f64 {
    type Quotient = f64;

    #[inline]
    fn py_div(self, other: f64) -> PyResult<f64> {
        if other == 0.0 {
            return Err(zero_division("float division by zero"));
        }
        Ok(self / other)
    }

    fn floor_div(self, other: f64) -> PyResult<f64> {
        if other == 0.0 {
            return Err(zero_division("float floor division by zero"));
        }
        Ok(divmod(self, other).0)
    }

    fn py_mod(self, other: f64) -> PyResult<f64> {
        if other == 0.0 {
            return Err(zero_division("float modulo by zero"));
        }
        Ok(divmod(self, other).1)
    }

    fn py_divmod(self, other: f64) -> PyResult<(f64, f64)> {
        if other == 0.0 {
            return Err(zero_division("float divmod()"));
        }
        Ok(divmod(self, other))
    }

    fn py_pow(self, other: f64) -> PyResult<f64> {
        power::float(self, other)
    }
}

/// Quotient and rest: the rest has the sign of `b`, also when it is zero.
fn divmod(a: f64, b: f64) -> (f64, f64) {
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest != 0.0 {
        if (b < 0.0) != (rest < 0.0) {
            rest += b;
            quotient -= 1.0;
        }
    } else {
        rest = 0.0_f64.copysign(b);
    }
    let floor = if quotient != 0.0 {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    } else {
        0.0_f64.copysign(a / b)
    };
    (floor, rest)
}
