//! MT19937, the Mersenne Twister, seeded and read as CPython does.

const N: usize = 624;
const M: usize = 397;

/// The generator's state.
pub(super) struct Twister {
    state: [u32; N],
    next: usize,
}

impl Twister {
    /// The state that CPython makes of a seed's 32-bit words, the lowest first.
    #[inline]
    pub(super) fn from_words(key: &[u32]) -> Twister {
        let mut twister = Twister::from_word(19_650_218);
        let state = &mut twister.state;
        let key = if key.is_empty() { &[0] } else { key };
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(key.len()) {
            let previous = state[i - 1];
            state[i] = (state[i] ^ (previous ^ (previous >> 30)).wrapping_mul(1_664_525))
                .wrapping_add(key[j])
                .wrapping_add(j as u32);
            i += 1;
            j += 1;
            if i == N {
                state[0] = state[N - 1];
                i = 1;
            }
            if j == key.len() {
                j = 0;
            }
        }
        for _ in 0..N - 1 {
            let previous = state[i - 1];
            state[i] = (state[i] ^ (previous ^ (previous >> 30)).wrapping_mul(1_566_083_941)).wrapping_sub(i as u32);
            i += 1;
            if i == N {
                state[0] = state[N - 1];
                i = 1;
            }
        }
        state[0] = 0x8000_0000;
        twister
    }

    #[inline]
    fn from_word(seed: u32) -> Twister {
        let mut state = [0; N];
        state[0] = seed;
        for i in 1..N {
            let previous = state[i - 1];
            state[i] = 1_812_433_253_u32.wrapping_mul(previous ^ (previous >> 30)).wrapping_add(i as u32);
        }
        Twister { state, next: N }
    }

    /// The next 32 bits.
    #[inline]
    pub(super) fn next_word(&mut self) -> u32 {
        if self.next == N {
            self.refill();
        }
        let mut word = self.state[self.next];
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    #[cold]
    fn refill(&mut self) {
        for i in 0..N {
            let mixed = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
            let matrix = if mixed & 1 == 0 { 0 } else { 0x9908_b0df };
            self.state[i] = self.state[(i + M) % N] ^ (mixed >> 1) ^ matrix;
        }
        self.next = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::Twister;

    #[test]
    fn words_are_cpythons() {
        // >>> random.seed(5489); [random.getrandbits(32) for _ in range(4)]
        let mut twister = Twister::from_words(&[5489]);
        let words: Vec<u32> = (0..4).map(|_| twister.next_word()).collect();
        assert_eq!(words, [3_382_763_572, 956_215_839, 417_760_592, 166_104_981]);
        // After the state was mixed again: the 2,000th.
        let last = (4..2000).map(|_| twister.next_word()).last();
        assert_eq!(last, Some(3_857_853_497));
    }
}
