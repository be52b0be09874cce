//! Enumerations that were written out: what their class is asked for as a whole.

use rustpython_parser::ast;

use super::Lowerer;
use super::expand::{MARK, members_name, plain};
use super::resolve::Meaning;
use crate::hir::{Arg, Base, Binding, Call, Callee, ClassId, Expr, ExprId, StubRef};
use crate::source::Span;

/// Whether a class is an enumeration with members.
pub fn is_written_out(stmt: &ast::Stmt) -> bool {
    let name = members_name();
    let ast::Stmt::ClassDef(def) = stmt else { return false };
    def.body.iter().any(|inner| match inner {
        ast::Stmt::Assign(it) => {
            matches!(&it.targets[..], [ast::Expr::Name(target)] if target.id.as_str() == name)
        }
        _ => false,
    })
}

/// Whether a function of the registry iterates or measures what it is given.
pub fn reads_members(of: &StubRef) -> bool {
    let builtin = matches!(
        of.name.as_str(),
        "list"
            | "tuple"
            | "set"
            | "frozenset"
            | "sorted"
            | "len"
            | "enumerate"
            | "zip"
            | "iter"
            | "reversed"
            | "min"
            | "max"
            | "any"
            | "all"
            | "map"
            | "filter"
    );
    of.module == "builtins" && builtin || of.module == "itertools"
}

/// The attributes of an exception class whose value a function gives: those that were written out.
pub fn class_values(stmt: &ast::Stmt) -> Vec<String> {
    let ast::Stmt::ClassDef(def) = stmt else { return Vec::new() };
    let names = def.body.iter().filter_map(|inner| match inner {
        ast::Stmt::FunctionDef(def) => def.name.as_str().strip_suffix(MARK).map(str::to_string),
        _ => None,
    });
    names.collect()
}

impl<'a> Lowerer<'a, '_> {
    /// The enumeration that an expression names: by its name, or as `cls` in one of its class methods.
    pub(super) fn named_enum(&self, expr: &ast::Expr) -> Option<ClassId> {
        if self.enums.is_empty() {
            return None;
        }
        let class = match self.path(expr)? {
            Meaning::Class(class) => class,
            Meaning::Var(_, name) => {
                let (class, first) = self.cx.method.as_ref()?;
                let method = self.program.functions[self.cx.function?].method?;
                if name != *first || method.binding != Binding::Class {
                    return None;
                }
                *class
            }
            _ => return None,
        };
        self.enums.contains(&class).then_some(class)
    }

    /// The members of an enumeration whose class is iterated, measured or searched.
    pub(super) fn enum_members(&mut self, expr: &'a ast::Expr) -> Option<ExprId> {
        let class = self.named_enum(expr)?;
        let span = self.span(expr);
        let of = self.made(Expr::Class(class), span, "members of an enumeration");
        Some(self.alloc(Expr::Attr(of, plain(&members_name())), span))
    }

    /// `NotFound.code`: the value of an attribute of an exception class.
    pub(super) fn class_value(&mut self, it: &'a ast::ExprAttribute, span: Span) -> Option<ExprId> {
        if self.class_values.is_empty() {
            return None;
        }
        let Meaning::Class(mut class) = self.path(&it.value)? else { return None };
        let mut steps = 0;
        while !self.class_values.contains(&(class, it.attr.to_string())) {
            let base = self.program.classes[class].bases.iter().find_map(|base| match base {
                Base::Class(base) => Some(*base),
                Base::Stub(_) => None,
            });
            class = base?;
            steps += 1;
            if steps > 64 {
                return None;
            }
        }
        let recv = self.made(Expr::Class(class), span, "attribute of a class");
        let callee = Callee::Method { recv, name: plain(&format!("{}{MARK}", it.attr)) };
        Some(self.alloc(Expr::Call(Call { callee, args: Vec::new() }), span))
    }

    /// What is iterated where it stands.
    pub(super) fn iterable(&mut self, expr: &'a ast::Expr) -> ExprId {
        match self.enum_members(expr) {
            Some(members) => members,
            None => self.argument(expr),
        }
    }

    /// `Color(value)` and `Color["NAME"]`: the member. A call in the body of the class makes one.
    pub(super) fn enum_lookup(
        &mut self,
        of: &'a ast::Expr,
        key: &'a ast::Expr,
        what: &str,
        span: Span,
    ) -> Option<ExprId> {
        let class = self.named_enum(of)?;
        let at = self.span(of);
        let recv = self.made(Expr::Class(class), at, "member of an enumeration");
        let key = self.expr(key);
        let callee = Callee::Method { recv, name: plain(&format!("{what}ǃ")) };
        Some(self.alloc(Expr::Call(Call { callee, args: vec![Arg::Positional(key)] }), span))
    }
}
