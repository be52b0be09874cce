//! Parameters of functions that nobody calls: what they are used as.
//!
//! `def rename(self, name): self.name = name` takes what `self.name` holds elsewhere; were it anything, the field would be too.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::FxHashMap as HashMap;

use super::shape::{Con, Slot};
use super::solver::{Op, Solver};
use crate::hir::{Base, BinOp, ClassId, CmpOp, Flavour};

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
        fill_one(solver, slot, &partners);
    }
    let _ = solver.run();
}

/// Gives an empty slot the type that its use tells; whether it does.
pub fn fill_one(solver: &mut Solver<'_>, slot: Slot, partners: &Partners) -> bool {
    let reached = reached(solver, slot);
    if let Some(like) = used_as(solver, &reached, partners) {
        solver.slots.flow(like, slot);
        return true;
    }
    if let Some(class) = with_attributes(solver, &reached) {
        solver.slots.add(slot, Con::Class(class));
        return true;
    }
    false
}

/// What each operand is reckoned or compared with.
pub type Partners = HashMap<Slot, Vec<Slot>>;

/// Finds the partners of all operands.
pub fn partners(solver: &Solver<'_>) -> Partners {
    let mut partners = Partners::default();
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

/// The empty slots that a slot gets to, itself first.
fn reached(solver: &Solver<'_>, from: Slot) -> Vec<Slot> {
    let mut reached = vec![solver.slots.root(from)];
    let mut at = 0;
    while at < reached.len() && reached.len() < FAR {
        for to in solver.slots.flows_to(reached[at]) {
            if solver.slots.shape(to).is_bottom() && !reached.contains(&to) {
                reached.push(to);
            }
        }
        at += 1;
    }
    reached
}

/// A slot of the one type that everything has that is got to; `None`: there is none, or there are several.
fn used_as(solver: &Solver<'_>, reached: &[Slot], partners: &Partners) -> Option<Slot> {
    let flows = reached.iter().flat_map(|slot| solver.slots.flows_to(*slot));
    let mut known: Vec<Slot> = flows.filter(|to| !solver.slots.shape(*to).is_bottom()).collect();
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

/// The one class of the program, bases before what is below, that has all attributes which are used.
fn with_attributes(solver: &mut Solver<'_>, reached: &[Slot]) -> Option<ClassId> {
    let mut names: BTreeSet<Rc<str>> = BTreeSet::new();
    for op in &solver.ops {
        let (of, name) = match &**op {
            Op::Attr { value, name, .. } => (value, name),
            Op::SetAttr { object, name, .. } => (object, name),
            Op::Method { recv, name, .. } => (recv, name),
            _ => continue,
        };
        if reached.contains(&solver.slots.root(*of)) {
            names.insert(Rc::clone(name));
        }
    }
    if names.is_empty() {
        return None;
    }
    let program = solver.program;
    let mut having = Vec::new();
    for (id, class) in program.classes.iter() {
        let is_plain = !class.made
            && matches!(class.flavour, Flavour::Plain | Flavour::Dataclass { .. })
            && class.bases.iter().all(|base| matches!(base, Base::Class(_)));
        let mut has = |name: &Rc<str>| solver.find_method(id, name).is_some() || solver.field(id, name).is_some();
        if is_plain && names.iter().all(&mut has) {
            having.push(id);
        }
    }
    let top = |class: &ClassId| having.iter().all(|other| solver.classes_above(*other).contains(class));
    having.iter().copied().find(top)
}
