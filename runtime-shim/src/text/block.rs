//! Where a text is: in the program's own binary, or in a block that is shared, a header with the text behind it.
//!
//! Invariants: `data` points to `size()` bytes of UTF-8. Of a literal they live for ever. Of a shared text they lie behind the
//! header of a block that `Text::with_room` allocated, whose `count` is the number of `Text`s that point to it; whoever takes the
//! last one away frees it. A block is written to only by `push`, while one `Text` alone points to it and is borrowed mutably.
use std::alloc::{Layout, alloc, dealloc, handle_alloc_error, realloc};
use std::cell::{Cell, OnceCell};
use std::marker::PhantomData;
use std::ptr::NonNull;
use std::rc::Rc;

use super::hash;

/// The text is in a block.
const SHARED: usize = 1 << 63;
/// The text is known to be ASCII alone.
const PLAIN: usize = 1 << 62;
const SIZE: usize = PLAIN - 1;
/// Blocks are multiples of this.
const STEP: usize = 16;
const HEADER: usize = size_of::<Header>();
/// CPython's hash is never -1.
const UNKNOWN: i64 = -1;
/// Characters between two entries of the index.
const CHUNK: usize = 64;

struct Header {
    count: Cell<u32>,
    /// The size of the block, in steps.
    steps: u32,
    hash: Cell<i64>,
    /// Of a text that is not plain.
    wide: OnceCell<Box<Wide>>,
}

/// What is found out about a text with characters of several bytes.
#[derive(Default)]
struct Wide {
    chars: usize,
    /// The byte at which each `CHUNK`th character begins.
    index: OnceCell<Box<[usize]>>,
}

/// A text; a clone is the same.
pub(super) struct Text {
    data: NonNull<u8>,
    /// The number of bytes, and what is known of them.
    bits: usize,
    /// It belongs to one thread, as an `Rc` does.
    not_sent: PhantomData<Rc<u8>>,
}

impl Text {
    pub(super) const fn literal(text: &'static str) -> Text {
        // SAFETY: a reference is not null.
        let data = unsafe { NonNull::new_unchecked(text.as_ptr().cast_mut()) };
        Text { data, bits: text.len(), not_sent: PhantomData }
    }

    /// An empty text with room for so many bytes.
    fn with_room(room: usize) -> Text {
        let layout = layout(room);
        // SAFETY: the layout is not empty.
        let block = unsafe { alloc(layout) };
        let Some(block) = NonNull::new(block.cast::<Header>()) else { handle_alloc_error(layout) };
        let steps = (layout.size() / STEP) as u32;
        let header = Header { count: Cell::new(1), steps, hash: Cell::new(UNKNOWN), wide: OnceCell::new() };
        // SAFETY: the block is new, aligned for a header, and larger than one.
        let data = unsafe {
            block.write(header);
            block.cast::<u8>().add(HEADER)
        };
        Text { data, bits: SHARED | PLAIN, not_sent: PhantomData }
    }

    /// A copy of pieces that follow one another; `plain`: all are ASCII.
    #[inline]
    fn joined(pieces: &[&str], plain: bool) -> Text {
        let size = pieces.iter().map(|piece| piece.len()).sum();
        let mut text = Text::with_room(size);
        let mut at = text.data;
        for piece in pieces {
            // SAFETY: there is room for all of them, and a new block does not overlap with any.
            unsafe {
                at.copy_from_nonoverlapping(NonNull::from(piece.as_bytes()).cast(), piece.len());
                at = at.add(piece.len());
            }
        }
        text.bits = SHARED | size | if plain { PLAIN } else { 0 };
        text
    }

    /// A copy.
    #[inline]
    pub(super) fn copy(text: &str) -> Text {
        Text::joined(&[text], text.is_ascii())
    }

    /// A copy of some of its bytes.
    #[inline]
    pub(super) fn part(&self, start: usize, end: usize) -> Text {
        let part = &self.as_str()[start..end];
        match self.bits & SHARED {
            0 => Text { data: NonNull::from(part.as_bytes()).cast(), bits: part.len() | self.bits & PLAIN, ..*self },
            _ => Text::joined(&[part], self.bits & PLAIN != 0 || part.is_ascii()),
        }
    }

    /// Both, one after the other.
    #[inline]
    pub(super) fn concat(&self, other: &str) -> Text {
        Text::joined(&[self.as_str(), other], self.is_plain() && other.is_ascii())
    }

    #[inline]
    fn size(&self) -> usize {
        self.bits & SIZE
    }

    #[inline]
    pub(super) fn as_str(&self) -> &str {
        // SAFETY: the first invariant.
        unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(self.data.as_ptr(), self.size())) }
    }

    #[inline]
    pub(super) fn is_shared(&self) -> bool {
        self.bits & SHARED != 0
    }

    /// The header of a shared text.
    #[inline]
    fn header(&self) -> Option<&Header> {
        // SAFETY: the header of a block is initialised, and lies before its text.
        self.is_shared().then(|| unsafe { self.data.sub(HEADER).cast::<Header>().as_ref() })
    }

    /// Are all characters ASCII?
    #[inline]
    pub(super) fn is_plain(&self) -> bool {
        self.bits & PLAIN != 0 || !self.is_shared() && self.as_str().is_ascii()
    }

    /// The number of characters.
    #[inline]
    pub(super) fn chars(&self) -> usize {
        match self.header() {
            _ if self.is_plain() => self.size(),
            Some(header) => self.wide(header).chars,
            None => count(self.as_str()),
        }
    }

    #[inline]
    fn wide<'h>(&self, header: &'h Header) -> &'h Wide {
        match header.wide.get() {
            Some(known) => known,
            None => self.count_wide(header),
        }
    }

    #[cold]
    fn count_wide<'h>(&self, header: &'h Header) -> &'h Wide {
        header.wide.get_or_init(|| Box::new(Wide { chars: self.as_str().chars().count(), index: OnceCell::new() }))
    }

    #[inline]
    pub(super) fn hash(&self) -> i64 {
        let Some(header) = self.header() else { return hash::hash_bytes(self.as_str().as_bytes()) };
        let known = header.hash.get();
        if known != UNKNOWN {
            return known;
        }
        let hash = hash::hash_bytes(self.as_str().as_bytes());
        header.hash.set(hash);
        hash
    }

    /// The byte at which the character `at` begins, or the end.
    #[inline]
    pub(super) fn offset(&self, at: usize) -> usize {
        if self.is_plain() { at.min(self.size()) } else { self.wide_offset(at) }
    }

    #[inline(never)]
    fn wide_offset(&self, at: usize) -> usize {
        let text = self.as_str();
        let Some(header) = self.header() else { return offset(text, at) };
        let wide = self.wide(header);
        match wide.chars {
            chars if at >= chars => text.len(),
            chars if chars <= CHUNK => offset(text, at),
            _ => {
                let places = || text.char_indices().step_by(CHUNK).map(|(offset, _)| offset).collect();
                let start = wide.index.get_or_init(places)[at / CHUNK];
                start + offset(&text[start..], at % CHUNK)
            }
        }
    }

    /// Appends, in place while nobody else holds it; amortised over many calls this takes the time of copying `more`.
    #[inline]
    pub(super) fn push(&mut self, more: &str) {
        self.push_known(more, more.is_ascii());
    }

    /// Appends; `known`: `more` is ASCII.
    #[inline]
    fn push_known(&mut self, more: &str, known: bool) {
        let Some(header) = self.header().filter(|header| header.count.get() == 1) else {
            *self = self.concat(more);
            return;
        };
        let (size, old) = (self.size(), header.steps as usize * STEP);
        let whole = size + more.len();
        let plain = self.bits & PLAIN != 0 && known;
        if whole > old - HEADER {
            self.grow(old, whole.max(size * 2));
        }
        // SAFETY: there is room, nobody else points to the block, and `more` is not in it: this text is borrowed mutably.
        let header = unsafe {
            self.data.add(size).copy_from_nonoverlapping(NonNull::from(more.as_bytes()).cast(), more.len());
            self.data.sub(HEADER).cast::<Header>().as_mut()
        };
        header.hash.set(UNKNOWN);
        if let Some(wide) = header.wide.get_mut() {
            wide.chars += count(more);
            wide.index.take();
        }
        self.bits = SHARED | whole | if plain { PLAIN } else { 0 };
    }

    /// Appends another one.
    #[inline]
    pub(super) fn push_text(&mut self, more: &Text) {
        self.push_known(more.as_str(), more.is_plain());
    }

    /// Makes room for so many bytes; nobody else points to the block.
    #[cold]
    fn grow(&mut self, old: usize, room: usize) {
        let new = layout(room);
        // SAFETY: the block was allocated with this alignment and the size that its header says; the new size is larger. The header
        // moves with the text.
        unsafe {
            let block = self.data.sub(HEADER).as_ptr();
            let block = realloc(block, Layout::from_size_align_unchecked(old, align_of::<Header>()), new.size());
            let Some(mut block) = NonNull::new(block.cast::<Header>()) else { handle_alloc_error(new) };
            block.as_mut().steps = (new.size() / STEP) as u32;
            self.data = block.cast::<u8>().add(HEADER);
        }
    }
}

/// A block with room for so many bytes.
#[inline]
fn layout(room: usize) -> Layout {
    let size = room.saturating_add(HEADER + STEP - 1) / STEP * STEP;
    assert!(size / STEP <= u32::MAX as usize, "a text of 64 GB");
    Layout::from_size_align(size, align_of::<Header>()).expect("a size that is far from overflow")
}

impl Clone for Text {
    #[inline]
    fn clone(&self) -> Text {
        if let Some(header) = self.header() {
            let Some(count) = header.count.get().checked_add(1) else { std::process::abort() };
            header.count.set(count);
        }
        Text { ..*self }
    }
}

impl Drop for Text {
    #[inline]
    fn drop(&mut self) {
        let Some(header) = self.header() else { return };
        let count = header.count.get() - 1;
        header.count.set(count);
        if count == 0 {
            free(self.data);
        }
    }
}

/// Frees the block of a text that nobody points to any more.
#[inline]
fn free(data: NonNull<u8>) {
    // SAFETY: the caller was the last one; the size is that of the allocation.
    unsafe {
        let block = data.sub(HEADER).cast::<Header>();
        let size = block.as_ref().steps as usize * STEP;
        block.drop_in_place();
        dealloc(block.as_ptr().cast(), Layout::from_size_align_unchecked(size, align_of::<Header>()));
    }
}

/// The number of characters.
pub(crate) fn count(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// The byte at which the character `at` begins, or the end.
fn offset(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut left, mut start) = (at, 0);
    // Eight bytes at a time: all but those inside a character, `10……`, begin one.
    for eight in bytes.as_chunks::<8>().0 {
        let word = u64::from_ne_bytes(*eight);
        let inside = (word >> 7) & !(word >> 6) & 0x0101_0101_0101_0101;
        let begin = 8 - inside.count_ones() as usize;
        if begin > left {
            break;
        }
        left -= begin;
        start += 8;
    }
    let found = bytes[start..].iter().position(|byte| {
        let begins = byte & 0xc0 != 0x80;
        let here = begins && left == 0;
        left -= usize::from(begins && !here);
        here
    });
    found.map_or(text.len(), |more| start + more)
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn a_text_grows_while_nobody_else_holds_it() {
        let mut text = Text::copy("ab");
        let same = text.clone();
        text.push("c");
        assert_eq!((same.as_str(), text.as_str()), ("ab", "abc"));
        let place = text.as_str().as_ptr();
        text.push("d");
        assert_eq!((text.as_str(), text.as_str().as_ptr()), ("abcd", place));
        for _ in 0..1000 {
            text.push("é—");
        }
        assert_eq!((text.chars(), text.offset(5), text.offset(2004), text.is_plain()), (2004, 6, 5004, false));
        text.push("x");
        assert_eq!((text.chars(), text.offset(2004)), (2005, 5004));
    }

    #[test]
    fn characters_begin_where_rust_says() {
        let text = "aé—𝄞".repeat(40) + "plain at the end, é";
        let wide = Text::copy(&text);
        let known: Vec<usize> = text.char_indices().map(|(offset, _)| offset).chain([text.len(), text.len()]).collect();
        assert_eq!((0..known.len()).map(|at| wide.offset(at)).collect::<Vec<_>>(), known);
    }

    #[test]
    fn parts_of_literals_are_literals() {
        let text = Text::literal("größe");
        assert_eq!((text.chars(), text.offset(3), text.hash()), (5, 4, Text::copy("größe").hash()));
        assert!(!text.part(0, 2).is_shared() && text.clone().part(0, 2).is_plain());
    }
}
