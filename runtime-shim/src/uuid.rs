//! `uuid`: identifiers of 128 bits.
use std::fmt::{self, Write};

use num_bigint::{BigInt, Sign};

use crate::prelude::*;

/// `uuid.UUID`
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UUID(u128);

/// `uuid.NAMESPACE_DNS`
pub const NAMESPACE_DNS: UUID = UUID(0x6ba7_b810_9dad_11d1_80b4_00c0_4fd4_30c8);
/// `uuid.NAMESPACE_URL`
pub const NAMESPACE_URL: UUID = UUID(0x6ba7_b811_9dad_11d1_80b4_00c0_4fd4_30c8);
/// `uuid.NAMESPACE_OID`
pub const NAMESPACE_OID: UUID = UUID(0x6ba7_b812_9dad_11d1_80b4_00c0_4fd4_30c8);
/// `uuid.NAMESPACE_X500`
pub const NAMESPACE_X500: UUID = UUID(0x6ba7_b814_9dad_11d1_80b4_00c0_4fd4_30c8);

/// Sets version and variant, as RFC 4122 wants them.
fn versioned(number: u128, version: u128) -> UUID {
    let number = number & !(0xf << 76) | version << 76;
    UUID(number & !(0b11 << 62) | 0b10 << 62)
}

fn of_digest(digest: &[u8], version: u128) -> UUID {
    let first = digest.iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte));
    versioned(first, version)
}

/// `uuid1()`: of the time and a random node.
pub fn uuid1() -> UUID {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let time = since.as_nanos() / 100 + 0x01b2_1dd2_1381_4000;
    let mut bytes = [0; 8];
    crate::entropy::fill(&mut bytes);
    let rest = u128::from(u64::from_be_bytes(bytes)) | 1 << 40;
    versioned((time & 0xffff_ffff) << 96 | (time >> 32 & 0xffff) << 80 | (time >> 48 & 0xfff) << 64 | rest, 1)
}

/// `uuid3(namespace, name)`
pub fn uuid3(namespace: UUID, name: &str) -> UUID {
    of_digest(&crate::hashlib::md5(&[&namespace.0.to_be_bytes(), name.as_bytes()].concat()).digest(), 3)
}

/// `uuid4()`
pub fn uuid4() -> UUID {
    let mut bytes = [0; 16];
    crate::entropy::fill(&mut bytes);
    of_digest(&bytes, 4)
}

/// `uuid5(namespace, name)`
pub fn uuid5(namespace: UUID, name: &str) -> UUID {
    of_digest(&crate::hashlib::sha1(&[&namespace.0.to_be_bytes(), name.as_bytes()].concat()).digest(), 5)
}

impl UUID {
    /// `UUID(hex)`
    pub fn new(hex: &str) -> PyResult<UUID> {
        let plain = hex.replace("urn:", "").replace("uuid:", "");
        let digits = plain.trim_matches(['{', '}']).replace('-', "");
        let number = u128::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 32 && !digits.starts_with('+'));
        number.map(UUID).ok_or_else(|| ValueError::new("badly formed hexadecimal UUID string"))
    }

    /// `UUID(bytes=…)`
    pub fn of_bytes(bytes: &[u8]) -> PyResult<UUID> {
        let bytes: [u8; 16] = bytes.try_into().map_err(|_| ValueError::new("bytes is not a 16-char string"))?;
        Ok(UUID(u128::from_be_bytes(bytes)))
    }

    /// `UUID(int=…)`
    pub fn of_int(int: &Int) -> PyResult<UUID> {
        let number = u128::try_from(int.to_big());
        number.map(UUID).map_err(|_| ValueError::new("int is out of range (need a 128-bit value)"))
    }

    /// `hex`
    #[inline]
    pub fn hex(&self) -> Str {
        Str::from(format!("{:032x}", self.0))
    }

    /// `bytes`
    #[inline]
    pub fn bytes(&self) -> Bytes {
        Bytes::from(self.0.to_be_bytes().to_vec())
    }

    /// `int`
    #[inline]
    pub fn int(&self) -> Int {
        Int::from(BigInt::from_biguint(Sign::Plus, self.0.into()))
    }

    /// `urn`
    #[inline]
    pub fn urn(&self) -> Str {
        Str::from(format!("urn:uuid:{}", self.text()))
    }

    /// `version`
    pub fn version(&self) -> Option<i64> {
        (self.0 >> 62 & 0b11 == 0b10).then_some((self.0 >> 76 & 0xf) as i64)
    }

    /// `variant`
    pub fn variant(&self) -> Str {
        Str::literal(match self.0 >> 61 & 0b111 {
            0..4 => "reserved for NCS compatibility",
            4 | 5 => "specified in RFC 4122",
            6 => "reserved for Microsoft compatibility",
            _ => "reserved for future definition",
        })
    }

    /// `node`
    pub fn node(&self) -> i64 {
        (self.0 & 0xffff_ffff_ffff) as i64
    }

    /// `clock_seq`
    pub fn clock_seq(&self) -> i64 {
        (self.0 >> 48 & 0x3fff) as i64
    }

    /// `time_low`
    pub fn time_low(&self) -> i64 {
        (self.0 >> 96) as i64
    }

    fn text(&self) -> String {
        let hex = format!("{:032x}", self.0);
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }
}

impl Object for UUID {
    fn py_type(&self) -> &'static str {
        "UUID"
    }

    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "UUID('{}')", self.text())
    }

    fn has_own_text() -> bool {
        true
    }

    fn py_str(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(&self.text())
    }
}

impl Key for UUID {
    const PLAIN: bool = true;

    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    fn py_hash(&self) -> PyResult<i64> {
        self.int().py_hash()
    }
}

impl Compare for UUID {
    const TOTAL: bool = true;

    fn py_cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.cmp(other)
    }

    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        Ok(self < other)
    }

    fn py_le(&self, other: &Self) -> PyResult<bool> {
        Ok(self <= other)
    }
}

impl From<UUID> for Value {
    fn from(uuid: UUID) -> Value {
        Value::object(uuid)
    }
}
