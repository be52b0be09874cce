//! `Str`: Python's `str`, 16 bytes, either a literal of the program or shared; a clone is the same text.
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt::{self, Write};
use std::ops::Deref;

use super::block::{self, Text};
use super::quote;
use crate::error::PyResult;
use crate::exception::{ExceptionType, IndexError};
use crate::iter::{Iter, Iterable, ToIter};
use crate::object::{Compare, Key, Object};
use crate::slice;

/// Python's `str`. Lone surrogates cannot be in it.
#[derive(Clone)]
pub struct Str(Text);

impl Str {
    /// `""`
    pub const fn new() -> Str {
        Str::literal("")
    }

    /// A literal; it is never copied.
    pub const fn literal(text: &'static str) -> Str {
        Str(Text::literal(text))
    }

    /// A copy of any text.
    pub fn copy_of(text: &str) -> Str {
        match text.as_bytes() {
            [] => Str::new(),
            [one] if one.is_ascii() => ascii(*one),
            _ => Str(Text::copy(text)),
        }
    }

    /// The text of anything that Rust can write, as `format!(…)` gives it.
    pub fn of(text: impl fmt::Display) -> Str {
        Str::from(text.to_string())
    }

    /// The Rust string.
    #[inline]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The number of characters.
    #[inline]
    pub fn chars_len(&self) -> usize {
        self.0.chars()
    }

    /// `len(s)`
    #[inline]
    pub fn len(&self) -> i64 {
        self.chars_len() as i64
    }

    /// `not s`
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    /// Is every character one byte?
    #[inline]
    pub(crate) fn is_plain(&self) -> bool {
        self.0.is_plain()
    }

    /// The byte at which the character `at` begins.
    #[inline]
    pub(crate) fn offset(&self, at: usize) -> usize {
        self.0.offset(at)
    }

    /// The number of characters before a byte.
    #[inline]
    pub(crate) fn char_at(&self, offset: usize) -> usize {
        if self.is_plain() { offset } else { block::count(&self.as_str()[..offset]) }
    }

    /// Are both the same object?
    pub fn is(&self, other: &Str) -> bool {
        if self.0.is_shared() && other.0.is_shared() {
            return std::ptr::eq(self.as_str(), other.as_str());
        }
        self.as_str() == other.as_str()
    }

    /// `s + other`
    pub fn concat(&self, other: &str) -> Str {
        if other.is_empty() {
            return self.clone();
        }
        Str(self.0.concat(other))
    }

    /// `s += other`: in place while nobody else holds it.
    #[inline]
    pub fn push_str(&mut self, other: &str) {
        if !other.is_empty() {
            self.0.push(other);
        }
    }

    /// The same, another `Str`.
    #[inline]
    pub(crate) fn push_text(&mut self, other: &Str) {
        if !other.is_empty() {
            self.0.push_text(&other.0);
        }
    }

    /// What `id()` is made of.
    fn address(&self) -> usize {
        // Parts of a literal may begin where it does; blocks are aligned.
        (self.as_str().as_ptr() as usize).wrapping_mul(16).wrapping_add(self.as_str().len() % 16)
    }

    /// `s * times`
    pub fn repeat(&self, times: i64) -> Str {
        match usize::try_from(times) {
            Ok(1) => self.clone(),
            Ok(times) if times > 0 => Str::from(self.as_str().repeat(times)),
            _ => Str::new(),
        }
    }

    /// `s[index]`
    pub fn get_item(&self, index: i64) -> PyResult<Str> {
        let len = self.chars_len();
        match slice::position(index, len) {
            Some(at) => Ok(self.character(at)),
            None => Err(IndexError::new("string index out of range")),
        }
    }

    /// The character at a place that exists.
    fn character(&self, at: usize) -> Str {
        if self.is_plain() {
            return ascii(self.as_str().as_bytes()[at]);
        }
        let start = self.offset(at);
        let rest = &self.as_str()[start..];
        let end = rest.chars().next().map_or(0, char::len_utf8);
        self.part(start, start + end)
    }

    /// The bytes from `start` to `end`, as a string.
    #[inline]
    pub(crate) fn part(&self, start: usize, end: usize) -> Str {
        let text = self.as_str();
        match text.as_bytes() {
            _ if start == 0 && end == text.len() => self.clone(),
            _ if start == end => Str::new(),
            bytes if end - start == 1 && bytes[start].is_ascii() => ascii(bytes[start]),
            _ => Str(self.0.part(start, end)),
        }
    }

    /// A part of itself, found by methods of `str` such as `trim`.
    pub(crate) fn sub(&self, part: &str) -> Str {
        let start = part.as_ptr() as usize - self.as_str().as_ptr() as usize;
        self.part(start, start + part.len())
    }

    /// `s[start:stop]`
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>) -> Str {
        let (start, stop) = slice::bounds(start, stop, self.chars_len());
        if start >= stop {
            return Str::new();
        }
        self.part(self.offset(start), self.offset(stop))
    }

    /// `s[start:stop:step]`
    pub fn slice_step(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> PyResult<Str> {
        let len = self.chars_len();
        let places = slice::stepped(start, stop, step, len)?;
        if self.is_plain() {
            let bytes = self.as_str().as_bytes();
            return Ok(Str::from(places.map(|at| bytes[at] as char).collect::<String>()));
        }
        let chars: Vec<char> = self.as_str().chars().collect();
        Ok(Str::from(places.map(|at| chars[at]).collect::<String>()))
    }

    /// `for c in s`
    pub fn iter(&self) -> Chars<'_> {
        Chars { text: self, at: 0 }
    }

    /// `reversed(s)`
    pub fn reversed(&self) -> Iter<Str> {
        let text = self.clone();
        let mut end = text.as_str().len();
        Iter::named(
            "reversed",
            std::iter::from_fn(move || {
                let last = text.as_str()[..end].chars().next_back()?;
                end -= last.len_utf8();
                Some(Ok(text.part(end, end + last.len_utf8())))
            }),
        )
    }
}

/// The text of one ASCII character, without allocation.
pub(crate) fn ascii(byte: u8) -> Str {
    const TABLE: &str = "\0\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\x7f";
    let at = usize::from(byte & 0x7f);
    Str::literal(&TABLE[at..=at])
}

/// The characters of a string, each a string.
pub struct Chars<'a> {
    text: &'a Str,
    at: usize,
}

impl Iterator for Chars<'_> {
    type Item = Str;

    fn next(&mut self) -> Option<Str> {
        let first = self.text.as_str()[self.at..].chars().next()?;
        let start = self.at;
        self.at += first.len_utf8();
        Some(self.text.part(start, self.at))
    }
}

impl<'a> IntoIterator for &'a Str {
    type Item = Str;
    type IntoIter = Chars<'a>;

    fn into_iter(self) -> Chars<'a> {
        self.iter()
    }
}

impl Iterable for Str {
    type Item = Str;

    fn items(&self) -> impl Iterator<Item = PyResult<Str>> {
        self.iter().map(Ok)
    }
}

impl ToIter for Str {
    fn to_iter(&self) -> Iter<Str> {
        let (text, mut at) = (self.clone(), 0);
        Iter::named(
            "str_iterator",
            std::iter::from_fn(move || {
                let mut chars = Chars { text: &text, at };
                let item = chars.next()?;
                at = chars.at;
                Some(Ok(item))
            }),
        )
    }
}

impl Deref for Str {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Str {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Str {
    fn borrow(&self) -> &str {
        self
    }
}

impl Default for Str {
    fn default() -> Str {
        Str::new()
    }
}

impl From<&'static str> for Str {
    #[inline]
    fn from(text: &'static str) -> Str {
        Str::literal(text)
    }
}

impl From<String> for Str {
    fn from(text: String) -> Str {
        if text.is_empty() { Str::new() } else { Str(Text::copy(&text)) }
    }
}

impl From<char> for Str {
    fn from(c: char) -> Str {
        let mut buffer = [0; 4];
        Str::copy_of(c.encode_utf8(&mut buffer))
    }
}

impl From<&Str> for Str {
    fn from(text: &Str) -> Str {
        text.clone()
    }
}

impl fmt::Display for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        quote::write_str(f, self)
    }
}

impl PartialEq for Str {
    #[inline]
    fn eq(&self, other: &Str) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Str {}

impl PartialEq<str> for Str {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Str {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<Str> for str {
    fn eq(&self, other: &Str) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<Str> for &str {
    fn eq(&self, other: &Str) -> bool {
        *self == other.as_str()
    }
}

impl PartialOrd for Str {
    fn partial_cmp(&self, other: &Str) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialOrd<str> for Str {
    fn partial_cmp(&self, other: &str) -> Option<Ordering> {
        self.as_str().partial_cmp(other)
    }
}

impl PartialOrd<&str> for Str {
    fn partial_cmp(&self, other: &&str) -> Option<Ordering> {
        self.as_str().partial_cmp(*other)
    }
}

impl Ord for Str {
    fn cmp(&self, other: &Str) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl std::hash::Hash for Str {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl Object for Str {
    fn py_type(&self) -> &'static str {
        "str"
    }

    fn py_id(&self) -> usize {
        self.address()
    }

    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        quote::write_str(out, self)
    }

    fn has_own_text() -> bool {
        true
    }

    fn py_str(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(self)
    }

    fn py_bool(&self) -> bool {
        !self.is_empty()
    }

    fn py_format(&self, spec: &str) -> PyResult<Str> {
        super::format::str_spec(self, spec)
    }

    fn py_pad(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl Key for Str {
    const PLAIN: bool = true;

    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    fn py_hash(&self) -> PyResult<i64> {
        Ok(self.0.hash())
    }
}

impl Compare for Str {
    const TOTAL: bool = true;

    fn py_cmp(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }

    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        Ok(self < other)
    }

    fn py_le(&self, other: &Self) -> PyResult<bool> {
        Ok(self <= other)
    }
}
