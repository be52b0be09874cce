//! Operands: names, literals, displays, comprehensions, and what follows them: attributes, calls, subscripts.

use rustpython_parser::ast::{self, Comprehension, Constant, Expr, ExprContext};

use super::{Parsed, Parser, Stop, target};
use crate::syntax::token::Kind;

impl Parser<'_> {
    /// An atom and its trailers, after `await` if there is one.
    pub(super) fn primary(&mut self) -> Parsed<Expr> {
        let start = self.start();
        if self.kind() == Kind::Await {
            self.bump();
            self.since(5, start, "`await` expressions");
            let value = Box::new(self.trailers()?);
            self.wrap(start)?;
            return Ok(Expr::Await(ast::ExprAwait { range: self.range(start), value }));
        }
        self.trailers()
    }

    fn trailers(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let mut expr = self.atom()?;
        loop {
            match self.kind() {
                // CPython's grammar goes back to before what it cannot finish.
                Kind::Dot if self.ahead(1) != Kind::Name => return Ok(expr),
                Kind::LeftBracket if self.ahead(1) == Kind::RightBracket => return Ok(expr),
                Kind::Dot => {
                    self.bump();
                    let attr = self.name()?;
                    let range = self.range(start);
                    expr = Expr::Attribute(ast::ExprAttribute {
                        range,
                        value: Box::new(expr),
                        attr,
                        ctx: ExprContext::Load,
                    });
                }
                Kind::LeftParen => {
                    let depth = std::mem::take(&mut self.depth);
                    let arguments = self.deeper(Parser::arguments)?;
                    self.depth = self.depth.max(depth);
                    let range = self.range(start);
                    let (args, keywords) = (arguments.positional, arguments.keywords);
                    expr = Expr::Call(ast::ExprCall { range, func: Box::new(expr), args, keywords });
                }
                Kind::LeftBracket => {
                    let depth = std::mem::take(&mut self.depth);
                    self.bump();
                    let slice = Box::new(self.deeper(Parser::slices)?);
                    self.expect(Kind::RightBracket)?;
                    self.depth = self.depth.max(depth);
                    let range = self.range(start);
                    expr = Expr::Subscript(ast::ExprSubscript {
                        range,
                        value: Box::new(expr),
                        slice,
                        ctx: ExprContext::Load,
                    });
                }
                _ => return Ok(expr),
            }
            self.wrap(start)?;
        }
    }

    fn atom(&mut self) -> Parsed<Expr> {
        let token = self.token();
        let constant = match self.kind() {
            Kind::Name => {
                self.bump();
                let id = self.identifier(token);
                return Ok(Expr::Name(ast::ExprName { range: self.range(token.start), id, ctx: ExprContext::Load }));
            }
            Kind::Number => {
                self.bump();
                self.number_value(token)
            }
            Kind::String | Kind::FStringStart => return self.strings(),
            Kind::LeftParen => return self.deeper(Parser::parenthesised),
            Kind::LeftBracket => return self.deeper(Parser::list),
            Kind::LeftBrace => return self.deeper(Parser::dict_or_set),
            Kind::None => Constant::None,
            Kind::True => Constant::Bool(true),
            Kind::False => Constant::Bool(false),
            Kind::Ellipsis => Constant::Ellipsis,
            _ => return Err(Stop),
        };
        if token.kind != Kind::Number {
            self.bump();
        }
        Ok(Expr::Constant(ast::ExprConstant { range: self.range(token.start), value: constant, kind: None }))
    }

    /// A tuple, a generator expression, or an expression in brackets.
    fn parenthesised(&mut self) -> Parsed<Expr> {
        let start = self.bump().start;
        if self.eat(Kind::RightParen) {
            return Ok(Expr::Tuple(ast::ExprTuple {
                range: self.range(start),
                elts: Vec::new(),
                ctx: ExprContext::Load,
            }));
        }
        if self.kind() == Kind::Yield {
            let expr = self.yield_expr()?;
            self.expect(Kind::RightParen)?;
            return Ok(expr);
        }
        if self.kind() == Kind::DoubleStar {
            let star = self.bump();
            if self.expression().is_ok() && self.kind() == Kind::RightParen {
                return self.fail(star.start, star.end, "cannot use double starred expression here");
            }
            return Err(Stop);
        }
        let first = self.star_named_expression()?;
        match self.kind() {
            Kind::Comma => {
                let elts = self.rest_of_list(first, Kind::RightParen)?;
                Ok(Expr::Tuple(ast::ExprTuple { range: self.range(start), elts, ctx: ExprContext::Load }))
            }
            Kind::For | Kind::Async => {
                self.no_unpacking(&first)?;
                let generators = self.comprehension()?;
                self.expect(Kind::RightParen)?;
                let elt = Box::new(first);
                Ok(Expr::GeneratorExp(ast::ExprGeneratorExp { range: self.range(start), elt, generators }))
            }
            Kind::RightParen if first.is_starred_expr() => self.fail_expr(&first, "cannot use starred expression here"),
            _ => {
                self.expect(Kind::RightParen)?;
                Ok(first)
            }
        }
    }

    /// The elements after the first, and the closing bracket.
    fn rest_of_list(&mut self, first: Expr, close: Kind) -> Parsed<Vec<Expr>> {
        let mut elts = vec![first];
        while self.eat(Kind::Comma) {
            if self.kind() == close {
                break;
            }
            elts.push(self.star_named_expression()?);
            if matches!(self.kind(), Kind::For | Kind::Async) && elts.len() > 1 {
                return self.unparenthesised_target(&elts);
            }
        }
        self.expect(close)?;
        Ok(elts)
    }

    /// `[x, y for …]`.
    fn unparenthesised_target<T>(&mut self, elts: &[Expr]) -> Parsed<T> {
        let Some(first) = elts.first() else { return Err(Stop) };
        let start = ast::Ranged::start(first).into();
        let end = self.prev_end;
        if self.comprehension().is_ok() {
            return self.fail(start, end, "did you forget parentheses around the comprehension target?");
        }
        Err(Stop)
    }

    fn no_unpacking(&mut self, element: &Expr) -> Parsed<()> {
        if element.is_starred_expr() {
            let at = self.at;
            let _ = self.comprehension()?;
            self.at = at;
            return self.fail_expr(element, "iterable unpacking cannot be used in comprehension");
        }
        Ok(())
    }

    fn list(&mut self) -> Parsed<Expr> {
        let start = self.bump().start;
        if self.eat(Kind::RightBracket) {
            return Ok(Expr::List(ast::ExprList {
                range: self.range(start),
                elts: Vec::new(),
                ctx: ExprContext::Load,
            }));
        }
        let first = self.star_named_expression()?;
        if matches!(self.kind(), Kind::For | Kind::Async) {
            self.no_unpacking(&first)?;
            let generators = self.comprehension()?;
            self.expect(Kind::RightBracket)?;
            let elt = Box::new(first);
            return Ok(Expr::ListComp(ast::ExprListComp { range: self.range(start), elt, generators }));
        }
        let elts = self.rest_of_list(first, Kind::RightBracket)?;
        Ok(Expr::List(ast::ExprList { range: self.range(start), elts, ctx: ExprContext::Load }))
    }

    fn dict_or_set(&mut self) -> Parsed<Expr> {
        let start = self.bump().start;
        if self.eat(Kind::RightBrace) {
            return Ok(Expr::Dict(ast::ExprDict { range: self.range(start), keys: Vec::new(), values: Vec::new() }));
        }
        if self.kind() == Kind::DoubleStar {
            return self.dict(start, None);
        }
        let first_start = self.start();
        let first = self.star_named_expression()?;
        match self.kind() {
            Kind::Colon if !matches!(first, Expr::Starred(_)) => {
                if first.is_named_expr_expr() && !self.text[first_start as usize..].starts_with('(') {
                    return Err(Stop);
                }
                self.dict(start, Some(first))
            }
            Kind::For | Kind::Async => {
                self.no_unpacking(&first)?;
                let generators = self.comprehension()?;
                self.expect(Kind::RightBrace)?;
                let elt = Box::new(first);
                Ok(Expr::SetComp(ast::ExprSetComp { range: self.range(start), elt, generators }))
            }
            _ => {
                let elts = self.rest_of_list(first, Kind::RightBrace)?;
                Ok(Expr::Set(ast::ExprSet { range: self.range(start), elts }))
            }
        }
    }

    /// A dictionary whose first key was read, or which starts with `**`.
    fn dict(&mut self, start: u32, first: Option<Expr>) -> Parsed<Expr> {
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        let mut key = first;
        loop {
            if key.is_none() && self.kind() == Kind::DoubleStar {
                let at = self.bump().start;
                self.since(5, at, "`**` in displays");
                values.push(self.bitwise_or()?);
                keys.push(None);
                if matches!(self.kind(), Kind::For | Kind::Async) && keys.len() == 1 {
                    let end = at + 2;
                    return self.fail(at, end, "dict unpacking cannot be used in dict comprehension");
                }
            } else {
                let this = match key.take() {
                    Some(key) => key,
                    None => self.key()?,
                };
                self.expect(Kind::Colon)?;
                if matches!(self.kind(), Kind::RightBrace | Kind::Comma) {
                    let token = self.tokens[self.at - 1];
                    return self.fail(token.start, token.end, "expression expected after dictionary key and ':'");
                }
                if self.kind() == Kind::Star {
                    let token = self.token();
                    return self.fail(token.start, token.end, "cannot use a starred expression in a dictionary value");
                }
                let value = self.expression()?;
                if matches!(self.kind(), Kind::For | Kind::Async) && keys.is_empty() {
                    let generators = self.comprehension()?;
                    self.expect(Kind::RightBrace)?;
                    let (key, value) = (Box::new(this), Box::new(value));
                    return Ok(Expr::DictComp(ast::ExprDictComp { range: self.range(start), key, value, generators }));
                }
                keys.push(Some(this));
                values.push(value);
            }
            if !self.eat(Kind::Comma) {
                self.expect(Kind::RightBrace)?;
                break;
            }
            if self.eat(Kind::RightBrace) {
                break;
            }
        }
        Ok(Expr::Dict(ast::ExprDict { range: self.range(start), keys, values }))
    }

    /// A key of a dictionary, not the first.
    fn key(&mut self) -> Parsed<Expr> {
        let probing = std::mem::replace(&mut self.probing, true);
        let key = self.expression();
        self.probing = probing;
        let key = key?;
        if self.kind() != Kind::Colon && !self.probing {
            let end = self.prev_end;
            return self.fail(end - 1, end, "':' expected after dictionary key");
        }
        Ok(key)
    }

    /// The `for … in … if …` clauses of a comprehension.
    pub(super) fn comprehension(&mut self) -> Parsed<Vec<Comprehension>> {
        let mut clauses = Vec::new();
        loop {
            let start = self.start();
            let is_async = match self.kind() {
                Kind::Async => {
                    self.since(6, start, "asynchronous comprehensions");
                    self.bump();
                    true
                }
                Kind::For => false,
                _ => return Ok(clauses),
            };
            self.expect(Kind::For)?;
            let target = self.for_target(true)?;
            self.expect_or(Kind::In, "'in' expected after for-loop variables")?;
            let iter = self.disjunction()?;
            if self.kind().starts_expression() {
                return Err(Stop);
            }
            let mut ifs = Vec::new();
            while self.eat(Kind::If) {
                ifs.push(self.disjunction()?);
            }
            let range = self.range(start).into();
            clauses.push(Comprehension { range, target, iter, ifs, is_async });
        }
    }

    /// The targets of a `for`, before `in`.
    pub(super) fn for_target(&mut self, in_comprehension: bool) -> Parsed<Expr> {
        let start = self.start();
        let item = |parser: &mut Self| if parser.kind() == Kind::Star { parser.starred() } else { parser.bitwise_or() };
        let first = item(self)?;
        let targets = self.tuple_of(start, first, item)?;
        if self.kind() != Kind::In {
            if in_comprehension {
                return Ok(targets);
            }
            if let Some(wrong) = target::invalid(&targets, target::Kind::For) {
                let name = target::describe(wrong);
                let wrong = wrong.clone();
                return self.fail_expr(&wrong, format!("cannot assign to {name}"));
            }
            return Err(Stop);
        }
        self.store(targets, target::Kind::For)
    }

    /// What stands in the brackets of a subscript.
    fn slices(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let first = self.slice_item()?;
        if self.kind() != Kind::Comma {
            if first.is_starred_expr() {
                self.since(11, start, "stars in subscripts");
                let range = self.range(start);
                return Ok(Expr::Tuple(ast::ExprTuple { range, elts: vec![first], ctx: ExprContext::Load }));
            }
            return Ok(first);
        }
        let mut elts = vec![first];
        while self.eat(Kind::Comma) {
            if self.kind() == Kind::RightBracket {
                break;
            }
            elts.push(self.slice_item()?);
        }
        if elts.iter().any(Expr::is_starred_expr) {
            self.since(11, start, "stars in subscripts");
        }
        Ok(Expr::Tuple(ast::ExprTuple { range: self.range(start), elts, ctx: ExprContext::Load }))
    }

    fn slice_item(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let mut lower = None;
        if self.kind() != Kind::Colon {
            let first = self.star_named_expression()?;
            let bare_walrus = first.is_named_expr_expr() && u32::from(ast::Ranged::start(&first)) == start;
            if self.kind() != Kind::Colon || bare_walrus || first.is_starred_expr() {
                if bare_walrus {
                    self.since(10, start, "assignment expressions in subscripts without brackets");
                }
                return Ok(first);
            }
            lower = Some(Box::new(first));
        }
        self.bump();
        let ends = |kind: Kind| matches!(kind, Kind::Colon | Kind::Comma | Kind::RightBracket);
        let upper = if ends(self.kind()) { None } else { Some(Box::new(self.expression()?)) };
        let mut step = None;
        if self.eat(Kind::Colon) && !ends(self.kind()) {
            step = Some(Box::new(self.expression()?));
        }
        Ok(Expr::Slice(ast::ExprSlice { range: self.range(start), lower, upper, step }))
    }
}
