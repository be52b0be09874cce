//! `binascii`: bytes as digits, and checksums.
use crate::exception::builtin::class;
use crate::prelude::*;

class! {
    @ /// `binascii.Error`
    Error: ValueError, "binascii";
}

/// `hexlify(data)`, `b2a_hex(data)`
#[inline]
pub fn hexlify(data: &[u8]) -> Bytes {
    Bytes::from(data.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect::<Vec<u8>>())
}

/// `hexlify(data, sep)`
pub fn hexlify_sep(data: &[u8], sep: &str, bytes_per_sep: i64) -> PyResult<Bytes> {
    Ok(Bytes::from(Bytes::from_slice(data).hex_sep(sep, bytes_per_sep)?.as_bytes().to_vec()))
}

/// `unhexlify(hexstr)`, `a2b_hex(hexstr)` of bytes.
pub fn unhexlify(hexstr: &[u8]) -> PyResult<Bytes> {
    if !hexstr.len().is_multiple_of(2) {
        return Err(Error::new("Odd-length string"));
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).ok_or_else(|| Error::new("Non-hexadecimal digit found"));
    let pair = |pair: &[u8]| Ok((digit(pair[0])? * 16 + digit(pair[1])?) as u8);
    Ok(Bytes::from(hexstr.chunks_exact(2).map(pair).collect::<PyResult<Vec<u8>>>()?))
}

/// The same of a text.
pub fn unhexlify_text(hexstr: &str) -> PyResult<Bytes> {
    unhexlify(crate::base64::ascii(hexstr)?)
}

/// `b2a_base64(data)`
pub fn b2a_base64(data: &[u8], newline: bool) -> Bytes {
    let mut out = crate::base64::encoded(data);
    if newline {
        out.push(b'\n');
    }
    Bytes::from(out)
}

/// `a2b_base64(data)`
pub fn a2b_base64(data: &[u8]) -> PyResult<Bytes> {
    from_base64(data, false)
}

/// The same of a text.
pub fn a2b_base64_text(data: &str) -> PyResult<Bytes> {
    from_base64(crate::base64::ascii(data)?, false)
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// Base64 as CPython reads it: what is no digit is passed over, unless it is to be strict.
pub(crate) fn from_base64(data: &[u8], strict: bool) -> PyResult<Bytes> {
    let (mut out, mut place, mut left, mut pads, mut padded) = (Vec::new(), 0, 0_u8, 0, false);
    if strict && data.first() == Some(&b'=') {
        return Err(Error::new("Leading padding not allowed"));
    }
    for (at, byte) in data.iter().enumerate() {
        if *byte == b'=' {
            padded = true;
            if place >= 2 {
                pads += 1;
                if place + pads >= 4 {
                    if strict && at + 1 < data.len() {
                        return Err(Error::new("Excess data after padding"));
                    }
                    return Ok(Bytes::from(out));
                }
            } else if strict && place == 0 {
                return Err(Error::new("Excess data after padding"));
            }
            continue;
        }
        let Some(digit) = sextet(*byte) else {
            if strict {
                return Err(Error::new("Only base64 data is allowed"));
            }
            continue;
        };
        if strict && padded {
            return Err(Error::new("Discontinuous padding not allowed"));
        }
        pads = 0;
        match place {
            0 => left = digit,
            1 => {
                out.push(left << 2 | digit >> 4);
                left = digit & 15;
            }
            2 => {
                out.push(left << 4 | digit >> 2);
                left = digit & 3;
            }
            _ => out.push(left << 6 | digit),
        }
        place = (place + 1) % 4;
    }
    match place {
        0 => Ok(Bytes::from(out)),
        1 => {
            let count = out.len() / 3 * 4 + 1;
            Err(Error::new(format!(
                "Invalid base64-encoded string: number of data characters ({count}) cannot be 1 more than a multiple of 4"
            )))
        }
        _ => Err(Error::new("Incorrect padding")),
    }
}

/// `crc32(data, value)`
pub fn crc32(data: &[u8], value: i64) -> i64 {
    let mut crc = !(value as u32);
    for byte in data {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    i64::from(!crc)
}
