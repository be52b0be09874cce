//! `int(x)`, `float(x)`, `round(x)`, and text to bytes and back.
use crate::error::PyResult;
use crate::exception::{ExceptionType, OverflowError, TypeError, ValueError};
use crate::iter::Iterable;
use crate::number::{Int, Number, parse, round as rounding};
use crate::object::Object;
use crate::text::{Bytes, Str, codec};
use crate::value::{Kind, Value};

/// `int(x)` of an int, `+x`
#[inline]
pub fn as_int(value: i64) -> i64 {
    value
}

/// `float(x)` of a float, `+x`
#[inline]
pub fn as_float(value: f64) -> f64 {
    value
}

/// What `int` takes.
pub trait ToInt {
    /// `int(self)`
    fn to_int(self) -> PyResult<Int>;
}

/// What `float` takes.
pub trait ToFloat {
    /// `float(self)`
    fn to_float(self) -> PyResult<f64>;
}

/// `int(x)`, where the result is known to be no longer than 64 bits; others end the program.
#[inline]
pub fn int<T: ToInt>(value: T) -> PyResult<i64> {
    narrow(value.to_int()?)
}

/// `int(x)`, without bound.
#[inline]
pub fn big_int<T: ToInt>(value: T) -> PyResult<Int> {
    value.to_int()
}

#[inline]
fn narrow(value: Int) -> PyResult<i64> {
    match value.to_i64() {
        Some(value) => Ok(value),
        None => panic!("attempt to convert to 64 bits with overflow"),
    }
}

/// `int(text, base)`
#[inline]
pub fn int_base(text: &str, base: i64) -> PyResult<i64> {
    narrow(parse::int(text, base)?)
}

/// `int(text, base)`, without bound.
#[inline]
pub fn big_int_base(text: &str, base: i64) -> PyResult<Int> {
    parse::int(text, base)
}

/// `float(x)`
#[inline]
pub fn float<T: ToFloat>(value: T) -> PyResult<f64> {
    value.to_float()
}

impl ToInt for i64 {
    #[inline]
    fn to_int(self) -> PyResult<Int> {
        Ok(Int::from(self))
    }
}

impl ToInt for bool {
    #[inline]
    fn to_int(self) -> PyResult<Int> {
        Ok(Int::from(self))
    }
}

impl ToInt for f64 {
    #[inline]
    fn to_int(self) -> PyResult<Int> {
        if self.is_nan() {
            return Err(ValueError::new("cannot convert float NaN to integer"));
        }
        if self.is_infinite() {
            return Err(OverflowError::new("cannot convert float infinity to integer"));
        }
        Ok(Int::of_whole_float(self.trunc()))
    }
}

impl ToInt for Number {
    #[inline]
    fn to_int(self) -> PyResult<Int> {
        match self {
            Number::Float(value) => value.to_int(),
            Number::Bool(value) => value.to_int(),
            Number::Int(value) => value.to_int(),
        }
    }
}

impl ToInt for &Int {
    #[inline]
    fn to_int(self) -> PyResult<Int> {
        Ok(self.clone())
    }
}

impl ToInt for &str {
    #[inline]
    fn to_int(self) -> PyResult<Int> {
        parse::int(self, 10)
    }
}

impl ToInt for &Str {
    #[inline]
    fn to_int(self) -> PyResult<Int> {
        parse::int(self, 10)
    }
}

impl ToInt for &String {
    #[inline]
    fn to_int(self) -> PyResult<Int> {
        parse::int(self, 10)
    }
}

impl ToInt for &[u8] {
    #[inline]
    fn to_int(self) -> PyResult<Int> {
        parse::int_of_bytes(self)
    }
}

impl ToInt for &Bytes {
    #[inline]
    fn to_int(self) -> PyResult<Int> {
        parse::int_of_bytes(self)
    }
}

impl ToInt for &Value {
    #[inline]
    fn to_int(self) -> PyResult<Int> {
        match &self.0 {
            Kind::Bool(value) => value.to_int(),
            Kind::Int(value) => value.to_int(),
            Kind::Big(value) => Ok(Int::Big(value.clone())),
            Kind::Float(value) => value.to_int(),
            Kind::Str(text) => parse::int(text.as_str(), 10),
            Kind::Bytes(bytes) => parse::int_of_bytes(bytes),
            _ => Err(TypeError::new(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                self.py_type()
            ))),
        }
    }
}

impl ToFloat for f64 {
    #[inline]
    fn to_float(self) -> PyResult<f64> {
        Ok(self)
    }
}

impl ToFloat for i64 {
    #[inline]
    fn to_float(self) -> PyResult<f64> {
        Ok(self as f64)
    }
}

impl ToFloat for bool {
    #[inline]
    fn to_float(self) -> PyResult<f64> {
        Ok(f64::from(u8::from(self)))
    }
}

impl ToFloat for Number {
    #[inline]
    fn to_float(self) -> PyResult<f64> {
        Ok(self.to_f64())
    }
}

impl ToFloat for &Int {
    #[inline]
    fn to_float(self) -> PyResult<f64> {
        self.to_f64()
    }
}

impl ToFloat for &str {
    #[inline]
    fn to_float(self) -> PyResult<f64> {
        parse::float(self)
    }
}

impl ToFloat for &String {
    #[inline]
    fn to_float(self) -> PyResult<f64> {
        parse::float(self)
    }
}

impl ToFloat for &Str {
    #[inline]
    fn to_float(self) -> PyResult<f64> {
        parse::float(self)
    }
}

impl ToFloat for &[u8] {
    #[inline]
    fn to_float(self) -> PyResult<f64> {
        parse::float_of_bytes(self)
    }
}

impl ToFloat for &Bytes {
    #[inline]
    fn to_float(self) -> PyResult<f64> {
        parse::float_of_bytes(self)
    }
}

impl ToFloat for &Value {
    #[inline]
    fn to_float(self) -> PyResult<f64> {
        match &self.0 {
            Kind::Bool(value) => value.to_float(),
            Kind::Int(value) => value.to_float(),
            Kind::Big(value) => Int::Big(value.clone()).to_f64(),
            Kind::Float(value) => value.to_float(),
            Kind::Str(text) => parse::float(text.as_str()),
            Kind::Bytes(bytes) => parse::float_of_bytes(bytes),
            _ => Err(TypeError::new(format!(
                "float() argument must be a string or a real number, not '{}'",
                self.py_type()
            ))),
        }
    }
}

/// `round(x)`
#[inline]
pub fn round(value: f64) -> PyResult<i64> {
    narrow(value.round_ties_even().to_int()?)
}

/// `round(x)`, without bound.
#[inline]
pub fn big_round(value: f64) -> PyResult<Int> {
    value.round_ties_even().to_int()
}

/// `round(x, digits)`
#[inline]
pub fn round_digits(value: f64, digits: i64) -> PyResult<f64> {
    rounding::float(value, digits)
}

/// `round(x, digits)` of an int
#[inline]
pub fn round_int(value: i64, digits: i64) -> i64 {
    rounding::int(&Int::from(value), digits).to_i64().unwrap_or(value)
}

/// `round(x)`
#[inline]
pub fn round_number(value: Number) -> PyResult<i64> {
    match value.to_i64() {
        Some(value) => Ok(value),
        None => round(value.to_f64()),
    }
}

/// `round(x, digits)`
#[inline]
pub fn round_number_digits(value: Number, digits: i64) -> PyResult<Number> {
    match value.to_i64() {
        Some(value) => Ok(Number::Int(round_int(value, digits))),
        None => round_digits(value.to_f64(), digits).map(Number::Float),
    }
}

/// `round(x)`
#[inline]
pub fn round_value(value: &Value) -> PyResult<Value> {
    match &value.0 {
        Kind::Float(value) => Ok(value.round_ties_even().to_int()?.into()),
        Kind::Bool(value) => Ok(i64::from(*value).into()),
        Kind::Int(_) | Kind::Big(_) => Ok(value.clone()),
        _ => Err(no_round(value)),
    }
}

/// `round(x, digits)`
#[inline]
pub fn round_value_digits(value: &Value, digits: i64) -> PyResult<Value> {
    match &value.0 {
        Kind::Float(value) => Ok(round_digits(*value, digits)?.into()),
        Kind::Bool(_) | Kind::Int(_) | Kind::Big(_) => Ok(rounding::int(&value.to_int()?, digits).into()),
        _ => Err(no_round(value)),
    }
}

#[cold]
fn no_round(value: &Value) -> crate::error::PyErr {
    TypeError::new(format!("type {} doesn't define __round__ method", value.py_type()))
}

/// `str(bytes, encoding, errors)`
#[inline]
pub fn str_decode(bytes: &[u8], encoding: &str, errors: &str) -> PyResult<Str> {
    codec::decode(bytes, encoding, errors)
}

/// `bytes(text, encoding, errors)`
#[inline]
pub fn bytes_encode(text: &str, encoding: &str, errors: &str) -> PyResult<Bytes> {
    codec::encode(text, encoding, errors)
}

/// `bytes(count)`
#[inline]
pub fn bytes_zeros(count: i64) -> PyResult<Bytes> {
    match usize::try_from(count) {
        Ok(count) => Ok(Bytes::from(vec![0; count])),
        Err(_) => Err(ValueError::new("negative count")),
    }
}

/// `bytes(items)`
#[inline]
pub fn bytes<I: Iterable<Item = i64> + ?Sized>(items: &I) -> PyResult<Bytes> {
    let byte = |item: PyResult<i64>| u8::try_from(item?).map_err(|_| ValueError::new("bytes must be in range(0, 256)"));
    Ok(Bytes::from(items.items().map(byte).collect::<PyResult<Vec<u8>>>()?))
}

/// `bytes.fromhex(text)`
#[inline]
pub fn bytes_fromhex(text: &str) -> PyResult<Bytes> {
    let mut bytes = Vec::new();
    let mut chars = text.chars().enumerate();
    let wrong = |at: usize| ValueError::new(format!("non-hexadecimal number found in fromhex() arg at position {at}"));
    while let Some((at, c)) = chars.next() {
        if c.is_ascii_whitespace() {
            continue;
        }
        let high = c.to_digit(16).ok_or_else(|| wrong(at))?;
        let low = chars.next().and_then(|(_, c)| c.to_digit(16)).ok_or_else(|| wrong(at + 1))?;
        bytes.push((high * 16 + low) as u8);
    }
    Ok(Bytes::from(bytes))
}
