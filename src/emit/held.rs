//! A value that is tested for what it is, several times: `{ let class = kinds.get_item(&name)?; if class == … }`.

use syn::Expr;

use super::Emitter;
use super::build::{block_expr, tail};
use crate::hir::{self, Callee, ExprId, Origin, Program, VarId};

/// Whether an assignment in an expression was made to hold such a value.
pub(super) fn is_held(program: &Program, expr: ExprId) -> bool {
    matches!(program.origins.get(expr), Some(Origin::Made { why: crate::infer::HELD, .. }))
        && matches!(program.exprs[expr], hir::Expr::Walrus(..))
}

/// The variable and the value of the first test of a choice, if it holds one.
pub(super) fn held(program: &Program, test: ExprId) -> Option<(VarId, ExprId)> {
    match &program.exprs[test] {
        hir::Expr::Walrus(var, value) => is_held(program, test).then_some((*var, *value)),
        hir::Expr::Compare(first, _) => held(program, *first),
        hir::Expr::BoolOp { operands, .. } => held(program, *operands.first()?),
        hir::Expr::Call(call) if matches!(call.callee, Callee::Stub(_)) => held(program, call.args.first()?.value()),
        _ => None,
    }
}

impl Emitter<'_> {
    /// A block that begins with the value.
    pub(super) fn with_held(&mut self, var: VarId, value: ExprId, made: impl FnOnce(&mut Self) -> Expr) -> Expr {
        let stmts = self.in_block(|emitter| {
            let value = emitter.owned(value);
            let text = emitter.var_name(var);
            emitter.push_let(&text, value);
            emitter.body.held_vars.push(var);
            let made = made(emitter);
            emitter.body.held_vars.pop();
            emitter.out.push(tail(made));
        });
        block_expr(stmts)
    }

    /// A choice that is a statement; `None`: it holds nothing.
    pub(super) fn held_stmt(&mut self, choice: ExprId, test: ExprId) -> Option<Expr> {
        let (var, bound) = held(self.program, test).filter(|(var, _)| !self.body.held_vars.contains(var))?;
        Some(self.with_held(var, bound, |emitter| {
            let stmts = emitter.in_block(|emitter| emitter.expr_stmt(choice));
            block_expr(stmts)
        }))
    }
}
