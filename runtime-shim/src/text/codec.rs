//! Text to bytes and back: UTF-8, ASCII and Latin-1.
use super::{Bytes, Str};
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, LookupError, UnicodeDecodeError, UnicodeEncodeError};

enum Codec {
    Utf8,
    Ascii,
    Latin1,
}

impl Codec {
    #[inline]
    fn named(name: &str) -> PyResult<Codec> {
        let plain: String = name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        match plain.as_str() {
            "utf8" | "u8" | "utf" | "cp65001" => Ok(Codec::Utf8),
            "ascii" | "usascii" | "646" => Ok(Codec::Ascii),
            "latin1" | "iso88591" | "l1" | "8859" | "cp819" | "latin" => Ok(Codec::Latin1),
            _ => Err(LookupError::new(format!("unknown encoding: {name}"))),
        }
    }

    #[inline]
    fn name(&self) -> &'static str {
        match self {
            Codec::Utf8 => "utf-8",
            Codec::Ascii => "ascii",
            Codec::Latin1 => "latin-1",
        }
    }
}

#[cold]
fn unknown_handler(name: &str) -> PyErr {
    LookupError::new(format!("unknown error handler name '{name}'"))
}

/// `text.encode(encoding, errors)`
#[inline]
pub(crate) fn encode(text: &str, encoding: &str, errors: &str) -> PyResult<Bytes> {
    let codec = Codec::named(encoding)?;
    let limit = match codec {
        Codec::Utf8 => return Ok(Bytes::from_slice(text.as_bytes())),
        Codec::Ascii => 0x80,
        Codec::Latin1 => 0x100,
    };
    let mut bytes = Vec::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        let code = u32::from(c);
        if code < limit {
            bytes.push(code as u8);
            continue;
        }
        match errors {
            "strict" => {
                let run = text.chars().skip(at).take_while(|&c| u32::from(c) >= limit).count();
                let args = (
                    Str::literal(codec.name()),
                    Str::copy_of(text),
                    at as i64,
                    (at + run) as i64,
                    Str::from(format!("ordinal not in range({limit})")),
                );
                return Err(UnicodeEncodeError::new(args));
            }
            "ignore" => {}
            "replace" => bytes.push(b'?'),
            "xmlcharrefreplace" => bytes.extend(format!("&#{code};").into_bytes()),
            "backslashreplace" => {
                let mut escape = String::new();
                // Writing to a string cannot fail.
                let _ = super::quote::write_escape(&mut escape, code);
                bytes.extend(escape.into_bytes());
            }
            _ => return Err(unknown_handler(errors)),
        }
    }
    Ok(Bytes::from(bytes))
}

/// `bytes.decode(encoding, errors)`
#[inline]
pub(crate) fn decode(bytes: &[u8], encoding: &str, errors: &str) -> PyResult<Str> {
    let codec = Codec::named(encoding)?;
    match codec {
        Codec::Latin1 => return Ok(Str::from(bytes.iter().map(|&byte| char::from(byte)).collect::<String>())),
        Codec::Utf8 | Codec::Ascii => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && (matches!(codec, Codec::Utf8) || text.is_ascii())
    {
        return Ok(Str::copy_of(text));
    }
    let mut text = String::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let (good, bad, reason) = match codec {
            Codec::Ascii => {
                let good = bytes[at..].iter().take_while(|byte| byte.is_ascii()).count();
                (good, usize::from(at + good < bytes.len()), "ordinal not in range(128)")
            }
            Codec::Utf8 | Codec::Latin1 => next_fault(&bytes[at..]),
        };
        text.push_str(std::str::from_utf8(&bytes[at..at + good]).unwrap_or_default());
        at += good;
        if bad == 0 {
            break;
        }
        match errors {
            "strict" => {
                let args = (
                    Str::literal(codec.name()),
                    Bytes::from_slice(bytes),
                    at as i64,
                    (at + bad) as i64,
                    Str::literal(reason),
                );
                return Err(UnicodeDecodeError::new(args));
            }
            "ignore" => {}
            "replace" => text.push('\u{fffd}'),
            "backslashreplace" => {
                for &byte in &bytes[at..at + bad] {
                    // Writing to a string cannot fail.
                    let _ = super::quote::write_escape(&mut text, u32::from(byte));
                }
            }
            _ => return Err(unknown_handler(errors)),
        }
        at += bad;
    }
    Ok(Str::from(text))
}

/// How many bytes are good, how many then are bad, and why.
#[inline]
fn next_fault(bytes: &[u8]) -> (usize, usize, &'static str) {
    match std::str::from_utf8(bytes) {
        Ok(_) => (bytes.len(), 0, ""),
        Err(error) => {
            let good = error.valid_up_to();
            match error.error_len() {
                None => (good, bytes.len() - good, "unexpected end of data"),
                Some(bad) => {
                    let starts = matches!(bytes[good], 0xc2..=0xf4);
                    (good, bad, if starts { "invalid continuation byte" } else { "invalid start byte" })
                }
            }
        }
    }
}

impl Str {
    /// `s.encode()`
    #[inline]
    pub fn encode(&self) -> Bytes {
        Bytes::from_slice(self.as_bytes())
    }

    /// `s.encode(encoding, errors)`
    #[inline]
    pub fn encode_with(&self, encoding: &str, errors: &str) -> PyResult<Bytes> {
        encode(self, encoding, errors)
    }
}

impl Bytes {
    /// `b.decode()`
    #[inline]
    pub fn decode(&self) -> PyResult<Str> {
        decode(self, "utf-8", "strict")
    }

    /// `b.decode(encoding, errors)`
    #[inline]
    pub fn decode_with(&self, encoding: &str, errors: &str) -> PyResult<Str> {
        decode(self, encoding, errors)
    }
}
