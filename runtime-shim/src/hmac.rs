//! `hmac`: messages with a key.
use std::cell::RefCell;

use crate::hashlib::{self, Hash};
use crate::prelude::*;

/// `hmac.HMAC`
#[derive(Clone)]
pub struct Hmac(Rc<State>);

struct State {
    hash: Hash,
    key: Vec<u8>,
    message: RefCell<Vec<u8>>,
}

fn made(key: &[u8], message: Option<Bytes>, hash: Hash) -> Hmac {
    let message = message.map(|message| message.to_vec()).unwrap_or_default();
    Hmac(Rc::new(State { hash, key: key.to_vec(), message: RefCell::new(message) }))
}

/// `hmac.new(key, msg, digestmod)` of an algorithm's name.
pub fn new(key: &[u8], msg: Option<Bytes>, digestmod: &str) -> PyResult<Hmac> {
    Ok(made(key, msg, hashlib::new(digestmod, &[])?))
}

/// The same of the algorithm itself.
pub fn new_of(key: &[u8], msg: Option<Bytes>, digestmod: impl Fn() -> PyResult<Hash> + 'static) -> PyResult<Hmac> {
    Ok(made(key, msg, digestmod()?))
}

/// `hmac.digest(key, msg, digest)`
pub fn digest(key: &[u8], msg: &[u8], digest: &str) -> PyResult<Bytes> {
    Ok(Bytes::from(hashlib::new(digest, &[])?.authenticated(key, msg)))
}

/// `hmac.compare_digest(a, b)` of bytes.
#[inline]
pub fn compare_digest(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

/// `hmac.compare_digest(a, b)` of texts.
pub fn compare_digest_text(a: &str, b: &str) -> PyResult<bool> {
    if !a.is_ascii() || !b.is_ascii() {
        return Err(TypeError::new("comparing strings with non-ASCII characters is not supported"));
    }
    Ok(compare_digest(a.as_bytes(), b.as_bytes()))
}

impl Hmac {
    /// `update(msg)`
    #[inline]
    pub fn update(&self, msg: &[u8]) {
        self.0.message.borrow_mut().extend_from_slice(msg);
    }

    /// `digest()`
    #[inline]
    pub fn digest(&self) -> Bytes {
        Bytes::from(self.0.hash.authenticated(&self.0.key, &self.0.message.borrow()))
    }

    /// `hexdigest()`
    #[inline]
    pub fn hexdigest(&self) -> Str {
        self.digest().hex()
    }

    /// `copy()`
    #[inline]
    pub fn copy(&self) -> Hmac {
        made(&self.0.key, Some(Bytes::from_slice(&self.0.message.borrow())), self.0.hash.clone())
    }

    /// `digest_size`
    #[inline]
    pub fn digest_size(&self) -> i64 {
        self.0.hash.digest_size()
    }

    /// `name`
    #[inline]
    pub fn name(&self) -> Str {
        Str::literal("hmac-").concat(&self.0.hash.name())
    }
}

crate::opaque::opaque! {
    Hmac: "hmac", "HMAC";
}
