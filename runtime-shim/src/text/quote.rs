//! The repr of text and of bytes.
use std::fmt::{self, Write};

use super::unicode;

/// `'` unless the text has that and no `"`.
#[inline]
fn quote_for(single: bool, double: bool) -> char {
    if single && !double { '"' } else { '\'' }
}

/// Writes `repr(text)`.
#[inline]
pub(crate) fn write_str(out: &mut dyn Write, text: &str) -> fmt::Result {
    let quote = quote_for(text.contains('\''), text.contains('"'));
    out.write_char(quote)?;
    let mut written = 0;
    for (at, c) in text.char_indices() {
        if c != quote && c != '\\' && unicode::is_printable(c) {
            continue;
        }
        out.write_str(&text[written..at])?;
        written = at + c.len_utf8();
        match c {
            '\\' => out.write_str("\\\\"),
            '\n' => out.write_str("\\n"),
            '\r' => out.write_str("\\r"),
            '\t' => out.write_str("\\t"),
            c if c == quote => write!(out, "\\{c}"),
            c => write_escape(out, c as u32),
        }?;
    }
    out.write_str(&text[written..])?;
    out.write_char(quote)
}

/// `\x00`, `\u0000` or `\U00000000`.
#[inline]
pub(crate) fn write_escape(out: &mut dyn Write, code: u32) -> fmt::Result {
    match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    }
}

/// Writes `repr(bytes)`.
#[inline]
pub(crate) fn write_bytes(out: &mut dyn Write, bytes: &[u8]) -> fmt::Result {
    write_bytes_of(out, bytes, false)
}

/// The same; `array`: an apostrophe is escaped in any case, as in the repr of a `bytearray`.
#[inline]
pub(crate) fn write_bytes_of(out: &mut dyn Write, bytes: &[u8], array: bool) -> fmt::Result {
    let quote = quote_for(bytes.contains(&b'\''), bytes.contains(&b'"'));
    write!(out, "b{quote}")?;
    for &byte in bytes {
        match byte {
            b'\\' => out.write_str("\\\\")?,
            b'\n' => out.write_str("\\n")?,
            b'\r' => out.write_str("\\r")?,
            b'\t' => out.write_str("\\t")?,
            b'\'' if array => out.write_str("\\'")?,
            _ if char::from(byte) == quote => write!(out, "\\{quote}")?,
            b' '..=b'~' => out.write_char(char::from(byte))?,
            _ => write!(out, "\\x{byte:02x}")?,
        }
    }
    out.write_char(quote)
}
