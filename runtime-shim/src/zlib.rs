//! `zlib`: checksums, and data that was compressed.
// `zlib.error` is called so.
#![allow(non_camel_case_types)]

use crate::exception::builtin::class;
use crate::prelude::*;

mod inflate;

class! {
    @ /// `zlib.error`
    error: Exception, "zlib";
}

pub use crate::binascii::crc32;

/// `adler32(data, value)`
pub fn adler32(data: &[u8], value: i64) -> i64 {
    let (mut a, mut b) = ((value & 0xffff) as u32, (value >> 16 & 0xffff) as u32);
    for byte in data {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    i64::from(b << 16 | a)
}

/// `decompress(data)`
pub fn decompress(data: &[u8]) -> PyResult<Bytes> {
    let truncated = || error::new("Error -5 while decompressing data: incomplete or truncated stream");
    let wrong = |what: &str| error::new(format!("Error -3 while decompressing data: {what}"));
    let [method, flags, rest @ ..] = data else { return Err(truncated()) };
    if method & 15 != 8 || (u32::from(*method) << 8 | u32::from(*flags)) % 31 != 0 {
        return Err(wrong("incorrect header check"));
    }
    let (out, used) = inflate::inflate(rest).map_err(|trouble| match trouble {
        inflate::Trouble::Truncated => truncated(),
        inflate::Trouble::Wrong(what) => wrong(what),
    })?;
    let Some(sum) = rest.get(used..used + 4) else { return Err(truncated()) };
    if sum.iter().fold(0, |sum, byte| sum << 8 | i64::from(*byte)) != adler32(&out, 1) {
        return Err(wrong("incorrect data check"));
    }
    Ok(Bytes::from(out))
}
