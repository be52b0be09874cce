//! Functions that the program compares: a callback that is removed again is the one that was added, wherever it was named.

use syn::Expr;

use super::Emitter;
use super::build::{int, method, string};
use crate::hir::{self, CmpOp, ExprId, FnId, Program, StmtKind};
use crate::infer::{BoundArg, Resolved, Types};
use crate::types::Ty;

/// Whether functions are looked for in containers, or compared.
pub(super) fn functions_compared(program: &Program, types: &Types) -> bool {
    let is_function = |ty: &Ty| match ty {
        Ty::Fn(_) => true,
        Ty::Option(inner) => matches!(**inner, Ty::Fn(_)),
        _ => false,
    };
    let keyed = |ty: &Ty| match ty {
        Ty::Set(item) | Ty::FrozenSet(item) | Ty::Dict(item, _) => is_function(item),
        _ => false,
    };
    let looked_for = types.resolved.values().any(|resolved| match resolved {
        Resolved::Stub(call) => {
            matches!(&*call.method, "remove" | "index" | "count" | "__contains__" | "discard" | "__eq__" | "__ne__")
                && call
                    .args
                    .iter()
                    .any(|arg| matches!(arg.value, BoundArg::Expr(id) if types.expr.get(id).is_some_and(is_function)))
        }
        _ => false,
    });
    looked_for
        || program.exprs.iter().any(|(id, expr)| {
            let of = |id: ExprId| types.expr.get(id);
            of(id).is_some_and(keyed)
                || match expr {
                    hir::Expr::Compare(first, rest) => {
                        let all = std::iter::once(*first).chain(rest.iter().map(|(_, value)| *value));
                        let plain = rest.iter().all(|(_, value)| matches!(program.exprs[*value], hir::Expr::Lit(_)));
                        let tests = rest.iter().any(|(op, _)| {
                            matches!(op, CmpOp::Eq | CmpOp::NotEq | CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn)
                        });
                        tests && !plain && all.into_iter().any(|value| of(value).is_some_and(is_function))
                    }
                    _ => false,
                }
        })
}

/// Whether function values are asked if they are coroutine functions.
pub(super) fn kinds_asked(types: &Types) -> bool {
    types.resolved.values().any(|resolved| match resolved {
        Resolved::Stub(call) => {
            call.of.name == "iscoroutinefunction"
                && matches!(&call.rust, crate::stubs::RustForm::Path(path) if path == "builtins::is_kind")
        }
        _ => false,
    })
}

impl Emitter<'_> {
    /// A function as a value that says whether it is a coroutine function, where that is asked.
    pub(super) fn of_kind(&mut self, id: ExprId, made: Expr) -> Expr {
        let program = self.program;
        let function = match &program.exprs[id] {
            hir::Expr::Function(function) | hir::Expr::Lambda(function) => *function,
            hir::Expr::Attr(..) => match self.resolved(id, 0) {
                Some(Resolved::Function { function, .. }) => *function,
                _ => return made,
            },
            _ => return made,
        };
        self.of_kind_like(function, made)
    }

    /// The same, of a function that is known.
    pub(super) fn of_kind_like(&self, function: FnId, made: Expr) -> Expr {
        let program = self.program;
        let kind = program.functions[crate::infer::uniform::stands_for(program, function)].kind;
        if !self.layouts.kinds_asked || !matches!(kind, hir::FnKind::Coroutine { .. }) {
            return made;
        }
        method(made, "as_coroutine_function", Vec::new())
    }

    /// A function as a value that is the same as others of its name, where that matters.
    pub(super) fn known_as(&mut self, id: ExprId, made: Expr) -> Expr {
        if !self.layouts.functions_compared {
            return made;
        }
        let program = self.program;
        let (function, recv) = match &program.exprs[id] {
            hir::Expr::Function(function) => (*function, None),
            hir::Expr::Lambda(lambda) if program.functions[*lambda].name != "<lambda>" => {
                match called_method(program, *lambda) {
                    Some(recv) => (*lambda, Some(recv)),
                    None => (*lambda, None),
                }
            }
            hir::Expr::Attr(recv, _) => match self.resolved(id, 0) {
                Some(Resolved::Function { function, .. }) => (*function, Some(*recv)),
                _ => return made,
            },
            _ => return made,
        };
        let of = &program.functions[function];
        let text = string(&format!("{}.{}", program.modules[of.module].name, of.qualname));
        let address = match recv {
            Some(recv) if matches!(self.ty_of(recv), Ty::Class(_)) && self.is_pure(recv) => {
                let place = self.place(recv);
                method(place, "py_id", Vec::new())
            }
            Some(_) => return made,
            // Each run of its `def` makes another.
            None if !of.captures.is_empty() => return made,
            None => int(0),
        };
        method(made, "known_as", vec![text, address])
    }
}

/// The object of `lambda *args: object.method(*args)`.
fn called_method(program: &Program, lambda: FnId) -> Option<ExprId> {
    let last = program.functions[lambda].body.stmts.last()?;
    let StmtKind::Return(Some(value)) = &last.kind else { return None };
    match &program.exprs[*value] {
        hir::Expr::Call(hir::Call { callee: hir::Callee::Method { recv, .. }, .. }) => Some(*recv),
        _ => None,
    }
}
