//! `keyword`: the words that are no names.
use crate::prelude::*;

const WORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];
const SOFT: [&str; 4] = ["_", "case", "match", "type"];

static KWLIST: Global<List<Str>> = Global::new(|| WORDS.into_iter().map(Str::from).collect());
static SOFTKWLIST: Global<List<Str>> = Global::new(|| SOFT.into_iter().map(Str::from).collect());

/// `keyword.kwlist`
#[inline]
pub fn kwlist() -> List<Str> {
    KWLIST.get()
}

/// `keyword.softkwlist`
#[inline]
pub fn softkwlist() -> List<Str> {
    SOFTKWLIST.get()
}

/// `keyword.iskeyword(s)`
#[inline]
pub fn iskeyword(s: &str) -> bool {
    WORDS.contains(&s)
}

/// `keyword.issoftkeyword(s)`
#[inline]
pub fn issoftkeyword(s: &str) -> bool {
    SOFT.contains(&s)
}
