//! MD5, SHA-1, SHA-256 and SHA-224: blocks of 64 bytes and words of 32 bits.
use super::sha512::{ROUNDS, START, START_384};

/// The message with its padding: a bit, zeros, the length.
fn padded(message: &[u8], length: [u8; 8]) -> Vec<u8> {
    let mut padded = message.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend(length);
    padded
}

fn bits(message: &[u8]) -> u64 {
    message.len() as u64 * 8
}

/// `hashlib.md5`
pub(super) fn md5(message: &[u8]) -> Vec<u8> {
    const TURNS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut hash: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in padded(message, bits(message).to_le_bytes()).chunks_exact(64) {
        let mut words = [0_u32; 16];
        for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
            *word = bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
        }
        let [mut a, mut b, mut c, mut d] = hash;
        for round in 0..64 {
            let (mixed, at) = match round / 16 {
                0 => ((b & c) | (!b & d), round),
                1 => ((d & b) | (!d & c), (5 * round + 1) % 16),
                2 => (b ^ c ^ d, (3 * round + 5) % 16),
                _ => (c ^ (b | !d), 7 * round % 16),
            };
            // The whole part of the sine, 32 bits of it.
            let sine = (((round + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a.wrapping_add(mixed).wrapping_add(sine).wrapping_add(words[at]);
            (a, d, c, b) = (d, c, b, b.wrapping_add(sum.rotate_left(TURNS[round / 16][round % 4])));
        }
        for (word, add) in hash.iter_mut().zip([a, b, c, d]) {
            *word = word.wrapping_add(add);
        }
    }
    hash.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// `hashlib.sha1`
pub(super) fn sha1(message: &[u8]) -> Vec<u8> {
    let mut hash: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    for block in padded(message, bits(message).to_be_bytes()).chunks_exact(64) {
        let mut words = [0_u32; 80];
        big_endian(&mut words, block);
        for at in 16..80 {
            words[at] = (words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16]).rotate_left(1);
        }
        let [mut a, mut b, mut c, mut d, mut e] = hash;
        for (round, word) in words.iter().enumerate() {
            let (mixed, constant) = match round / 20 {
                0 => ((b & c) | (!b & d), 0x5a82_7999),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6_u32),
            };
            let next = a.rotate_left(5).wrapping_add(mixed).wrapping_add(e).wrapping_add(constant).wrapping_add(*word);
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, next);
        }
        for (word, add) in hash.iter_mut().zip([a, b, c, d, e]) {
            *word = word.wrapping_add(add);
        }
    }
    hash.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// `hashlib.sha256`
pub(super) fn sha256(message: &[u8]) -> Vec<u8> {
    // Its constants are the upper halves of SHA-512's.
    second(message, START.map(|word| (word >> 32) as u32))
}

/// `hashlib.sha224`
pub(super) fn sha224(message: &[u8]) -> Vec<u8> {
    let mut digest = second(message, START_384.map(|word| word as u32));
    digest.truncate(28);
    digest
}

fn second(message: &[u8], mut hash: [u32; 8]) -> Vec<u8> {
    for block in padded(message, bits(message).to_be_bytes()).chunks_exact(64) {
        let mut words = [0_u32; 64];
        big_endian(&mut words, block);
        for at in 16..64 {
            let (a, b) = (words[at - 15], words[at - 2]);
            let small = a.rotate_right(7) ^ a.rotate_right(18) ^ (a >> 3);
            let large = b.rotate_right(17) ^ b.rotate_right(19) ^ (b >> 10);
            words[at] = words[at - 16].wrapping_add(small).wrapping_add(words[at - 7]).wrapping_add(large);
        }
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = hash;
        for (constant, word) in ROUNDS.iter().zip(words) {
            let sigma = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
            let choice = (e & f) ^ (!e & g);
            let constant = (constant >> 32) as u32;
            let first = h.wrapping_add(sigma).wrapping_add(choice).wrapping_add(constant).wrapping_add(word);
            let sigma = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
            let majority = (a & b) ^ (a & c) ^ (b & c);
            (h, g, f, e) = (g, f, e, d.wrapping_add(first));
            (d, c, b, a) = (c, b, a, first.wrapping_add(sigma).wrapping_add(majority));
        }
        for (word, add) in hash.iter_mut().zip([a, b, c, d, e, f, g, h]) {
            *word = word.wrapping_add(add);
        }
    }
    hash.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn big_endian(words: &mut [u32], block: &[u8]) {
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
    }
}
