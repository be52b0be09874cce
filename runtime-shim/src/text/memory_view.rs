//! `MemoryView`: a window on bytes, which it does not copy.
use std::fmt::{self, Write};
use std::rc::Rc;

use super::byte_array::Buffer;
use super::{ByteArray, Bytes, Str};
use crate::error::PyResult;
use crate::exception::{ExceptionType, IndexError, TypeError, ValueError};
use crate::iter::{Iter, Iterable, ToIter};
use crate::list::List;
use crate::object::{Compare, Key, Object, address};
use crate::slice;

/// Python's `memoryview`, of bytes.
#[derive(Clone)]
pub struct MemoryView(Rc<View>);

struct View {
    of: Source,
    start: usize,
    len: usize,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    Array(ByteArray),
}

impl MemoryView {
    /// `memoryview(bytes)`
    #[inline]
    pub fn of(bytes: &[u8]) -> MemoryView {
        let len = bytes.len();
        MemoryView(Rc::new(View { of: Source::Bytes(Bytes::from_slice(bytes)), start: 0, len }))
    }

    /// `memoryview(bytearray)`
    #[inline]
    pub fn of_array(array: ByteArray) -> MemoryView {
        let len = array.len() as usize;
        MemoryView(Rc::new(View { of: Source::Array(array), start: 0, len }))
    }

    #[inline]
    fn read<R>(&self, read: impl FnOnce(&[u8]) -> R) -> R {
        let (start, end) = (self.0.start, self.0.start + self.0.len);
        match &self.0.of {
            Source::Bytes(bytes) => read(&bytes[start..end]),
            // CPython does not let an array change its size while it is viewed.
            Source::Array(array) => array.read(|bytes| read(bytes.get(start..end).unwrap_or_default())),
        }
    }

    /// `bytes(view)`, `view.tobytes()`
    #[inline]
    pub fn to_bytes(&self) -> Bytes {
        self.read(Bytes::from_slice)
    }

    /// `view.tolist()`
    #[inline]
    pub fn tolist(&self) -> List<i64> {
        self.read(|bytes| bytes.iter().map(|byte| i64::from(*byte)).collect())
    }

    /// `view.hex()`
    #[inline]
    pub fn hex(&self) -> Str {
        self.to_bytes().hex()
    }

    /// `view.nbytes`
    #[inline]
    pub fn nbytes(&self) -> i64 {
        self.0.len as i64
    }

    /// `view.readonly`
    #[inline]
    pub fn readonly(&self) -> bool {
        matches!(self.0.of, Source::Bytes(_))
    }

    /// `view.release()`
    #[inline]
    pub fn release(&self) {}

    /// `with view`
    #[inline]
    pub fn enter(&self) -> PyResult<MemoryView> {
        Ok(self.clone())
    }

    /// The end of `with view`.
    #[inline]
    pub fn exit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        outcome
    }

    /// `len(view)`
    #[inline]
    pub fn len(&self) -> i64 {
        self.0.len as i64
    }

    /// `not view`
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.len == 0
    }

    /// `view[index]`
    #[inline]
    pub fn get_item(&self, index: i64) -> PyResult<i64> {
        match slice::position(index, self.0.len) {
            Some(at) => Ok(self.read(|bytes| i64::from(bytes[at]))),
            None => Err(IndexError::new("index out of bounds on dimension 1")),
        }
    }

    /// `view[index] = item`
    #[inline]
    pub fn set_item(&self, index: i64, item: i64) -> PyResult {
        let Source::Array(array) = &self.0.of else {
            return Err(TypeError::new("cannot modify read-only memory"));
        };
        let at = slice::position(index, self.0.len);
        let at = at.ok_or_else(|| IndexError::new("index out of bounds on dimension 1"))?;
        if !(0..256).contains(&item) {
            return Err(ValueError::new("memoryview: invalid value for format 'B'"));
        }
        array.set_item((self.0.start + at) as i64, item)
    }

    /// `view[start:stop]`
    #[inline]
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>) -> MemoryView {
        let (start, stop) = slice::bounds(start, stop, self.0.len);
        let len = stop.saturating_sub(start);
        MemoryView(Rc::new(View { of: self.0.of.clone(), start: self.0.start + start, len }))
    }

    /// `view[start:stop] = bytes`
    #[inline]
    pub fn set_slice(&self, start: Option<i64>, stop: Option<i64>, items: &(impl Buffer + ?Sized)) -> PyResult {
        let items = items.copied()?;
        let Source::Array(array) = &self.0.of else {
            return Err(TypeError::new("cannot modify read-only memory"));
        };
        let (start, stop) = slice::bounds(start, stop, self.0.len);
        if stop.saturating_sub(start) != items.len() {
            let text = "memoryview assignment: lvalue and rvalue have different structures";
            return Err(ValueError::new(text));
        }
        let from = self.0.start as i64;
        array.set_slice(Some(from + start as i64), Some(from + stop as i64), &items[..])
    }

    /// `for byte in view`
    #[inline]
    pub fn iter(&self) -> Iter<i64> {
        self.tolist().to_iter()
    }
}

impl Buffer for MemoryView {
    #[inline]
    fn copied(&self) -> PyResult<Vec<u8>> {
        Ok(self.to_bytes().to_vec())
    }
}

impl PartialEq<Bytes> for MemoryView {
    #[inline]
    fn eq(&self, other: &Bytes) -> bool {
        self.read(|bytes| bytes == &**other)
    }
}

impl<const N: usize> PartialEq<&[u8; N]> for MemoryView {
    #[inline]
    fn eq(&self, other: &&[u8; N]) -> bool {
        self.read(|bytes| bytes == &other[..])
    }
}

impl Iterable for MemoryView {
    type Item = i64;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<i64>> {
        self.iter()
    }
}

impl ToIter for MemoryView {
    #[inline]
    fn to_iter(&self) -> Iter<i64> {
        self.iter()
    }
}

impl IntoIterator for &MemoryView {
    type Item = PyResult<i64>;
    type IntoIter = Iter<i64>;

    #[inline]
    fn into_iter(self) -> Iter<i64> {
        self.iter()
    }
}

impl Object for MemoryView {
    #[inline]
    fn py_type(&self) -> &'static str {
        "memoryview"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "<memory at {:#x}>", address(&*self.0))
    }

    #[inline]
    fn py_bool(&self) -> bool {
        self.0.len > 0
    }

    #[inline]
    fn py_len(&self) -> PyResult<i64> {
        Ok(self.len())
    }
}

impl Key for MemoryView {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self.to_bytes() == other.to_bytes())
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        match self.readonly() {
            true => self.to_bytes().py_hash(),
            false => Err(ValueError::new("cannot hash writable memoryview object")),
        }
    }
}

impl Compare for MemoryView {}
