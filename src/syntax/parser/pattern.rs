//! `match` and its patterns.

use rustpython_parser::ast::{
    self, Constant, Expr, ExprContext, Identifier, MatchCase, Operator, Pattern, Stmt, UnaryOp,
};

use super::{Parsed, Parser, Stop};
use crate::syntax::token::Kind;

impl Parser<'_> {
    /// A `match` statement; none, and nothing read, where `match` is a name.
    pub(super) fn match_statement(&mut self) -> Parsed<Option<Stmt>> {
        if !self.tokens[self.at + 1].kind.starts_expression() && self.tokens[self.at + 1].kind != Kind::Star {
            return Ok(None);
        }
        let (saved, level, prev_end, furthest) = (self.at, self.level, self.prev_end, self.furthest);
        let (versions, unsupported, recursion) = (self.versions.clone(), self.unsupported.len(), self.recursion);
        let start = self.bump().start;
        self.depth = 0;
        let subject = self.subject();
        if let Ok(subject) = subject
            && self.kind() == Kind::Colon
            && self.ahead(1) == Kind::Newline
        {
            self.bump();
            self.bump();
            if self.kind() != Kind::Indent {
                let line = self.text[..start as usize].matches('\n').count() + 1;
                let token = self.token();
                let message = format!("expected an indented block after 'match' statement on line {line}");
                let failure = self.indentation_error(token, message);
                self.failure.get_or_insert(failure);
                return Err(Stop);
            }
            self.bump();
            self.since(10, start, "`match` statements");
            return self.cases(start, subject).map(Some);
        }
        let failure = self.failure.take();
        (self.at, self.level, self.prev_end, self.recursion) = (saved, level, prev_end, recursion);
        self.versions = versions;
        self.unsupported.truncate(unsupported);
        // `match x` can be nothing else, and its own error is the better one.
        if matches!(self.tokens[saved + 1].kind, Kind::Name | Kind::Number | Kind::String | Kind::LeftBrace) {
            self.failure = failure;
        } else {
            self.furthest = furthest;
        }
        Ok(None)
    }

    fn subject(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let first = self.star_named_expression()?;
        let alone = first.is_starred_expr() && self.kind() != Kind::Comma;
        if alone {
            return Err(Stop);
        }
        self.tuple_of(start, first, Parser::star_named_expression)
    }

    fn cases(&mut self, start: u32, subject: Expr) -> Parsed<Stmt> {
        let mut cases = Vec::new();
        while self.at_word("case") {
            cases.push(self.case()?);
        }
        if cases.is_empty() || self.kind() != Kind::Dedent {
            return Err(Stop);
        }
        let end = self.prev_end;
        self.bump();
        self.prev_end = end;
        Ok(Stmt::Match(ast::StmtMatch { range: self.range(start), subject: Box::new(subject), cases }))
    }

    fn case(&mut self) -> Parsed<MatchCase> {
        let start = self.bump().start;
        let at = self.start();
        let first = self.maybe_star_pattern()?;
        let pattern = if self.kind() == Kind::Comma || matches!(first, Pattern::MatchStar(_)) {
            if self.kind() != Kind::Comma {
                return Err(Stop);
            }
            let patterns = self.pattern_list(first, Kind::Colon)?;
            Pattern::MatchSequence(ast::PatternMatchSequence { range: self.range(at), patterns })
        } else {
            first
        };
        let guard = if self.eat(Kind::If) { Some(Box::new(self.named_expression()?)) } else { None };
        self.head_colon()?;
        let body = self.block("'case' statement", start)?;
        Ok(MatchCase { range: self.range(start).into(), pattern, guard, body })
    }

    /// Patterns after the first, with their commas; a last comma may stand before `close` or `if`.
    fn pattern_list(&mut self, first: Pattern, close: Kind) -> Parsed<Vec<Pattern>> {
        let mut patterns = vec![first];
        while self.eat(Kind::Comma) {
            if self.kind() == close || close == Kind::Colon && self.kind() == Kind::If {
                break;
            }
            patterns.push(self.maybe_star_pattern()?);
        }
        Ok(patterns)
    }

    fn maybe_star_pattern(&mut self) -> Parsed<Pattern> {
        let start = self.start();
        if !self.eat(Kind::Star) {
            return self.deeper(Parser::pattern);
        }
        let name = self.name()?;
        let name = Some(name).filter(|name| name.as_str() != "_");
        Ok(Pattern::MatchStar(ast::PatternMatchStar { range: self.range(start), name }))
    }

    fn pattern(&mut self) -> Parsed<Pattern> {
        let start = self.start();
        let first = self.closed_pattern()?;
        let mut pattern = first;
        if self.kind() == Kind::Bar {
            let mut patterns = vec![pattern];
            while self.eat(Kind::Bar) {
                patterns.push(self.closed_pattern()?);
            }
            pattern = Pattern::MatchOr(ast::PatternMatchOr { range: self.range(start), patterns });
        }
        if self.eat(Kind::As) {
            let token = self.token();
            if self.kind() != Kind::Name {
                if self.probe(Parser::expression).is_none() {
                    return Err(Stop);
                }
                return self.fail(token.start, token.end, "invalid pattern target");
            }
            let name = self.name()?;
            if name.as_str() == "_" {
                return self.fail(token.start, token.end, "cannot use '_' as a target");
            }
            let (range, pattern) = (self.range(start), Some(Box::new(pattern)));
            return Ok(Pattern::MatchAs(ast::PatternMatchAs { range, pattern, name: Some(name) }));
        }
        Ok(pattern)
    }

    fn closed_pattern(&mut self) -> Parsed<Pattern> {
        let start = self.start();
        let constant = match self.kind() {
            Kind::Name => return self.name_pattern(),
            Kind::LeftParen => return self.deeper(Parser::bracketed_pattern),
            Kind::LeftBracket => {
                self.bump();
                let patterns = self.deeper(|parser| parser.patterns_until(Kind::RightBracket))?;
                return Ok(Pattern::MatchSequence(ast::PatternMatchSequence { range: self.range(start), patterns }));
            }
            Kind::LeftBrace => return self.deeper(Parser::mapping_pattern),
            Kind::None => Constant::None,
            Kind::True => Constant::Bool(true),
            Kind::False => Constant::Bool(false),
            _ => {
                let value = Box::new(self.literal_pattern()?);
                return Ok(Pattern::MatchValue(ast::PatternMatchValue { range: self.range(start), value }));
            }
        };
        self.bump();
        Ok(Pattern::MatchSingleton(ast::PatternMatchSingleton { range: self.range(start), value: constant }))
    }

    /// A number, perhaps complex, or strings.
    fn literal_pattern(&mut self) -> Parsed<Expr> {
        let start = self.start();
        if matches!(self.kind(), Kind::String | Kind::FStringStart) {
            return self.strings();
        }
        let left = self.signed_number()?;
        let op = match self.kind() {
            Kind::Plus => Operator::Add,
            Kind::Minus => Operator::Sub,
            _ => return Ok(left),
        };
        self.bump();
        let token = self.expect(Kind::Number)?;
        let value = self.number_value(token);
        if !matches!(value, Constant::Complex { .. }) {
            return self.fail(token.start, token.end, "imaginary number required in complex literal");
        }
        let real = match &left {
            Expr::UnaryOp(unary) => unary.operand.as_ref(),
            other => other,
        };
        if matches!(real, Expr::Constant(ast::ExprConstant { value: Constant::Complex { .. }, .. })) {
            return self.fail_expr(&left, "real number required in complex literal");
        }
        let right = Expr::Constant(ast::ExprConstant { range: self.range(token.start), value, kind: None });
        Ok(Expr::BinOp(ast::ExprBinOp { range: self.range(start), left: Box::new(left), op, right: Box::new(right) }))
    }

    fn signed_number(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let negative = self.eat(Kind::Minus);
        let token = self.expect(Kind::Number)?;
        let value = self.number_value(token);
        let number = Expr::Constant(ast::ExprConstant { range: self.range(token.start), value, kind: None });
        if !negative {
            return Ok(number);
        }
        let operand = Box::new(number);
        Ok(Expr::UnaryOp(ast::ExprUnaryOp { range: self.range(start), op: UnaryOp::USub, operand }))
    }

    /// A capture, the wildcard, a dotted value or a class pattern.
    fn name_pattern(&mut self) -> Parsed<Pattern> {
        let token = self.bump();
        let start = token.start;
        let name = self.identifier(token);
        if !matches!(self.kind(), Kind::Dot | Kind::LeftParen) {
            let name = Some(name).filter(|name| name.as_str() != "_");
            return Ok(Pattern::MatchAs(ast::PatternMatchAs { range: self.range(start), pattern: None, name }));
        }
        let expr = self.dotted(start, name)?;
        if self.kind() == Kind::LeftParen {
            return self.deeper(|parser| parser.class_pattern(start, expr));
        }
        Ok(Pattern::MatchValue(ast::PatternMatchValue { range: self.range(start), value: Box::new(expr) }))
    }

    fn dotted(&mut self, start: u32, name: Identifier) -> Parsed<Expr> {
        let mut expr = Expr::Name(ast::ExprName { range: self.range(start), id: name, ctx: ExprContext::Load });
        while self.eat(Kind::Dot) {
            let attr = self.name()?;
            let range = self.range(start);
            expr = Expr::Attribute(ast::ExprAttribute { range, value: Box::new(expr), attr, ctx: ExprContext::Load });
            self.wrap(start)?;
        }
        Ok(expr)
    }

    fn bracketed_pattern(&mut self) -> Parsed<Pattern> {
        let start = self.bump().start;
        if self.eat(Kind::RightParen) {
            return Ok(Pattern::MatchSequence(ast::PatternMatchSequence {
                range: self.range(start),
                patterns: Vec::new(),
            }));
        }
        let first = self.maybe_star_pattern()?;
        if self.kind() != Kind::Comma {
            self.expect(Kind::RightParen)?;
            if matches!(first, Pattern::MatchStar(_)) {
                // `(*a)` is no group.
                self.at -= 1;
                return Err(Stop);
            }
            return Ok(first);
        }
        let patterns = self.pattern_list(first, Kind::RightParen)?;
        self.expect(Kind::RightParen)?;
        Ok(Pattern::MatchSequence(ast::PatternMatchSequence { range: self.range(start), patterns }))
    }

    fn patterns_until(&mut self, close: Kind) -> Parsed<Vec<Pattern>> {
        let mut patterns = Vec::new();
        if self.kind() != close {
            let first = self.maybe_star_pattern()?;
            patterns = self.pattern_list(first, close)?;
        }
        self.expect(close)?;
        Ok(patterns)
    }

    fn mapping_pattern(&mut self) -> Parsed<Pattern> {
        let start = self.bump().start;
        let (mut keys, mut patterns, mut rest) = (Vec::new(), Vec::new(), None);
        while self.kind() != Kind::RightBrace {
            if self.eat(Kind::DoubleStar) {
                let token = self.token();
                let name = self.name()?;
                if name.as_str() == "_" {
                    return self.fail(token.start, token.end, "invalid syntax");
                }
                rest = Some(name);
                self.eat(Kind::Comma);
                break;
            }
            keys.push(self.mapping_key()?);
            self.expect(Kind::Colon)?;
            patterns.push(self.deeper(Parser::pattern)?);
            if !self.eat(Kind::Comma) {
                break;
            }
        }
        self.expect(Kind::RightBrace)?;
        Ok(Pattern::MatchMapping(ast::PatternMatchMapping { range: self.range(start), keys, patterns, rest }))
    }

    fn mapping_key(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let constant = match self.kind() {
            Kind::Name => {
                let token = self.bump();
                if self.kind() != Kind::Dot {
                    return Err(Stop);
                }
                let name = self.identifier(token);
                return self.dotted(start, name);
            }
            Kind::None => Constant::None,
            Kind::True => Constant::Bool(true),
            Kind::False => Constant::Bool(false),
            _ => return self.literal_pattern(),
        };
        self.bump();
        Ok(Expr::Constant(ast::ExprConstant { range: self.range(start), value: constant, kind: None }))
    }

    fn class_pattern(&mut self, start: u32, cls: Expr) -> Parsed<Pattern> {
        self.bump();
        let (mut patterns, mut kwd_attrs, mut kwd_patterns) = (Vec::new(), Vec::new(), Vec::new());
        while self.kind() != Kind::RightParen {
            let at = self.start();
            if self.kind() == Kind::Name && self.ahead(1) == Kind::Equal {
                kwd_attrs.push(self.name()?);
                self.bump();
                kwd_patterns.push(self.deeper(Parser::pattern)?);
            } else {
                let pattern = self.deeper(Parser::pattern)?;
                if !kwd_attrs.is_empty() {
                    let end = self.prev_end;
                    return self.fail(at, end, "positional patterns follow keyword patterns");
                }
                patterns.push(pattern);
            }
            if !self.eat(Kind::Comma) {
                break;
            }
        }
        self.expect(Kind::RightParen)?;
        let (range, cls) = (self.range(start), Box::new(cls));
        Ok(Pattern::MatchClass(ast::PatternMatchClass { range, cls, patterns, kwd_attrs, kwd_patterns }))
    }
}
