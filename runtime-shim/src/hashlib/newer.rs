//! SHA-3 and BLAKE2.
use super::sha512::START;

/// SHA-3 with digests of `size` bytes.
pub(super) fn sha3(message: &[u8], size: usize) -> Vec<u8> {
    let rate = 200 - 2 * size;
    let mut padded = message.to_vec();
    padded.push(0x06);
    while !padded.len().is_multiple_of(rate) {
        padded.push(0);
    }
    if let Some(last) = padded.last_mut() {
        *last |= 0x80;
    }
    let mut state = [0_u64; 25];
    for block in padded.chunks_exact(rate) {
        for (word, bytes) in state.iter_mut().zip(block.chunks_exact(8)) {
            *word ^= bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        }
        permute(&mut state);
    }
    state.iter().flat_map(|word| word.to_le_bytes()).take(size).collect()
}

/// Keccak's permutation.
fn permute(state: &mut [u64; 25]) {
    let mut register = 1_u8;
    for _ in 0..24 {
        let mut parity = [0_u64; 5];
        for (x, column) in parity.iter_mut().enumerate() {
            *column = (0..5).fold(0, |all, y| all ^ state[x + 5 * y]);
        }
        for x in 0..5 {
            let mixed = parity[(x + 4) % 5] ^ parity[(x + 1) % 5].rotate_left(1);
            (0..5).for_each(|y| state[x + 5 * y] ^= mixed);
        }
        let (mut x, mut y, mut word) = (1, 0, state[1]);
        for step in 0..24_u32 {
            (x, y) = (y, (2 * x + 3 * y) % 5);
            let turned = word.rotate_left((step + 1) * (step + 2) / 2 % 64);
            word = std::mem::replace(&mut state[x + 5 * y], turned);
        }
        for row in state.chunks_exact_mut(5) {
            let old: [u64; 5] = [row[0], row[1], row[2], row[3], row[4]];
            (0..5).for_each(|x| row[x] = old[x] ^ (!old[(x + 1) % 5] & old[(x + 2) % 5]));
        }
        for bit in 0..7_u32 {
            if register & 1 == 1 {
                state[0] ^= 1 << ((1_u64 << bit) - 1);
            }
            register = (register << 1) ^ (if register & 0x80 == 0 { 0 } else { 0x71 });
        }
    }
}

#[rustfmt::skip]
const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// The places that the eight mixings of a round are of.
const LANES: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];

/// BLAKE2 with words of one size.
macro_rules! blake2 {
    ($(#[$doc:meta])* $name:ident: $word:ty, $bytes:literal, $rounds:literal, $turns:expr, $start:expr) => {
        $(#[$doc])*
        pub(super) fn $name(message: &[u8], size: usize) -> Vec<u8> {
            let block = $bytes * 16;
            let start: [$word; 8] = $start;
            let turns: [u32; 4] = $turns;
            let mut hash = start;
            hash[0] ^= 0x0101_0000 ^ size as $word;
            let mut blocks: Vec<&[u8]> = message.chunks(block).collect();
            if blocks.is_empty() {
                blocks.push(&[]);
            }
            let (mut seen, last) = (0_u128, blocks.len() - 1);
            for (at, bytes) in blocks.into_iter().enumerate() {
                seen += bytes.len() as u128;
                let mut filled = bytes.to_vec();
                filled.resize(block, 0);
                let mut words = [0 as $word; 16];
                for (word, bytes) in words.iter_mut().zip(filled.chunks_exact($bytes)) {
                    *word = bytes.iter().rev().fold(0, |word, byte| word << 8 | <$word>::from(*byte));
                }
                let mut mixed = [0 as $word; 16];
                mixed[..8].copy_from_slice(&hash);
                mixed[8..].copy_from_slice(&start);
                mixed[12] ^= seen as $word;
                mixed[13] ^= (seen >> ($bytes * 8)) as $word;
                if at == last {
                    mixed[14] = !mixed[14];
                }
                for round in 0..$rounds {
                    let order = SIGMA[round % 10];
                    for (step, [a, b, c, d]) in LANES.into_iter().enumerate() {
                        for (half, word) in [words[order[2 * step]], words[order[2 * step + 1]]].into_iter().enumerate() {
                            mixed[a] = mixed[a].wrapping_add(mixed[b]).wrapping_add(word);
                            mixed[d] = (mixed[d] ^ mixed[a]).rotate_right(turns[2 * half]);
                            mixed[c] = mixed[c].wrapping_add(mixed[d]);
                            mixed[b] = (mixed[b] ^ mixed[c]).rotate_right(turns[2 * half + 1]);
                        }
                    }
                }
                for at in 0..8 {
                    hash[at] ^= mixed[at] ^ mixed[at + 8];
                }
            }
            hash.iter().flat_map(|word| word.to_le_bytes()).take(size).collect()
        }
    };
}

blake2! {
    /// `hashlib.blake2b`
    blake2b: u64, 8, 12, [32, 24, 16, 63], START
}
blake2! {
    /// `hashlib.blake2s`
    blake2s: u32, 4, 10, [16, 12, 8, 7], START.map(|word| (word >> 32) as u32)
}
