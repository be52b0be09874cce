//! Text to tokens, as CPython's tokenizer cuts it; stops at its first error.

use super::error::{Failure, Stage};
use super::token::{Kind, Token, keyword};
use super::trivia::TriviaTable;

mod number;
mod operator;
mod text;

/// CPython's `MAXLEVEL`.
const MAX_BRACKETS: usize = 200;
/// CPython's `MAXINDENT`.
const MAX_INDENTS: usize = 100;

/// A file, cut into tokens.
pub(super) struct Tokens {
    /// The tokens; the last is `Eof` or `Error`.
    pub list: Vec<Token>,
    /// Comments and blank lines.
    pub trivia: TriviaTable,
    /// Why cutting stopped.
    pub error: Option<LexError>,
    /// The innermost bracket that was open at the end of the file.
    pub unclosed: Option<u32>,
    /// The first f-string that only Python 3.12 and later reads.
    pub nested_fstring: Option<u32>,
    /// What Python 3.8 and later say of a backslash that ends the file.
    pub until: Option<Failure>,
    /// Whether `async` or `await` occur.
    pub has_async: bool,
}

/// Why cutting stopped.
pub(super) struct LexError {
    pub failure: Failure,
    /// CPython shows it even when the parser stops above it.
    pub overrides: bool,
}

/// An f-string being read.
struct FString {
    quote: u8,
    triple: bool,
    raw: bool,
    start: u32,
    fields: Vec<Field>,
}

/// A replacement field being read.
struct Field {
    /// The number of open brackets, its own brace included.
    level: usize,
    /// Its text after `:` is being read.
    in_spec: bool,
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    out: Tokens,
    /// Widths of the open blocks, with tabs of 8 and of 1.
    indents: Vec<(u32, u32)>,
    brackets: Vec<(u8, u32)>,
    fstrings: Vec<FString>,
}

/// Cuts `text` into tokens.
pub(super) fn lex(text: &str) -> Tokens {
    let out = Tokens {
        list: Vec::with_capacity(text.len() / 3 + 8),
        trivia: TriviaTable::new(text),
        error: None,
        unclosed: None,
        nested_fstring: None,
        until: None,
        has_async: false,
    };
    let indents = vec![(0, 0)];
    let mut lexer =
        Lexer { text, bytes: text.as_bytes(), at: 0, out, indents, brackets: Vec::new(), fstrings: Vec::new() };
    if let Err(failure) = lexer.file() {
        let end = lexer.at.min(text.len()) as u32;
        lexer.out.list.push(Token { kind: Kind::Error, start: end, end });
        lexer.out.error = Some(*failure);
    }
    lexer.out
}

type Lexed<T = ()> = Result<T, Box<LexError>>;

impl<'a> Lexer<'a> {
    fn file(&mut self) -> Lexed {
        loop {
            if self.fstrings.last().is_some_and(FString::in_text) {
                self.fstring_text()?;
                continue;
            }
            if self.line_begins() {
                self.indentation()?;
            }
            if !self.token()? {
                return Ok(());
            }
        }
    }

    fn line_begins(&self) -> bool {
        self.brackets.is_empty() && self.out.list.last().is_none_or(|last| last.kind == Kind::Newline)
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.out.list.push(Token { kind, start: start as u32, end: self.at as u32 });
    }

    fn fail<T>(&self, start: usize, message: impl Into<String>) -> Lexed<T> {
        self.fail_as(Stage::Syntax, start, message)
    }

    /// An error that counts only where the parser gets to it.
    fn fail_here<T>(&self, start: usize, message: &str) -> Lexed<T> {
        self.fail(start, message).map_err(|mut error: Box<LexError>| {
            error.overrides = false;
            error
        })
    }

    fn fail_as<T>(&self, stage: Stage, start: usize, message: impl Into<String>) -> Lexed<T> {
        let mut start = start.min(self.text.len()) as u32;
        while !self.text.is_char_boundary(start as usize) {
            start -= 1;
        }
        let end = self.text[start as usize..].chars().next().map_or(start, |c| start + c.len_utf8() as u32);
        Err(Box::new(LexError {
            failure: Failure { start, end, message: message.into(), stage },
            overrides: stage == Stage::Syntax,
        }))
    }

    /// Reads the blank at the start of lines, up to the first that has code.
    fn indentation(&mut self) -> Lexed {
        let (mut column, mut narrow, mut continued) = (0u32, 0u32, None);
        loop {
            match self.peek(0) {
                b' ' => (column, narrow) = (column + 1, narrow + 1),
                b'\t' => (column, narrow) = ((column / 8 + 1) * 8, narrow + 1),
                b'\x0c' => (column, narrow) = (0, 0),
                // Only the blank before the first backslash counts.
                b'\\' if self.peek(1) == b'\n' && self.at + 2 < self.bytes.len() => {
                    continued.get_or_insert((column, narrow));
                    self.at += 1;
                }
                b'#' => {
                    self.comment();
                    continue;
                }
                b'\n' => (column, narrow, continued) = (0, 0, None),
                _ => break,
            }
            self.at += 1;
        }
        if self.at >= self.bytes.len() {
            return Ok(());
        }
        let (column, narrow) = continued.unwrap_or((column, narrow));
        self.indent_to(column, narrow)
    }

    fn indent_to(&mut self, column: u32, narrow: u32) -> Lexed {
        let line_end = memchr_newline(self.bytes, self.at);
        let line = self.bytes[..self.at].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let mixed = "inconsistent use of tabs and spaces in indentation";
        let (top, narrow_top) = self.indents.last().copied().unwrap_or((0, 0));
        if column == top {
            return if narrow == narrow_top { Ok(()) } else { self.fail_as(Stage::Tabs, line, mixed) };
        }
        if column > top {
            if self.indents.len() >= MAX_INDENTS {
                return self.fail_as(Stage::Indentation, line, "too many levels of indentation");
            }
            if narrow <= narrow_top {
                return self.fail_as(Stage::Tabs, line, mixed);
            }
            self.indents.push((column, narrow));
            self.push(Kind::Indent, self.at);
            return Ok(());
        }
        // CPython looks for the block before it closes any.
        let open = self.indents.partition_point(|&(width, _)| width <= column);
        match self.indents[..open].last() {
            Some(&(width, _)) if width != column => {
                let message = "unindent does not match any outer indentation level";
                return self.fail_as(Stage::Indentation, line_end, message);
            }
            Some(&(_, width)) if width != narrow => return self.fail_as(Stage::Tabs, line, mixed),
            _ => {}
        }
        while self.indents.len() > open {
            self.indents.pop();
            self.push(Kind::Dedent, self.at);
        }
        Ok(())
    }

    fn comment(&mut self) {
        let start = self.at;
        self.at = memchr_newline(self.bytes, self.at);
        let code_end =
            self.out.list.iter().rev().find(|token| !matches!(token.kind, Kind::Newline | Kind::Dedent | Kind::Indent));
        let code_end = code_end.map(|token| token.end.saturating_sub(1));
        self.out.trivia.push_comment(self.text, start as u32, self.at as u32, code_end);
        if !self.fstrings.is_empty() {
            self.out.nested_fstring.get_or_insert(start as u32);
        }
    }

    /// Reads a token; whether there may be more.
    fn token(&mut self) -> Lexed<bool> {
        loop {
            match self.peek(0) {
                b' ' | b'\t' | b'\x0c' => self.at += 1,
                b'#' => self.comment(),
                b'\\' => self.continuation()?,
                b'\n' if !self.brackets.is_empty() => self.at += 1,
                _ => break,
            }
        }
        let start = self.at;
        if start >= self.bytes.len() {
            self.end();
            return Ok(false);
        }
        match self.bytes[start] {
            b'\n' => {
                self.at += 1;
                // CPython's line end starts at the comment before it.
                let start = self.out.trivia.comment_ending_at(start as u32).map_or(start, |at| at as usize);
                self.push(Kind::Newline, start);
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.name()?,
            b'0'..=b'9' => self.number()?,
            b'.' if self.peek(1).is_ascii_digit() => self.number()?,
            b'"' | b'\'' => self.string(start, self.at)?,
            _ => self.operator()?,
        }
        Ok(true)
    }

    fn continuation(&mut self) -> Lexed {
        let rest = &self.bytes[self.at + 1..];
        if rest.is_empty() || rest == b"\n" {
            let at = self.at as u32 + 1;
            if self.indents.len() > 1 && self.line_begins() || !self.brackets.is_empty() {
                return self.fail_here(self.at + 1, "unexpected EOF while parsing");
            }
            self.out.until = Some(Failure::new(at, at, "unexpected EOF while parsing"));
            self.at = self.bytes.len();
            return Ok(());
        }
        if rest[0] != b'\n' {
            return self.fail_here(self.at + 1, "unexpected character after line continuation character");
        }
        self.at += 2;
        Ok(())
    }

    fn end(&mut self) {
        let at = self.at;
        if let Some(&(_, open)) = self.brackets.last() {
            self.out.unclosed = Some(open);
        } else {
            if self.out.list.last().is_some_and(|last| !matches!(last.kind, Kind::Newline | Kind::Dedent)) {
                self.push(Kind::Newline, at);
            }
            for _ in 1..self.indents.len() {
                self.push(Kind::Dedent, at);
            }
        }
        self.push(Kind::Eof, at);
    }

    /// A name, a keyword or a string with a prefix.
    fn name(&mut self) -> Lexed {
        let start = self.at;
        while matches!(self.peek(0), b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_') {
            self.at += 1;
        }
        let prefix = self.at - start;
        match self.peek(0) {
            b'"' | b'\'' if prefix <= 2 && is_string_prefix(&self.bytes[start..self.at]) => {
                return self.string(start, self.at);
            }
            0x80.. => return self.unicode_name(start),
            _ => {}
        }
        let kind = keyword(&self.text[start..self.at]).unwrap_or(Kind::Name);
        self.out.has_async |= matches!(kind, Kind::Async | Kind::Await);
        self.push(kind, start);
        Ok(())
    }

    /// A name with characters beyond ASCII: valid when its normal form is.
    fn unicode_name(&mut self, start: usize) -> Lexed {
        let rest = &self.text[start..];
        let length = rest.find(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        for (at, c) in rest[..length].char_indices() {
            let valid = if at == 0 { c == '_' || starts_name(c) } else { continues_name(c) };
            if !valid {
                let code = u32::from(c);
                let message = if printable(c) {
                    format!("invalid character '{c}' (U+{code:04X})")
                } else {
                    format!("invalid non-printable character U+{code:04X}")
                };
                return self.fail(start + at, message);
            }
        }
        self.at = start + length;
        self.push(Kind::Name, start);
        Ok(())
    }
}

/// Whether CPython's `str.isprintable` holds, as far as a name's character can tell.
fn printable(c: char) -> bool {
    let code = u32::from(c);
    let space = c.is_whitespace() && c != ' ';
    let format = matches!(code, 0xAD | 0x600..=0x605 | 0x61C | 0x6DD | 0x70F | 0x180E | 0x200B..=0x200F | 0x202A..=0x202E
        | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB | 0xE000..=0xF8FF | 0xE0001..=0x10FFFF);
    !(c.is_control() || space || format)
}

fn starts_name(c: char) -> bool {
    use unicode_normalization::UnicodeNormalization;
    if c.is_ascii() {
        return c.is_ascii_alphabetic() || c == '_';
    }
    // `isidentifier` is asked of the text before it is normalised; XID is closed under NFKC.
    unicode_ident::is_xid_start(c) && std::iter::once(c).nfkc().next().is_some_and(unicode_ident::is_xid_start)
}

fn continues_name(c: char) -> bool {
    c == '_' || unicode_ident::is_xid_continue(c)
}

/// The prefixes of strings, in any case and order.
fn is_string_prefix(prefix: &[u8]) -> bool {
    let mut lower = [0; 2];
    for (to, from) in lower.iter_mut().zip(prefix) {
        *to = from.to_ascii_lowercase();
    }
    matches!(&lower[..prefix.len()], b"r" | b"u" | b"b" | b"f" | b"br" | b"rb" | b"fr" | b"rf")
}

/// The next line end at or after `at`, or the end of the text.
fn memchr_newline(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |n| at + n)
}

impl FString {
    /// Whether its text is being read, and not the expression of a field.
    fn in_text(&self) -> bool {
        self.fields.last().is_none_or(|field| field.in_spec)
    }
}
