//! Parameters of functions that nobody calls: what they are used as.
//!
//! `def rename(self, name): self.name = name` takes what `self.name` holds elsewhere; were it anything, the field would be too.

use rustc_hash::FxHashMap as HashMap;

use super::shape::Slot;
use super::solver::{Op, Solver};
use crate::hir::{BinOp, CmpOp};

/// So many slots are followed from a parameter.
const FAR: usize = 64;

/// Fills the parameters that nothing got to.
pub fn fill(solver: &mut Solver<'_>) {
    let program = solver.program;
    let mut empty: Vec<Slot> = Vec::new();
    for (id, function) in program.functions.iter() {
        for param in &function.params {
            let slot = solver.var(param.var);
            if solver.slots.shape(slot).is_bottom() && !solver.used.contains(&id) {
                empty.push(slot);
            }
        }
    }
    if empty.is_empty() {
        return;
    }
    let partners = partners(solver);
    for slot in empty {
        if let Some(like) = used_as(solver, slot, &partners) {
            solver.slots.flow(like, slot);
        }
    }
    let _ = solver.run();
}

/// What each operand is reckoned or compared with.
fn partners(solver: &Solver<'_>) -> HashMap<Slot, Vec<Slot>> {
    let mut partners: HashMap<Slot, Vec<Slot>> = HashMap::default();
    for op in &solver.ops {
        let (left, right) = match **op {
            Op::Binary { op: BinOp::Mod | BinOp::MatMul | BinOp::LShift | BinOp::RShift, .. } => continue,
            Op::Binary { left, right, .. } => (left, right),
            Op::Compare { op: CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn, .. } => continue,
            Op::Compare { left, right, .. } => (left, right),
            _ => continue,
        };
        let (left, right) = (solver.slots.root(left), solver.slots.root(right));
        partners.entry(left).or_default().push(right);
        partners.entry(right).or_default().push(left);
    }
    partners
}

/// A slot of the one type that everything a parameter gets to has; `None`: there is none, or there are several.
fn used_as(solver: &Solver<'_>, param: Slot, partners: &HashMap<Slot, Vec<Slot>>) -> Option<Slot> {
    let mut reached = vec![solver.slots.root(param)];
    let mut known: Vec<Slot> = Vec::new();
    let mut at = 0;
    while at < reached.len() && reached.len() < FAR {
        for to in solver.slots.flows_to(reached[at]) {
            let shape = solver.slots.shape(to);
            if !shape.is_bottom() {
                known.push(to);
            } else if !reached.contains(&to) {
                reached.push(to);
            }
        }
        at += 1;
    }
    if known.is_empty() {
        let beside = reached.iter().filter_map(|slot| partners.get(slot)).flatten();
        known.extend(beside.copied().filter(|&slot| {
            let shape = solver.slots.shape(slot);
            !shape.is_bottom() && !shape.alts.is_empty() && shape.alts.iter().all(|con| con.is_number())
        }));
    }
    let first = *known.first()?;
    let shape = solver.slots.shape(first);
    let alike = |slot: &Slot| {
        let other = solver.slots.shape(*slot);
        !other.dynamic
            && other.alts.len() == shape.alts.len()
            && other.alts.iter().zip(shape.alts.iter()).all(|(a, b)| a.sort() == b.sort())
    };
    known.iter().all(alike).then_some(first)
}
