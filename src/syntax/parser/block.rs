//! Statements with blocks.

use rustpython_parser::ast::{self, ExceptHandler, Expr, Stmt};

use super::{Parsed, Parser, Stop};
use crate::syntax::error::Failure;
use crate::syntax::token::Kind;

impl Parser<'_> {
    /// A statement, or a line of them.
    pub(super) fn statement(&mut self, out: &mut Vec<Stmt>) -> Parsed<()> {
        let start = self.start();
        let stmt = match self.kind() {
            Kind::If => self.if_statement()?,
            Kind::While => self.while_statement()?,
            Kind::For => self.for_statement(start, false)?,
            Kind::Try => self.try_statement()?,
            Kind::With => self.with_statement(start, false)?,
            Kind::Def => self.function(start, Vec::new(), false)?,
            Kind::Class => self.class(Vec::new())?,
            Kind::At => self.decorated()?,
            Kind::Async => self.async_statement(Vec::new())?,
            Kind::Name if self.at_word("match") => match self.match_statement()? {
                Some(stmt) => stmt,
                None => return self.simple_line(out),
            },
            _ => return self.simple_line(out),
        };
        out.push(stmt);
        Ok(())
    }

    /// A block, after its colon; `what` and `head` are for the message when it is missing.
    pub(super) fn block(&mut self, what: &str, head: u32) -> Parsed<Vec<Stmt>> {
        let mut body = Vec::new();
        if self.kind() != Kind::Newline {
            self.simple_line(&mut body)?;
            self.prev_end = body.last().map_or(self.prev_end, |last| ast::Ranged::end(last).into());
            return Ok(body);
        }
        self.bump();
        if self.kind() != Kind::Indent {
            let line = self.text[..head as usize].matches('\n').count() + 1;
            let token = self.token();
            let message = format!("expected an indented block after {what} on line {line}");
            let failure = self.indentation_error(token, message);
            self.failure.get_or_insert(failure);
            return Err(Stop);
        }
        self.bump();
        self.recursion += 1;
        while self.kind() != Kind::Dedent {
            if self.kind() == Kind::Eof {
                return Err(Stop);
            }
            self.statement(&mut body)?;
        }
        self.recursion -= 1;
        // The block ends with its last statement, not with the dedent.
        let end = self.prev_end;
        self.bump();
        self.prev_end = body.last().map_or(end, |last| ast::Ranged::end(last).into());
        if body.len() == 1 {
            body.shrink_to_fit();
        }
        Ok(body)
    }

    fn if_statement(&mut self) -> Parsed<Stmt> {
        // Read in a loop, so that a long chain of `elif` costs no stack.
        let mut clauses = Vec::new();
        let mut orelse = Vec::new();
        loop {
            let head = self.bump();
            let test = self.named_expression()?;
            self.head_colon()?;
            let what = if head.kind == Kind::If { "'if' statement" } else { "'elif' statement" };
            let body = self.block(what, head.start)?;
            clauses.push((head.start, test, body));
            match self.kind() {
                Kind::Elif if clauses.len() >= super::MAX_DEPTH as usize => {
                    let token = self.token();
                    let message = "chain of `elif` is too long to be translated";
                    self.failure.get_or_insert(Failure::unsupported(token.start, token.end, message));
                    return Err(Stop);
                }
                Kind::Elif => {}
                Kind::Else => {
                    orelse = self.else_block()?;
                    break;
                }
                _ => break,
            }
        }
        let end = self.prev_end;
        let mut stmt = None;
        for (start, test, body) in clauses.into_iter().rev() {
            let range = rustpython_parser::text_size::TextRange::new(start.into(), end.into());
            let orelse = stmt.take().map_or_else(|| std::mem::take(&mut orelse), |stmt| vec![stmt]);
            stmt = Some(Stmt::If(ast::StmtIf { range, test: Box::new(test), body, orelse }));
        }
        stmt.ok_or(Stop)
    }

    fn else_block(&mut self) -> Parsed<Vec<Stmt>> {
        let head = self.bump();
        self.colon()?;
        self.block("'else' statement", head.start)
    }

    fn optional_else(&mut self) -> Parsed<Vec<Stmt>> {
        if self.kind() == Kind::Else { self.else_block() } else { Ok(Vec::new()) }
    }

    fn while_statement(&mut self) -> Parsed<Stmt> {
        let start = self.bump().start;
        let test = Box::new(self.named_expression()?);
        self.head_colon()?;
        let body = self.block("'while' statement", start)?;
        let orelse = self.optional_else()?;
        Ok(Stmt::While(ast::StmtWhile { range: self.range(start), test, body, orelse }))
    }

    fn for_statement(&mut self, start: u32, is_async: bool) -> Parsed<Stmt> {
        let head = self.bump();
        let target = Box::new(self.for_target(false)?);
        self.expect(Kind::In)?;
        let at = self.start();
        let iter = self.star_expressions()?;
        if let Expr::Tuple(tuple) = &iter
            && !self.text[at as usize..].starts_with('(')
            && tuple.elts.iter().any(Expr::is_starred_expr)
        {
            self.since(9, at, "`*` in the items of a `for`");
        }
        let iter = Box::new(iter);
        self.head_colon()?;
        let body = self.block("'for' statement", head.start)?;
        let orelse = self.optional_else()?;
        let range = self.range(start);
        Ok(if is_async {
            Stmt::AsyncFor(ast::StmtAsyncFor { range, target, iter, body, orelse, type_comment: None })
        } else {
            Stmt::For(ast::StmtFor { range, target, iter, body, orelse, type_comment: None })
        })
    }

    fn async_statement(&mut self, decorators: Vec<Expr>) -> Parsed<Stmt> {
        let start = self.bump().start;
        self.since(5, start, "`async` statements");
        match self.kind() {
            Kind::Def => self.function(start, decorators, true),
            Kind::For if decorators.is_empty() => self.for_statement(start, true),
            Kind::With if decorators.is_empty() => self.with_statement(start, true),
            _ => Err(Stop),
        }
    }

    fn decorated(&mut self) -> Parsed<Stmt> {
        let mut decorators = Vec::new();
        while self.kind() == Kind::At {
            let start = self.bump().start;
            let decorator = self.named_expression()?;
            if !is_dotted_call(&decorator) {
                self.since(9, start, "decorators other than names and calls");
            }
            decorators.push(decorator);
            self.expect(Kind::Newline)?;
        }
        let start = self.start();
        match self.kind() {
            Kind::Def => self.function(start, decorators, false),
            Kind::Class => self.class(decorators),
            Kind::Async => self.async_statement(decorators),
            _ => Err(Stop),
        }
    }

    fn function(&mut self, start: u32, decorator_list: Vec<Expr>, is_async: bool) -> Parsed<Stmt> {
        let head = self.bump();
        let name = self.name()?;
        let bracket = self.token();
        let type_params = match self.type_params() {
            Err(Stop) if self.failure.is_none() => return self.fail(bracket.start, bracket.end, "expected '('"),
            params => params?,
        };
        self.expect_or(Kind::LeftParen, "expected '('")?;
        self.depth = 0;
        let args = Box::new(self.parameters(Kind::RightParen)?);
        self.expect(Kind::RightParen)?;
        let returns = self.returns()?;
        self.colon()?;
        let body = self.block("function definition", head.start)?;
        let (range, type_comment) = (self.range(start), None);
        Ok(if is_async {
            Stmt::AsyncFunctionDef(ast::StmtAsyncFunctionDef {
                range,
                name,
                args,
                body,
                decorator_list,
                returns,
                type_comment,
                type_params,
            })
        } else {
            Stmt::FunctionDef(ast::StmtFunctionDef {
                range,
                name,
                args,
                body,
                decorator_list,
                returns,
                type_comment,
                type_params,
            })
        })
    }

    /// `-> annotation`; CPython misses the colon where the annotation cannot be read.
    fn returns(&mut self) -> Parsed<Option<Box<Expr>>> {
        let arrow = self.token();
        if !self.eat(Kind::Arrow) {
            return Ok(None);
        }
        match self.expression() {
            Ok(expr) => Ok(Some(Box::new(expr))),
            Err(Stop) if self.failure.is_some() => Err(Stop),
            Err(Stop) => self.fail(arrow.start, arrow.end, "expected ':'"),
        }
    }

    fn class(&mut self, decorator_list: Vec<Expr>) -> Parsed<Stmt> {
        let start = self.bump().start;
        let name = self.name()?;
        let type_params = self.type_params()?;
        self.depth = 0;
        let mut arguments = super::argument::Arguments::default();
        if self.kind() == Kind::LeftParen {
            arguments = self.arguments()?;
            if let Some((at, _)) = arguments.bare_generator {
                self.until(6, at, at, "expected ':'");
            }
        }
        self.head_colon()?;
        let body = self.block("class definition", start)?;
        let (bases, keywords) = (arguments.positional, arguments.keywords);
        Ok(Stmt::ClassDef(ast::StmtClassDef {
            range: self.range(start),
            name,
            bases,
            keywords,
            body,
            decorator_list,
            type_params,
        }))
    }

    fn try_statement(&mut self) -> Parsed<Stmt> {
        let start = self.bump().start;
        self.colon()?;
        let body = self.block("'try' statement", start)?;
        let mut handlers = Vec::new();
        let mut is_star = None;
        while self.kind() == Kind::Except {
            let at = self.start();
            let (star, handler) = self.handler()?;
            if is_star.is_some_and(|before| before != star) {
                let message = "cannot have both 'except' and 'except*' on the same 'try'";
                return self.fail(at, at, message);
            }
            is_star = Some(star);
            handlers.push(handler);
        }
        let orelse = if !handlers.is_empty() && self.kind() == Kind::Else { self.else_block()? } else { Vec::new() };
        let mut finalbody = Vec::new();
        if self.kind() == Kind::Finally {
            let head = self.bump();
            self.colon()?;
            finalbody = self.block("'finally' statement", head.start)?;
        } else if handlers.is_empty() {
            let token = self.token();
            let at = self.before(token);
            return self.fail(at, at.max(token.end), "expected 'except' or 'finally' block");
        }
        let range = self.range(start);
        Ok(if is_star == Some(true) {
            Stmt::TryStar(ast::StmtTryStar { range, body, handlers, orelse, finalbody })
        } else {
            Stmt::Try(ast::StmtTry { range, body, handlers, orelse, finalbody })
        })
    }

    fn handler(&mut self) -> Parsed<(bool, ExceptHandler)> {
        let start = self.bump().start;
        let star = self.kind() == Kind::Star;
        if star {
            self.since(11, start, "`except*` clauses");
            self.bump();
        }
        let (mut type_, mut name) = (None, None);
        if self.kind() != Kind::Colon {
            let at = self.start();
            let expr = self.expression()?;
            if self.kind() == Kind::Comma {
                let first_end = self.prev_end;
                self.bump();
                if self.expression().is_ok() {
                    while self.eat(Kind::Comma) && self.kind() != Kind::Colon && self.kind() != Kind::As {
                        self.expression()?;
                    }
                    if matches!(self.kind(), Kind::Colon | Kind::As) {
                        let end = self.prev_end.max(first_end);
                        return self.fail(at, end, "multiple exception types must be parenthesized");
                    }
                }
                return Err(Stop);
            }
            type_ = Some(Box::new(expr));
            if self.eat(Kind::As) {
                name = Some(self.name()?);
            }
        } else if star {
            let token = self.token();
            return self.fail(token.start, token.end, "expected one or more exception types");
        }
        self.head_colon()?;
        let what = if star { "'except*' statement" } else { "'except' statement" };
        let body = self.block(what, start)?;
        let range = self.range(start);
        Ok((star, ExceptHandler::ExceptHandler(ast::ExceptHandlerExceptHandler { range, type_, name, body })))
    }
}

/// What could be a decorator before Python 3.9.
fn is_dotted_call(decorator: &Expr) -> bool {
    let mut expr = match decorator {
        Expr::Call(call) => &call.func,
        other => other,
    };
    while let Expr::Attribute(attribute) = expr {
        expr = &attribute.value;
    }
    expr.is_name_expr()
}
