//! What a function that is kept as a value gives, as the type that those beside it give.

use syn::Expr;

use super::Emitter;
use super::build::{call_path, closure, method, name, pat, tail};
use crate::hir::{self, ExprId, FnId, FnKind};
use crate::infer::Resolved;
use crate::types::Ty;

impl Emitter<'_> {
    /// What a function value of another type gives, as the type that is wanted.
    pub(super) fn result_as(&mut self, function: ExprId, call: Expr, wanted: &Ty) -> Expr {
        let known = match (&self.program.exprs[function], self.resolved(function, 0)) {
            (hir::Expr::Function(inner), _) => Some(*inner),
            (hir::Expr::Attr(..), Some(Resolved::Function { function, .. })) => Some(*function),
            _ => None,
        };
        let own = match (&self.program.exprs[function], known) {
            (_, Some(inner)) if matches!(self.program.functions[inner].kind, FnKind::Plain) => {
                let own = self.signature(inner).result;
                if !joins(&own, wanted) {
                    return call;
                }
                return self.mapped(call, &own, wanted);
            }
            (
                hir::Expr::Function(_)
                | hir::Expr::Lambda(_)
                | hir::Expr::Class(_)
                | hir::Expr::Stub(_)
                | hir::Expr::Attr(..),
                _,
            ) => return call,
            _ => match self.raw_ty(function) {
                Ty::Fn(own) => own.result,
                _ => return call,
            },
        };
        if own == *wanted || *wanted == Ty::Never {
            return call;
        }
        self.mapped(call, &own, wanted)
    }

    /// A lambda whose result is made what is wanted.
    pub(super) fn lambda_as(&mut self, inner: FnId, made: Expr, wanted: &Ty) -> Expr {
        let own = self.signature(inner).result;
        let widens = matches!((&own, wanted), (Ty::Coro(from), Ty::Coro(to)) if **from == Ty::Never && from != to);
        if !joins(&own, wanted) && !widens {
            return made;
        }
        match made {
            Expr::Closure(mut made) => {
                let body = std::mem::replace(&mut *made.body, name("body"));
                *made.body = self.mapped(body, &own, wanted);
                Expr::Closure(made)
            }
            Expr::Block(mut block) => {
                if let Some(syn::Stmt::Expr(last, None)) = block.block.stmts.pop() {
                    let last = self.lambda_as(inner, last, wanted);
                    block.block.stmts.push(tail(last));
                }
                Expr::Block(block)
            }
            made => made,
        }
    }

    /// `Ok(x)` with `x` converted, else `call.map(…)`.
    fn mapped(&mut self, mut call: Expr, own: &Ty, wanted: &Ty) -> Expr {
        // `{ f(x); Ok(()) }`.
        if let Expr::Block(block) = &mut call
            && let Some(syn::Stmt::Expr(last, None)) = block.block.stmts.last_mut()
            && *own == Ty::None
        {
            *last = call_path("Ok", vec![self.convert(super::build::tuple(Vec::new()), own, wanted)]);
            return call;
        }
        if let Expr::Call(ok) = &call
            && matches!(&*ok.func, Expr::Path(path) if path.path.is_ident("Ok"))
            && let Some(value) = ok.args.first()
            && *own != Ty::None
        {
            let value = self.convert(value.clone(), own, wanted);
            return call_path("Ok", vec![value]);
        }
        let inner = self.convert(name("value"), own, wanted);
        let mapping = match &inner {
            Expr::Call(convert) if matches!(convert.args.first(), Some(Expr::Path(path)) if path.path.is_ident("value")) => {
                (*convert.func).clone()
            }
            _ => {
                let param = if *own == Ty::None { "_" } else { "value" };
                closure(false, false, vec![pat(param)], None, inner)
            }
        };
        method(call, "map", vec![mapping])
    }
}

/// Whether a value is made another where results of several functions meet: nothing that is shared is copied.
fn joins(own: &Ty, wanted: &Ty) -> bool {
    own != wanted
        && *own != Ty::Never
        && match wanted {
            Ty::Option(inner) => match own {
                Ty::None => true,
                Ty::Option(own) => joins(own, inner),
                own => own == &**inner || joins(own, inner),
            },
            Ty::Union(_) | Ty::Number | Ty::Value => true,
            Ty::Float => matches!(own, Ty::Int | Ty::Number),
            Ty::Coro(wanted) => matches!(own, Ty::Coro(own) if joins(own, wanted)),
            Ty::VarTuple(_) => matches!(own, Ty::Tuple(_)),
            Ty::Tuple(wanted) => match own {
                Ty::Tuple(own) if own.len() == wanted.len() => {
                    own.iter().zip(wanted).all(|(own, wanted)| own == wanted || joins(own, wanted))
                }
                _ => false,
            },
            _ => false,
        }
}

/// Whether what a closure gives is written as `Ok(…)`.
pub(super) fn gives_result(made: &Expr) -> bool {
    let is_ok = |body: &Expr| matches!(body, Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Ok")));
    match made {
        Expr::Closure(closure) => is_ok(&closure.body) || gives_result(&closure.body),
        Expr::Block(block) => match block.block.stmts.last() {
            Some(syn::Stmt::Expr(last, None)) => is_ok(last) || gives_result(last),
            _ => false,
        },
        _ => false,
    }
}
