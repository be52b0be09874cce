//! `secrets`: what nobody can guess.
use num_bigint::{BigInt, BigUint, Sign};

use crate::prelude::*;

fn random(count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    crate::entropy::fill(&mut bytes);
    bytes
}

fn counted(nbytes: Option<i64>) -> PyResult<Vec<u8>> {
    let count = nbytes.unwrap_or(32);
    let count = usize::try_from(count).map_err(|_| ValueError::new("negative argument not allowed"))?;
    Ok(random(count))
}

/// `token_bytes(nbytes)`
pub fn token_bytes(nbytes: Option<i64>) -> PyResult<Bytes> {
    counted(nbytes).map(Bytes::from)
}

/// `token_hex(nbytes)`
pub fn token_hex(nbytes: Option<i64>) -> PyResult<Str> {
    Ok(token_bytes(nbytes)?.hex())
}

/// `token_urlsafe(nbytes)`
pub fn token_urlsafe(nbytes: Option<i64>) -> PyResult<Str> {
    let text = crate::base64::urlsafe_b64encode(&counted(nbytes)?).decode()?;
    Ok(text.rstrip_chars("="))
}

/// `randbits(k)`
pub fn randbits(k: i64) -> PyResult<Int> {
    let bits = usize::try_from(k).map_err(|_| ValueError::new("number of bits must be non-negative"))?;
    let number = BigUint::from_bytes_be(&random(bits.div_ceil(8))) >> (bits.div_ceil(8) * 8 - bits);
    Ok(Int::from(BigInt::from_biguint(Sign::Plus, number)))
}

/// `randbelow(exclusive_upper_bound)`
pub fn randbelow(exclusive_upper_bound: i64) -> PyResult<i64> {
    let Some(bound) = u64::try_from(exclusive_upper_bound).ok().filter(|bound| *bound > 0) else {
        return Err(ValueError::new("Upper bound must be positive."));
    };
    let bits = 64 - (bound - 1).leading_zeros();
    loop {
        let mut bytes = [0; 8];
        crate::entropy::fill(&mut bytes);
        let number = if bits == 0 { 0 } else { u64::from_le_bytes(bytes) >> (64 - bits) };
        if number < bound {
            return Ok(number as i64);
        }
    }
}

/// `choice(seq)` of a list.
pub fn choice<T: Clone + 'static>(seq: &List<T>) -> PyResult<T> {
    if seq.is_empty() {
        return Err(IndexError::new("Cannot choose from an empty sequence"));
    }
    seq.get_item(randbelow(seq.len())?)
}

/// `choice(seq)` of a text.
pub fn choice_of_text(seq: &str) -> PyResult<Str> {
    let chars: Vec<char> = seq.chars().collect();
    if chars.is_empty() {
        return Err(IndexError::new("Cannot choose from an empty sequence"));
    }
    let at = randbelow(chars.len() as i64)?;
    Ok(Str::from(chars[at as usize].to_string()))
}
