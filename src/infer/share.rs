//! The measure of inference, and the blame for what is dynamic.

use super::solver::{Op, Solver};
use super::{Blame, Types};
use crate::hir::*;
use crate::types::Ty;

/// Counts the expressions whose type holds a `Value`, and says why.
pub fn measure(program: &Program, solver: &Solver<'_>, types: &mut Types) {
    let mut share = super::TypedShare::default();
    for (id, expr) in program.exprs.iter() {
        let counts = match expr {
            Expr::Lit(_) | Expr::Function(_) | Expr::Class(_) | Expr::Module(_) | Expr::Stub(_) => false,
            _ => types.expr.get(id).is_some(),
        };
        if !counts {
            continue;
        }
        share.total += 1;
        let ty = match solver.expr(id) {
            // What follows the conversions counts: a dynamic operation with a known result is typed.
            Some(_) => types.final_ty(id),
            None => types.expr.get(id).cloned().unwrap_or(Ty::Value),
        };
        if types.is_dynamic(&ty) {
            share.dynamic += 1;
            let api = solver.sources.iter().any(|(slot, _, _)| {
                solver.expr(id).is_some_and(|own| solver.slots.root(own) == solver.slots.root(*slot))
            });
            if api {
                share.tainted += 1;
            }
        }
    }
    types.share = share;
    let mut blame: Vec<Blame> = Vec::new();
    for (slot, span, why) in &solver.sources {
        if solver.slots.shape(*slot).dynamic {
            blame.push(Blame { span: *span, what: why.clone(), because: Vec::new() });
        }
    }
    for (id, var) in program.vars.iter() {
        let Some(slot) = solver.var_slot(id) else { continue };
        if !solver.slots.shape(slot).dynamic || blame.iter().any(|known| known.span == var.span) {
            continue;
        }
        let mut because = Vec::new();
        for (at, _) in program.exprs.iter() {
            let Some(from) = solver.expr(at) else { continue };
            if because.len() < 2 && solver.slots.flows(from, slot) {
                because.push((program.span(at), String::new()));
            }
        }
        because.sort_by_key(|(span, _)| *span);
        blame.push(Blame { span: var.span, what: var.name.clone(), because });
    }
    blame.sort_by_key(|blame| blame.span);
    types.blame = blame;
    let _ = |op: &Op| matches!(op, Op::Narrow { .. });
}
