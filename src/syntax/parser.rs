//! Tokens to tree: CPython's grammar, by recursive descent.
//!
//! The tree is the one of `rustpython-ast`; the parser is ours, because what CPython says of a wrong file, and where, depends
//! on the order in which its grammar reads tokens, and because each construct knows the versions that read it.

use rustpython_parser::ast::{self, Expr, Identifier, Stmt};
use rustpython_parser::text_size::{TextRange, TextSize};
use unicode_normalization::UnicodeNormalization;

use super::error::{Failure, Stage};
use super::lexer::Tokens;
use super::token::{Kind, Token};

mod argument;
mod atom;
mod block;
mod expression;
mod import;
mod literal;
mod number;
mod parameter;
mod pattern;
mod simple;
mod string;
mod target;
mod with;

/// Expressions may nest this deep; what comes after recurses over them.
const MAX_DEPTH: u32 = 1_000;
/// The parser's own recursion. Without optimisation a level takes 7 kB, and threads have 2 MB.
const MAX_RECURSION: u32 = if cfg!(debug_assertions) { 230 } else { 400 };

/// The parser stopped; why is in [`Parser::failure`] or follows from the furthest token.
pub(super) struct Stop;

pub(super) type Parsed<T> = Result<T, Stop>;

/// The versions of Python that read a file, and the constructs that say so.
#[derive(Debug, Clone)]
pub(super) struct Versions {
    /// The oldest, and what needs it.
    pub since: (u8, Failure),
    /// The newest, and what newer ones refuse.
    pub until: (u8, Failure),
}

/// A parsed file.
pub(super) struct Outcome {
    pub suite: Result<Vec<Stmt>, Failure>,
    pub versions: Versions,
    /// What is Python but not translated.
    pub unsupported: Vec<Failure>,
}

pub(super) struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    /// The last token read by the grammar proper, which CPython's plain "invalid syntax" names.
    furthest: usize,
    /// The last token read at all, guesses at what is wrong included.
    probed: usize,
    /// Reading on only to learn what is wrong.
    probing: bool,
    prev_end: u32,
    failure: Option<Failure>,
    versions: Versions,
    unsupported: Vec<Failure>,
    /// Open brackets around the current token.
    level: u32,
    recursion: u32,
    /// The depth of the expression just parsed.
    depth: u32,
}

/// Parses `list`, the tokens of a file or what an older Python makes of them.
pub(super) fn parse(text: &str, tokens: &Tokens, list: &[Token]) -> Outcome {
    let nothing = Failure::new(0, 0, "");
    let mut parser = Parser {
        text,
        tokens: list,
        at: 0,
        furthest: 0,
        probed: 0,
        probing: false,
        prev_end: 0,
        failure: None,
        versions: Versions { since: (4, nothing.clone()), until: (13, nothing) },
        unsupported: Vec::new(),
        level: 0,
        recursion: 0,
        depth: 0,
    };
    if let Some(at) = tokens.nested_fstring {
        parser.since(12, at, "f-strings that nest quotes, backslashes or comments");
    }
    if let Some(failure) = &tokens.until {
        parser.versions.until = (7, failure.clone());
    }
    let suite = parser.file();
    let suite = suite.map_err(|Stop| parser.explain(tokens));
    Outcome { suite, versions: parser.versions, unsupported: parser.unsupported }
}

impl<'a> Parser<'a> {
    fn file(&mut self) -> Parsed<Vec<Stmt>> {
        let mut suite = Vec::new();
        while self.kind() != Kind::Eof {
            self.statement(&mut suite)?;
        }
        Ok(suite)
    }

    /// What CPython says of the place where parsing stopped.
    fn explain(&mut self, tokens: &Tokens) -> Failure {
        let last = self.tokens[self.furthest.min(self.tokens.len() - 1)];
        let generic = self.failure.is_none();
        let reached_end = self.probed + 1 >= self.tokens.len();
        if let Some(error) = &tokens.error {
            let indent = generic && matches!(last.kind, Kind::Indent | Kind::Dedent);
            if reached_end || error.overrides && !indent {
                return error.failure.clone();
            }
        }
        let found = self.failure.take().unwrap_or_else(|| match last.kind {
            Kind::Indent => self.indentation_error(last, "unexpected indent"),
            Kind::Dedent => self.indentation_error(last, "unexpected unindent"),
            _ => Failure::new(last.start, last.end, "invalid syntax"),
        });
        match tokens.unclosed {
            // CPython reads on to the end, and prefers a bracket that was never closed on an earlier line.
            Some(open) if reached_end || self.line_lies_between(open, self.tokens[self.probed].start) => {
                let bracket = &self.text[open as usize..open as usize + 1];
                Failure::new(open, open + 1, format!("'{bracket}' was never closed"))
            }
            _ => found,
        }
    }

    fn line_lies_between(&self, from: u32, to: u32) -> bool {
        self.text[from as usize..to.max(from) as usize].contains('\n')
    }

    /// CPython places these before the token, at the end of the blank, and at the end of the file on the last line.
    fn indentation_error(&self, token: Token, message: impl Into<String>) -> Failure {
        let at = self.before(token);
        Failure { stage: Stage::Indentation, ..Failure::new(at, at.max(token.end), message) }
    }

    fn before(&self, token: Token) -> u32 {
        let line = self.text[..token.start as usize].rfind('\n').map_or(0, |at| at as u32 + 1);
        if token.start as usize >= self.text.len() {
            self.text.len() as u32 - u32::from(self.text.ends_with('\n'))
        } else if matches!(token.kind, Kind::Indent | Kind::Dedent) && token.start > line {
            token.start - 1
        } else {
            token.start
        }
    }

    fn kind(&mut self) -> Kind {
        self.furthest = self.furthest.max(self.at);
        self.probed = self.probed.max(self.at);
        self.tokens[self.at].kind
    }

    /// The kind of a later token, which CPython reads as well.
    fn ahead(&mut self, distance: usize) -> Kind {
        let at = (self.at + distance).min(self.tokens.len() - 1);
        self.furthest = self.furthest.max(at);
        self.probed = self.probed.max(at);
        self.tokens[at].kind
    }

    fn token(&self) -> Token {
        self.tokens[self.at]
    }

    fn start(&self) -> u32 {
        self.tokens[self.at].start
    }

    fn bump(&mut self) -> Token {
        let token = self.tokens[self.at];
        self.furthest = self.furthest.max(self.at);
        match token.kind {
            Kind::LeftParen | Kind::LeftBracket | Kind::LeftBrace => self.level += 1,
            Kind::RightParen | Kind::RightBracket | Kind::RightBrace => self.level = self.level.saturating_sub(1),
            _ => {}
        }
        self.prev_end = token.end;
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn eat(&mut self, kind: Kind) -> bool {
        let found = self.kind() == kind;
        if found {
            self.bump();
        }
        found
    }

    fn expect(&mut self, kind: Kind) -> Parsed<Token> {
        if self.kind() == kind { Ok(self.bump()) } else { Err(Stop) }
    }

    /// `expected ':'`, where CPython says so.
    fn expect_or(&mut self, kind: Kind, message: &str) -> Parsed<()> {
        if self.eat(kind) {
            return Ok(());
        }
        let token = self.token();
        self.fail(token.start, token.end, message)
    }

    fn colon(&mut self) -> Parsed<()> {
        self.expect_or(Kind::Colon, "expected ':'")
    }

    /// A colon whose absence CPython explains only at the end of a line.
    fn head_colon(&mut self) -> Parsed<()> {
        if self.kind() == Kind::Newline { self.colon() } else { self.expect(Kind::Colon).map(|_| ()) }
    }

    /// Runs `parse` to learn what is wrong, and comes back; whether it could be read, and where it ended.
    fn probe<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Option<u32> {
        let (at, furthest, level, prev_end) = (self.at, self.furthest, self.level, self.prev_end);
        let (recursion, depth, probing) = (self.recursion, self.depth, self.probing);
        let (versions, unsupported, failure) = (self.versions.clone(), self.unsupported.len(), self.failure.take());
        self.probing = true;
        let end = parse(self).ok().map(|_| self.prev_end);
        (self.at, self.furthest, self.level, self.prev_end) = (at, furthest, level, prev_end);
        (self.recursion, self.depth, self.probing) = (recursion, depth, probing);
        (self.versions, self.failure) = (versions, failure);
        self.unsupported.truncate(unsupported);
        end
    }

    fn slice(&self, token: Token) -> &'a str {
        &self.text[token.start as usize..token.end as usize]
    }

    /// Whether the current token is this name.
    fn at_word(&mut self, word: &str) -> bool {
        self.kind() == Kind::Name && self.slice(self.token()) == word
    }

    fn fail<T>(&mut self, start: u32, end: u32, message: impl Into<String>) -> Parsed<T> {
        self.failure.get_or_insert(Failure::new(start, end, message));
        Err(Stop)
    }

    fn fail_expr<T>(&mut self, expr: &Expr, message: impl Into<String>) -> Parsed<T> {
        let range = ast::Ranged::range(expr);
        self.fail(range.start().into(), range.end().into(), message)
    }

    /// The file needs Python 3.`minor`.
    fn since(&mut self, minor: u8, at: u32, what: &str) {
        if minor > self.versions.since.0 {
            let mut message = what.to_owned();
            message[..1].make_ascii_uppercase();
            let message = format!("{message} are only supported in Python 3.{minor} and greater");
            self.versions.since = (minor, Failure::new(at, at, message));
        }
    }

    /// Python newer than 3.`minor` says `message`.
    fn until(&mut self, minor: u8, start: u32, end: u32, message: impl Into<String>) {
        if minor < self.versions.until.0 {
            self.versions.until = (minor, Failure::new(start, end, message));
        }
    }

    fn range(&self, start: u32) -> TextRange {
        TextRange::new(TextSize::from(start), TextSize::from(self.prev_end.max(start)))
    }

    /// The name of an identifier token, in its normal form.
    fn identifier(&self, token: Token) -> Identifier {
        let text = self.slice(token);
        if text.is_ascii() { Identifier::new(text) } else { Identifier::new(text.nfkc().collect::<String>()) }
    }

    fn name(&mut self) -> Parsed<Identifier> {
        let token = self.expect(Kind::Name)?;
        Ok(self.identifier(token))
    }

    /// Runs `parse` one level deeper, in the parser and in the tree.
    fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let start = self.start();
        self.recursion += 1;
        if self.recursion > MAX_RECURSION {
            return self.too_deep(start);
        }
        let outer = std::mem::take(&mut self.depth);
        let parsed = parse(self);
        self.recursion -= 1;
        self.depth = outer.max(self.depth + 1);
        if self.depth > MAX_DEPTH {
            return self.too_deep(start);
        }
        parsed
    }

    /// Notes that the expression just parsed became an operand of one that starts at `start`.
    fn wrap(&mut self, start: u32) -> Parsed<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { self.too_deep(start) } else { Ok(()) }
    }

    fn too_deep<T>(&mut self, start: u32) -> Parsed<T> {
        let message = "expression nests too deeply to be translated";
        self.failure.get_or_insert(Failure::unsupported(start, self.prev_end.max(start), message));
        Err(Stop)
    }
}
