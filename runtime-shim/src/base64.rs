//! `base64`: bytes as text.
use crate::binascii;
use crate::prelude::*;

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE85: &[u8; 85] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

/// Base64 without line ends.
pub(crate) fn encoded(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let word = group.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            out.push(match place <= group.len() {
                true => STANDARD[(word >> (18 - 6 * place)) as usize & 63],
                false => b'=',
            });
        }
    }
    out
}

/// `b64encode(s)`, `standard_b64encode(s)`
#[inline]
pub fn b64encode(s: &[u8]) -> Bytes {
    Bytes::from(encoded(s))
}

/// `urlsafe_b64encode(s)`
pub fn urlsafe_b64encode(s: &[u8]) -> Bytes {
    let safe = encoded(s).into_iter().map(|byte| match byte {
        b'+' => b'-',
        b'/' => b'_',
        byte => byte,
    });
    Bytes::from(safe.collect::<Vec<u8>>())
}

/// The bytes of what is decoded: of a text, which must be ASCII, or bytes.
pub(crate) fn ascii(text: &str) -> PyResult<&[u8]> {
    match text.is_ascii() {
        true => Ok(text.as_bytes()),
        false => Err(ValueError::new("string argument should contain only ASCII characters")),
    }
}

/// `b64decode(s, validate=validate)`, `standard_b64decode(s)` of bytes.
pub fn b64decode(s: &[u8], validate: bool) -> PyResult<Bytes> {
    binascii::from_base64(s, validate)
}

/// The same of a text.
pub fn b64decode_text(s: &str, validate: bool) -> PyResult<Bytes> {
    b64decode(ascii(s)?, validate)
}

/// `urlsafe_b64decode(s)` of bytes.
pub fn urlsafe_b64decode(s: &[u8]) -> PyResult<Bytes> {
    let standard = s.iter().map(|byte| match byte {
        b'-' => b'+',
        b'_' => b'/',
        byte => *byte,
    });
    b64decode(&standard.collect::<Vec<u8>>(), false)
}

/// The same of a text.
pub fn urlsafe_b64decode_text(s: &str) -> PyResult<Bytes> {
    urlsafe_b64decode(ascii(s)?)
}

/// `encodebytes(s)`: in lines of 76 characters.
pub fn encodebytes(s: &[u8]) -> Bytes {
    let mut out = Vec::new();
    for line in s.chunks(57) {
        out.extend(encoded(line));
        out.push(b'\n');
    }
    Bytes::from(out)
}

/// `decodebytes(s)`
pub fn decodebytes(s: &[u8]) -> PyResult<Bytes> {
    b64decode(s, false)
}

/// `b32encode(s)`
pub fn b32encode(s: &[u8]) -> Bytes {
    let mut out = Vec::new();
    for group in s.chunks(5) {
        let word = group.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte)) << (8 * (5 - group.len()));
        let filled = (group.len() * 8).div_ceil(5);
        for place in 0..8 {
            out.push(if place < filled { BASE32[(word >> (35 - 5 * place)) as usize & 31] } else { b'=' });
        }
    }
    Bytes::from(out)
}

/// `b32decode(s, casefold)` of bytes.
pub fn b32decode(s: &[u8], casefold: bool) -> PyResult<Bytes> {
    if !s.len().is_multiple_of(8) {
        return Err(binascii::Error::new("Incorrect padding"));
    }
    let digits = s.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    let padding = s.len() - digits;
    let (mut out, mut word, mut bits) = (Vec::new(), 0_u64, 0);
    for byte in &s[..digits] {
        let byte = if casefold { byte.to_ascii_uppercase() } else { *byte };
        let Some(digit) = BASE32.iter().position(|known| *known == byte) else {
            return Err(binascii::Error::new("Non-base32 digit found"));
        };
        word = word << 5 | digit as u64;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push((word >> bits) as u8);
        }
    }
    if !matches!(padding, 0 | 1 | 3 | 4 | 6) {
        return Err(binascii::Error::new("Incorrect padding"));
    }
    Ok(Bytes::from(out))
}

/// The same of a text.
pub fn b32decode_text(s: &str, casefold: bool) -> PyResult<Bytes> {
    b32decode(ascii(s)?, casefold)
}

/// `b16encode(s)`
pub fn b16encode(s: &[u8]) -> Bytes {
    Bytes::from(s.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).collect::<Vec<u8>>())
}

/// `b16decode(s, casefold)` of bytes.
pub fn b16decode(s: &[u8], casefold: bool) -> PyResult<Bytes> {
    let fits = |byte: &u8| byte.is_ascii_hexdigit() && (casefold || !byte.is_ascii_lowercase());
    if !s.iter().all(fits) {
        return Err(binascii::Error::new("Non-base16 digit found"));
    }
    binascii::unhexlify(s)
}

/// The same of a text.
pub fn b16decode_text(s: &str, casefold: bool) -> PyResult<Bytes> {
    b16decode(ascii(s)?, casefold)
}

/// `b85encode(b)`
pub fn b85encode(b: &[u8]) -> Bytes {
    let mut out = Vec::new();
    for group in b.chunks(4) {
        let mut word = group.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
        word = word.checked_shl(8 * (4 - group.len() as u32)).unwrap_or(0);
        let mut digits = [0_u8; 5];
        for digit in digits.iter_mut().rev() {
            *digit = BASE85[(word % 85) as usize];
            word /= 85;
        }
        out.extend_from_slice(&digits[..group.len() + 1]);
    }
    Bytes::from(out)
}

/// `b85decode(b)` of bytes.
pub fn b85decode(b: &[u8]) -> PyResult<Bytes> {
    let mut out = Vec::new();
    for (at, group) in b.chunks(5).enumerate() {
        let mut word = 0_u64;
        for place in 0..5 {
            let digit = match group.get(place) {
                Some(byte) => BASE85.iter().position(|known| known == byte),
                None => Some(84),
            };
            let Some(digit) = digit else {
                return Err(ValueError::new(format!("bad base85 character at position {}", at * 5 + place)));
            };
            word = word * 85 + digit as u64;
        }
        let Ok(word) = u32::try_from(word) else {
            return Err(ValueError::new(format!("base85 overflow in hunk starting at byte {}", at * 5)));
        };
        out.extend_from_slice(&word.to_be_bytes()[..group.len().saturating_sub(1)]);
    }
    Ok(Bytes::from(out))
}

/// The same of a text.
pub fn b85decode_text(b: &str) -> PyResult<Bytes> {
    b85decode(ascii(b)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() -> PyResult {
        for data in [&b""[..], b"a", b"ab", b"abc", b"abcd", b"\xff\xfe\xfd\xfc\xfb", b"hello world"] {
            assert_eq!(b64decode(&b64encode(data), true)?, *data);
            assert_eq!(urlsafe_b64decode(&urlsafe_b64encode(data))?, *data);
            assert_eq!(b32decode(&b32encode(data), false)?, *data);
            assert_eq!(b16decode(&b16encode(data), false)?, *data);
            assert_eq!(b85decode(&b85encode(data))?, *data);
        }
        let refused = |s: &str| b64decode_text(s, false).err().map(|error| error.to_string()).unwrap_or_default();
        assert_eq!(refused("abc"), "Incorrect padding");
        assert!(refused("abcde").ends_with("cannot be 1 more than a multiple of 4"));
        assert_eq!(b64decode_text("YWJj\n", false)?, b"abc");
        assert!(b64decode_text("YWJj\n", true).is_err());
        Ok(())
    }
}
