//! `ByteArray`: Python's `bytearray`, bytes that change; a clone is the same object.
use std::cell::RefCell;
use std::fmt::{self, Write};
use std::rc::Rc;

use super::{Bytes, Str, quote};
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, IndexError, ValueError};
use crate::iter::{Iter, Iterable, ToIter};
use crate::list::List;
use crate::object::{Compare, Key, Object, address};
use crate::slice;

/// Python's `bytearray`.
#[derive(Clone, Default)]
pub struct ByteArray(Rc<RefCell<Vec<u8>>>);

#[cold]
fn out_of_range(what: &str) -> PyErr {
    IndexError::new(format!("{what} index out of range"))
}

#[inline]
fn byte(value: i64) -> PyResult<u8> {
    u8::try_from(value).map_err(|_| ValueError::new("byte must be in range(0, 256)"))
}

/// What may be put in the place of a slice.
pub trait Buffer {
    /// Its bytes.
    fn copied(&self) -> PyResult<Vec<u8>>;

    /// Puts its bytes behind others.
    #[inline]
    fn add_to(&self, out: &mut Vec<u8>) -> PyResult {
        out.extend(self.copied()?);
        Ok(())
    }
}

impl Buffer for [u8] {
    #[inline]
    fn copied(&self) -> PyResult<Vec<u8>> {
        Ok(self.to_vec())
    }
}

impl Buffer for Bytes {
    #[inline]
    fn copied(&self) -> PyResult<Vec<u8>> {
        Ok(self.to_vec())
    }

    #[inline]
    fn add_to(&self, out: &mut Vec<u8>) -> PyResult {
        out.extend_from_slice(self);
        Ok(())
    }
}

impl Buffer for ByteArray {
    #[inline]
    fn copied(&self) -> PyResult<Vec<u8>> {
        Ok(self.0.borrow().clone())
    }
}

impl Buffer for List<i64> {
    #[inline]
    fn copied(&self) -> PyResult<Vec<u8>> {
        self.iter().map(byte).collect()
    }
}

impl ByteArray {
    /// `bytearray()`
    #[inline]
    pub fn new() -> ByteArray {
        ByteArray::default()
    }

    /// `bytearray(bytes)`
    #[inline]
    pub fn of(bytes: &[u8]) -> ByteArray {
        ByteArray::from(bytes.to_vec())
    }

    /// `bytearray(count)`
    #[inline]
    pub fn zeros(count: i64) -> PyResult<ByteArray> {
        let count = usize::try_from(count).map_err(|_| ValueError::new("negative count"))?;
        Ok(ByteArray::from(vec![0; count]))
    }

    /// `bytearray(items)`
    #[inline]
    pub fn from_items<I: Iterable<Item = i64> + ?Sized>(items: &I) -> PyResult<ByteArray> {
        Ok(ByteArray::from(items.items().map(|item| byte(item?)).collect::<PyResult<Vec<u8>>>()?))
    }

    /// `bytearray(text, encoding, errors)`
    #[inline]
    pub fn encoded(text: &str, encoding: &str, errors: &str) -> PyResult<ByteArray> {
        Ok(ByteArray::of(&super::codec::encode(text, encoding, errors)?))
    }

    /// `bytearray.fromhex(text)`
    #[inline]
    pub fn fromhex(text: &str) -> PyResult<ByteArray> {
        Ok(ByteArray::of(&crate::builtins::bytes_fromhex(text)?))
    }

    /// `bytes(b)`
    #[inline]
    pub fn to_bytes(&self) -> Bytes {
        Bytes::from_slice(&self.0.borrow())
    }

    /// The bytes, to be read.
    #[inline]
    pub(crate) fn read<R>(&self, read: impl FnOnce(&[u8]) -> R) -> R {
        read(&self.0.borrow())
    }

    /// `len(b)`
    #[inline]
    pub fn len(&self) -> i64 {
        self.0.borrow().len() as i64
    }

    /// `not b`
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// `b.append(item)`
    #[inline]
    pub fn append(&self, item: i64) -> PyResult {
        self.0.borrow_mut().push(byte(item)?);
        Ok(())
    }

    /// `b.extend(bytes)`
    #[inline]
    pub fn extend(&self, bytes: &[u8]) {
        self.0.borrow_mut().extend_from_slice(bytes);
    }

    /// `b.extend(items)`
    #[inline]
    pub fn extend_items<I: Iterable<Item = i64> + ?Sized>(&self, items: &I) -> PyResult {
        let more = items.items().map(|item| byte(item?)).collect::<PyResult<Vec<u8>>>()?;
        self.0.borrow_mut().extend(more);
        Ok(())
    }

    /// `b.insert(index, item)`
    #[inline]
    pub fn insert(&self, index: i64, item: i64) -> PyResult {
        let item = byte(item)?;
        let mut bytes = self.0.borrow_mut();
        let at = slice::clamp(index, bytes.len());
        bytes.insert(at, item);
        Ok(())
    }

    /// `b.pop(index)`
    #[inline]
    pub fn pop(&self, index: i64) -> PyResult<i64> {
        let mut bytes = self.0.borrow_mut();
        if bytes.is_empty() {
            return Err(IndexError::new("pop from empty bytearray"));
        }
        let at = slice::position(index, bytes.len()).ok_or_else(|| IndexError::new("pop index out of range"))?;
        Ok(i64::from(bytes.remove(at)))
    }

    /// `b.remove(item)`
    #[inline]
    pub fn remove(&self, item: i64) -> PyResult {
        let item = byte(item)?;
        let mut bytes = self.0.borrow_mut();
        let at = bytes.iter().position(|byte| *byte == item);
        let at = at.ok_or_else(|| ValueError::new("value not found in bytearray"))?;
        bytes.remove(at);
        Ok(())
    }

    /// `b.clear()`
    #[inline]
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// `b.reverse()`
    #[inline]
    pub fn reverse(&self) {
        self.0.borrow_mut().reverse();
    }

    /// `b.copy()`
    #[inline]
    pub fn copy(&self) -> ByteArray {
        ByteArray::of(&self.0.borrow())
    }

    /// `b[index]`
    #[inline]
    pub fn get_item(&self, index: i64) -> PyResult<i64> {
        let bytes = self.0.borrow();
        let at = slice::position(index, bytes.len()).ok_or_else(|| out_of_range("bytearray"))?;
        Ok(i64::from(bytes[at]))
    }

    /// `b[index] = item`
    #[inline]
    pub fn set_item(&self, index: i64, item: i64) -> PyResult {
        let mut bytes = self.0.borrow_mut();
        let at = slice::position(index, bytes.len()).ok_or_else(|| out_of_range("bytearray"))?;
        bytes[at] = byte(item)?;
        Ok(())
    }

    /// `del b[index]`
    #[inline]
    pub fn del_item(&self, index: i64) -> PyResult {
        let mut bytes = self.0.borrow_mut();
        let at = slice::position(index, bytes.len()).ok_or_else(|| out_of_range("bytearray"))?;
        bytes.remove(at);
        Ok(())
    }

    /// `b[start:stop]`
    #[inline]
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>) -> ByteArray {
        let bytes = self.0.borrow();
        let (start, stop) = slice::bounds(start, stop, bytes.len());
        ByteArray::of(&bytes[start..stop.max(start)])
    }

    /// `b[start:stop:step]`
    #[inline]
    pub fn slice_step(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> PyResult<ByteArray> {
        Ok(ByteArray::of(&self.to_bytes().slice_step(start, stop, step)?))
    }

    /// `b[start:stop] = bytes`
    #[inline]
    pub fn set_slice(&self, start: Option<i64>, stop: Option<i64>, items: &(impl Buffer + ?Sized)) -> PyResult {
        let items = items.copied()?;
        let mut bytes = self.0.borrow_mut();
        let (start, stop) = slice::bounds(start, stop, bytes.len());
        bytes.splice(start..stop.max(start), items);
        Ok(())
    }

    /// `b[start:stop:step] = bytes`
    ///
    /// # Errors
    /// ValueError where another number of bytes is given than there are places.
    #[inline]
    pub fn set_slice_step(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
        items: &(impl Buffer + ?Sized),
    ) -> PyResult {
        if step.unwrap_or(1) == 1 {
            return self.set_slice(start, stop, items);
        }
        let items = items.copied()?;
        let mut bytes = self.0.borrow_mut();
        let places = slice::stepped(start, stop, step, bytes.len())?;
        if places.len() != items.len() {
            return Err(ValueError::new(format!(
                "attempt to assign bytes of size {} to extended slice of size {}",
                items.len(),
                places.len()
            )));
        }
        for (at, new) in places.zip(items) {
            bytes[at] = new;
        }
        Ok(())
    }

    /// `del b[start:stop]`
    #[inline]
    pub fn del_slice(&self, start: Option<i64>, stop: Option<i64>) {
        let mut bytes = self.0.borrow_mut();
        let (start, stop) = slice::bounds(start, stop, bytes.len());
        bytes.drain(start..stop.max(start));
    }

    /// `b + bytes`
    #[inline]
    pub fn concat(&self, other: &[u8]) -> ByteArray {
        ByteArray::from([&self.0.borrow()[..], other].concat())
    }

    /// `b += bytes`
    #[inline]
    pub fn extended(&self, other: &[u8]) -> ByteArray {
        self.extend(other);
        self.clone()
    }

    /// `b * times`
    #[inline]
    pub fn repeat(&self, times: i64) -> ByteArray {
        ByteArray::from(self.0.borrow().repeat(usize::try_from(times).unwrap_or(0)))
    }

    /// `for byte in b`: what is appended meanwhile is seen.
    #[inline]
    pub fn iter(&self) -> Iter<i64> {
        let (bytes, mut at) = (self.clone(), 0);
        let next = move || {
            let byte = *bytes.0.borrow().get(at)?;
            at += 1;
            Some(Ok(i64::from(byte)))
        };
        Iter::named("bytearray_iterator", std::iter::from_fn(next))
    }

    /// `reversed(b)`
    #[inline]
    pub fn reversed(&self) -> Iter<i64> {
        let items: Vec<u8> = self.0.borrow().iter().rev().copied().collect();
        Iter::named("reversed", items.into_iter().map(|byte| Ok(i64::from(byte))))
    }

    /// `b.decode(encoding, errors)`
    #[inline]
    pub fn decode(&self, encoding: &str, errors: &str) -> PyResult<Str> {
        super::codec::decode(&self.0.borrow(), encoding, errors)
    }

    /// `b.split(sep, maxsplit)`
    #[inline]
    pub fn split(&self, sep: Option<Bytes>, maxsplit: i64) -> PyResult<List<ByteArray>> {
        let parts = match sep {
            Some(sep) => self.to_bytes().split_max(&sep, maxsplit)?,
            None => self.to_bytes().split_words_max(maxsplit),
        };
        Ok(of_all(&parts))
    }

    /// `b.splitlines(keepends)`
    #[inline]
    pub fn splitlines(&self, keepends: bool) -> List<ByteArray> {
        of_all(&self.to_bytes().splitlines_keep(keepends))
    }

    /// `b.partition(sep)`
    #[inline]
    pub fn partition(&self, sep: &[u8]) -> PyResult<(ByteArray, ByteArray, ByteArray)> {
        let (head, sep, tail) = self.to_bytes().partition(sep)?;
        Ok((ByteArray::of(&head), ByteArray::of(&sep), ByteArray::of(&tail)))
    }

    /// `b.rpartition(sep)`
    #[inline]
    pub fn rpartition(&self, sep: &[u8]) -> PyResult<(ByteArray, ByteArray, ByteArray)> {
        let (head, sep, tail) = self.to_bytes().rpartition(sep)?;
        Ok((ByteArray::of(&head), ByteArray::of(&sep), ByteArray::of(&tail)))
    }
}

#[inline]
fn of_all(parts: &List<Bytes>) -> List<ByteArray> {
    parts.iter().map(|part| ByteArray::of(&part)).collect()
}

/// Methods of `bytes` whose result is a `bytearray`.
macro_rules! changed {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ty),*);)*) => { impl ByteArray { $(
        $(#[$doc])*
        #[inline]
        pub fn $name(&self, $($arg: $ty),*) -> ByteArray {
            ByteArray::of(&self.to_bytes().$name($($arg),*))
        }
    )* } };
}

changed! {
    /// `b.upper()`
    upper();
    /// `b.lower()`
    lower();
    /// `b.replace(old, new, count)`
    replace_count(old: &[u8], new: &[u8], count: i64);
    /// `b.strip()`
    strip();
    /// `b.strip(bytes)`
    strip_bytes(bytes: &[u8]);
    /// `b.lstrip()`
    lstrip();
    /// `b.lstrip(bytes)`
    lstrip_bytes(bytes: &[u8]);
    /// `b.rstrip()`
    rstrip();
    /// `b.rstrip(bytes)`
    rstrip_bytes(bytes: &[u8]);
}

/// Methods that only look.
macro_rules! read {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ty),*) -> $result:ty;)*) => { impl ByteArray { $(
        $(#[$doc])*
        #[inline]
        pub fn $name(&self, $($arg: $ty),*) -> $result {
            self.to_bytes().$name($($arg),*)
        }
    )* } };
}

read! {
    /// `b.count(sub, start, end)`
    count_in(sub: &[u8], start: i64, end: i64) -> i64;
    /// `b.find(sub, start, end)`
    find_in(sub: &[u8], start: i64, end: i64) -> i64;
    /// `b.rfind(sub, start, end)`
    rfind_in(sub: &[u8], start: i64, end: i64) -> i64;
    /// `b.index(sub, start, end)`
    index_in(sub: &[u8], start: i64, end: i64) -> PyResult<i64>;
    /// `b.startswith(prefix, start, end)`
    starts_with_in(prefix: &[u8], start: i64, end: i64) -> bool;
    /// `b.endswith(suffix, start, end)`
    ends_with_in(suffix: &[u8], start: i64, end: i64) -> bool;
    /// `b.hex()`
    hex() -> Str;
    /// `b.hex(sep, bytes_per_sep)`
    hex_sep(sep: &str, bytes_per_sep: i64) -> PyResult<Str>;
    /// `sub in b`
    contains_bytes(sub: &[u8]) -> bool;
    /// `byte in b`
    contains_byte(byte: i64) -> PyResult<bool>;
    /// `b.isdigit()`
    isdigit() -> bool;
    /// `b.isalpha()`
    isalpha() -> bool;
}

impl From<Vec<u8>> for ByteArray {
    #[inline]
    fn from(bytes: Vec<u8>) -> ByteArray {
        ByteArray(Rc::new(RefCell::new(bytes)))
    }
}

impl PartialEq for ByteArray {
    #[inline]
    fn eq(&self, other: &ByteArray) -> bool {
        *self.0.borrow() == *other.0.borrow()
    }
}

impl PartialEq<Bytes> for ByteArray {
    #[inline]
    fn eq(&self, other: &Bytes) -> bool {
        self.0.borrow()[..] == **other
    }
}

impl<const N: usize> PartialEq<&[u8; N]> for ByteArray {
    #[inline]
    fn eq(&self, other: &&[u8; N]) -> bool {
        self.0.borrow()[..] == other[..]
    }
}

impl Iterable for ByteArray {
    type Item = i64;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<i64>> {
        self.iter()
    }
}

impl ToIter for ByteArray {
    #[inline]
    fn to_iter(&self) -> Iter<i64> {
        self.iter()
    }
}

impl IntoIterator for &ByteArray {
    type Item = PyResult<i64>;
    type IntoIter = Iter<i64>;

    #[inline]
    fn into_iter(self) -> Iter<i64> {
        self.iter()
    }
}

impl Object for ByteArray {
    #[inline]
    fn py_copied(self, _: &mut crate::copy::Copier) -> Self {
        self.copy()
    }

    #[inline]
    fn py_type(&self) -> &'static str {
        "bytearray"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str("bytearray(")?;
        quote::write_bytes_of(out, &self.0.borrow(), true)?;
        out.write_str(")")
    }

    #[inline]
    fn py_bool(&self) -> bool {
        !self.is_empty()
    }

    #[inline]
    fn py_id(&self) -> usize {
        address(&*self.0)
    }

    #[inline]
    fn py_len(&self) -> PyResult<i64> {
        Ok(self.len())
    }
}

impl Key for ByteArray {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Err(crate::object::unhashable("bytearray"))
    }
}

impl Compare for ByteArray {
    #[inline]
    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        Ok(*self.0.borrow() < *other.0.borrow())
    }

    #[inline]
    fn py_le(&self, other: &Self) -> PyResult<bool> {
        Ok(*self.0.borrow() <= *other.0.borrow())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::*;

    #[test]
    fn bytes_that_change() -> PyResult {
        let b = ByteArray::of(b"hello");
        b.extend(b" world");
        b.del_slice(None, Some(6));
        b.set_item(0, 87)?;
        assert_eq!(repr(&b), "bytearray(b'World')");
        b.set_slice(Some(1), Some(3), &Bytes::new())?;
        assert!(b == b"Wld");
        assert!(b.append(256).is_err_and(|error| error.to_string() == "byte must be in range(0, 256)"));
        Ok(())
    }
}
