//! Parameters of functions and lambdas, and type parameters.

use rustpython_parser::ast::{self, Arg, ArgWithDefault, Arguments, Expr, TypeParam};

use super::{Parsed, Parser, Stop};
use crate::syntax::token::Kind;

/// The star parameter, once it was read.
#[derive(PartialEq)]
enum Star {
    None,
    Bare(u32),
    Named,
}

impl Parser<'_> {
    pub(super) fn lambda_parameters(&mut self) -> Parsed<Arguments> {
        self.parameters(Kind::Colon)
    }

    /// Parameters up to `close`, which stays.
    pub(super) fn parameters(&mut self, close: Kind) -> Parsed<Arguments> {
        let range = self.range(self.start()).into();
        let mut out = Arguments::empty(range);
        let mut star = Star::None;
        let mut has_default = false;
        let mut slash = false;
        while self.kind() != close {
            let token = self.token();
            match self.kind() {
                Kind::Slash => {
                    self.bump();
                    let before = "at least one argument must precede /";
                    match star {
                        _ if slash => return self.fail(token.start, token.end, "/ may appear only once"),
                        Star::None if out.args.is_empty() => return self.fail(token.start, token.end, before),
                        Star::None => {}
                        _ => return self.fail(token.start, token.end, "/ must be ahead of *"),
                    }
                    slash = true;
                    self.since(8, token.start, "positional-only parameters");
                    out.posonlyargs = std::mem::take(&mut out.args);
                }
                Kind::Star => {
                    self.bump();
                    if star != Star::None {
                        return self.fail(token.start, token.end, "* argument may appear only once");
                    }
                    star = Star::Bare(token.start);
                    if self.kind() == Kind::Name {
                        let arg = self.parameter(close, true)?;
                        self.no_default("var-positional")?;
                        out.vararg = Some(Box::new(arg));
                        star = Star::Named;
                    }
                }
                Kind::DoubleStar => {
                    self.bump();
                    let arg = self.parameter(close, false)?;
                    self.no_default("var-keyword")?;
                    out.kwarg = Some(Box::new(arg));
                    if self.kind() == Kind::Comma && self.ahead(1) != close {
                        self.bump();
                        let next = self.token();
                        if matches!(self.kind(), Kind::Name | Kind::Star | Kind::DoubleStar | Kind::Slash) {
                            return self.fail(next.start, next.end, "arguments cannot follow var-keyword argument");
                        }
                        return Err(Stop);
                    }
                }
                _ => {
                    let arg = self.parameter(close, false)?;
                    let default = if self.eat(Kind::Equal) {
                        if matches!(self.kind(), Kind::RightParen | Kind::Comma) {
                            let equal = self.tokens[self.at - 1];
                            return self.fail(equal.start, equal.end, "expected default value expression");
                        }
                        Some(Box::new(self.expression()?))
                    } else {
                        None
                    };
                    if star == Star::None && has_default && default.is_none() {
                        let message = "parameter without a default follows parameter with a default";
                        return self.fail(token.start, token.end, message);
                    }
                    has_default |= default.is_some();
                    let parameter = ArgWithDefault { range: self.range(token.start).into(), def: arg, default };
                    match star {
                        Star::None => out.args.push(parameter),
                        Star::Bare(_) | Star::Named => out.kwonlyargs.push(parameter),
                    }
                }
            }
            if self.kind() == Kind::Comma {
                let comma = self.bump();
                if self.kind() == close && (star != Star::None || out.kwarg.is_some()) {
                    self.since(6, comma.start, "commas after `*` parameters");
                }
            } else if self.kind() != close {
                return Err(Stop);
            }
        }
        if let Star::Bare(at) = star
            && out.kwonlyargs.is_empty()
        {
            return self.fail(at, at + 1, "named arguments must follow bare *");
        }
        Ok(out)
    }

    /// A name and its annotation; only a `def`'s has one.
    fn parameter(&mut self, close: Kind, star: bool) -> Parsed<Arg> {
        let start = self.start();
        if self.kind() == Kind::LeftParen {
            return self.bracketed_parameter(close);
        }
        let arg = self.name()?;
        let mut annotation = None;
        if close == Kind::RightParen && self.eat(Kind::Colon) {
            let at = self.start();
            let expr = if star && self.kind() == Kind::Star {
                self.since(11, at, "stars in annotations");
                self.starred()?
            } else {
                self.expression()?
            };
            annotation = Some(Box::new(expr));
        }
        Ok(Arg { range: self.range(start), arg, annotation, type_comment: None })
    }

    /// `def f((a, b)):` of Python 2.
    fn bracketed_parameter<T>(&mut self, close: Kind) -> Parsed<T> {
        let (start, saved, furthest) = (self.start(), self.at, self.furthest);
        let what = if close == Kind::Colon { "Lambda expression parameters" } else { "Function parameters" };
        if self.star_expressions().is_ok() {
            let end = self.prev_end;
            return self.fail(start, end, format!("{what} cannot be parenthesized"));
        }
        (self.at, self.furthest) = (saved, furthest);
        self.failure = None;
        Err(Stop)
    }

    fn no_default(&mut self, what: &str) -> Parsed<()> {
        if self.kind() != Kind::Equal {
            return Ok(());
        }
        let token = self.token();
        self.fail(token.start, token.end, format!("{what} argument cannot have default value"))
    }

    /// `[T: bound, *Ts, **P]`, if it is there.
    pub(super) fn type_params(&mut self) -> Parsed<Vec<TypeParam>> {
        if self.kind() != Kind::LeftBracket {
            return Ok(Vec::new());
        }
        let open = self.bump();
        self.since(12, open.start, "type parameters");
        if self.kind() == Kind::RightBracket {
            let token = self.token();
            return self.fail(token.start, token.end, "Type parameter list cannot be empty");
        }
        let mut params = Vec::new();
        let mut has_default = false;
        while self.kind() != Kind::RightBracket {
            let start = self.start();
            let star = match self.kind() {
                Kind::Star | Kind::DoubleStar => Some(self.bump().kind),
                _ => None,
            };
            let name = self.name()?;
            let mut bound = None;
            if self.kind() == Kind::Colon {
                let colon = self.bump();
                let expr = self.expression()?;
                if let Some(star) = star {
                    let what = if star == Kind::Star { "TypeVarTuple" } else { "ParamSpec" };
                    let many = if expr.is_tuple_expr() { "constraints" } else { "bound" };
                    return self.fail(colon.start, colon.end, format!("cannot use {many} with {what}"));
                }
                bound = Some(Box::new(expr));
            }
            let defaulted = self.type_param_default(star)?;
            if has_default && !defaulted {
                let end = self.prev_end;
                let message = format!("non-default type parameter '{name}' follows default type parameter");
                return self.fail(start, end, message);
            }
            has_default |= defaulted;
            let range = self.range(start);
            params.push(match star {
                None => TypeParam::TypeVar(ast::TypeParamTypeVar { range, name, bound }),
                Some(Kind::Star) => TypeParam::TypeVarTuple(ast::TypeParamTypeVarTuple { range, name }),
                Some(_) => TypeParam::ParamSpec(ast::TypeParamParamSpec { range, name }),
            });
            if !self.eat(Kind::Comma) {
                break;
            }
        }
        self.expect(Kind::RightBracket)?;
        Ok(params)
    }

    /// `= default`; nothing of it is kept, because nothing at run time asks for it.
    fn type_param_default(&mut self, star: Option<Kind>) -> Parsed<bool> {
        let start = self.start();
        if !self.eat(Kind::Equal) {
            return Ok(false);
        }
        self.since(13, start, "type parameter defaults");
        let _: Expr =
            if star == Some(Kind::Star) && self.kind() == Kind::Star { self.starred()? } else { self.expression()? };
        Ok(true)
    }
}
