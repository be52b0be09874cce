//! `with`.

use rustpython_parser::ast::{self, Stmt, WithItem};

use super::{Parsed, Parser, Stop, target};
use crate::syntax::token::Kind;

impl Parser<'_> {
    pub(super) fn with_statement(&mut self, start: u32, is_async: bool) -> Parsed<Stmt> {
        let line = self.bump();
        let items = match self.bracketed_items() {
            Some(items) => items,
            None => self.with_items(Kind::Colon)?,
        };
        self.head_colon()?;
        let body = self.block("'with' statement", line.start)?;
        let range = self.range(start);
        Ok(if is_async {
            Stmt::AsyncWith(ast::StmtAsyncWith { range, items, body, type_comment: None })
        } else {
            Stmt::With(ast::StmtWith { range, items, body, type_comment: None })
        })
    }

    /// `with (a as b, c as d):`; otherwise nothing was read, and the bracket opens an expression.
    fn bracketed_items(&mut self) -> Option<Vec<WithItem>> {
        if self.kind() != Kind::LeftParen {
            return None;
        }
        let (saved, level, prev_end, recursion) = (self.at, self.level, self.prev_end, self.recursion);
        let (versions, unsupported) = (self.versions.clone(), self.unsupported.len());
        let open = self.bump();
        let items = self.with_items(Kind::RightParen);
        if let Ok(items) = items
            && self.eat(Kind::RightParen)
            && self.kind() == Kind::Colon
        {
            // With one item, or none with a name, older versions read a bracketed expression.
            if items.iter().any(|item| item.optional_vars.is_some()) {
                self.since(9, open.start, "parenthesized context managers");
            }
            return Some(items);
        }
        (self.at, self.level, self.prev_end, self.recursion) = (saved, level, prev_end, recursion);
        self.versions = versions;
        self.unsupported.truncate(unsupported);
        self.failure = None;
        None
    }

    /// After `as` stands an expression that is more than a target.
    fn no_target<T>(&mut self, at: usize) -> Parsed<T> {
        let here = std::mem::replace(&mut self.at, at);
        let mut wrong = None;
        self.probe(|parser| {
            let expr = parser.expression()?;
            if matches!(parser.kind(), Kind::Comma | Kind::RightParen | Kind::Colon) {
                wrong = target::invalid(&expr, target::Kind::Assign).cloned();
            }
            Ok(())
        });
        self.at = here;
        match wrong {
            Some(wrong) => self.fail_expr(&wrong, format!("cannot assign to {}", target::describe(&wrong))),
            None => Err(Stop),
        }
    }

    fn with_items(&mut self, close: Kind) -> Parsed<Vec<WithItem>> {
        let mut items = Vec::new();
        loop {
            let start = self.start();
            let context_expr = self.expression()?;
            let optional_vars = if self.eat(Kind::As) {
                let at = self.at;
                let expr = if self.kind() == Kind::Star { self.starred()? } else { self.bitwise_or()? };
                if !matches!(self.kind(), Kind::Comma | Kind::RightParen | Kind::Colon) {
                    return self.no_target(at);
                }
                Some(Box::new(self.store(expr, target::Kind::Assign)?))
            } else {
                None
            };
            items.push(WithItem { range: self.range(start).into(), context_expr, optional_vars });
            if !self.eat(Kind::Comma) || close == Kind::RightParen && self.kind() == close {
                return Ok(items);
            }
        }
    }
}
