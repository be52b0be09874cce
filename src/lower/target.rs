//! What is assigned to.

use rustpython_parser::ast;

use super::Lowerer;
use super::resolve::Meaning;
use super::scope::{ScopeId, ScopeKind};
use crate::diag::catalog;
use crate::hir::{ExprId, Target};
use crate::source::Span;

impl<'a> Lowerer<'a, '_> {
    /// The scope whose variable an assignment in the scope being lowered binds; `None` in a class body.
    pub(super) fn binding_home(&self, name: &str) -> Option<ScopeId> {
        let mut scope = self.cx.scope;
        // The target of a comprehension is bound there; a walrus inside it around it.
        if self.scopes.get(scope).kind == ScopeKind::Comp
            && !self.scopes.get(scope).symbols.get(name).is_some_and(super::scope::Symbol::is_bound)
        {
            while let (ScopeKind::Comp, Some(parent)) = (self.scopes.get(scope).kind, self.scopes.get(scope).parent) {
                scope = parent;
            }
        }
        let home = self.scopes.home(scope, name).unwrap_or(scope);
        (self.scopes.get(home).kind != ScopeKind::Class).then_some(home)
    }

    /// A variable that a name binds here.
    pub(super) fn bind(&mut self, name: &str, span: Span) -> Option<crate::hir::VarId> {
        let home = self.binding_home(name)?;
        Some(self.write(home, name, span))
    }

    /// Lowers a target.
    pub(super) fn target(&mut self, target: &'a ast::Expr) -> Target {
        let span = self.span(target);
        match target {
            ast::Expr::Name(name) => match self.bind(name.id.as_str(), span) {
                Some(var) => Target::Var(var),
                None => self.refuse_target(span, "an assignment of this kind in a class body"),
            },
            ast::Expr::Tuple(it) => Target::Tuple(it.elts.iter().map(|inner| self.target(inner)).collect()),
            ast::Expr::List(it) => Target::Tuple(it.elts.iter().map(|inner| self.target(inner)).collect()),
            ast::Expr::Starred(it) => Target::Star(Box::new(self.target(&it.value))),
            ast::Expr::Attribute(it) => self.attribute_target(target, it, span),
            ast::Expr::Subscript(it) => {
                let value = self.expr(&it.value);
                self.subscript_target(value, &it.slice)
            }
            _ => self.refuse_target(span, "an assignment to this kind of expression"),
        }
    }

    fn subscript_target(&mut self, value: ExprId, index: &'a ast::Expr) -> Target {
        if let ast::Expr::Slice(slice) = index {
            let parts = [&slice.lower, &slice.upper, &slice.step].map(|part| part.as_ref().map(|part| self.expr(part)));
            return Target::Slice(value, parts);
        }
        let index = self.expr(index);
        Target::Index(value, index)
    }

    fn attribute_target(&mut self, target: &'a ast::Expr, it: &'a ast::ExprAttribute, span: Span) -> Target {
        match self.path(target) {
            Some(Meaning::Var(home, name)) => {
                let var = self.write(home, &name, span);
                return Target::Var(var);
            }
            Some(Meaning::Stub(_) | Meaning::Unknown(_) | Meaning::Refused(..)) => {
                let title = "an attribute of a module or library class is replaced";
                self.report(catalog::MONKEY_PATCHING, span, title);
                return Target::Unsupported;
            }
            Some(Meaning::Function(_) | Meaning::Class(_) | Meaning::Module(_)) => {
                self.report(catalog::MONKEY_PATCHING, span, "a definition of another module is replaced");
                return Target::Unsupported;
            }
            Some(Meaning::Missing) => return Target::Unsupported,
            Some(Meaning::ClassName(..) | Meaning::Unbound) | None => {}
        }
        match self.path(&it.value) {
            Some(Meaning::Stub(of)) if !of.name.is_empty() && self.is_stub_class(&of) => {
                self.report(catalog::MONKEY_PATCHING, span, "an attribute of a library class is replaced");
                return Target::Unsupported;
            }
            _ => {}
        }
        let value = self.expr(&it.value);
        Target::Attr(value, self.private(it.attr.as_str()))
    }

    fn is_stub_class(&self, of: &crate::hir::StubRef) -> bool {
        self.stubs.read(&of.module, &of.name, |_, entry| matches!(entry, crate::stubs::Entry::Class(_))) == Some(true)
    }

    fn refuse_target(&mut self, span: Span, title: &str) -> Target {
        self.unsupported(span, title);
        Target::Unsupported
    }
}
