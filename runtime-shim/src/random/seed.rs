//! What `random.seed` takes, as the 32-bit words that seed the twister.

use num_bigint::{BigInt, BigUint, Sign};

use crate::hashlib::sha512::sha512;
use crate::prelude::*;

/// A seed: an int, a float, a text, bytes, or None for one that nobody can guess.
pub trait Seed {
    /// Its 32-bit words, the lowest first.
    fn words(&self) -> Option<Vec<u32>>;
}

impl Seed for () {
    #[inline]
    fn words(&self) -> Option<Vec<u32>> {
        None
    }
}

impl Seed for i64 {
    #[inline]
    fn words(&self) -> Option<Vec<u32>> {
        Some(of_number(self.unsigned_abs()))
    }
}

impl Seed for bool {
    #[inline]
    fn words(&self) -> Option<Vec<u32>> {
        i64::from(*self).words()
    }
}

impl Seed for f64 {
    #[inline]
    fn words(&self) -> Option<Vec<u32>> {
        // A float's hash, as a number without sign.
        self.py_hash().ok().map(|hash| of_number(hash as u64))
    }
}

impl Seed for &Int {
    #[inline]
    fn words(&self) -> Option<Vec<u32>> {
        Some(self.to_big().magnitude().to_u32_digits())
    }
}

impl Seed for Int {
    #[inline]
    fn words(&self) -> Option<Vec<u32>> {
        (&self).words()
    }
}

impl Seed for &[u8] {
    #[inline]
    fn words(&self) -> Option<Vec<u32>> {
        let number = BigInt::from_biguint(Sign::Plus, BigUint::from_bytes_be(&[*self, &sha512(self)].concat()));
        Some(number.magnitude().to_u32_digits())
    }
}

impl Seed for &Bytes {
    #[inline]
    fn words(&self) -> Option<Vec<u32>> {
        (&***self).words()
    }
}

impl Seed for &str {
    #[inline]
    fn words(&self) -> Option<Vec<u32>> {
        self.as_bytes().words()
    }
}

impl Seed for &Str {
    #[inline]
    fn words(&self) -> Option<Vec<u32>> {
        self.as_bytes().words()
    }
}

impl<T: Seed> Seed for Option<T> {
    #[inline]
    fn words(&self) -> Option<Vec<u32>> {
        self.as_ref().and_then(T::words)
    }
}

#[inline]
fn of_number(number: u64) -> Vec<u32> {
    if number >> 32 == 0 { vec![number as u32] } else { vec![number as u32, (number >> 32) as u32] }
}
