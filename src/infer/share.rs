//! The measure of inference, and the blame for what is dynamic.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::shape::Slot;
use super::solver::Solver;
use super::{Blame, TypedShare, Types};
use crate::hir::*;

/// Whether an expression has a share: constants and names of functions, classes and modules have none.
fn counts(program: &Program, types: &Types, id: ExprId) -> bool {
    match program.exprs[id] {
        Expr::Lit(_) | Expr::Function(_) | Expr::Class(_) | Expr::Module(_) | Expr::Stub(_) => false,
        _ => types.expr.get(id).is_some(),
    }
}

impl Types {
    /// The share of a block, without the functions and classes inside.
    pub fn share_of(&self, program: &Program, block: &Block) -> TypedShare {
        let mut share = TypedShare::default();
        walk::for_each_expr_in_block(program, block, &mut |id| {
            if counts(program, self, id) {
                share.total += 1;
                share.dynamic += usize::from(self.ends_dynamic(id));
                share.tainted += usize::from(self.tainted.contains(&id));
            }
        });
        share
    }
}

impl TypedShare {
    /// Both together.
    pub fn and(self, other: TypedShare) -> TypedShare {
        TypedShare {
            total: self.total + other.total,
            dynamic: self.dynamic + other.dynamic,
            tainted: self.tainted + other.tainted,
        }
    }
}

/// Counts the expressions whose type holds a `Value`, and says why.
pub fn measure(program: &Program, solver: &Solver<'_>, types: &mut Types) {
    let mut share = TypedShare::default();
    let sources: HashSet<Slot> = solver.sources.iter().map(|(slot, _, _)| solver.slots.root(*slot)).collect();
    for (id, _) in program.exprs.iter() {
        if !counts(program, types, id) {
            continue;
        }
        share.total += 1;
        let dynamic = match solver.expr(id) {
            // What follows the conversions counts: a dynamic operation with a known result is typed.
            Some(_) => types.ends_dynamic(id),
            None => types.expr.get(id).is_none_or(|ty| types.is_dynamic(ty)),
        };
        if dynamic {
            share.dynamic += 1;
            if solver.expr(id).is_some_and(|own| sources.contains(&solver.slots.root(own))) {
                share.tainted += 1;
                types.tainted.insert(id);
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
    // The first two places that a dynamic variable gets its values from.
    let mut inflows: HashMap<Slot, Vec<crate::source::Span>> = HashMap::default();
    let is_dynamic = |var| solver.var_slot(var).is_some_and(|slot| solver.slots.shape(slot).dynamic);
    let sought = program.vars.ids().any(is_dynamic);
    for id in program.exprs.ids().filter(|_| sought) {
        let Some(from) = solver.expr(id) else { continue };
        for to in solver.slots.flows_to(from) {
            if solver.slots.shape(to).dynamic {
                inflows.entry(to).or_default().push(program.span(id));
            }
        }
    }
    let said: HashSet<crate::source::Span> = blame.iter().map(|known| known.span).collect();
    for (id, var) in program.vars.iter() {
        let Some(slot) = solver.var_slot(id) else { continue };
        if !solver.slots.shape(slot).dynamic || said.contains(&var.span) {
            continue;
        }
        let mut spans = inflows.get(&solver.slots.root(slot)).cloned().unwrap_or_default();
        spans.sort();
        spans.dedup();
        let because = spans.into_iter().take(2).map(|span| (span, String::new())).collect();
        blame.push(Blame { span: var.span, what: var.name.clone(), because });
    }
    blame.sort_by_key(|blame| blame.span);
    types.blame = blame;
}
