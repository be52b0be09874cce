//! Upper and lower case, and filling up to a width.
use super::{Str, unicode};
use crate::error::PyResult;
use crate::exception::{ExceptionType, TypeError};

/// Appends the titlecase of a character.
#[inline]
fn push_title(out: &mut String, c: char) {
    match unicode::titlecase(c) {
        Some(title) => out.push_str(title),
        None => out.extend(c.to_uppercase()),
    }
}

/// Lowercase of the whole text, of which `at` is the place of a capital sigma: final when a letter is before and none after.
#[inline]
fn push_lower(out: &mut String, text: &str, at: usize, c: char) {
    if c == 'Σ' {
        let before = text[..at].chars().rev().find(|&c| !is_ignorable(c)).is_some_and(unicode::is_cased);
        let after = text[at + c.len_utf8()..].chars().find(|&c| !is_ignorable(c)).is_some_and(unicode::is_cased);
        out.push(if before && !after { 'ς' } else { 'σ' });
    } else {
        out.extend(c.to_lowercase());
    }
}

#[inline]
fn is_ignorable(c: char) -> bool {
    matches!(c, '\'' | '.' | ':' | '^' | '`' | '\u{ad}' | '\u{b7}' | '\u{2019}' | '\u{300}'..='\u{36f}')
}

impl Str {
    #[inline]
    fn mapped(&self, map: impl FnOnce(&str) -> String) -> Str {
        let text = map(self);
        if text == self.as_str() { self.clone() } else { Str::from(text) }
    }

    /// `s.upper()`
    #[inline]
    pub fn upper(&self) -> Str {
        self.mapped(str::to_uppercase)
    }

    /// `s.lower()`
    #[inline]
    pub fn lower(&self) -> Str {
        self.mapped(str::to_lowercase)
    }

    /// `s.casefold()`
    #[inline]
    pub fn casefold(&self) -> Str {
        self.mapped(|text| {
            let mut out = String::with_capacity(text.len());
            for c in text.chars() {
                match unicode::casefold(c) {
                    Some(fold) => out.push_str(fold),
                    None => out.extend(c.to_lowercase()),
                }
            }
            out
        })
    }

    /// `s.capitalize()`
    #[inline]
    pub fn capitalize(&self) -> Str {
        self.mapped(|text| {
            let mut out = String::with_capacity(text.len());
            for (at, c) in text.char_indices() {
                if at == 0 {
                    push_title(&mut out, c);
                } else {
                    push_lower(&mut out, text, at, c);
                }
            }
            out
        })
    }

    /// `s.title()`
    #[inline]
    pub fn title(&self) -> Str {
        self.mapped(|text| {
            let mut out = String::with_capacity(text.len());
            let mut inside = false;
            for (at, c) in text.char_indices() {
                if inside {
                    push_lower(&mut out, text, at, c);
                } else {
                    push_title(&mut out, c);
                }
                inside = unicode::is_cased(c);
            }
            out
        })
    }

    /// `s.swapcase()`
    #[inline]
    pub fn swapcase(&self) -> Str {
        self.mapped(|text| {
            let mut out = String::with_capacity(text.len());
            for (at, c) in text.char_indices() {
                if unicode::is_upper(c) {
                    push_lower(&mut out, text, at, c);
                } else if unicode::is_lower(c) {
                    out.extend(c.to_uppercase());
                } else {
                    out.push(c);
                }
            }
            out
        })
    }

    #[inline]
    fn padded(&self, before: usize, after: usize, fill: char) -> Str {
        if before + after == 0 {
            return self.clone();
        }
        let mut text = String::with_capacity(self.as_str().len() + (before + after) * fill.len_utf8());
        text.extend(std::iter::repeat_n(fill, before));
        text.push_str(self);
        text.extend(std::iter::repeat_n(fill, after));
        Str::from(text)
    }

    #[inline]
    fn missing(&self, width: i64) -> usize {
        usize::try_from(width.saturating_sub(self.len())).unwrap_or(0)
    }

    #[inline]
    fn centered(&self, width: i64, fill: char) -> Str {
        let missing = self.missing(width);
        let before = missing / 2 + (missing & width as usize & 1);
        self.padded(before, missing - before, fill)
    }

    /// `s.center(width)`
    #[inline]
    pub fn center(&self, width: i64) -> Str {
        self.centered(width, ' ')
    }

    /// `s.center(width, fill)`
    #[inline]
    pub fn center_with(&self, width: i64, fill: &str) -> PyResult<Str> {
        Ok(self.centered(width, one(fill)?))
    }

    /// `s.ljust(width)`
    #[inline]
    pub fn ljust(&self, width: i64) -> Str {
        self.padded(0, self.missing(width), ' ')
    }

    /// `s.ljust(width, fill)`
    #[inline]
    pub fn ljust_with(&self, width: i64, fill: &str) -> PyResult<Str> {
        Ok(self.padded(0, self.missing(width), one(fill)?))
    }

    /// `s.rjust(width)`
    #[inline]
    pub fn rjust(&self, width: i64) -> Str {
        self.padded(self.missing(width), 0, ' ')
    }

    /// `s.rjust(width, fill)`
    #[inline]
    pub fn rjust_with(&self, width: i64, fill: &str) -> PyResult<Str> {
        Ok(self.padded(self.missing(width), 0, one(fill)?))
    }

    /// `s.zfill(width)`
    #[inline]
    pub fn zfill(&self, width: i64) -> Str {
        let missing = self.missing(width);
        match self.as_str().strip_prefix(['+', '-']) {
            Some(rest) if missing > 0 => {
                let sign = &self.as_str()[..1];
                Str::from(format!("{sign}{}{rest}", "0".repeat(missing)))
            }
            _ => self.padded(missing, 0, '0'),
        }
    }

    /// `s.expandtabs(tabsize)`
    #[inline]
    pub fn expandtabs(&self, tabsize: i64) -> Str {
        self.mapped(|text| {
            let (mut out, mut column) = (String::with_capacity(text.len()), 0);
            for c in text.chars() {
                match c {
                    '\t' => {
                        let spaces = if tabsize > 0 { tabsize - column % tabsize } else { 0 };
                        out.extend(std::iter::repeat_n(' ', spaces as usize));
                        column += spaces;
                    }
                    '\n' | '\r' => {
                        out.push(c);
                        column = 0;
                    }
                    c => {
                        out.push(c);
                        column += 1;
                    }
                }
            }
            out
        })
    }
}

#[inline]
fn one(fill: &str) -> PyResult<char> {
    let mut chars = fill.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(TypeError::new("The fill character must be exactly one character long")),
    }
}
