//! `re`: Python's regular expressions, matched as Python matches them.
use std::cell::RefCell;

use crate::prelude::*;

mod parse;
mod pattern;
mod run;

pub use parse::{ASCII, DOTALL, IGNORECASE, MULTILINE, PatternError, UNICODE, VERBOSE};
pub use pattern::{By, Match, Pattern, Replacement, compile};

/// Patterns that functions of the module were given, the last first.
type Kept = Rc<RefCell<Vec<(Str, i64, Pattern)>>>;

static KEPT: Global<Kept> = Global::new(Rc::default);

/// So many are kept.
const MOST: usize = 64;

fn kept(pattern: &str, flags: i64) -> PyResult<Pattern> {
    let all = KEPT.get();
    let known =
        all.borrow().iter().find(|(text, of, _)| **text == *pattern && *of == flags).map(|found| found.2.clone());
    if let Some(known) = known {
        return Ok(known);
    }
    let new = compile(pattern, flags)?;
    let mut all = all.borrow_mut();
    all.truncate(MOST);
    all.insert(0, (Str::copy_of(pattern), flags, new.clone()));
    Ok(new)
}

/// `re.match(pattern, text, flags)`
#[inline]
pub fn match_(pattern: &str, text: &str, flags: i64) -> PyResult<Option<Match>> {
    Ok(kept(pattern, flags)?.match_(text))
}

/// `re.fullmatch(pattern, text, flags)`
#[inline]
pub fn fullmatch(pattern: &str, text: &str, flags: i64) -> PyResult<Option<Match>> {
    Ok(kept(pattern, flags)?.fullmatch(text))
}

/// `re.search(pattern, text, flags)`
#[inline]
pub fn search(pattern: &str, text: &str, flags: i64) -> PyResult<Option<Match>> {
    Ok(kept(pattern, flags)?.search(text))
}

/// `re.findall(pattern, text, flags)` of a pattern with at most one group.
#[inline]
pub fn findall(pattern: &str, text: &str, flags: i64) -> PyResult<List<Str>> {
    Ok(kept(pattern, flags)?.findall(text))
}

/// `re.findall(pattern, text, flags)` of a pattern with several groups.
#[inline]
pub fn findall_groups(pattern: &str, text: &str, flags: i64) -> PyResult<List<VarTuple<Str>>> {
    Ok(kept(pattern, flags)?.findall_groups(text))
}

/// `re.finditer(pattern, text, flags)`
#[inline]
pub fn finditer(pattern: &str, text: &str, flags: i64) -> PyResult<Iter<Match>> {
    Ok(kept(pattern, flags)?.finditer(text))
}

/// `re.sub(pattern, replacement, text, count, flags)`
#[inline]
pub fn sub(pattern: &str, replacement: &str, text: &str, count: i64, flags: i64) -> PyResult<Str> {
    kept(pattern, flags)?.sub(replacement, text, count)
}

/// `re.sub(pattern, function, text, count, flags)`
#[inline]
pub fn sub_by(
    pattern: &str,
    function: impl Fn(Match) -> PyResult<Str> + 'static,
    text: &str,
    count: i64,
    flags: i64,
) -> PyResult<Str> {
    kept(pattern, flags)?.sub(By(function), text, count)
}

/// `re.subn(pattern, replacement, text, count, flags)`
#[inline]
pub fn subn(pattern: &str, replacement: &str, text: &str, count: i64, flags: i64) -> PyResult<(Str, i64)> {
    kept(pattern, flags)?.subn(replacement, text, count)
}

/// `re.split(pattern, text, maxsplit, flags)`
#[inline]
pub fn split(pattern: &str, text: &str, maxsplit: i64, flags: i64) -> PyResult<List<Str>> {
    kept(pattern, flags)?.split(text, maxsplit)
}

impl Pattern {
    /// `pattern.sub(function, text, count)`
    #[inline]
    pub fn sub_by(&self, function: impl Fn(Match) -> PyResult<Str> + 'static, text: &str, count: i64) -> PyResult<Str> {
        self.sub(By(function), text, count)
    }
}

/// `re.escape(text)`
#[inline]
pub fn escape(text: &str) -> Str {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "()[]{}?*+-|^$\\.&~# \t\n\r\u{b}\u{c}".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    Str::from(out)
}
