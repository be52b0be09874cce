//! Patterns of `match`.

use rustpython_parser::ast::{self, Ranged};

use super::Lowerer;
use super::literal::literal;
use crate::hir::{Expr, Pattern, VarId};

impl<'a> Lowerer<'a, '_> {
    /// Lowers a pattern.
    pub(super) fn pattern(&mut self, pattern: &'a ast::Pattern) -> Pattern {
        let span = self.span(pattern);
        match pattern {
            ast::Pattern::MatchValue(it) => Pattern::Value(self.expr(&it.value)),
            ast::Pattern::MatchSingleton(it) => {
                let lit = literal(&it.value).unwrap_or(crate::hir::Lit::None);
                Pattern::Singleton(self.alloc(Expr::Lit(lit), span))
            }
            ast::Pattern::MatchSequence(it) => {
                Pattern::Sequence(it.patterns.iter().map(|inner| self.pattern(inner)).collect())
            }
            ast::Pattern::MatchMapping(it) => {
                let mut items = Vec::with_capacity(it.keys.len());
                for (key, inner) in it.keys.iter().zip(&it.patterns) {
                    let key = self.expr(key);
                    items.push((key, self.pattern(inner)));
                }
                let rest = self.pattern_name(it.rest.as_ref(), pattern);
                Pattern::Mapping { items, rest }
            }
            ast::Pattern::MatchClass(it) => {
                let class = self.expr(&it.cls);
                let positional = it.patterns.iter().map(|inner| self.pattern(inner)).collect();
                let named = it.kwd_attrs.iter().zip(&it.kwd_patterns);
                let keywords = named.map(|(name, inner)| (name.to_string(), self.pattern(inner))).collect();
                Pattern::Class { class, positional, keywords }
            }
            ast::Pattern::MatchStar(it) => Pattern::Star(self.pattern_name(it.name.as_ref(), pattern)),
            ast::Pattern::MatchAs(it) => match &it.pattern {
                None => Pattern::Capture(self.pattern_name(it.name.as_ref(), pattern)),
                Some(inner) => {
                    let inner = self.pattern(inner);
                    match self.pattern_name(it.name.as_ref(), pattern) {
                        Some(var) => Pattern::As(Box::new(inner), var),
                        None => inner,
                    }
                }
            },
            ast::Pattern::MatchOr(it) => Pattern::Or(it.patterns.iter().map(|inner| self.pattern(inner)).collect()),
        }
    }

    fn pattern_name(&mut self, name: Option<&ast::Identifier>, at: &impl Ranged) -> Option<VarId> {
        let span = self.span(at);
        self.bind(name?.as_str(), span)
    }
}
