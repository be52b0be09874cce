//! Expressions, from tuples without brackets down to operands.

use rustpython_parser::ast::{self, BoolOp, CmpOp, Expr, ExprContext, Operator, UnaryOp};

use super::{Parsed, Parser, Stop};
use crate::syntax::token::Kind;

/// How tightly operators bind.
mod power {
    pub const OR: u8 = 1;
    pub const AND: u8 = 2;
    pub const NOT: u8 = 3;
    pub const COMPARE: u8 = 4;
    pub const BIT_OR: u8 = 5;
    pub const UNARY: u8 = 11;
    pub const POWER: u8 = 12;
}

fn binary_operator(kind: Kind) -> Option<(Operator, u8)> {
    Some(match kind {
        Kind::Bar => (Operator::BitOr, power::BIT_OR),
        Kind::Caret => (Operator::BitXor, 6),
        Kind::Ampersand => (Operator::BitAnd, 7),
        Kind::LeftShift => (Operator::LShift, 8),
        Kind::RightShift => (Operator::RShift, 8),
        Kind::Plus => (Operator::Add, 9),
        Kind::Minus => (Operator::Sub, 9),
        Kind::Star => (Operator::Mult, 10),
        Kind::Slash => (Operator::Div, 10),
        Kind::DoubleSlash => (Operator::FloorDiv, 10),
        Kind::Percent => (Operator::Mod, 10),
        Kind::At => (Operator::MatMult, 10),
        Kind::DoubleStar => (Operator::Pow, power::POWER),
        _ => return None,
    })
}

impl Parser<'_> {
    /// `star_expressions`: a tuple without brackets, or one expression.
    pub(super) fn star_expressions(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let first = self.star_expression()?;
        self.tuple_of(start, first, Parser::star_expression)
    }

    /// The rest of a tuple without brackets, if a comma follows.
    pub(super) fn tuple_of(&mut self, start: u32, first: Expr, item: fn(&mut Self) -> Parsed<Expr>) -> Parsed<Expr> {
        if self.kind() != Kind::Comma {
            return Ok(first);
        }
        let mut elts = vec![first];
        while self.eat(Kind::Comma) {
            if !self.kind().starts_expression() && self.kind() != Kind::Star {
                break;
            }
            elts.push(item(self)?);
        }
        self.wrap(start)?;
        Ok(Expr::Tuple(ast::ExprTuple { range: self.range(start), elts, ctx: ExprContext::Load }))
    }

    fn star_expression(&mut self) -> Parsed<Expr> {
        if self.kind() == Kind::Star { self.starred() } else { self.expression() }
    }

    /// `star_named_expression`.
    pub(super) fn star_named_expression(&mut self) -> Parsed<Expr> {
        if self.kind() == Kind::Star { self.starred() } else { self.named_expression() }
    }

    /// `*` and an operand of `|`.
    pub(super) fn starred(&mut self) -> Parsed<Expr> {
        let start = self.bump().start;
        let value = Box::new(self.bitwise_or()?);
        if self.level > 0 && !self.probing && self.kind().starts_expression() {
            self.two_expressions(ast::Ranged::start(value.as_ref()).into(), &value)?;
        }
        self.wrap(start)?;
        Ok(Expr::Starred(ast::ExprStarred { range: self.range(start), value, ctx: ExprContext::Load }))
    }

    pub(super) fn bitwise_or(&mut self) -> Parsed<Expr> {
        self.binary(power::BIT_OR)
    }

    /// An operand of `if … else`.
    pub(super) fn disjunction(&mut self) -> Parsed<Expr> {
        self.binary(power::OR)
    }

    /// An expression, or `name := expression`.
    pub(super) fn named_expression(&mut self) -> Parsed<Expr> {
        let start = self.start();
        if self.kind() == Kind::Name && self.ahead(1) == Kind::ColonEqual {
            return self.walrus();
        }
        let expr = self.expression()?;
        match self.kind() {
            Kind::ColonEqual => self.no_walrus(&expr),
            Kind::Equal if !self.probing => self.equal_sign(start, &expr),
            _ => Ok(expr),
        }
    }

    /// `=` where only `==` or `:=` make sense.
    pub(super) fn equal_sign<T>(&mut self, start: u32, expr: &Expr) -> Parsed<T> {
        if matches!(expr, Expr::List(_) | Expr::Tuple(_) | Expr::GeneratorExp(_) | Expr::BoolOp(_) | Expr::Compare(_)) {
            return Err(Stop);
        }
        if let Expr::Constant(ast::ExprConstant { value: ast::Constant::Bool(true) | ast::Constant::None, .. }) = expr {
            return Err(Stop);
        }
        let end = self.probe(|parser| {
            parser.bump();
            parser.bitwise_or()?;
            if matches!(parser.kind(), Kind::Equal | Kind::ColonEqual) { Err(Stop) } else { Ok(()) }
        });
        let Some(end) = end else { return Err(Stop) };
        if matches!(expr, Expr::Name(_)) {
            return self.fail(start, end, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        }
        let name = super::target::describe(expr);
        self.fail(start, end, format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?"))
    }

    /// `:=` after something that is no name.
    pub(super) fn no_walrus<T>(&mut self, expr: &Expr) -> Parsed<T> {
        let value = self.probe(|parser| {
            parser.bump();
            parser.expression()
        });
        if value.is_none() {
            return Err(Stop);
        }
        let name = super::target::describe(expr);
        self.fail_expr(expr, format!("cannot use assignment expressions with {name}"))
    }

    fn walrus(&mut self) -> Parsed<Expr> {
        let token = self.bump();
        self.since(8, token.start, "assignment expressions");
        let id = self.identifier(token);
        let target = Expr::Name(ast::ExprName { range: self.range(token.start), id, ctx: ExprContext::Store });
        self.bump();
        let value = Box::new(self.expression()?);
        self.wrap(token.start)?;
        Ok(Expr::NamedExpr(ast::ExprNamedExpr { range: self.range(token.start), target: Box::new(target), value }))
    }

    /// `expression`: a condition, a `lambda`, or an operand of neither.
    pub(super) fn expression(&mut self) -> Parsed<Expr> {
        let start = self.start();
        if self.kind() == Kind::Lambda {
            return self.deeper(Parser::lambda);
        }
        let body = self.binary(power::OR)?;
        let expr = if self.kind() == Kind::If { self.condition(start, body)? } else { body };
        if self.kind().starts_expression() && !self.probing {
            self.two_expressions(start, &expr)?;
        }
        Ok(expr)
    }

    fn condition(&mut self, start: u32, body: Expr) -> Parsed<Expr> {
        let outer = std::mem::take(&mut self.depth);
        self.bump();
        let test = Box::new(self.binary(power::OR)?);
        if self.kind() != Kind::Else {
            if matches!(self.kind(), Kind::Colon | Kind::Error) {
                return Err(Stop);
            }
            let end = self.prev_end;
            return self.fail(start, end, "expected 'else' after 'if' expression");
        }
        self.bump();
        let orelse = Box::new(self.deeper(Parser::expression)?);
        self.depth = self.depth.max(outer);
        self.wrap(start)?;
        Ok(Expr::IfExp(ast::ExprIfExp { range: self.range(start), test, body: Box::new(body), orelse }))
    }

    /// Two expressions side by side: a forgotten comma, or a statement of Python 2.
    fn two_expressions(&mut self, start: u32, first: &Expr) -> Parsed<()> {
        let end = self.prev_end;
        let name = match first {
            Expr::Name(name) if u32::from(name.range.end()) == end => Some(name.id.as_str()),
            _ => None,
        };
        if let Some(statement @ ("print" | "exec")) = name {
            if let Some(end) = self.probe(Parser::star_expressions) {
                let message = format!("Missing parentheses in call to '{statement}'. Did you mean {statement}(...)?");
                return self.fail(start, end, message);
            }
            return Ok(());
        }
        let prefix_of_string = name.is_some() && matches!(self.kind(), Kind::String | Kind::FStringStart);
        let soft_keyword = matches!(name, Some("_" | "case" | "match" | "type"));
        if !prefix_of_string && !soft_keyword && self.kind() != Kind::Not {
            let end = self.probe(|parser| parser.deeper(Parser::expression));
            if let Some(end) = end.filter(|_| self.level > 0) {
                return self.fail(start, end, "invalid syntax. Perhaps you forgot a comma?");
            }
        }
        Ok(())
    }

    fn lambda(&mut self) -> Parsed<Expr> {
        let start = self.bump().start;
        let args = Box::new(self.lambda_parameters()?);
        self.colon()?;
        if self.kind() == Kind::FStringMiddle {
            let end = self.prev_end;
            return self.fail(start, end, "f-string: lambda expressions are not allowed without parentheses");
        }
        let body = Box::new(self.expression()?);
        Ok(Expr::Lambda(ast::ExprLambda { range: self.range(start), args, body }))
    }

    /// Operators that bind at least as tightly as `min`, and their operands.
    fn binary(&mut self, min: u8) -> Parsed<Expr> {
        let start = self.start();
        let outer = std::mem::take(&mut self.depth);
        let mut left = match self.kind() {
            Kind::Not if min <= power::NOT => self.unary(power::NOT)?,
            Kind::Minus | Kind::Plus | Kind::Tilde => self.unary(power::UNARY)?,
            _ => self.primary()?,
        };
        loop {
            let kind = self.kind();
            if let Some((op, binds)) = binary_operator(kind) {
                if binds < min {
                    break;
                }
                let depth = std::mem::take(&mut self.depth);
                let Some(right) = self.operand(op, binds)? else {
                    self.depth = depth;
                    break;
                };
                if kind == Kind::At {
                    self.since(5, start, "the `@` operators");
                }
                self.depth = self.depth.max(depth);
                self.wrap(start)?;
                let range = self.range(start);
                left = Expr::BinOp(ast::ExprBinOp { range, left: Box::new(left), op, right: Box::new(right) });
                continue;
            }
            left = match kind {
                Kind::Or if min <= power::OR => self.bool_op(start, left, BoolOp::Or, power::AND)?,
                Kind::And if min <= power::AND => self.bool_op(start, left, BoolOp::And, power::NOT)?,
                _ if min <= power::COMPARE && self.at_comparison() => self.comparison(start, left)?,
                _ => break,
            };
        }
        self.depth = self.depth.max(outer);
        Ok(left)
    }

    /// An operator's right operand; none, and nothing read, where CPython's grammar goes back to before the operator.
    fn operand(&mut self, op: Operator, binds: u8) -> Parsed<Option<Expr>> {
        let (at, level, prev_end, recursion) = (self.at, self.level, self.prev_end, self.recursion);
        self.bump();
        let right = match op {
            // Only powers lean to the right.
            Operator::Pow => self.deeper(|parser| parser.binary(power::UNARY)),
            _ => self.binary(binds + 1),
        };
        match right {
            Err(Stop) if self.failure.is_none() => {
                (self.at, self.level, self.prev_end, self.recursion) = (at, level, prev_end, recursion);
                Ok(None)
            }
            right => right.map(Some),
        }
    }

    /// Operators before an operand, read in a loop so that a long row of them costs no stack.
    fn unary(&mut self, binds: u8) -> Parsed<Expr> {
        let mut operators = Vec::new();
        loop {
            let op = match self.kind() {
                Kind::Not if binds == power::NOT => UnaryOp::Not,
                Kind::Minus if binds == power::UNARY => UnaryOp::USub,
                Kind::Plus if binds == power::UNARY => UnaryOp::UAdd,
                Kind::Tilde if binds == power::UNARY => UnaryOp::Invert,
                _ => break,
            };
            operators.push((op, self.bump().start));
        }
        let mut operand = self.binary(binds)?;
        for (op, start) in operators.into_iter().rev() {
            self.wrap(start)?;
            operand = Expr::UnaryOp(ast::ExprUnaryOp { range: self.range(start), op, operand: Box::new(operand) });
        }
        Ok(operand)
    }

    fn bool_op(&mut self, start: u32, first: Expr, op: BoolOp, binds: u8) -> Parsed<Expr> {
        let operator = if op == BoolOp::Or { Kind::Or } else { Kind::And };
        let mut values = vec![first];
        while self.eat(operator) {
            values.push(self.binary(binds)?);
        }
        self.wrap(start)?;
        Ok(Expr::BoolOp(ast::ExprBoolOp { range: self.range(start), op, values }))
    }

    fn at_comparison(&mut self) -> bool {
        match self.kind() {
            Kind::EqualEqual
            | Kind::NotEqual
            | Kind::Less
            | Kind::LessEqual
            | Kind::Greater
            | Kind::GreaterEqual
            | Kind::In
            | Kind::Is => true,
            Kind::Not => self.ahead(1) == Kind::In,
            _ => false,
        }
    }

    fn comparison(&mut self, start: u32, left: Expr) -> Parsed<Expr> {
        let (mut ops, mut comparators) = (Vec::new(), Vec::new());
        while self.at_comparison() {
            ops.push(match self.bump().kind {
                Kind::EqualEqual => CmpOp::Eq,
                Kind::NotEqual => CmpOp::NotEq,
                Kind::Less => CmpOp::Lt,
                Kind::LessEqual => CmpOp::LtE,
                Kind::Greater => CmpOp::Gt,
                Kind::GreaterEqual => CmpOp::GtE,
                Kind::In => CmpOp::In,
                Kind::Is if self.eat(Kind::Not) => CmpOp::IsNot,
                Kind::Is => CmpOp::Is,
                _ => {
                    self.bump();
                    CmpOp::NotIn
                }
            });
            comparators.push(self.binary(power::BIT_OR)?);
        }
        self.wrap(start)?;
        Ok(Expr::Compare(ast::ExprCompare { range: self.range(start), left: Box::new(left), ops, comparators }))
    }

    /// `yield`, `yield from`.
    pub(super) fn yield_expr(&mut self) -> Parsed<Expr> {
        let start = self.bump().start;
        if self.eat(Kind::From) {
            let value = Box::new(self.expression()?);
            self.wrap(start)?;
            return Ok(Expr::YieldFrom(ast::ExprYieldFrom { range: self.range(start), value }));
        }
        let mut value = None;
        if self.kind().starts_expression() || self.kind() == Kind::Star {
            let at = self.start();
            let tuple = self.star_expressions()?;
            self.note_star_tuple(at, &tuple, "`yield` values with `*` and no brackets");
            value = Some(Box::new(tuple));
        }
        self.wrap(start)?;
        Ok(Expr::Yield(ast::ExprYield { range: self.range(start), value }))
    }

    /// `return *a, b` and `yield *a, b` came with Python 3.8.
    pub(super) fn note_star_tuple(&mut self, at: u32, expr: &Expr, what: &str) {
        if let Expr::Tuple(tuple) = expr
            && !self.text[at as usize..].starts_with('(')
            && tuple.elts.iter().any(Expr::is_starred_expr)
        {
            self.since(8, at, what);
        }
    }
}
