//! Statements of one line.

use rustpython_parser::ast::{self, Expr, Identifier, Operator, Stmt};

use super::{Parsed, Parser, Stop, target};
use crate::syntax::token::Kind;

impl Parser<'_> {
    /// Statements up to the end of the line.
    pub(super) fn simple_line(&mut self, out: &mut Vec<Stmt>) -> Parsed<()> {
        loop {
            out.push(self.simple()?);
            if self.eat(Kind::Semicolon) {
                if self.eat(Kind::Newline) {
                    return Ok(());
                }
                continue;
            }
            self.expect(Kind::Newline)?;
            return Ok(());
        }
    }

    fn simple(&mut self) -> Parsed<Stmt> {
        let start = self.start();
        self.depth = 0;
        match self.kind() {
            Kind::Pass => {
                self.bump();
                Ok(Stmt::Pass(ast::StmtPass { range: self.range(start) }))
            }
            Kind::Break => {
                self.bump();
                Ok(Stmt::Break(ast::StmtBreak { range: self.range(start) }))
            }
            Kind::Continue => {
                self.bump();
                Ok(Stmt::Continue(ast::StmtContinue { range: self.range(start) }))
            }
            Kind::Return => self.return_statement(),
            Kind::Raise => self.raise(),
            Kind::Global => {
                let names = self.declared_names()?;
                Ok(Stmt::Global(ast::StmtGlobal { range: self.range(start), names }))
            }
            Kind::Nonlocal => {
                let names = self.declared_names()?;
                Ok(Stmt::Nonlocal(ast::StmtNonlocal { range: self.range(start), names }))
            }
            Kind::Del => self.delete(),
            Kind::Assert => self.assert(),
            Kind::Import => self.import(),
            Kind::From => self.import_from(),
            Kind::Name if self.at_word("type") && self.ahead(1) == Kind::Name => self.type_alias(),
            _ => self.expression_statement(),
        }
    }

    fn ends_statement(&mut self) -> bool {
        matches!(self.kind(), Kind::Newline | Kind::Semicolon)
    }

    fn return_statement(&mut self) -> Parsed<Stmt> {
        let start = self.bump().start;
        let mut value = None;
        if !self.ends_statement() {
            let at = self.start();
            let expr = self.star_expressions()?;
            self.note_star_tuple(at, &expr, "`return` values with `*` and no brackets");
            value = Some(Box::new(expr));
        }
        Ok(Stmt::Return(ast::StmtReturn { range: self.range(start), value }))
    }

    fn raise(&mut self) -> Parsed<Stmt> {
        let start = self.bump().start;
        let (mut exc, mut cause) = (None, None);
        if !self.ends_statement() {
            exc = Some(Box::new(self.expression()?));
            if self.eat(Kind::From) {
                cause = Some(Box::new(self.expression()?));
            }
        }
        Ok(Stmt::Raise(ast::StmtRaise { range: self.range(start), exc, cause }))
    }

    fn declared_names(&mut self) -> Parsed<Vec<Identifier>> {
        self.bump();
        let mut names = vec![self.name()?];
        while self.eat(Kind::Comma) {
            names.push(self.name()?);
        }
        Ok(names)
    }

    fn delete(&mut self) -> Parsed<Stmt> {
        let start = self.bump().start;
        let at = self.start();
        let item = Parser::delete_item;
        let first = item(self)?;
        let bracketed = self.kind() != Kind::Comma;
        let targets = self.tuple_of(at, first, item)?;
        if !self.ends_statement() && target::invalid(&targets, target::Kind::Delete).is_none() {
            return Err(Stop);
        }
        let targets = match self.store(targets, target::Kind::Delete)? {
            Expr::Tuple(tuple) if !bracketed => tuple.elts,
            other => vec![other],
        };
        Ok(Stmt::Delete(ast::StmtDelete { range: self.range(start), targets }))
    }

    fn delete_item(&mut self) -> Parsed<Expr> {
        if self.kind() == Kind::Star { self.starred() } else { self.expression() }
    }

    fn assert(&mut self) -> Parsed<Stmt> {
        let start = self.bump().start;
        let test = Box::new(self.expression()?);
        let msg = if self.eat(Kind::Comma) { Some(Box::new(self.expression()?)) } else { None };
        Ok(Stmt::Assert(ast::StmtAssert { range: self.range(start), test, msg }))
    }

    fn type_alias(&mut self) -> Parsed<Stmt> {
        let start = self.bump().start;
        let token = self.expect(Kind::Name)?;
        let id = self.identifier(token);
        let name = Expr::Name(ast::ExprName { range: self.range(token.start), id, ctx: ast::ExprContext::Store });
        let type_params = self.type_params()?;
        self.expect(Kind::Equal)?;
        self.since(12, start, "`type` statements");
        let value = Box::new(self.expression()?);
        Ok(Stmt::TypeAlias(ast::StmtTypeAlias { range: self.range(start), name: Box::new(name), type_params, value }))
    }

    fn value(&mut self) -> Parsed<Expr> {
        if self.kind() == Kind::Yield { self.yield_expr() } else { self.star_expressions() }
    }

    /// An expression, or an assignment of some kind.
    fn expression_statement(&mut self) -> Parsed<Stmt> {
        let start = self.start();
        let first = self.value()?;
        match self.kind() {
            Kind::Equal => self.assignment(start, first),
            Kind::Colon => self.annotated(start, first),
            Kind::ColonEqual => {
                if matches!(first, Expr::Name(_)) {
                    return Err(Stop);
                }
                self.no_walrus(&first)
            }
            kind if kind.is_augmented() => self.augmented(start, first),
            _ => Ok(Stmt::Expr(ast::StmtExpr { range: self.range(start), value: Box::new(first) })),
        }
    }

    fn assignment(&mut self, start: u32, first: Expr) -> Parsed<Stmt> {
        let mut targets = Vec::new();
        let mut value = first;
        while self.kind() == Kind::Equal {
            if let Expr::Yield(_) | Expr::YieldFrom(_) = value
                && !self.text[start as usize..].starts_with('(')
            {
                return self.fail_expr(&value, "assignment to yield expression not possible");
            }
            if let Some(wrong) = target::invalid(&value, target::Kind::Assign) {
                let wrong = wrong.clone();
                return self.cannot_assign(&targets, &wrong, &value);
            }
            targets.push(self.store(value, target::Kind::Assign)?);
            self.bump();
            value = self.value()?;
        }
        if matches!(self.kind(), Kind::ColonEqual) {
            return Err(Stop);
        }
        let value = Box::new(value);
        Ok(Stmt::Assign(ast::StmtAssign { range: self.range(start), targets, value, type_comment: None }))
    }

    fn cannot_assign<T>(&mut self, before: &[Expr], wrong: &Expr, whole: &Expr) -> Parsed<T> {
        let not_an_operand = matches!(whole, Expr::Compare(_) | Expr::BoolOp(_) | Expr::IfExp(_) | Expr::Tuple(_));
        if let [first @ Expr::Name(_)] = before
            && not_an_operand
            && u32::from(ast::Ranged::end(whole)) == self.prev_end
        {
            return self.fail_expr(first, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        }
        if let Expr::Tuple(tuple) = whole
            && let Some(last @ Expr::Name(_)) = tuple.elts.last()
            && u32::from(ast::Ranged::end(last)) == self.prev_end
        {
            let right = self.probe(|parser| {
                parser.bump();
                parser.bitwise_or()?;
                if parser.kind() == Kind::Equal { Err(Stop) } else { Ok(()) }
            });
            if right.is_some() {
                return self.fail_expr(last, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
            }
        }
        let name = target::describe(wrong);
        let hint = !matches!(name, "None" | "True" | "False" | "list" | "tuple" | "generator expression")
            && ast::Ranged::end(wrong) == ast::Ranged::end(whole)
            && !(not_an_operand && u32::from(ast::Ranged::end(whole)) == self.prev_end && !whole.is_tuple_expr());
        if hint {
            let right = self.probe(|parser| {
                parser.bump();
                parser.bitwise_or()?;
                if parser.kind() == Kind::Equal { Err(Stop) } else { Ok(()) }
            });
            if right.is_some() {
                return self
                    .fail_expr(wrong, format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?"));
            }
        }
        self.fail_expr(wrong, format!("cannot assign to {name}"))
    }

    fn annotated(&mut self, start: u32, target: Expr) -> Parsed<Stmt> {
        let message = match &target {
            Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_) => None,
            Expr::Tuple(_) => Some("only single target (not tuple) can be annotated"),
            Expr::List(_) => Some("only single target (not list) can be annotated"),
            _ => Some("illegal target for annotation"),
        };
        if let Some(message) = message {
            let annotation = self.probe(|parser| {
                parser.bump();
                parser.expression()
            });
            if annotation.is_none() {
                return Err(Stop);
            }
            return match &target {
                Expr::Tuple(tuple) if !self.text[start as usize..].starts_with('(') => match tuple.elts.first() {
                    Some(first) => self.fail_expr(&first.clone(), message),
                    None => Err(Stop),
                },
                _ => self.fail_expr(&target, message),
            };
        }
        self.bump();
        let simple = matches!(&target, Expr::Name(name) if u32::from(name.range.start()) == start);
        let target = Box::new(self.store(target, target::Kind::Assign)?);
        let annotation = Box::new(self.expression()?);
        self.since(6, start, "variable annotations");
        let mut value = None;
        if self.eat(Kind::Equal) {
            let at = self.start();
            let expr = self.value()?;
            if expr.is_tuple_expr() && !self.text[at as usize..].starts_with('(') {
                self.since(8, at, "annotated tuples without brackets");
            }
            value = Some(Box::new(expr));
        }
        Ok(Stmt::AnnAssign(ast::StmtAnnAssign { range: self.range(start), target, annotation, value, simple }))
    }

    fn augmented(&mut self, start: u32, target: Expr) -> Parsed<Stmt> {
        if !matches!(target, Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_)) {
            self.bump();
            self.value()?;
            let name = target::describe(&target);
            return self.fail_expr(&target, format!("'{name}' is an illegal expression for augmented assignment"));
        }
        let target = Box::new(self.store(target, target::Kind::Assign)?);
        let op = match self.bump().kind {
            Kind::PlusEqual => Operator::Add,
            Kind::MinusEqual => Operator::Sub,
            Kind::StarEqual => Operator::Mult,
            Kind::SlashEqual => Operator::Div,
            Kind::DoubleSlashEqual => Operator::FloorDiv,
            Kind::PercentEqual => Operator::Mod,
            Kind::AtEqual => {
                self.since(5, start, "the `@` operators");
                Operator::MatMult
            }
            Kind::DoubleStarEqual => Operator::Pow,
            Kind::LeftShiftEqual => Operator::LShift,
            Kind::RightShiftEqual => Operator::RShift,
            Kind::AmpersandEqual => Operator::BitAnd,
            Kind::BarEqual => Operator::BitOr,
            _ => Operator::BitXor,
        };
        let value = Box::new(self.value()?);
        Ok(Stmt::AugAssign(ast::StmtAugAssign { range: self.range(start), target, op, value }))
    }
}
