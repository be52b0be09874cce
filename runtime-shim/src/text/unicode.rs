//! What Python says of a character.
mod tables;

use tables::{
    ALPHA, CASED, CASEFOLD, DECIMAL, DIGIT, IDENTIFIER_PART, IDENTIFIER_START, LOWER, NUMERIC, PRINTABLE, TITLE,
    TITLECASE, UPPER,
};

/// Where the character stands in a table's range, if it is in one.
#[inline]
fn find(table: &[u32], c: char) -> Option<u32> {
    let mut at = 0;
    for range in table.chunks_exact(2) {
        let start = at + range[0];
        if (c as u32) < start {
            return None;
        }
        at = start + range[1];
        if (c as u32) < at {
            return Some(c as u32 - start);
        }
    }
    None
}

#[inline]
pub(crate) fn is_printable(c: char) -> bool {
    if c.is_ascii() { matches!(c, ' '..='~') } else { find(&PRINTABLE, c).is_some() }
}

#[inline]
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { find(&ALPHA, c).is_some() }
}

#[inline]
pub(crate) fn is_numeric(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { find(&NUMERIC, c).is_some() }
}

#[inline]
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { find(&DIGIT, c).is_some() }
}

/// The value of a decimal digit of any script.
#[inline]
pub(crate) fn decimal(c: char) -> Option<u32> {
    if c.is_ascii() { c.to_digit(10) } else { find(&DECIMAL, c).map(|at| at % 10) }
}

#[inline]
pub(crate) fn is_lower(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_lowercase() } else { find(&LOWER, c).is_some() }
}

#[inline]
pub(crate) fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { find(&UPPER, c).is_some() }
}

#[inline]
pub(crate) fn is_title(c: char) -> bool {
    !c.is_ascii() && find(&TITLE, c).is_some()
}

#[inline]
pub(crate) fn is_cased(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { find(&CASED, c).is_some() }
}

#[inline]
pub(crate) fn starts_identifier(c: char) -> bool {
    find(&IDENTIFIER_START, c).is_some()
}

#[inline]
pub(crate) fn continues_identifier(c: char) -> bool {
    find(&IDENTIFIER_PART, c).is_some()
}

/// The same of an ASCII character.
#[inline]
pub(crate) fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | 0x1c..=0x1f | b' ')
}

/// `str.isspace`, which is also what `split` and `strip` look for.
#[inline]
pub(crate) fn is_space(c: char) -> bool {
    if c.is_ascii() {
        return is_ascii_space(c as u8);
    }
    matches!(c, '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

#[inline]
fn mapped(table: &'static [(u32, &'static str)], c: char) -> Option<&'static str> {
    table.binary_search_by_key(&(c as u32), |entry| entry.0).ok().map(|at| table[at].1)
}

/// The titlecase, where it is not the uppercase.
#[inline]
pub(crate) fn titlecase(c: char) -> Option<&'static str> {
    mapped(&TITLECASE, c)
}

/// The casefold, where it is not the lowercase.
#[inline]
pub(crate) fn casefold(c: char) -> Option<&'static str> {
    mapped(&CASEFOLD, c)
}
