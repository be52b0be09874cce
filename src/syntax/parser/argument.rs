//! The arguments of calls and class statements.

use rustpython_parser::ast::{self, Expr, Keyword};

use super::{Parsed, Parser, Stop};
use crate::syntax::token::Kind;

/// The arguments between two brackets.
#[derive(Default)]
pub(super) struct Arguments {
    pub positional: Vec<Expr>,
    pub keywords: Vec<Keyword>,
    /// A generator expression without brackets of its own, and whether a comma follows it.
    pub bare_generator: Option<(u32, bool)>,
}

impl Parser<'_> {
    /// Brackets included.
    pub(super) fn arguments(&mut self) -> Parsed<Arguments> {
        let open = self.bump().start;
        let mut arguments = Arguments::default();
        let mut unpacked_keywords = false;
        while self.kind() != Kind::RightParen {
            let start = self.start();
            let comma = self.tokens[self.at.saturating_sub(1)];
            match self.kind() {
                Kind::DoubleStar => {
                    self.bump();
                    let value = self.expression()?;
                    unpacked_keywords = true;
                    if self.kind() == Kind::Equal {
                        let end = self.prev_end;
                        return self.fail(start, end, "cannot assign to keyword argument unpacking");
                    }
                    let range = self.range(start);
                    arguments.keywords.push(Keyword { range, arg: None, value });
                }
                Kind::Star => {
                    self.bump();
                    let value = Box::new(self.expression()?);
                    let range = self.range(start);
                    if unpacked_keywords {
                        let message = "iterable argument unpacking follows keyword argument unpacking";
                        return self.fail(comma.start, comma.end, message);
                    }
                    if self.kind() == Kind::Equal {
                        let end = self.prev_end;
                        return self.fail(start, end, "cannot assign to iterable argument unpacking");
                    }
                    arguments.positional.push(Expr::Starred(ast::ExprStarred {
                        range,
                        value,
                        ctx: ast::ExprContext::Load,
                    }));
                }
                Kind::Name if self.ahead(1) == Kind::Equal => {
                    let keyword = self.keyword_argument(start)?;
                    arguments.keywords.push(keyword);
                }
                _ => self.positional_argument(start, open, unpacked_keywords, &mut arguments)?,
            }
            if !self.eat(Kind::Comma) {
                break;
            }
        }
        self.expect(Kind::RightParen)?;
        Ok(arguments)
    }

    fn keyword_argument(&mut self, start: u32) -> Parsed<Keyword> {
        let name = self.bump();
        let arg = Some(self.identifier(name));
        self.bump();
        if matches!(self.kind(), Kind::Comma | Kind::RightParen) {
            let end = self.prev_end;
            return self.fail(start, end, "expected argument value expression");
        }
        let value = self.expression()?;
        if matches!(self.kind(), Kind::For | Kind::Async) && self.comprehension().is_ok() {
            let end = self.prev_end;
            return self.fail(start, end, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        }
        Ok(Keyword { range: self.range(start), arg, value })
    }

    fn positional_argument(&mut self, start: u32, open: u32, unpacked: bool, arguments: &mut Arguments) -> Parsed<()> {
        let bracketed = self.kind() == Kind::LeftParen;
        let value = if self.kind() == Kind::Name && self.ahead(1) == Kind::ColonEqual {
            self.named_expression()?
        } else {
            self.expression()?
        };
        match self.kind() {
            Kind::Equal => return self.not_a_keyword(start, bracketed, value, arguments),
            Kind::ColonEqual => return Err(Stop),
            Kind::For | Kind::Async => return self.generator_argument(start, open, value, arguments),
            _ => {}
        }
        if !arguments.keywords.is_empty() {
            let end = self.prev_end;
            let message = if unpacked {
                "positional argument follows keyword argument unpacking"
            } else {
                "positional argument follows keyword argument"
            };
            // CPython points at the token after the arguments, where its grammar gives up.
            let mut probe = self.at;
            while self.kind() == Kind::Comma {
                self.bump();
                if self.kind() == Kind::RightParen || self.argument_after_error().is_err() {
                    break;
                }
            }
            std::mem::swap(&mut probe, &mut self.at);
            let close = self.tokens[probe];
            let _ = end;
            self.furthest = self.furthest.max(probe);
            return self.fail(close.start, close.end, message);
        }
        arguments.positional.push(value);
        Ok(())
    }

    /// Skips an argument of a call that is wrong already.
    fn argument_after_error(&mut self) -> Parsed<()> {
        match self.kind() {
            Kind::Star | Kind::DoubleStar => {
                self.bump();
            }
            Kind::Name if self.ahead(1) == Kind::Equal => {
                self.bump();
                self.bump();
            }
            _ => {}
        }
        self.expression().map(|_| ())
    }

    /// `f(expression=value)`.
    fn not_a_keyword(&mut self, start: u32, bracketed: bool, value: Expr, arguments: &mut Arguments) -> Parsed<()> {
        let equal = self.bump();
        let message = match &value {
            Expr::Constant(constant) => match constant.value {
                ast::Constant::None => "cannot assign to None".to_owned(),
                ast::Constant::Bool(true) => "cannot assign to True".to_owned(),
                ast::Constant::Bool(false) => "cannot assign to False".to_owned(),
                _ => "expression cannot contain assignment, perhaps you meant \"==\"?".to_owned(),
            },
            _ => "expression cannot contain assignment, perhaps you meant \"==\"?".to_owned(),
        };
        let name = match value {
            Expr::Name(name) if bracketed => name.id,
            _ => return self.fail(start, equal.end, message),
        };
        self.until(7, start, equal.end, message);
        let value = self.expression()?;
        arguments.keywords.push(Keyword { range: self.range(start), arg: Some(name), value });
        Ok(())
    }

    fn generator_argument(&mut self, start: u32, open: u32, value: Expr, arguments: &mut Arguments) -> Parsed<()> {
        let generators = self.comprehension()?;
        let alone = arguments.positional.is_empty() && arguments.keywords.is_empty();
        let end = self.prev_end;
        let comma = self.kind() == Kind::Comma;
        if !alone || comma {
            let message = "Generator expression must be parenthesized";
            if !alone || self.ahead(1) != Kind::RightParen {
                return self.fail(start, end, message);
            }
            self.until(6, start, end, message);
        }
        arguments.bare_generator = Some((start, comma));
        // CPython's tree gives such a generator expression the brackets of the call.
        let range = if self.kind() == Kind::RightParen {
            let close = self.token();
            rustpython_parser::text_size::TextRange::new(open.into(), close.end.into())
        } else {
            self.range(start)
        };
        let elt = Box::new(value);
        arguments.positional.push(Expr::GeneratorExp(ast::ExprGeneratorExp { range, elt, generators }));
        Ok(())
    }
}
