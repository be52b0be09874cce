//! Comments, blank lines and docstrings.

use rustpython_parser::ast::{self, Ranged};

use super::Lowerer;
use crate::hir::{Comment, Trivia};
use crate::syntax::Above;

impl<'a> Lowerer<'a, '_> {
    /// What stands above a statement, after what was left over from statements that went away.
    pub(super) fn above(&mut self, start: u32, head_end: u32) -> Trivia {
        let above = self.cursor.take(start, head_end);
        let own = trivia(above);
        if self.pending.is_empty() {
            return own;
        }
        let mut comments = std::mem::take(&mut self.pending);
        let blank_before = comments.first().is_some_and(|first| first.blank_before);
        if let Some(first) = comments.first_mut() {
            first.blank_before = false;
        }
        let at = comments.len();
        comments.extend(own.comments);
        if let Some(first) = comments.get_mut(at) {
            first.blank_before = own.blank_before;
        }
        Trivia { blank_before, comments }
    }

    /// Keeps comments of a statement that goes away.
    pub(super) fn keep(&mut self, trivia: Trivia) {
        let at = self.pending.len();
        self.pending.extend(trivia.comments);
        if let Some(first) = self.pending.get_mut(at) {
            first.blank_before = trivia.blank_before;
        }
    }

    /// Keeps all comments above an offset: a branch was dropped.
    pub(super) fn keep_before(&mut self, offset: u32) {
        let above = self.cursor.take_before(offset);
        self.keep(trivia(above));
    }

    /// The comments below the last statement of a block.
    pub(super) fn below(&mut self, stmts: &[ast::Stmt]) -> Trivia {
        let (Some(first), Some(last)) = (stmts.first(), stmts.last()) else { return Trivia::default() };
        let above = self.cursor.take_block_end(u32::from(first.start()), u32::from(last.end()));
        let mut below = trivia(above);
        if !self.pending.is_empty() {
            let mut comments = std::mem::take(&mut self.pending);
            comments.append(&mut below.comments);
            below.comments = comments;
        }
        below
    }

    /// All comments that are left.
    pub(super) fn rest_of_file(&mut self) -> Trivia {
        trivia(self.cursor.take_before(u32::MAX))
    }

    /// The end of the line with the colon of a compound statement, as an offset: the colon after `from`.
    pub(super) fn colon(&self, from: u32) -> u32 {
        let text = self.here().text.as_bytes();
        let mut at = from as usize;
        while let Some(byte) = text.get(at) {
            match byte {
                b':' => return at as u32,
                b'#' => {
                    while text.get(at).is_some_and(|byte| *byte != b'\n') {
                        at += 1;
                    }
                }
                _ => at += 1,
            }
        }
        from
    }

    /// Takes the docstring off a body.
    pub(super) fn docstring(&mut self, body: &'a [ast::Stmt]) -> (Option<String>, &'a [ast::Stmt]) {
        let Some(text) = self.docstring_text(body) else { return (None, body) };
        let docs = clean(text);
        let (first, rest) = match body.split_first() {
            Some(parts) => parts,
            None => return (None, body),
        };
        let above = self.above(u32::from(first.start()), u32::from(first.end()));
        self.keep(above);
        (Some(docs), rest)
    }

    /// The text of the docstring of a body.
    pub(super) fn docstring_text(&self, body: &'a [ast::Stmt]) -> Option<&'a str> {
        let Some(ast::Stmt::Expr(it)) = body.first() else { return None };
        let ast::Expr::Constant(constant) = &*it.value else { return None };
        match &constant.value {
            ast::Constant::Str(text) => Some(text),
            _ => None,
        }
    }
}

fn trivia(above: Above) -> Trivia {
    let comment = |(blank_before, text): (bool, String)| Comment { blank_before, text };
    Trivia { blank_before: above.blank_before, comments: above.comments.into_iter().map(comment).collect() }
}

/// A docstring as `inspect.cleandoc` gives it.
pub fn clean(text: &str) -> String {
    let expanded = expand_tabs(text);
    let mut lines: Vec<&str> = expanded.split('\n').collect();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let margin = lines.iter().skip(1).filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    for (at, line) in lines.iter_mut().enumerate() {
        *line = if at == 0 { line.trim_start() } else { line.get(margin..).unwrap_or("") };
    }
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    let skip = lines.iter().take_while(|line| line.is_empty()).count();
    lines[skip..].join("\n")
}

fn expand_tabs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for char in text.chars() {
        match char {
            '\t' => {
                let width = 8 - column % 8;
                out.extend(std::iter::repeat_n(' ', width));
                column += width;
            }
            '\n' | '\r' => {
                out.push(char);
                column = 0;
            }
            _ => {
                out.push(char);
                column += 1;
            }
        }
    }
    out
}
