//! `hashlib`: digests.
use std::cell::RefCell;

use crate::prelude::*;

mod newer;
mod older;
pub(crate) mod sha512;

/// A hash: what `hashlib.sha256()` gives.
#[derive(Clone)]
pub struct Hash(Rc<State>);

struct State {
    kind: Kind,
    size: usize,
    message: RefCell<Vec<u8>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha3,
    Blake2b,
    Blake2s,
}

/// The algorithms by name, with the sizes of their digests.
const KINDS: [(&str, Kind, usize); 12] = [
    ("md5", Kind::Md5, 16),
    ("sha1", Kind::Sha1, 20),
    ("sha224", Kind::Sha224, 28),
    ("sha256", Kind::Sha256, 32),
    ("sha384", Kind::Sha384, 48),
    ("sha512", Kind::Sha512, 64),
    ("sha3_224", Kind::Sha3, 28),
    ("sha3_256", Kind::Sha3, 32),
    ("sha3_384", Kind::Sha3, 48),
    ("sha3_512", Kind::Sha3, 64),
    ("blake2b", Kind::Blake2b, 64),
    ("blake2s", Kind::Blake2s, 32),
];

fn made(kind: Kind, size: usize, data: &[u8]) -> Hash {
    Hash(Rc::new(State { kind, size, message: RefCell::new(data.to_vec()) }))
}

macro_rules! constructors {
    ($($name:ident $kind:ident $size:literal;)*) => {$(
        #[doc = concat!("`hashlib.", stringify!($name), "(data)`")]
        #[inline]
        pub fn $name(data: &[u8]) -> Hash {
            made(Kind::$kind, $size, data)
        }
    )*};
}

constructors! {
    md5 Md5 16;
    sha1 Sha1 20;
    sha224 Sha224 28;
    sha256 Sha256 32;
    sha384 Sha384 48;
    sha512 Sha512 64;
    sha3_224 Sha3 28;
    sha3_256 Sha3 32;
    sha3_384 Sha3 48;
    sha3_512 Sha3 64;
}

/// `hashlib.blake2b(data, digest_size=size)`
pub fn blake2b(data: &[u8], size: i64) -> PyResult<Hash> {
    match usize::try_from(size).ok().filter(|size| (1..=64).contains(size)) {
        Some(size) => Ok(made(Kind::Blake2b, size, data)),
        None => Err(ValueError::new("digest_size for blake2b must be between 1 and 64 bytes, here it is not")),
    }
}

/// `hashlib.blake2s(data, digest_size=size)`
pub fn blake2s(data: &[u8], size: i64) -> PyResult<Hash> {
    match usize::try_from(size).ok().filter(|size| (1..=32).contains(size)) {
        Some(size) => Ok(made(Kind::Blake2s, size, data)),
        None => Err(ValueError::new("digest_size for blake2s must be between 1 and 32 bytes, here it is not")),
    }
}

/// `hashlib.new(name, data)`
pub fn new(name: &str, data: &[u8]) -> PyResult<Hash> {
    let plain = name.to_ascii_lowercase().replace('-', "");
    match KINDS.iter().find(|(known, ..)| *known == plain) {
        Some((_, kind, size)) => Ok(made(*kind, *size, data)),
        None => Err(ValueError::new(format!("unsupported hash type {name}"))),
    }
}

/// `hashlib.pbkdf2_hmac(hash_name, password, salt, iterations, dklen)`
pub fn pbkdf2_hmac(
    hash_name: &str,
    password: &[u8],
    salt: &[u8],
    iterations: i64,
    dklen: Option<i64>,
) -> PyResult<Bytes> {
    let hash = new(hash_name, &[])?;
    if iterations < 1 {
        return Err(ValueError::new("iteration value must be greater than 0."));
    }
    let length = dklen.unwrap_or(hash.digest_size());
    let Some(length) = usize::try_from(length).ok().filter(|length| *length > 0) else {
        return Err(ValueError::new("key length must be greater than 0."));
    };
    let mut key = Vec::new();
    for block in 1_u32.. {
        if key.len() >= length {
            break;
        }
        let mut round = hash.authenticated(password, &[salt, &block.to_be_bytes()].concat());
        let mut all = round.clone();
        for _ in 1..iterations {
            round = hash.authenticated(password, &round);
            all.iter_mut().zip(&round).for_each(|(all, one)| *all ^= one);
        }
        key.extend(all);
    }
    key.truncate(length);
    Ok(Bytes::from(key))
}

impl Hash {
    fn of(&self, message: &[u8]) -> Vec<u8> {
        match self.0.kind {
            Kind::Md5 => older::md5(message),
            Kind::Sha1 => older::sha1(message),
            Kind::Sha224 => older::sha224(message),
            Kind::Sha256 => older::sha256(message),
            Kind::Sha384 => sha512::sha384(message),
            Kind::Sha512 => sha512::sha512(message).to_vec(),
            Kind::Sha3 => newer::sha3(message, self.0.size),
            Kind::Blake2b => newer::blake2b(message, self.0.size),
            Kind::Blake2s => newer::blake2s(message, self.0.size),
        }
    }

    /// The HMAC of a message.
    pub(crate) fn authenticated(&self, key: &[u8], message: &[u8]) -> Vec<u8> {
        let block = self.block_size() as usize;
        let mut key = if key.len() > block { self.of(key) } else { key.to_vec() };
        key.resize(block, 0);
        let with = |pad: u8| key.iter().map(|byte| byte ^ pad).collect::<Vec<u8>>();
        let inner = self.of(&[&with(0x36), message].concat());
        self.of(&[with(0x5c), inner].concat())
    }

    /// `update(data)`
    #[inline]
    pub fn update(&self, data: &[u8]) {
        self.0.message.borrow_mut().extend_from_slice(data);
    }

    /// `digest()`
    #[inline]
    pub fn digest(&self) -> Bytes {
        Bytes::from(self.of(&self.0.message.borrow()))
    }

    /// `hexdigest()`
    #[inline]
    pub fn hexdigest(&self) -> Str {
        self.digest().hex()
    }

    /// `copy()`
    #[inline]
    pub fn copy(&self) -> Hash {
        made(self.0.kind, self.0.size, &self.0.message.borrow())
    }

    /// `digest_size`
    #[inline]
    pub fn digest_size(&self) -> i64 {
        self.0.size as i64
    }

    /// `block_size`
    #[inline]
    pub fn block_size(&self) -> i64 {
        match self.0.kind {
            Kind::Md5 | Kind::Sha1 | Kind::Sha224 | Kind::Sha256 | Kind::Blake2s => 64,
            Kind::Sha384 | Kind::Sha512 | Kind::Blake2b => 128,
            Kind::Sha3 => 200 - 2 * self.0.size as i64,
        }
    }

    /// `name`
    #[inline]
    pub fn name(&self) -> Str {
        let mine = |(_, kind, size): &&(&str, Kind, usize)| {
            *kind == self.0.kind && (*size == self.0.size || *kind != Kind::Sha3)
        };
        KINDS.iter().find(mine).map(|(name, ..)| Str::from(*name)).unwrap_or_default()
    }
}

crate::opaque::opaque! {
    Hash: "_hashlib", "HASH";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_the_standards() -> PyResult {
        let hex = |name: &str, data: &[u8]| new(name, data).map(|hash| hash.hexdigest());
        assert_eq!(hex("md5", b"abc")?, "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(hex("sha1", b"abc")?, "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(hex("sha224", b"")?, "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f");
        assert!(hex("SHA-256", b"abc")?.starts_with("ba7816bf8f01cfea414140de5dae2223"));
        assert!(hex("sha384", b"abc")?.starts_with("cb00753f45a35e8bb5a03d699ac65007"));
        assert!(hex("sha3_256", b"abc")?.starts_with("3a985da74fe225b2045c172d6bd390bd"));
        assert!(hex("blake2b", b"abc")?.starts_with("ba80a53f981c4d0d6a2797b69f12f6e9"));
        assert!(hex("blake2s", b"abc")?.starts_with("508c5e8c327c14e2e1a72ba34eeb452f"));
        assert!(new("md6", b"").is_err());
        let key = pbkdf2_hmac("sha256", b"password", b"salt", 2, Some(32))?;
        assert!(key.hex().starts_with("ae4d0c95af6b46d32d0adff928f06dd0"));
        Ok(())
    }
}
