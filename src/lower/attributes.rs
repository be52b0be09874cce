//! `getattr`, `hasattr` and `setattr` with a name that is written out: what they mean without it.

use rustpython_parser::ast;

use super::Lowerer;
use super::resolve::Meaning;
use crate::hir::{Arg, Call, Callee, Expr, ExprId, Lit, StmtKind, StubRef, Target};
use crate::source::Span;

/// `getattr(object, "name", default)`, taken apart.
struct Named<'a> {
    object: &'a ast::Expr,
    name: &'a str,
    last: Option<&'a ast::Expr>,
}

impl<'a> Lowerer<'a, '_> {
    /// `getattr(x, "name")` is `x.name`; with a default, and `hasattr`, they are calls whose first argument is `x.name`.
    pub(super) fn attribute_call(&mut self, call: &'a ast::ExprCall, span: Span) -> Option<ExprId> {
        if let Some(found) = self.constant_by_name(call, span) {
            return Some(found);
        }
        let (of, named) = self.named_attribute(call)?;
        match (&*of, &named) {
            ("hasattr", Named { last: None, .. }) => match self.member_of_module(&named) {
                Some(found) => Some(self.alloc(Expr::Lit(Lit::Bool(found.is_some())), span)),
                None => {
                    let read = self.read_named(&named, span);
                    Some(self.stub_of_attribute("hasattr", vec![read], span))
                }
            },
            ("getattr", Named { last: None, .. }) => match self.member_of_module(&named) {
                Some(Some(of)) => Some(self.alloc(Expr::Stub(of), span)),
                Some(None) => None,
                None => Some(self.read_named(&named, span)),
            },
            ("getattr", Named { last: Some(default), .. }) => match self.member_of_module(&named) {
                Some(Some(of)) => Some(self.alloc(Expr::Stub(of), span)),
                Some(None) => Some(self.expr(default)),
                None => {
                    let read = self.read_named(&named, span);
                    let default = self.expr(default);
                    Some(self.stub_of_attribute("getattr", vec![read, default], span))
                }
            },
            _ => None,
        }
    }

    /// `getattr(signal, name)`, `getattr(logging, name)`: one of the module's constants, which are all of one type.
    fn constant_by_name(&mut self, call: &'a ast::ExprCall, span: Span) -> Option<ExprId> {
        let Some(Meaning::Stub(of) | Meaning::Refused(of, _)) = self.path(&call.func) else { return None };
        let [object, rest @ ..] = &*call.args else { return None };
        let Some(Meaning::Stub(module)) = self.path(object) else { return None };
        let is_written = matches!(rest.first(), Some(ast::Expr::Constant(_) | ast::Expr::Starred(_)) | None);
        if (&*of.module, &*of.name) != ("builtins", "getattr")
            || !call.keywords.is_empty()
            || !module.name.is_empty()
            || !matches!(&*module.module, "signal" | "logging")
            || is_written
            || rest.len() > 2
        {
            return None;
        }
        let name = if rest.len() == 1 { "_attribute" } else { "_attribute_or" };
        let callee = Callee::Stub(StubRef { module: module.module, name: name.into() });
        let args = self.args(rest, &call.keywords);
        Some(self.alloc(Expr::Call(Call { callee, args }), span))
    }

    /// `getattr(x, "name")(…)`.
    pub(super) fn named_method_call(&mut self, call: &'a ast::ExprCall, span: Span) -> Option<ExprId> {
        let ast::Expr::Call(inner) = &*call.func else { return None };
        let (of, named) = self.named_attribute(inner)?;
        if of != "getattr" || named.last.is_some() {
            return None;
        }
        let callee = match self.member_of_module(&named) {
            Some(Some(of)) => Callee::Stub(of),
            Some(None) => return None,
            None => Callee::Method { recv: self.expr(named.object), name: named.name.to_string() },
        };
        let args = self.args(&call.args, &call.keywords);
        Some(self.alloc(Expr::Call(Call { callee, args }), span))
    }

    /// `setattr(x, "name", value)` as a statement.
    pub(super) fn attribute_assignment(&mut self, expr: &'a ast::Expr) -> Option<StmtKind> {
        let ast::Expr::Call(call) = expr else { return None };
        let (of, named) = self.named_attribute(call)?;
        let ("setattr", Named { last: Some(value), .. }) = (&*of, &named) else { return None };
        if self.member_of_module(&named).is_some() {
            return None;
        }
        let object = self.expr(named.object);
        let value = self.expr(value);
        Some(StmtKind::Assign { targets: vec![Target::Attr(object, named.name.to_string())], value })
    }

    fn named_attribute(&self, call: &'a ast::ExprCall) -> Option<(String, Named<'a>)> {
        let Some(Meaning::Stub(of) | Meaning::Refused(of, _)) = self.path(&call.func) else { return None };
        if of.module != "builtins" || !call.keywords.is_empty() {
            return None;
        }
        let (object, name, last) = match &*call.args {
            [object, name] => (object, name, None),
            [object, name, last] => (object, name, Some(last)),
            _ => return None,
        };
        let ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Str(name), .. }) = name else { return None };
        let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_') && !name.starts_with("__");
        is_name.then_some((of.name.to_string(), Named { object, name, last }))
    }

    /// What a module of the registry has of that name; `None`: it is no such module.
    fn member_of_module(&self, named: &Named<'a>) -> Option<Option<StubRef>> {
        let module = self.path(named.object)?;
        if !matches!(&module, Meaning::Stub(of) if of.name.is_empty()) {
            return None;
        }
        Some(match self.member(&module, named.name) {
            Meaning::Stub(of) | Meaning::Refused(of, _) => Some(of),
            _ => None,
        })
    }

    fn read_named(&mut self, named: &Named<'a>, span: Span) -> ExprId {
        let object = self.expr(named.object);
        self.alloc(Expr::Attr(object, named.name.to_string()), span)
    }

    fn stub_of_attribute(&mut self, name: &str, args: Vec<ExprId>, span: Span) -> ExprId {
        let callee = Callee::Stub(StubRef::new("builtins", format!("_{name}")));
        let args = args.into_iter().map(Arg::Positional).collect();
        self.alloc(Expr::Call(Call { callee, args }), span)
    }
}
