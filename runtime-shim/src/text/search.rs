//! Searching in a `Str`: places are counted in characters.
use super::Str;
use crate::error::PyResult;
use crate::exception::{ExceptionType, ValueError};
use crate::slice;
use crate::tuple::VarTuple;

/// `start` and `end` of a search, in bytes; `None`: `start` is past the end, where not even `""` is found.
#[inline]
fn window(text: &Str, start: i64, end: i64) -> Option<(usize, usize)> {
    let len = text.chars_len();
    if start > len as i64 {
        return None;
    }
    let (start, end) = (slice::clamp(start, len), slice::clamp(end, len));
    (start <= end).then(|| (text.offset(start), text.offset(end)))
}

/// The number of times that `sub` is in `text`, without overlap.
#[inline]
fn occurrences(text: &str, sub: &str) -> usize {
    match sub.len() {
        0 => super::block::count(text) + 1,
        1 => text.bytes().filter(|&byte| byte == sub.as_bytes()[0]).count(),
        _ => text.matches(sub).count(),
    }
}

impl Str {
    /// `sub in s`
    #[inline]
    pub fn contains_str(&self, sub: &str) -> bool {
        self.as_str().contains(sub)
    }

    /// `s.find(sub)`
    #[inline]
    pub fn find_str(&self, sub: &str) -> i64 {
        self.as_str().find(sub).map_or(-1, |at| self.char_at(at) as i64)
    }

    /// `s.find(sub, start, end)`
    #[inline]
    pub fn find_str_in(&self, sub: &str, start: i64, end: i64) -> i64 {
        let Some((start, end)) = window(self, start, end) else { return -1 };
        self.as_str()[start..end].find(sub).map_or(-1, |at| self.char_at(start + at) as i64)
    }

    /// `s.rfind(sub)`
    #[inline]
    pub fn rfind_str(&self, sub: &str) -> i64 {
        self.as_str().rfind(sub).map_or(-1, |at| self.char_at(at) as i64)
    }

    /// `s.rfind(sub, start, end)`
    #[inline]
    pub fn rfind_str_in(&self, sub: &str, start: i64, end: i64) -> i64 {
        let Some((start, end)) = window(self, start, end) else { return -1 };
        self.as_str()[start..end].rfind(sub).map_or(-1, |at| self.char_at(start + at) as i64)
    }

    /// `s.index(sub)`
    #[inline]
    pub fn index(&self, sub: &str) -> PyResult<i64> {
        found(self.find_str(sub))
    }

    /// `s.index(sub, start, end)`
    #[inline]
    pub fn index_in(&self, sub: &str, start: i64, end: i64) -> PyResult<i64> {
        found(self.find_str_in(sub, start, end))
    }

    /// `s.rindex(sub)`
    #[inline]
    pub fn rindex(&self, sub: &str) -> PyResult<i64> {
        found(self.rfind_str(sub))
    }

    /// `s.rindex(sub, start, end)`
    #[inline]
    pub fn rindex_in(&self, sub: &str, start: i64, end: i64) -> PyResult<i64> {
        found(self.rfind_str_in(sub, start, end))
    }

    /// `s.count(sub)`
    #[inline]
    pub fn count(&self, sub: &str) -> i64 {
        occurrences(self, sub) as i64
    }

    /// `s.count(sub, start, end)`
    #[inline]
    pub fn count_in(&self, sub: &str, start: i64, end: i64) -> i64 {
        let Some((start, end)) = window(self, start, end) else { return 0 };
        occurrences(&self.as_str()[start..end], sub) as i64
    }

    /// `s.startswith(prefix)`
    #[inline]
    pub fn startswith(&self, prefix: &str) -> bool {
        self.as_str().starts_with(prefix)
    }

    /// `s.startswith(prefix, start, end)`
    #[inline]
    pub fn startswith_in(&self, prefix: &str, start: i64, end: i64) -> bool {
        window(self, start, end).is_some_and(|(start, end)| self.as_str()[start..end].starts_with(prefix))
    }

    /// `s.startswith(prefixes)`
    #[inline]
    pub fn startswith_any(&self, prefixes: &VarTuple<Str>) -> bool {
        prefixes.as_slice().iter().any(|prefix| self.startswith(prefix))
    }

    /// `s.startswith(prefixes, start, end)`
    #[inline]
    pub fn startswith_any_in(&self, prefixes: &VarTuple<Str>, start: i64, end: i64) -> bool {
        prefixes.as_slice().iter().any(|prefix| self.startswith_in(prefix, start, end))
    }

    /// `s.endswith(suffix)`
    #[inline]
    pub fn endswith(&self, suffix: &str) -> bool {
        self.as_str().ends_with(suffix)
    }

    /// `s.endswith(suffix, start, end)`
    #[inline]
    pub fn endswith_in(&self, suffix: &str, start: i64, end: i64) -> bool {
        window(self, start, end).is_some_and(|(start, end)| self.as_str()[start..end].ends_with(suffix))
    }

    /// `s.endswith(suffixes)`
    #[inline]
    pub fn endswith_any(&self, suffixes: &VarTuple<Str>) -> bool {
        suffixes.as_slice().iter().any(|suffix| self.endswith(suffix))
    }

    /// `s.endswith(suffixes, start, end)`
    #[inline]
    pub fn endswith_any_in(&self, suffixes: &VarTuple<Str>, start: i64, end: i64) -> bool {
        suffixes.as_slice().iter().any(|suffix| self.endswith_in(suffix, start, end))
    }

    /// `s.removeprefix(prefix)`
    #[inline]
    pub fn removeprefix(&self, prefix: &str) -> Str {
        self.strip_prefix(prefix).map_or_else(|| self.clone(), |rest| self.sub(rest))
    }

    /// `s.removesuffix(suffix)`
    #[inline]
    pub fn removesuffix(&self, suffix: &str) -> Str {
        self.strip_suffix(suffix).map_or_else(|| self.clone(), |rest| self.sub(rest))
    }

    /// `s.replace(old, new)`
    #[inline]
    pub fn replace_str(&self, old: &str, new: &str) -> Str {
        if !self.as_str().contains(old) {
            return self.clone();
        }
        Str::from(self.as_str().replace(old, new))
    }

    /// `s.replace(old, new, count)`
    #[inline]
    pub fn replace_count(&self, old: &str, new: &str, count: i64) -> Str {
        match usize::try_from(count) {
            Ok(count) => Str::from(self.as_str().replacen(old, new, count)),
            Err(_) => self.replace_str(old, new),
        }
    }
}

#[inline]
fn found(place: i64) -> PyResult<i64> {
    if place < 0 { Err(ValueError::new("substring not found")) } else { Ok(place) }
}
