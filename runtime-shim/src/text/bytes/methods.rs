//! The methods of `bytes`.
use super::Bytes;
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, TypeError, ValueError};
use crate::iter::Iterable;
use crate::list::List;
use crate::slice;
use crate::text::Str;
use crate::text::byte_array::Buffer;

#[inline]
fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

#[inline]
fn find(bytes: &[u8], sub: &[u8]) -> Option<usize> {
    match sub {
        [] => Some(0),
        [one] => bytes.iter().position(|byte| byte == one),
        _ => bytes.windows(sub.len()).position(|window| window == sub),
    }
}

#[inline]
fn rfind(bytes: &[u8], sub: &[u8]) -> Option<usize> {
    if sub.is_empty() {
        return Some(bytes.len());
    }
    bytes.windows(sub.len()).rposition(|window| window == sub)
}

#[cold]
fn empty_separator() -> PyErr {
    ValueError::new("empty separator")
}

#[inline]
fn limit(maxsplit: i64) -> usize {
    usize::try_from(maxsplit).unwrap_or(usize::MAX)
}

impl Bytes {
    #[inline]
    fn window(&self, start: i64, end: i64) -> Option<(usize, usize)> {
        let len = self.as_slice().len();
        let window = (slice::clamp(start, len), slice::clamp(end, len));
        (start <= len as i64 && window.0 <= window.1).then_some(window)
    }

    /// `sub in b`
    #[inline]
    pub fn contains_bytes(&self, sub: &[u8]) -> bool {
        find(self, sub).is_some()
    }

    /// `byte in b`
    #[inline]
    pub fn contains_byte(&self, byte: i64) -> PyResult<bool> {
        match u8::try_from(byte) {
            Ok(byte) => Ok(self.as_slice().contains(&byte)),
            Err(_) => Err(ValueError::new("byte must be in range(0, 256)")),
        }
    }

    /// `b.find(sub)`
    #[inline]
    pub fn find(&self, sub: &[u8]) -> i64 {
        find(self, sub).map_or(-1, |at| at as i64)
    }

    /// `b.find(sub, start, end)`
    #[inline]
    pub fn find_in(&self, sub: &[u8], start: i64, end: i64) -> i64 {
        let Some((start, end)) = self.window(start, end) else { return -1 };
        find(&self.as_slice()[start..end], sub).map_or(-1, |at| (start + at) as i64)
    }

    /// `b.rfind(sub)`
    #[inline]
    pub fn rfind(&self, sub: &[u8]) -> i64 {
        rfind(self, sub).map_or(-1, |at| at as i64)
    }

    /// `b.rfind(sub, start, end)`
    #[inline]
    pub fn rfind_in(&self, sub: &[u8], start: i64, end: i64) -> i64 {
        let Some((start, end)) = self.window(start, end) else { return -1 };
        rfind(&self.as_slice()[start..end], sub).map_or(-1, |at| (start + at) as i64)
    }

    /// `b.index(sub)`
    #[inline]
    pub fn index(&self, sub: &[u8]) -> PyResult<i64> {
        self.index_in(sub, 0, i64::MAX)
    }

    /// `b.index(sub, start, end)`
    #[inline]
    pub fn index_in(&self, sub: &[u8], start: i64, end: i64) -> PyResult<i64> {
        match self.find_in(sub, start, end) {
            -1 => Err(ValueError::new("subsection not found")),
            at => Ok(at),
        }
    }

    /// `b.count(sub)`
    #[inline]
    pub fn count(&self, sub: &[u8]) -> i64 {
        self.count_in(sub, 0, i64::MAX)
    }

    /// `b.count(sub, start, end)`
    #[inline]
    pub fn count_in(&self, sub: &[u8], start: i64, end: i64) -> i64 {
        let Some((start, end)) = self.window(start, end) else { return 0 };
        let mut rest = &self.as_slice()[start..end];
        if sub.is_empty() {
            return rest.len() as i64 + 1;
        }
        let mut count = 0;
        while let Some(at) = find(rest, sub) {
            count += 1;
            rest = &rest[at + sub.len()..];
        }
        count
    }

    /// `b.startswith(prefix, start, end)`
    #[inline]
    pub fn starts_with_in(&self, prefix: &[u8], start: i64, end: i64) -> bool {
        self.window(start, end).is_some_and(|(start, end)| self.as_slice()[start..end].starts_with(prefix))
    }

    /// `b.endswith(suffix, start, end)`
    #[inline]
    pub fn ends_with_in(&self, suffix: &[u8], start: i64, end: i64) -> bool {
        self.window(start, end).is_some_and(|(start, end)| self.as_slice()[start..end].ends_with(suffix))
    }

    /// `b.hex()`
    #[inline]
    pub fn hex(&self) -> Str {
        Str::from(self.as_slice().iter().map(|byte| format!("{byte:02x}")).collect::<String>())
    }

    /// `b.hex(sep, bytes_per_sep)`
    #[inline]
    pub fn hex_sep(&self, sep: &str, bytes_per_sep: i64) -> PyResult<Str> {
        if sep.chars().count() != 1 {
            return Err(ValueError::new("sep must be length 1."));
        }
        let (len, group) = (self.as_slice().len(), bytes_per_sep.unsigned_abs() as usize);
        let mut text = String::new();
        for (at, byte) in self.as_slice().iter().enumerate() {
            let before = if bytes_per_sep > 0 { len - at } else { at };
            if at > 0 && group > 0 && before % group == 0 {
                text.push_str(sep);
            }
            text.push_str(&format!("{byte:02x}"));
        }
        Ok(Str::from(text))
    }

    /// `b.join(parts)`
    #[inline]
    pub fn join<I: Iterable<Item: Buffer> + ?Sized>(&self, parts: &I) -> PyResult<Bytes> {
        let mut all = Vec::new();
        for (i, part) in parts.items().enumerate() {
            if i > 0 {
                all.extend_from_slice(self);
            }
            part?.add_to(&mut all)?;
        }
        Ok(Bytes::from(all))
    }

    /// `b.lower()`
    #[inline]
    pub fn lower(&self) -> Bytes {
        Bytes::from(self.as_slice().to_ascii_lowercase())
    }

    /// `b.upper()`
    #[inline]
    pub fn upper(&self) -> Bytes {
        Bytes::from(self.as_slice().to_ascii_uppercase())
    }

    /// `b.partition(sep)`
    #[inline]
    pub fn partition(&self, sep: &[u8]) -> PyResult<(Bytes, Bytes, Bytes)> {
        if sep.is_empty() {
            return Err(empty_separator());
        }
        let len = self.as_slice().len();
        Ok(match find(self, sep) {
            Some(at) => (self.part(0, at), Bytes::from_slice(sep), self.part(at + sep.len(), len)),
            None => (self.clone(), Bytes::new(), Bytes::new()),
        })
    }

    /// `b.rpartition(sep)`
    #[inline]
    pub fn rpartition(&self, sep: &[u8]) -> PyResult<(Bytes, Bytes, Bytes)> {
        if sep.is_empty() {
            return Err(empty_separator());
        }
        let len = self.as_slice().len();
        Ok(match rfind(self, sep) {
            Some(at) => (self.part(0, at), Bytes::from_slice(sep), self.part(at + sep.len(), len)),
            None => (Bytes::new(), Bytes::new(), self.clone()),
        })
    }

    /// `b.replace(old, new)`
    #[inline]
    pub fn replace_bytes(&self, old: &[u8], new: &[u8]) -> Bytes {
        self.replace_count(old, new, -1)
    }

    /// `b.replace(old, new, count)`
    #[inline]
    pub fn replace_count(&self, old: &[u8], new: &[u8], count: i64) -> Bytes {
        let (mut out, mut rest, mut left) = (Vec::new(), self.as_slice(), limit(count));
        while left > 0 {
            let Some(at) = find(rest, old) else { break };
            left -= 1;
            out.extend_from_slice(&rest[..at]);
            out.extend_from_slice(new);
            rest = &rest[at + old.len()..];
            if old.is_empty() {
                let Some((first, after)) = rest.split_first() else { break };
                out.push(*first);
                rest = after;
                if rest.is_empty() && left > 0 {
                    out.extend_from_slice(new);
                    break;
                }
            }
        }
        out.extend_from_slice(rest);
        Bytes::from(out)
    }

    /// `b.split()`
    #[inline]
    pub fn split_words(&self) -> List<Bytes> {
        self.split_words_max(-1)
    }

    /// `b.split(None, maxsplit)`
    #[inline]
    pub fn split_words_max(&self, maxsplit: i64) -> List<Bytes> {
        let bytes = self.as_slice();
        let (mut parts, mut left, mut at) = (Vec::new(), limit(maxsplit), 0);
        loop {
            at += bytes[at..].iter().take_while(|&&byte| is_space(byte)).count();
            if at == bytes.len() {
                break;
            }
            let end = match left {
                0 => bytes.len(),
                _ => at + bytes[at..].iter().take_while(|&&byte| !is_space(byte)).count(),
            };
            parts.push(self.part(at, end));
            if left == 0 {
                break;
            }
            (left, at) = (left - 1, end);
        }
        List::from(parts)
    }

    /// `b.split(sep)`
    #[inline]
    pub fn split_bytes(&self, sep: &[u8]) -> PyResult<List<Bytes>> {
        self.split_max(sep, -1)
    }

    /// `b.split(sep, maxsplit)`
    #[inline]
    pub fn split_max(&self, sep: &[u8], maxsplit: i64) -> PyResult<List<Bytes>> {
        if sep.is_empty() {
            return Err(empty_separator());
        }
        let bytes = self.as_slice();
        let (mut parts, mut left, mut at) = (Vec::new(), limit(maxsplit), 0);
        while left > 0 {
            let Some(found) = find(&bytes[at..], sep) else { break };
            parts.push(self.part(at, at + found));
            at += found + sep.len();
            left -= 1;
        }
        parts.push(self.part(at, bytes.len()));
        Ok(List::from(parts))
    }

    /// `b.splitlines()`
    #[inline]
    pub fn splitlines(&self) -> List<Bytes> {
        self.splitlines_keep(false)
    }

    /// `b.splitlines(keepends)`
    #[inline]
    pub fn splitlines_keep(&self, keepends: bool) -> List<Bytes> {
        let bytes = self.as_slice();
        let (mut lines, mut at) = (Vec::new(), 0);
        while at < bytes.len() {
            let end = at + bytes[at..].iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count();
            let next = match &bytes[end..] {
                [b'\r', b'\n', ..] => end + 2,
                [] => end,
                _ => end + 1,
            };
            lines.push(self.part(at, if keepends { next } else { end }));
            at = next;
        }
        List::from(lines)
    }

    #[inline]
    fn stripped(&self, start: bool, end: bool, strip: impl Fn(u8) -> bool) -> Bytes {
        let bytes = self.as_slice();
        let from = if start { bytes.iter().take_while(|&&byte| strip(byte)).count() } else { 0 };
        let after = if end { bytes[from..].iter().rev().take_while(|&&byte| strip(byte)).count() } else { 0 };
        self.part(from, bytes.len() - after)
    }

    /// `b.strip()`
    #[inline]
    pub fn strip(&self) -> Bytes {
        self.stripped(true, true, is_space)
    }

    /// `b.strip(bytes)`
    #[inline]
    pub fn strip_bytes(&self, bytes: &[u8]) -> Bytes {
        self.stripped(true, true, |byte| bytes.contains(&byte))
    }

    /// `b.lstrip()`
    #[inline]
    pub fn lstrip(&self) -> Bytes {
        self.stripped(true, false, is_space)
    }

    /// `b.lstrip(bytes)`
    #[inline]
    pub fn lstrip_bytes(&self, bytes: &[u8]) -> Bytes {
        self.stripped(true, false, |byte| bytes.contains(&byte))
    }

    /// `b.rstrip()`
    #[inline]
    pub fn rstrip(&self) -> Bytes {
        self.stripped(false, true, is_space)
    }

    /// `b.rstrip(bytes)`
    #[inline]
    pub fn rstrip_bytes(&self, bytes: &[u8]) -> Bytes {
        self.stripped(false, true, |byte| bytes.contains(&byte))
    }

    #[inline]
    fn all(&self, holds: impl Fn(&u8) -> bool) -> bool {
        !self.is_empty() && self.as_slice().iter().all(holds)
    }

    /// `b.isdigit()`
    #[inline]
    pub fn isdigit(&self) -> bool {
        self.all(u8::is_ascii_digit)
    }

    /// `b.isalpha()`
    #[inline]
    pub fn isalpha(&self) -> bool {
        self.all(u8::is_ascii_alphabetic)
    }

    /// `b.isspace()`
    #[inline]
    pub fn isspace(&self) -> bool {
        self.all(|&byte| is_space(byte))
    }

    #[inline]
    fn padded(&self, before: usize, after: usize, fill: u8) -> Bytes {
        Bytes::from([vec![fill; before], self.as_slice().to_vec(), vec![fill; after]].concat())
    }

    #[inline]
    fn missing(&self, width: i64) -> usize {
        usize::try_from(width.saturating_sub(self.len())).unwrap_or(0)
    }

    /// `b.ljust(width)`
    #[inline]
    pub fn ljust(&self, width: i64) -> Bytes {
        self.padded(0, self.missing(width), b' ')
    }

    /// `b.ljust(width, fill)`
    #[inline]
    pub fn ljust_with(&self, width: i64, fill: &[u8]) -> PyResult<Bytes> {
        Ok(self.padded(0, self.missing(width), one(fill, "ljust")?))
    }

    /// `b.rjust(width)`
    #[inline]
    pub fn rjust(&self, width: i64) -> Bytes {
        self.padded(self.missing(width), 0, b' ')
    }

    /// `b.rjust(width, fill)`
    #[inline]
    pub fn rjust_with(&self, width: i64, fill: &[u8]) -> PyResult<Bytes> {
        Ok(self.padded(self.missing(width), 0, one(fill, "rjust")?))
    }
}

#[inline]
fn one(fill: &[u8], method: &str) -> PyResult<u8> {
    match fill {
        [one] => Ok(*one),
        _ => Err(TypeError::new(format!(
            "{method}() argument 2 must be a byte string of length 1, not a bytes object of length {}",
            fill.len()
        ))),
    }
}
