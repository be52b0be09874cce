//! Comprehensions and generator expressions.

use rustpython_parser::ast;

use super::Lowerer;
use super::scope::{ScopeId, key};
use crate::hir::{Clause, Comp, CompKind, Expr, ExprId};

impl<'a> Lowerer<'a, '_> {
    /// Lowers a comprehension. `is_kept`: a generator expression that is not consumed where it stands.
    pub(super) fn comp(&mut self, expr: &'a ast::Expr, is_kept: bool) -> ExprId {
        let span = self.span(expr);
        let (kind, element, value, clauses) = match expr {
            ast::Expr::ListComp(it) => (CompKind::List, &it.elt, None, &it.generators),
            ast::Expr::SetComp(it) => (CompKind::Set, &it.elt, None, &it.generators),
            ast::Expr::GeneratorExp(it) => (CompKind::Generator, &it.elt, None, &it.generators),
            ast::Expr::DictComp(it) => (CompKind::Dict, &it.key, Some(&it.value), &it.generators),
            _ => return self.refuse(span, "comprehension", "a comprehension of this kind"),
        };
        // The first iterable belongs to the scope around.
        let Some(first) = clauses.first() else {
            return self.refuse(span, "comprehension", "a comprehension without `for`");
        };
        let first = self.iterable(&first.iter);
        let inner = self.scopes.of_node.get(&key(expr)).copied().unwrap_or(self.cx.scope);
        let outer = std::mem::replace(&mut self.cx.scope, inner);
        let mut lowered = Vec::with_capacity(clauses.len());
        for (at, clause) in clauses.iter().enumerate() {
            let iter = if at == 0 { first } else { self.iterable(&clause.iter) };
            let target = self.target(&clause.target);
            let conditions = clause.ifs.iter().map(|condition| self.expr(condition)).collect();
            self.exits.awaits |= clause.is_async;
            self.mark_async(iter, clause.is_async);
            lowered.push(Clause { target, iter, conditions, is_async: clause.is_async });
        }
        let element = self.expr(element);
        let value = value.map(|value| self.expr(value));
        if is_kept {
            self.note_late_reads(inner);
        }
        self.cx.scope = outer;
        self.alloc(Expr::Comp(Comp { kind, element, value, clauses: lowered }), span)
    }

    /// A generator that is kept sees later assignments: what it reads is one variable.
    fn note_late_reads(&mut self, inner: ScopeId) {
        let names = self.scopes.get(inner).names.clone();
        for name in names {
            let Some(home) = self.scopes.home(inner, name).filter(|home| *home != inner) else { continue };
            let rebound = self.scopes.get(home).symbols.get(name).is_some_and(|symbol| symbol.bindings.len() > 1);
            if let Some(sym) = self.sym_ids.get(&home).and_then(|known| known.get(name))
                && rebound
            {
                self.syms[*sym].read_late = true;
            }
        }
    }
}
