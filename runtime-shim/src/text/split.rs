//! Taking a `Str` apart and putting it together.
use super::{Str, unicode};
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, ValueError};
use crate::iter::Iterable;
use crate::list::List;

#[cold]
fn empty_separator() -> PyErr {
    ValueError::new("empty separator")
}

/// How often at most; all when negative.
#[inline]
fn limit(maxsplit: i64) -> usize {
    usize::try_from(maxsplit).unwrap_or(usize::MAX)
}

impl Str {
    /// `s.split()`
    #[inline]
    pub fn split_words(&self) -> List<Str> {
        self.split_words_max(-1)
    }

    /// `s.split(None, maxsplit)`
    #[inline]
    pub fn split_words_max(&self, maxsplit: i64) -> List<Str> {
        if maxsplit < 0 && self.is_plain() {
            return self.plain_words();
        }
        let mut rest = self.as_str().trim_start_matches(unicode::is_space);
        let (mut parts, mut left) = (Vec::new(), limit(maxsplit));
        while !rest.is_empty() {
            if left == 0 {
                parts.push(self.sub(rest));
                break;
            }
            left -= 1;
            let end = rest.find(unicode::is_space).unwrap_or(rest.len());
            parts.push(self.sub(&rest[..end]));
            rest = rest[end..].trim_start_matches(unicode::is_space);
        }
        List::from(parts)
    }

    /// `s.split()` where each character is a byte.
    fn plain_words(&self) -> List<Str> {
        let bytes = self.as_str().as_bytes();
        let (mut parts, mut at) = (Vec::new(), 0);
        loop {
            at += bytes[at..].iter().take_while(|byte| unicode::is_ascii_space(**byte)).count();
            let size = bytes[at..].iter().take_while(|byte| !unicode::is_ascii_space(**byte)).count();
            if size == 0 {
                return List::from(parts);
            }
            parts.push(self.part(at, at + size));
            at += size;
        }
    }

    /// `s.split(sep)`
    #[inline]
    pub fn split_str(&self, sep: &str) -> PyResult<List<Str>> {
        self.split_max(sep, -1)
    }

    /// `s.split(sep, maxsplit)`
    #[inline]
    pub fn split_max(&self, sep: &str, maxsplit: i64) -> PyResult<List<Str>> {
        if sep.is_empty() {
            return Err(empty_separator());
        }
        let count = limit(maxsplit).saturating_add(1);
        Ok(match *sep.as_bytes() {
            // Found faster than a text of any length.
            [one] => self.as_str().splitn(count, char::from(one)).map(|part| self.sub(part)).collect(),
            _ => self.as_str().splitn(count, sep).map(|part| self.sub(part)).collect(),
        })
    }

    /// `s.split(sep, maxsplit)`, `sep` being perhaps None.
    #[inline]
    pub fn split_optional(&self, sep: Option<Str>, maxsplit: i64) -> PyResult<List<Str>> {
        match sep {
            Some(sep) => self.split_max(&sep, maxsplit),
            None => Ok(self.split_words_max(maxsplit)),
        }
    }

    /// `s.rsplit()`
    #[inline]
    pub fn rsplit_words(&self) -> List<Str> {
        self.split_words()
    }

    /// `s.rsplit(None, maxsplit)`
    #[inline]
    pub fn rsplit_words_max(&self, maxsplit: i64) -> List<Str> {
        let mut rest = self.as_str().trim_end_matches(unicode::is_space);
        let (mut parts, mut left) = (Vec::new(), limit(maxsplit));
        while !rest.is_empty() {
            if left == 0 {
                parts.push(self.sub(rest));
                break;
            }
            left -= 1;
            let space = rest.char_indices().rev().find(|&(_, c)| unicode::is_space(c));
            let start = space.map_or(0, |(at, c)| at + c.len_utf8());
            parts.push(self.sub(&rest[start..]));
            rest = rest[..start].trim_end_matches(unicode::is_space);
        }
        parts.reverse();
        List::from(parts)
    }

    /// `s.rsplit(sep)`
    #[inline]
    pub fn rsplit_str(&self, sep: &str) -> PyResult<List<Str>> {
        self.rsplit_max(sep, -1)
    }

    /// `s.rsplit(sep, maxsplit)`
    #[inline]
    pub fn rsplit_max(&self, sep: &str, maxsplit: i64) -> PyResult<List<Str>> {
        if sep.is_empty() {
            return Err(empty_separator());
        }
        let parts = self.as_str().rsplitn(limit(maxsplit).saturating_add(1), sep);
        let mut parts: Vec<Str> = parts.map(|part| self.sub(part)).collect();
        parts.reverse();
        Ok(List::from(parts))
    }

    /// `s.rsplit(sep, maxsplit)`, `sep` being perhaps None.
    #[inline]
    pub fn rsplit_optional(&self, sep: Option<Str>, maxsplit: i64) -> PyResult<List<Str>> {
        match sep {
            Some(sep) => self.rsplit_max(&sep, maxsplit),
            None => Ok(self.rsplit_words_max(maxsplit)),
        }
    }

    /// `s.splitlines()`
    #[inline]
    pub fn splitlines(&self) -> List<Str> {
        self.splitlines_keep(false)
    }

    /// `s.splitlines(keepends)`
    #[inline]
    pub fn splitlines_keep(&self, keepends: bool) -> List<Str> {
        let mut lines = Vec::new();
        let mut rest = self.as_str();
        while let Some((end, c)) = rest.char_indices().find(|&(_, c)| is_line_end(c)) {
            let mut next = end + c.len_utf8();
            if c == '\r' && rest[next..].starts_with('\n') {
                next += 1;
            }
            lines.push(self.sub(&rest[..if keepends { next } else { end }]));
            rest = &rest[next..];
        }
        if !rest.is_empty() {
            lines.push(self.sub(rest));
        }
        List::from(lines)
    }

    /// `s.partition(sep)`
    #[inline]
    pub fn partition(&self, sep: &str) -> PyResult<(Str, Str, Str)> {
        if sep.is_empty() {
            return Err(empty_separator());
        }
        Ok(match self.as_str().split_once(sep) {
            Some((before, after)) => (self.sub(before), Str::copy_of(sep), self.sub(after)),
            None => (self.clone(), Str::new(), Str::new()),
        })
    }

    /// `s.rpartition(sep)`
    #[inline]
    pub fn rpartition(&self, sep: &str) -> PyResult<(Str, Str, Str)> {
        if sep.is_empty() {
            return Err(empty_separator());
        }
        Ok(match self.as_str().rsplit_once(sep) {
            Some((before, after)) => (self.sub(before), Str::copy_of(sep), self.sub(after)),
            None => (Str::new(), Str::new(), self.clone()),
        })
    }

    /// `s.join(parts)`
    #[inline]
    pub fn join<I: Iterable<Item = Str> + ?Sized>(&self, parts: &I) -> PyResult<Str> {
        let mut text = Str::new();
        for (i, part) in parts.items().enumerate() {
            if i > 0 {
                text.push_text(self);
            }
            text.push_text(&part?);
        }
        Ok(text)
    }

    /// `s.strip()`
    #[inline]
    pub fn strip(&self) -> Str {
        self.sub(self.as_str().trim_matches(unicode::is_space))
    }

    /// `s.lstrip()`
    #[inline]
    pub fn lstrip(&self) -> Str {
        self.sub(self.as_str().trim_start_matches(unicode::is_space))
    }

    /// `s.rstrip()`
    #[inline]
    pub fn rstrip(&self) -> Str {
        self.sub(self.as_str().trim_end_matches(unicode::is_space))
    }

    /// `s.strip(chars)`
    #[inline]
    pub fn strip_chars(&self, chars: impl OptionalChars) -> Str {
        self.sub(self.as_str().trim_matches(|c| chars.has(c)))
    }

    /// `s.lstrip(chars)`
    #[inline]
    pub fn lstrip_chars(&self, chars: impl OptionalChars) -> Str {
        self.sub(self.as_str().trim_start_matches(|c| chars.has(c)))
    }

    /// `s.rstrip(chars)`
    #[inline]
    pub fn rstrip_chars(&self, chars: impl OptionalChars) -> Str {
        self.sub(self.as_str().trim_end_matches(|c| chars.has(c)))
    }
}

/// The characters to strip, or None for blanks.
pub trait OptionalChars {
    /// Is it one of them?
    fn has(&self, c: char) -> bool;
}

/// Whether a character is in a text, which is short.
#[inline]
fn is_among(chars: &str, c: char) -> bool {
    if c.is_ascii() { chars.as_bytes().contains(&(c as u8)) } else { chars.contains(c) }
}

impl OptionalChars for &str {
    #[inline]
    fn has(&self, c: char) -> bool {
        is_among(self, c)
    }
}

impl OptionalChars for &Str {
    #[inline]
    fn has(&self, c: char) -> bool {
        is_among(self, c)
    }
}

impl OptionalChars for Option<Str> {
    #[inline]
    fn has(&self, c: char) -> bool {
        self.as_ref().map_or_else(|| unicode::is_space(c), |chars| is_among(chars, c))
    }
}

#[inline]
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
