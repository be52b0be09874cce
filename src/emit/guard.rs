//! `if x is None: return` to `let Some(x) = x else { return … };`.

use syn::{Expr, Local, Pat, Stmt};

use super::Emitter;
use super::build::{self, method};
use super::plan;
use crate::hir::{self, Block, CmpOp, ExprId, Lit, StmtKind, Storage, Trivia, UnOp, VarId};
use crate::types::Ty;

/// An `if` behind which a variable is not `None`.
struct Guard {
    var: VarId,
    inner: Ty,
}

impl Emitter<'_> {
    /// Emits `stmt` as a guard of the statements after it, when it is one; the variable is then held without its
    /// `Option` until [`Emitter::leave_narrowed`].
    pub(super) fn guard(&mut self, stmt: &hir::Stmt, rest: &[hir::Stmt], first: bool) -> Option<VarId> {
        let StmtKind::If { test, then, orelse } = &stmt.kind else { return None };
        if !orelse.stmts.is_empty() || !plan::leaves(then) || rest.is_empty() {
            return None;
        }
        let Guard { var, inner } = self.guarded(*test)?;
        let rest = Block { stmts: rest.to_vec(), trailing: Trivia::default() };
        if !self.relies(var, &rest, &[]) {
            return None;
        }
        let text = self.var_name(var);
        let source =
            if stmt.trivia == Trivia::default() && !self.reads_of(var, then) { self.just_bound(&text) } else { None };
        let source = match source {
            Some(source) => source,
            None => {
                self.head(stmt, first);
                let held = build::name(&text);
                if inner.is_copy() { held } else { method(held, "clone", Vec::new()) }
            }
        };
        let otherwise = self.in_block(|emitter| emitter.block(then));
        let mut made = build::let_(build::pat_variant("Some", vec![build::pat(&text)]), None, Some(source));
        if let Stmt::Local(Local { init: Some(init), .. }) = &mut made {
            init.diverge = Some((Default::default(), Box::new(build::else_block(otherwise))));
        }
        self.out.push(made);
        self.body.narrowed.insert(var, inner);
        Some(var)
    }

    /// The variable of `x is None`, or of `not x` where every value that is not `None` is true.
    fn guarded(&self, test: ExprId) -> Option<Guard> {
        let (value, truth) = match &self.program.exprs[test] {
            hir::Expr::Compare(first, rest) => match rest[..] {
                [(CmpOp::Is | CmpOp::Eq, other)] if matches!(self.program.exprs[other], hir::Expr::Lit(Lit::None)) => {
                    (*first, false)
                }
                _ => return None,
            },
            hir::Expr::Unary(UnOp::Not, value) => (*value, true),
            _ => return None,
        };
        let hir::Expr::Var(var) = self.program.exprs[value] else { return None };
        if self.types.adjustments.contains_key(&value) || self.body.narrowed.contains_key(&var) {
            return None;
        }
        let Ty::Option(inner) = self.raw_ty(value) else { return None };
        if truth && !self.always_true(&inner) {
            return None;
        }
        let local =
            self.program.vars[var].storage == Storage::Local && !self.is_optional(var) && self.var_name_known(var);
        (local && self.var_ty(var) == Ty::Option(inner.clone())).then_some(Guard { var, inner: *inner })
    }

    /// Whether a block reads a variable.
    fn reads_of(&self, var: VarId, block: &Block) -> bool {
        let mut found = false;
        hir::walk::for_each_expr_in_block(self.program, block, &mut |expr| {
            found |= matches!(self.program.exprs[expr], hir::Expr::Var(other) if other == var);
        });
        found
    }

    /// The value of the statement above, when that is the `let` of this very name; that statement goes.
    fn just_bound(&mut self, text: &str) -> Option<Expr> {
        let Some(Stmt::Local(Local { pat: Pat::Ident(held), init: Some(init), .. })) = self.out.last() else {
            return None;
        };
        if held.ident != text || held.mutability.is_some() || init.diverge.is_some() {
            return None;
        }
        match self.out.pop() {
            Some(Stmt::Local(Local { init: Some(init), .. })) => Some(*init.expr),
            _ => None,
        }
    }
}
