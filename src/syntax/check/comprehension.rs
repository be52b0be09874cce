//! Comprehensions: a scope of their own, except for the first iterable.

use rustpython_parser::ast::{Comprehension, Expr};

use super::scope::ScopeKind;
use super::{Checker, place};

impl<'a> Checker<'a> {
    pub(super) fn comprehension(
        &mut self,
        expr: &'a Expr,
        elements: &[&'a Expr],
        clauses: &'a [Comprehension],
        word: &'static str,
    ) {
        let Some((first, rest)) = clauses.split_first() else { return };
        let outer = self.kind();
        self.scope().iterable += 1;
        self.expression(&first.iter);
        self.scope().iterable -= 1;
        let lazy = expr.is_generator_exp_expr();
        self.enter(ScopeKind::Comprehension(word));
        // The element and the conditions are no iterables, whatever surrounds the comprehension.
        self.scope().is_coroutine |= first.is_async;
        self.clause(first, true);
        for clause in rest {
            self.scope().is_coroutine |= clause.is_async;
            self.clause(clause, false);
        }
        for element in elements {
            self.expression(element);
        }
        let index = self.leave();
        if !self.scopes[index].is_coroutine || lazy {
            return;
        }
        match outer {
            ScopeKind::AsyncFunction => {}
            ScopeKind::Comprehension(_) => {
                self.since(11, place(expr), "asynchronous comprehension outside of an asynchronous function");
                self.scope().is_coroutine = true;
            }
            _ => self.code_error(place(expr), "asynchronous comprehension outside of an asynchronous function"),
        }
    }

    fn clause(&mut self, clause: &'a Comprehension, first: bool) {
        self.scope().iteration_target = true;
        self.target(&clause.target);
        self.scope().iteration_target = false;
        if !first {
            self.scope().iterable += 1;
            self.expression(&clause.iter);
            self.scope().iterable -= 1;
        }
        self.expressions(&clause.ifs);
    }
}
