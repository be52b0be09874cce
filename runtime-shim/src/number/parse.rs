//! `int(text)` and `float(text)`: Python's rules for blanks, underscores, signs and prefixes.
use std::borrow::Cow;

use num_bigint::BigInt;

use super::Int;
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, ValueError};
use crate::text::{quote, unicode};

#[inline]
fn quoted(text: &str) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = quote::write_str(&mut out, text);
    out
}

#[cold]
fn invalid_int(base: i64, shown: &str) -> PyErr {
    // CPython's `%.200R`.
    let shown: String = shown.chars().take(200).collect();
    ValueError::new(format!("invalid literal for int() with base {base}: {shown}"))
}

/// Digits of any script as ASCII; blanks around are gone.
#[inline]
fn plain(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(unicode::is_space);
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let ascii = |c| match unicode::decimal(c) {
        Some(digit) if !c.is_ascii() => char::from_digit(digit, 10).unwrap_or(c),
        _ => c,
    };
    Cow::Owned(text.chars().map(ascii).collect())
}

/// Decimal digits, perhaps with a sign, that fit an `i64` for sure.
#[inline]
fn short(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.len() < 18 && digits.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// `int(text, base)`
#[inline]
pub(crate) fn int(text: &str, base: i64) -> PyResult<Int> {
    if base != 0 && !(2..=36).contains(&base) {
        return Err(ValueError::new("int() base must be >= 2 and <= 36, or 0"));
    }
    let digits = plain(text);
    if base == 10
        && let Some(value) = short(&digits)
    {
        return Ok(Int::Small(value));
    }
    parse_int(&digits, base).ok_or_else(|| invalid_int(base, &quoted(text)))
}

/// `int(bytes)`
#[inline]
pub(crate) fn int_of_bytes(bytes: &[u8]) -> PyResult<Int> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.is_ascii());
    text.and_then(|text| parse_int(&plain(text), 10)).ok_or_else(|| {
        let mut shown = String::new();
        // Writing to a string cannot fail.
        let _ = quote::write_bytes(&mut shown, bytes);
        invalid_int(10, &shown)
    })
}

#[inline]
fn parse_int(text: &str, base: i64) -> Option<Int> {
    let (negative, text) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let prefix = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    let (radix, digits) = match base {
        _ if prefix != 0 && (base == 0 || base == prefix) => {
            let digits = &text[2..];
            (prefix, digits.strip_prefix('_').unwrap_or(digits))
        }
        0 => {
            // `010` is nothing in Python 3; `0`, `00` are.
            if text.starts_with('0') && text.bytes().any(|byte| !matches!(byte, b'0' | b'_')) {
                return None;
            }
            (10, text)
        }
        base => (base, text),
    };
    let digits = without_underscores(digits, |c| c.is_digit(radix as u32))?;
    let value = Int::from(BigInt::parse_bytes(digits.as_bytes(), radix as u32)?);
    Some(if negative { -value } else { value })
}

/// Underscores may stand between two digits.
#[inline]
fn without_underscores(text: &str, is_digit: impl Fn(char) -> bool) -> Option<String> {
    let mut digits = String::with_capacity(text.len());
    let mut last = '_';
    for c in text.chars() {
        match c {
            '_' if last == '_' => return None,
            '_' => {}
            c if is_digit(c) => digits.push(c),
            _ => return None,
        }
        last = c;
    }
    (last != '_').then_some(digits)
}

/// `float(text)`
#[inline]
pub(crate) fn float(text: &str) -> PyResult<f64> {
    parse_float(&plain(text))
        .ok_or_else(|| ValueError::new(format!("could not convert string to float: {}", quoted(text))))
}

/// `float(bytes)`
#[inline]
pub(crate) fn float_of_bytes(bytes: &[u8]) -> PyResult<f64> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.is_ascii());
    text.and_then(|text| parse_float(&plain(text))).ok_or_else(|| {
        let mut shown = String::new();
        // Writing to a string cannot fail.
        let _ = quote::write_bytes(&mut shown, bytes);
        ValueError::new(format!("could not convert string to float: {shown}"))
    })
}

#[inline]
fn parse_float(text: &str) -> Option<f64> {
    // What Rust reads beyond Python: nothing, when these characters are all there is.
    if text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')) {
        return text.parse().ok();
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    match unsigned.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => return Some(sign * f64::INFINITY),
        "nan" => return Some(f64::NAN.copysign(sign)),
        _ => {}
    }
    // Underscores are between digits.
    let mut digits = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'_' => {
                let before = at.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
                if !before || !bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
                    return None;
                }
            }
            b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-' => digits.push(char::from(byte)),
            _ => return None,
        }
    }
    digits.parse().ok()
}
