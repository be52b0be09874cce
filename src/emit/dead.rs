//! What is never reached: code behind a test that the types decide, where a variable has no type that is left.

use rustc_hash::FxHashSet as HashSet;

use syn::Expr;

use super::Emitter;
use super::macros;
use crate::hir::walk::{children, stmt_exprs};
use crate::hir::{self, ExprId, Program, Stmt, StmtKind, Storage, Target, VarId};
use crate::infer::Types;
use crate::types::Ty;

/// The expressions that read such a variable whenever they are evaluated.
pub(super) fn dead(program: &Program, types: &Types) -> HashSet<ExprId> {
    let mut found = HashSet::default();
    for (id, expr) in program.exprs.iter() {
        if let hir::Expr::Var(var) = expr
            && types.expr.get(id) == Some(&Ty::Never)
            && types.var.get(*var).is_some_and(|ty| *ty != Ty::Never)
            // A name that nothing binds raises.
            && !types.resolved.contains_key(&(id, 0))
        {
            found.insert(id);
        }
    }
    while !found.is_empty() {
        let parents: Vec<ExprId> = program
            .exprs
            .ids()
            .filter(|id| !found.contains(id) && always(program, *id).iter().any(|child| found.contains(child)))
            .collect();
        if parents.is_empty() {
            break;
        }
        found.extend(parents);
    }
    found
}

/// The children that are evaluated whenever the expression is.
fn always(program: &Program, id: ExprId) -> Vec<ExprId> {
    match &program.exprs[id] {
        hir::Expr::BoolOp { operands, .. } => operands.iter().take(1).copied().collect(),
        hir::Expr::IfExp { test, .. } => vec![*test],
        hir::Expr::Compare(first, rest) => {
            std::iter::once(*first).chain(rest.first().map(|(_, second)| *second)).collect()
        }
        hir::Expr::Comp(_) | hir::Expr::Lambda(_) | hir::Expr::Function(_) | hir::Expr::Class(_) => Vec::new(),
        _ => {
            let mut all = Vec::new();
            children(program, id, &mut |child| all.push(child));
            all
        }
    }
}

impl Emitter<'_> {
    pub(super) fn is_dead(&self, id: ExprId) -> bool {
        self.dead.contains(&id)
    }

    /// Whether a statement reads such a variable whenever it runs.
    pub(super) fn is_dead_stmt(&self, stmt: &Stmt) -> bool {
        let one_by_one = matches!(
            stmt.kind,
            StmtKind::Try(_)
                | StmtKind::With { .. }
                | StmtKind::Match { .. }
                | StmtKind::Assert { .. }
                | StmtKind::Class { .. }
        );
        if self.dead.is_empty() || one_by_one {
            return false;
        }
        let mut found = false;
        stmt_exprs(self.program, stmt, &mut |expr| found |= self.is_dead(expr));
        found
    }

    /// Whether what is assigned is a variable that is only read where nothing ever comes.
    pub(super) fn is_dead_target(&self, targets: &[Target]) -> bool {
        matches!(targets, [Target::Var(var)] if self.is_only_dead(*var))
    }

    /// Whether a variable is only read where nothing ever comes.
    pub(super) fn is_only_dead(&self, var: VarId) -> bool {
        if self.dead.is_empty() || self.program.vars[var].storage != Storage::Local {
            return false;
        }
        let mut any = false;
        let all = self.program.exprs.iter().all(|(id, expr)| match expr {
            hir::Expr::Var(read) if *read == var => {
                any = true;
                self.dead.contains(&id)
            }
            _ => true,
        });
        any && all
    }

    /// Stands where nothing ever comes.
    pub(super) fn unreachable(&self) -> Expr {
        macros::unreachable("")
    }
}
