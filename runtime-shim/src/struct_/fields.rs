//! What a format of `struct` has places for, and the tuples that come out.
use crate::prelude::*;

/// A place of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// `x`
    Pad,
    /// `c`
    Char,
    /// `?`
    Bool,
    /// A whole number.
    Int {
        /// Its letter.
        code: char,
        /// Whether it may be below zero.
        signed: bool,
    },
    /// `e`, `f`, `d`, by their bytes.
    Float(usize),
    /// `s`, before its length is known.
    Text,
    /// `p`, before its length is known.
    Pascal,
    /// `5s`
    Bytes(usize),
    /// `5p`
    Counted(usize),
}

impl Field {
    /// What a letter means.
    pub(super) fn of(code: char, native: bool) -> Option<Field> {
        Some(match code {
            'x' => Field::Pad,
            'c' => Field::Char,
            '?' => Field::Bool,
            'b' | 'h' | 'i' | 'l' | 'q' => Field::Int { code, signed: true },
            'B' | 'H' | 'I' | 'L' | 'Q' => Field::Int { code, signed: false },
            'n' if native => Field::Int { code, signed: true },
            'N' | 'P' if native => Field::Int { code, signed: false },
            'e' => Field::Float(2),
            'f' => Field::Float(4),
            'd' => Field::Float(8),
            's' => Field::Text,
            'p' => Field::Pascal,
            _ => return None,
        })
    }

    /// Its bytes.
    pub(super) fn width(self, native: bool) -> usize {
        match self {
            Field::Int { code, .. } => match code.to_ascii_lowercase() {
                'b' => 1,
                'h' => 2,
                'l' if native => 8,
                'i' | 'l' => 4,
                _ => 8,
            },
            Field::Float(width) => width,
            Field::Pad | Field::Char | Field::Bool | Field::Text | Field::Pascal => 1,
            Field::Bytes(length) | Field::Counted(length) => length,
        }
    }

    pub(super) fn is_aligned(self) -> bool {
        matches!(self, Field::Int { .. } | Field::Float(_))
    }
}

/// A float of 16 bits.
pub(super) fn half(value: f64) -> PyResult<u16> {
    let sign = if value.is_sign_negative() { 0x8000 } else { 0 };
    let value = value.abs();
    if value.is_nan() {
        return Ok(sign | 0x7e00);
    }
    if value.is_infinite() {
        return Ok(sign | 0x7c00);
    }
    // Smallest step at this size; whole steps round half to even.
    let exponent = if value < 2f64.powi(-14) { -14 } else { ((value.to_bits() >> 52) as i32) - 1023 };
    let steps = (value / 2f64.powi(exponent - 10)).round_ties_even() as i64;
    let bits = steps + i64::from(exponent + 14) * 1024;
    match u16::try_from(bits).ok().filter(|bits| *bits < 0x7c00) {
        Some(bits) => Ok(sign | bits),
        None => Err(OverflowError::new("float too large to pack with e format")),
    }
}

/// What a float of 16 bits is.
pub(super) fn of_half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    let value = match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * 2f64.powi(exponent - 25),
    };
    if bits & 0x8000 == 0 { value } else { -value }
}

/// The tuple that a format gives.
pub trait Fields: Clone + 'static {
    /// Of the values that were read.
    fn of(values: Vec<Value>) -> PyResult<Self>;
}

impl Fields for EmptyTuple {
    fn of(_: Vec<Value>) -> PyResult<Self> {
        Ok(EmptyTuple)
    }
}

impl<T: FromValue + Clone + 'static> Fields for VarTuple<T> {
    fn of(values: Vec<Value>) -> PyResult<Self> {
        values.iter().map(T::try_from_value).collect()
    }
}

macro_rules! tuples {
    ($($($name:ident)+;)*) => {$(
        impl<$($name: FromValue + Clone + 'static),+> Fields for ($($name,)+) {
            fn of(values: Vec<Value>) -> PyResult<Self> {
                let mut values = values.iter();
                Ok(($($name::try_from_value(values.next().unwrap_or(&Value::None))?,)+))
            }
        }
    )*};
}
tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}
