//! `Bytes`: Python's `bytes`, shared; a clone is the same bytes.
use std::fmt::{self, Write};
use std::ops::Deref;
use std::rc::Rc;

use super::{hash, quote};
use crate::error::PyResult;
use crate::exception::{ExceptionType, IndexError};
use crate::iter::{Iter, Iterable, ToIter};
use crate::object::{Compare, Key, Object};
use crate::slice;

mod methods;

/// Python's `bytes`.
#[derive(Clone)]
pub struct Bytes(Repr);

#[derive(Clone)]
enum Repr {
    Literal(&'static [u8]),
    Shared(Rc<Vec<u8>>),
}

impl Bytes {
    /// `b""`
    pub const fn new() -> Bytes {
        Bytes::literal(b"")
    }

    /// A literal; it is never copied.
    pub const fn literal(bytes: &'static [u8]) -> Bytes {
        Bytes(Repr::Literal(bytes))
    }

    /// A copy of any bytes.
    #[inline]
    pub fn from_slice(bytes: &[u8]) -> Bytes {
        Bytes::from(bytes.to_vec())
    }

    /// The bytes.
    #[inline]
    pub fn as_slice(&self) -> &[u8] {
        match &self.0 {
            Repr::Literal(bytes) => bytes,
            Repr::Shared(bytes) => bytes,
        }
    }

    /// `len(b)`
    #[inline]
    pub fn len(&self) -> i64 {
        self.as_slice().len() as i64
    }

    /// `not b`
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    /// `b + other`
    #[inline]
    pub fn concat(&self, other: &[u8]) -> Bytes {
        Bytes::from([self.as_slice(), other].concat())
    }

    /// `b += other`: in place while nobody else holds it.
    #[inline]
    pub fn push_bytes(&mut self, other: &[u8]) {
        if let Repr::Shared(bytes) = &mut self.0
            && let Some(bytes) = Rc::get_mut(bytes)
        {
            bytes.extend_from_slice(other);
            return;
        }
        *self = self.concat(other);
    }

    /// `b * times`
    #[inline]
    pub fn repeat(&self, times: i64) -> Bytes {
        Bytes::from(self.as_slice().repeat(usize::try_from(times).unwrap_or(0)))
    }

    /// `b[index]`
    #[inline]
    pub fn get_item(&self, index: i64) -> PyResult<i64> {
        match slice::position(index, self.as_slice().len()) {
            Some(at) => Ok(i64::from(self.as_slice()[at])),
            None => Err(IndexError::new("index out of range")),
        }
    }

    /// `b[start:stop]`
    #[inline]
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>) -> Bytes {
        let (start, stop) = slice::bounds(start, stop, self.as_slice().len());
        self.part(start, stop.max(start))
    }

    #[inline]
    pub(crate) fn part(&self, start: usize, stop: usize) -> Bytes {
        match &self.0 {
            _ if start == 0 && stop == self.as_slice().len() => self.clone(),
            Repr::Literal(bytes) => Bytes::literal(&bytes[start..stop]),
            Repr::Shared(bytes) => Bytes::from_slice(&bytes[start..stop]),
        }
    }

    /// `b[start:stop:step]`
    #[inline]
    pub fn slice_step(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> PyResult<Bytes> {
        let bytes = self.as_slice();
        Ok(Bytes::from(slice::stepped(start, stop, step, bytes.len())?.map(|at| bytes[at]).collect::<Vec<u8>>()))
    }

    /// `for byte in b`
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        self.as_slice().iter().map(|&byte| i64::from(byte))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        self.as_slice()
    }
}

impl Default for Bytes {
    #[inline]
    fn default() -> Bytes {
        Bytes::new()
    }
}

impl From<Vec<u8>> for Bytes {
    #[inline]
    fn from(bytes: Vec<u8>) -> Bytes {
        Bytes(Repr::Shared(Rc::new(bytes)))
    }
}

impl<const N: usize> From<&'static [u8; N]> for Bytes {
    #[inline]
    fn from(bytes: &'static [u8; N]) -> Bytes {
        Bytes::literal(bytes)
    }
}

impl From<&'static [u8]> for Bytes {
    #[inline]
    fn from(bytes: &'static [u8]) -> Bytes {
        Bytes::literal(bytes)
    }
}

impl<'a> IntoIterator for &'a Bytes {
    type Item = i64;
    type IntoIter = std::iter::Map<std::slice::Iter<'a, u8>, fn(&u8) -> i64>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.as_slice().iter().map(|&byte| i64::from(byte))
    }
}

impl Iterable for Bytes {
    type Item = i64;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<i64>> {
        self.iter().map(Ok)
    }
}

impl ToIter for Bytes {
    #[inline]
    fn to_iter(&self) -> Iter<i64> {
        let (bytes, mut at) = (self.clone(), 0);
        let next = move || {
            let byte = *bytes.as_slice().get(at)?;
            at += 1;
            Some(Ok(i64::from(byte)))
        };
        Iter::named("bytes_iterator", std::iter::from_fn(next))
    }
}

impl fmt::Debug for Bytes {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.py_repr(f)
    }
}

impl PartialEq for Bytes {
    #[inline]
    fn eq(&self, other: &Bytes) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Eq for Bytes {}

impl<const N: usize> PartialEq<&[u8; N]> for Bytes {
    #[inline]
    fn eq(&self, other: &&[u8; N]) -> bool {
        self.as_slice() == *other
    }
}

impl PartialEq<&[u8]> for Bytes {
    #[inline]
    fn eq(&self, other: &&[u8]) -> bool {
        self.as_slice() == *other
    }
}

impl PartialEq<[u8]> for Bytes {
    #[inline]
    fn eq(&self, other: &[u8]) -> bool {
        self.as_slice() == other
    }
}

impl PartialOrd for Bytes {
    #[inline]
    fn partial_cmp(&self, other: &Bytes) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Bytes {
    #[inline]
    fn cmp(&self, other: &Bytes) -> std::cmp::Ordering {
        self.as_slice().cmp(other.as_slice())
    }
}

impl Object for Bytes {
    #[inline]
    fn py_type(&self) -> &'static str {
        "bytes"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        quote::write_bytes(out, self)
    }

    #[inline]
    fn py_bool(&self) -> bool {
        !self.is_empty()
    }

    #[inline]
    fn py_len(&self) -> PyResult<i64> {
        Ok(self.len())
    }
}

impl Key for Bytes {
    const PLAIN: bool = true;

    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(hash::hash_bytes(self))
    }
}

impl Compare for Bytes {
    const TOTAL: bool = true;

    #[inline]
    fn py_cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.cmp(other)
    }

    #[inline]
    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        Ok(self < other)
    }

    #[inline]
    fn py_le(&self, other: &Self) -> PyResult<bool> {
        Ok(self <= other)
    }
}
