//! String tokens to constants and f-strings; strings side by side are one.

use rustpython_parser::ast::{self, Constant, ConversionFlag, Expr};

use super::literal::Piece;
use super::{Parsed, Parser, Stop};
use crate::syntax::token::{Kind, Token};

/// The parts of strings side by side.
#[derive(Default)]
struct Parts {
    values: Vec<Expr>,
    /// Text not yet in `values`, and where it starts.
    text: String,
    text_start: Option<u32>,
    text_end: u32,
}

impl Parts {
    fn flush(&mut self) {
        if let Some(start) = self.text_start.take()
            && !self.text.is_empty()
        {
            let range = rustpython_parser::text_size::TextRange::new(start.into(), self.text_end.into());
            let value = Constant::Str(std::mem::take(&mut self.text));
            self.values.push(Expr::Constant(ast::ExprConstant { range, value, kind: None }));
        }
    }

    fn grow(&mut self, start: u32, end: u32) {
        self.text_start.get_or_insert(start);
        self.text_end = end;
    }
}

impl Parser<'_> {
    /// One or more strings side by side.
    pub(super) fn strings(&mut self) -> Parsed<Expr> {
        let first = self.token();
        let kind = self.text[first.start as usize..].starts_with(['u', 'U']).then(|| "u".to_owned());
        let (mut parts, mut bytes) = (Parts::default(), Vec::new());
        let (mut is_bytes, mut is_text, mut is_format) = (false, false, false);
        loop {
            match self.kind() {
                Kind::String => {
                    let token = self.bump();
                    let source = self.slice(token);
                    let prefix = source.find(['"', '\'']).unwrap_or(0);
                    let quotes = if source.len() >= prefix + 6 && is_triple(&source[prefix..]) { 3 } else { 1 };
                    let lower = source[..prefix].to_ascii_lowercase();
                    let piece = Piece {
                        body: &source[prefix + quotes..source.len() - quotes],
                        at: token.start + (prefix + quotes) as u32,
                        raw: lower.contains('r'),
                        braces: false,
                        token: (token.start, token.end),
                    };
                    if lower.contains('b') {
                        is_bytes = true;
                        self.bytes_piece(&piece, &mut bytes)?;
                    } else {
                        is_text = true;
                        let mut text = std::mem::take(&mut parts.text);
                        self.text_piece(&piece, &mut text)?;
                        parts.text = text;
                        parts.grow(token.start, token.end);
                    }
                }
                Kind::FStringStart => {
                    (is_text, is_format) = (true, true);
                    self.since(6, first.start, "f-strings");
                    self.deeper(|parser| parser.fstring(&mut parts))?;
                }
                _ => break,
            }
        }
        if is_bytes && is_text {
            let next = self.token();
            return self.fail(next.start, next.end, "cannot mix bytes and nonbytes literals");
        }
        let range = self.range(first.start);
        if is_format {
            parts.flush();
            return Ok(Expr::JoinedStr(ast::ExprJoinedStr { range, values: parts.values }));
        }
        let value = if is_bytes { Constant::Bytes(bytes) } else { Constant::Str(parts.text) };
        Ok(Expr::Constant(ast::ExprConstant { range, value, kind }))
    }

    fn fstring(&mut self, parts: &mut Parts) -> Parsed<()> {
        let open = self.bump();
        let raw = self.slice(open).contains(['r', 'R']);
        loop {
            match self.kind() {
                Kind::FStringMiddle => {
                    let token = self.bump();
                    self.middle(token, raw, true, parts)?;
                }
                Kind::LeftBrace => self.field(raw, parts)?,
                _ => {
                    self.expect(Kind::FStringEnd)?;
                    return Ok(());
                }
            }
        }
    }

    /// The closing quote of the f-string around the current token.
    fn fstring_end(&self) -> Token {
        let mut depth = 0;
        for token in &self.tokens[self.at..] {
            match token.kind {
                Kind::FStringStart => depth += 1,
                Kind::FStringEnd if depth == 0 => return *token,
                Kind::FStringEnd => depth -= 1,
                _ => {}
            }
        }
        self.token()
    }

    fn middle(&mut self, token: Token, raw: bool, braces: bool, parts: &mut Parts) -> Parsed<()> {
        // CPython reads escapes when it has seen the end.
        let end = if braces { self.fstring_end() } else { self.token() };
        let piece = Piece { body: self.slice(token), at: token.start, raw, braces, token: (end.start, end.end) };
        let mut text = std::mem::take(&mut parts.text);
        self.text_piece(&piece, &mut text)?;
        parts.text = text;
        parts.grow(token.start, token.end);
        Ok(())
    }

    /// `{expression=!r:format}`.
    fn field(&mut self, raw: bool, parts: &mut Parts) -> Parsed<()> {
        let open = self.bump();
        let token = self.token();
        let empty = match self.kind() {
            Kind::RightBrace => Some("}"),
            Kind::Exclamation => Some("!"),
            Kind::Colon => Some(":"),
            Kind::Equal => Some("="),
            _ => None,
        };
        if let Some(found) = empty {
            let message = format!("f-string: valid expression required before '{found}'");
            return self.fail(token.start, token.end, message);
        }
        let value = if self.kind() == Kind::Yield { self.yield_expr()? } else { self.star_expressions()? };
        let mut debug = false;
        if self.kind() == Kind::Equal {
            self.since(8, open.start, "`=` in f-strings");
            self.bump();
            debug = true;
            let end = self.start();
            parts.text.push_str(&self.text[open.end as usize..end as usize]);
            parts.grow(open.end, end);
        }
        let mut conversion = ConversionFlag::None;
        let mut explicit = false;
        if self.kind() == Kind::Exclamation {
            let mark = self.bump();
            let name = self.token();
            if matches!(self.kind(), Kind::RightBrace | Kind::Colon) {
                return self.fail(name.start, name.end, "f-string: missing conversion character");
            }
            if self.kind() != Kind::Name {
                return self.fail(name.start, name.end, "f-string: invalid conversion character");
            }
            self.bump();
            explicit = true;
            conversion = match self.slice(name) {
                _ if self.tokens[self.at - 2].end != name.start => {
                    return self.fail(
                        mark.start,
                        mark.end,
                        "f-string: conversion type must come right after the exclamation mark",
                    );
                }
                "s" => ConversionFlag::Str,
                "r" => ConversionFlag::Repr,
                "a" => ConversionFlag::Ascii,
                other => {
                    let message =
                        format!("f-string: invalid conversion character '{other}': expected 's', 'r', or 'a'");
                    return self.fail(name.start, name.end, message);
                }
            };
        }
        let mut format_spec = None;
        if self.eat(Kind::Colon) {
            format_spec = Some(Box::new(self.format_spec(raw)?));
        }
        if self.kind() != Kind::RightBrace {
            let token = self.token();
            let message = match (format_spec.is_some(), explicit) {
                (true, _) => "f-string: expecting '}', or format specs",
                (false, true) => "f-string: expecting ':' or '}'",
                (false, false) if debug => "f-string: expecting '!', or ':', or '}'",
                (false, false) => "f-string: expecting '=', or '!', or ':', or '}'",
            };
            return self.fail(token.start, token.end, message);
        }
        self.bump();
        if debug && !explicit && format_spec.is_none() {
            conversion = ConversionFlag::Repr;
        }
        parts.flush();
        let range = self.range(open.start);
        parts.values.push(Expr::FormattedValue(ast::ExprFormattedValue {
            range,
            value: Box::new(value),
            conversion,
            format_spec,
        }));
        Ok(())
    }

    fn format_spec(&mut self, raw: bool) -> Parsed<Expr> {
        let start = self.start();
        let mut parts = Parts::default();
        loop {
            match self.kind() {
                Kind::FStringMiddle => {
                    let token = self.bump();
                    self.middle(token, raw, false, &mut parts)?;
                }
                Kind::LeftBrace => self.deeper(|parser| parser.field(raw, &mut parts))?,
                Kind::RightBrace => break,
                _ => return Err(Stop),
            }
        }
        parts.flush();
        let range = self.range(start);
        Ok(Expr::JoinedStr(ast::ExprJoinedStr { range, values: parts.values }))
    }
}

fn is_triple(source: &str) -> bool {
    source.starts_with("\"\"\"") || source.starts_with("'''")
}
