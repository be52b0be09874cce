//! A source of random bits, and the uniform numbers that CPython makes of them.

use num_bigint::{BigInt, BigUint};

use super::twister::Twister;
use crate::prelude::*;

/// A `random.Random`: where the bits come from, and the second half of the last `gauss`.
pub(super) struct Generator {
    source: Source,
    /// `gauss` makes two numbers at a time.
    pub(super) spare: Option<f64>,
}

enum Source {
    Twister(Box<Twister>),
    System,
}

impl Generator {
    /// A twister that is seeded with these 32-bit words, the lowest first.
    #[inline]
    pub(super) fn from_words(words: &[u32]) -> Generator {
        Generator { source: Source::Twister(Box::new(Twister::from_words(words))), spare: None }
    }

    /// A twister with a seed nobody can guess.
    #[inline]
    pub(super) fn from_entropy() -> Generator {
        let mut words = [0; 8];
        words.fill_with(|| system_bits(32) as u32);
        Generator::from_words(&words)
    }

    /// `random.SystemRandom`: every bit comes from the operating system.
    #[inline]
    pub(super) fn system() -> Generator {
        Generator { source: Source::System, spare: None }
    }

    /// Seeds anew. A system generator has no seed; CPython ignores it, too.
    #[inline]
    pub(super) fn reseed(&mut self, words: Option<Vec<u32>>) {
        self.spare = None;
        if let Source::Twister(_) = self.source {
            *self = match words {
                Some(words) => Generator::from_words(&words),
                None => Generator::from_entropy(),
            };
        }
    }

    /// In [0.0, 1.0), with 53 bits.
    #[inline]
    pub(super) fn random(&mut self) -> f64 {
        let bits = match &mut self.source {
            Source::Twister(twister) => {
                let (high, low) = (twister.next_word() >> 5, twister.next_word() >> 6);
                (u64::from(high) << 26) | u64::from(low)
            }
            Source::System => system_bits(53),
        };
        bits as f64 / 9_007_199_254_740_992.0
    }

    /// The next `count` bits, 64 at most.
    #[inline]
    pub(super) fn bits(&mut self, count: u32) -> u64 {
        match &mut self.source {
            Source::Twister(_) if count == 0 => 0,
            Source::Twister(twister) if count <= 32 => u64::from(twister.next_word() >> (32 - count)),
            Source::Twister(twister) => {
                let low = u64::from(twister.next_word());
                low | (u64::from(twister.next_word() >> (64 - count)) << 32)
            }
            Source::System => system_bits(count),
        }
    }

    /// The next `count` bits as 32-bit words, the lowest first.
    #[inline]
    pub(super) fn words(&mut self, count: u64) -> Vec<u32> {
        let mut words = Vec::with_capacity((count / 32 + 1) as usize);
        let mut left = count;
        while left > 0 {
            let bits = left.min(32) as u32;
            words.push(self.bits(bits) as u32);
            left -= u64::from(bits);
        }
        words
    }

    /// `getrandbits(k)`
    #[inline]
    pub(super) fn getrandbits(&mut self, k: i64) -> PyResult<Int> {
        match u64::try_from(k) {
            Ok(k) if k < 64 => Ok(Int::from(self.bits(k as u32) as i64)),
            Ok(k) => Ok(Int::from(BigInt::from(BigUint::new(self.words(k))))),
            Err(_) => Err(ValueError::new("number of bits must be non-negative")),
        }
    }

    /// `randbytes(n)`
    #[inline]
    pub(super) fn randbytes(&mut self, n: i64) -> PyResult<Bytes> {
        let n = usize::try_from(n).map_err(|_| ValueError::new("number of bits must be non-negative"))?;
        let mut bytes: Vec<u8> = self.words(n as u64 * 8).into_iter().flat_map(u32::to_le_bytes).collect();
        bytes.truncate(n);
        Ok(Bytes::from(bytes))
    }

    /// In `0..limit`, each number as likely as any other. `limit` is not 0.
    #[inline]
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        let count = u64::BITS - limit.leading_zeros();
        loop {
            let number = self.bits(count);
            if number < limit {
                return number;
            }
        }
    }

    /// A place in a sequence of `len` elements.
    #[inline]
    pub(super) fn index(&mut self, len: i64) -> i64 {
        self.below(len as u64) as i64
    }

    /// `randrange(stop)`.
    #[inline]
    pub(super) fn randrange(&mut self, stop: i64) -> PyResult<i64> {
        if stop <= 0 {
            return Err(ValueError::new("empty range for randrange()"));
        }
        Ok(self.index(stop))
    }

    /// `randrange(start, stop)`.
    #[inline]
    pub(super) fn randrange_from(&mut self, start: i64, stop: i64) -> PyResult<i64> {
        let width = i128::from(stop) - i128::from(start);
        if width <= 0 {
            return Err(ValueError::new(format!("empty range in randrange({start}, {stop})")));
        }
        Ok((i128::from(start) + i128::from(self.below(width as u64))) as i64)
    }

    /// `randrange(start, stop, step)`.
    #[inline]
    pub(super) fn randrange_step(&mut self, start: i64, stop: i64, step: i64) -> PyResult<i64> {
        let width = i128::from(stop) - i128::from(start);
        let step_ = i128::from(step);
        let count = match step {
            0 => return Err(ValueError::new("zero step for randrange()")),
            1 => return self.randrange_from(start, stop),
            // The range is empty when the signs of width and step differ, and then the quotient is not positive.
            _ => (width * step_.signum() + step_.abs() - 1).div_euclid(step_.abs()),
        };
        if count <= 0 {
            return Err(ValueError::new(format!("empty range in randrange({start}, {stop}, {step})")));
        }
        Ok((i128::from(start) + step_ * i128::from(self.below(count as u64))) as i64)
    }

    /// `randint(a, b)`: both ends are possible.
    #[inline]
    pub(super) fn randint(&mut self, a: i64, b: i64) -> PyResult<i64> {
        let width = i128::from(b) - i128::from(a) + 1;
        if width <= 0 {
            return Err(ValueError::new(format!("empty range in randrange({a}, {})", i128::from(b) + 1)));
        }
        if width > i128::from(u64::MAX) {
            // 65 bits are asked for until the number is below 2**64: the first word is the lowest.
            loop {
                let words = self.words(65);
                if words[2] == 0 {
                    let number = u64::from(words[0]) | (u64::from(words[1]) << 32);
                    return Ok((i128::from(a) + i128::from(number)) as i64);
                }
            }
        }
        Ok((i128::from(a) + i128::from(self.below(width as u64))) as i64)
    }
}

/// `count` bits of the operating system, 64 at most.
#[inline]
fn system_bits(count: u32) -> u64 {
    let mut bytes = [0; 8];
    crate::entropy::fill(&mut bytes);
    match count {
        0 => 0,
        _ => u64::from_le_bytes(bytes) >> (64 - count),
    }
}
