//! `chr`, `ord`, `bin`, `oct`, `hex`, `divmod`, `pow` with three arguments, `abs` of what is not known.
use num_bigint::BigInt;

use crate::error::PyResult;
use crate::exception::{ExceptionType, OverflowError, TypeError, ValueError};
use crate::number::{Arithmetic, Int};
use crate::object::Object;
use crate::text::Str;
use crate::value::{Kind, Value};

/// `chr(code)`
#[inline]
pub fn chr(code: i64) -> PyResult<Str> {
    match u32::try_from(code) {
        Ok(code @ 0xd800..=0xdfff) => Err(ValueError::new(format!(
            "chr({code:#x}) is a lone surrogate, which this program's strings cannot hold"
        ))),
        Ok(code) => char::from_u32(code).map(Str::from).ok_or_else(out_of_range),
        Err(_) => Err(out_of_range()),
    }
}

#[cold]
fn out_of_range() -> crate::error::PyErr {
    ValueError::new("chr() arg not in range(0x110000)")
}

/// `ord(text)`
#[inline]
pub fn ord(text: &str) -> PyResult<i64> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(i64::from(u32::from(c))),
        _ => Err(TypeError::new(format!(
            "ord() expected a character, but string of length {} found",
            text.chars().count()
        ))),
    }
}

#[inline]
fn digits(value: &Int, prefix: &str, radix: u32) -> Str {
    let text = value.to_big().to_str_radix(radix);
    Str::from(match text.strip_prefix('-') {
        Some(text) => format!("-{prefix}{text}"),
        None => format!("{prefix}{text}"),
    })
}

/// `bin(x)`
#[inline]
pub fn bin(value: i64) -> Str {
    bin_big(&Int::from(value))
}

/// `bin(x)`
#[inline]
pub fn bin_big(value: &Int) -> Str {
    digits(value, "0b", 2)
}

/// `oct(x)`
#[inline]
pub fn oct(value: i64) -> Str {
    oct_big(&Int::from(value))
}

/// `oct(x)`
#[inline]
pub fn oct_big(value: &Int) -> Str {
    digits(value, "0o", 8)
}

/// `hex(x)`
#[inline]
pub fn hex(value: i64) -> Str {
    hex_big(&Int::from(value))
}

/// `hex(x)`
#[inline]
pub fn hex_big(value: &Int) -> Str {
    digits(value, "0x", 16)
}

/// `divmod(a, b)`
#[inline]
pub fn divmod<T: Arithmetic>(a: T, b: T) -> PyResult<(T, T)> {
    a.py_divmod(b)
}

/// `divmod(a, b)`
#[inline]
pub fn divmod_big(a: &Int, b: &Int) -> PyResult<(Int, Int)> {
    a.clone().py_divmod(b.clone())
}

/// `pow(base, exponent, modulus)`
#[inline]
pub fn pow_mod(base: i64, exponent: i64, modulus: i64) -> PyResult<i64> {
    let power = Int::from(base).pow_mod(&Int::from(exponent), &Int::from(modulus))?;
    Ok(power.to_i64().unwrap_or_default())
}

/// `pow(base, exponent, modulus)`
#[inline]
pub fn pow_mod_big(base: &Int, exponent: &Int, modulus: &Int) -> PyResult<Int> {
    base.pow_mod(exponent, modulus)
}

/// `abs(x)`
#[inline]
pub fn abs(value: &Value) -> PyResult<Value> {
    match &value.0 {
        Kind::Bool(value) => Ok(i64::from(*value).into()),
        Kind::Int(value) => Ok(Int::from(*value).abs().into()),
        Kind::Big(value) => Ok(Int::Big(value.clone()).abs().into()),
        Kind::Float(value) => Ok(value.abs().into()),
        _ => Err(TypeError::new(format!("bad operand type for abs(): '{}'", value.py_type()))),
    }
}

/// `int.from_bytes(bytes, byteorder, signed=signed)`
#[inline]
pub fn int_from_bytes(bytes: &[u8], byteorder: &str, signed: bool) -> PyResult<i64> {
    let value = big_int_from_bytes(bytes, byteorder, signed)?;
    match value.to_i64() {
        Some(value) => Ok(value),
        None => panic!("attempt to convert to 64 bits with overflow"),
    }
}

/// `int.from_bytes(bytes, byteorder, signed=signed)`, without bound.
#[inline]
pub fn big_int_from_bytes(bytes: &[u8], byteorder: &str, signed: bool) -> PyResult<Int> {
    let value = match (byteorder, signed) {
        ("big", true) => BigInt::from_signed_bytes_be(bytes),
        ("big", false) => BigInt::from_bytes_be(num_bigint::Sign::Plus, bytes),
        ("little", true) => BigInt::from_signed_bytes_le(bytes),
        ("little", false) => BigInt::from_bytes_le(num_bigint::Sign::Plus, bytes),
        _ => return Err(ValueError::new("byteorder must be either 'little' or 'big'")),
    };
    Ok(Int::from(value))
}

/// `n.to_bytes(length, byteorder, signed=signed)`
#[inline]
pub(crate) fn to_bytes(value: &Int, length: i64, byteorder: &str, signed: bool) -> PyResult<Vec<u8>> {
    let Ok(length) = usize::try_from(length) else {
        return Err(ValueError::new("length argument must be non-negative"));
    };
    if value.is_negative() && !signed {
        return Err(OverflowError::new("can't convert negative int to unsigned"));
    }
    let mut bytes = match (value.is_zero(), signed) {
        (true, _) => Vec::new(),
        (false, true) => value.to_big().to_signed_bytes_le(),
        (false, false) => value.to_big().to_bytes_le().1,
    };
    if bytes.len() > length {
        return Err(OverflowError::new("int too big to convert"));
    }
    bytes.resize(length, if value.is_negative() { 0xff } else { 0 });
    match byteorder {
        "little" => {}
        "big" => bytes.reverse(),
        _ => return Err(ValueError::new("byteorder must be either 'little' or 'big'")),
    }
    Ok(bytes)
}
