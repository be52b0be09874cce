//! The repr of a float: the shortest digits that read back the same, as CPython lays them out.
use std::fmt::{self, Write};

/// Writes `repr(value)`.
pub(crate) fn write_float(out: &mut dyn Write, value: f64) -> fmt::Result {
    if value.is_nan() {
        return out.write_str("nan");
    }
    if value.is_infinite() {
        return out.write_str(if value > 0.0 { "inf" } else { "-inf" });
    }
    let size = value.abs();
    if size == 0.0 || (1e-4..1e16).contains(&size) {
        return write!(out, "{value:?}");
    }
    // Rust: `1.5e16`, `1e-7`; Python: `1.5e+16`, `1e-07`.
    let text = format!("{value:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    match exponent.strip_prefix('-') {
        Some(exponent) => write!(out, "{digits}e-{exponent:0>2}"),
        None => write!(out, "{digits}e+{exponent:0>2}"),
    }
}

/// `repr(value)`
pub(crate) fn float_repr(value: f64) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_float(&mut text, value);
    text
}
