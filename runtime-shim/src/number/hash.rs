//! CPython's hashes of numbers and tuples: equal numbers have equal hashes, whatever their type.

/// Numbers are hashed modulo this prime.
const MODULUS: u64 = (1 << 61) - 1;
/// `hash(None)`
pub(crate) const NONE: i64 = 0xfca8_6420;

/// Of `modulo`, the absolute value modulo the prime, with its sign.
#[inline]
pub(crate) fn signed(modulo: u64, negative: bool) -> i64 {
    let hash = if negative { -(modulo as i64) } else { modulo as i64 };
    if hash == -1 { -2 } else { hash }
}

/// `hash(int)`
#[inline]
pub(crate) fn int(value: i64) -> i64 {
    signed(value.unsigned_abs() % MODULUS, value < 0)
}

/// `hash(int)` of the 64-bit digits of an absolute value, the lowest first.
#[inline]
pub(crate) fn digits(digits: &[u64], negative: bool) -> i64 {
    let modulo = digits
        .iter()
        .rev()
        .fold(0_u64, |hash, &digit| ((u128::from(hash) << 64 | u128::from(digit)) % u128::from(MODULUS)) as u64);
    signed(modulo, negative)
}

/// `hash(float)`
#[inline]
pub(crate) fn float(value: f64) -> i64 {
    if value.is_infinite() {
        return if value > 0.0 { 314_159 } else { -314_159 };
    }
    if value.is_nan() {
        return 0;
    }
    if value.fract() == 0.0 && value.abs() < 9.0e18 {
        return int(value as i64);
    }
    let bits = value.abs().to_bits();
    let (exponent, fraction) = ((bits >> 52) as i64, bits & ((1 << 52) - 1));
    let (mantissa, exponent) = if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) };
    // 2 to the 61st is 1 modulo the prime: an exponent only turns the bits round.
    let turn = exponent.rem_euclid(61) as u32;
    let modulo = ((u128::from(mantissa) << turn) % u128::from(MODULUS)) as u64;
    signed(modulo, value < 0.0)
}

/// The hash of a tuple, by the hashes of its items.
pub(crate) struct TupleHash {
    hash: u64,
    len: u64,
}

const PRIME_1: u64 = 11_400_714_785_074_694_791;
const PRIME_2: u64 = 14_029_467_366_897_019_727;
const PRIME_5: u64 = 2_870_177_450_012_600_261;

impl TupleHash {
    #[inline]
    pub(crate) fn new() -> TupleHash {
        TupleHash { hash: PRIME_5, len: 0 }
    }

    #[inline]
    pub(crate) fn add(&mut self, item: i64) {
        self.hash = self.hash.wrapping_add((item as u64).wrapping_mul(PRIME_2));
        self.hash = self.hash.rotate_left(31).wrapping_mul(PRIME_1);
        self.len += 1;
    }

    #[inline]
    pub(crate) fn finish(self) -> i64 {
        let hash = self.hash.wrapping_add(self.len ^ (PRIME_5 ^ 3_527_539));
        if hash == u64::MAX { 1_546_275_796 } else { hash as i64 }
    }
}
