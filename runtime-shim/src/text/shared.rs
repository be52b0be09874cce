//! The shared part of a `Str`: its text, and what was found out about it.
use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

/// Characters between two entries of the index.
const CHUNK: usize = 64;
const UNKNOWN: usize = usize::MAX;

/// A text with its length in characters and, when it is long and not ASCII, an index of byte offsets.
pub(crate) struct Text {
    text: Cow<'static, str>,
    chars: Cell<usize>,
    hash: Cell<i64>,
    index: OnceCell<Box<[usize]>>,
}

impl Text {
    pub(crate) fn new(text: Cow<'static, str>) -> Text {
        Text { text, chars: Cell::new(UNKNOWN), hash: Cell::new(-1), index: OnceCell::new() }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The text itself, when it is a literal of the program.
    pub(crate) fn literal(&self) -> Option<&'static str> {
        match &self.text {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => None,
        }
    }

    /// Appends; amortised over many calls this takes the time of copying `more`.
    pub(crate) fn push(&mut self, more: &str) {
        let chars = self.chars.get();
        if chars != UNKNOWN {
            self.chars.set(chars + count(more));
        }
        self.hash.set(-1);
        self.index.take();
        self.text.to_mut().push_str(more);
    }

    /// The number of characters.
    pub(crate) fn chars(&self) -> usize {
        let known = self.chars.get();
        if known != UNKNOWN {
            return known;
        }
        let chars = count(&self.text);
        self.chars.set(chars);
        chars
    }

    pub(crate) fn hash(&self) -> i64 {
        let known = self.hash.get();
        if known != -1 {
            return known;
        }
        let hash = super::hash::hash_bytes(self.text.as_bytes());
        self.hash.set(hash);
        hash
    }

    /// The byte at which the character `at` begins, `at` being at most the number of characters.
    pub(crate) fn offset(&self, at: usize) -> usize {
        let chars = self.chars();
        if chars == self.text.len() {
            return at;
        }
        if at >= chars {
            return self.text.len();
        }
        if chars <= CHUNK {
            return offset(&self.text, at);
        }
        let index =
            self.index.get_or_init(|| self.text.char_indices().step_by(CHUNK).map(|(offset, _)| offset).collect());
        let start = index.get(at / CHUNK).copied().unwrap_or(0);
        start + offset(&self.text[start..], at % CHUNK)
    }
}

/// The number of characters.
pub(crate) fn count(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// The byte at which the character `at` begins, or the end.
pub(crate) fn offset(text: &str, at: usize) -> usize {
    text.char_indices().nth(at).map_or(text.len(), |(offset, _)| offset)
}
