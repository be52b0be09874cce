//! Constraints of branches, loops and `try`: what is known on each way.

use super::Walker;
use crate::hir::*;
use crate::infer::shape::{Con, Slot};
use crate::infer::solver::{Filter, Op};
use crate::types::ExcClass;

use super::{Facts, assigned, has_break};

impl Walker<'_, '_> {
    pub fn if_(&mut self, test: ExprId, then: &Block, orelse: &Block) -> bool {
        let (yes, no) = self.test(test);
        let (yes_reaches, no_reaches) = self.reach(test);
        self.facts = yes;
        let falls_then = self.scoped(then) && yes_reaches;
        let after_then = std::mem::replace(&mut self.facts, no);
        let falls_else = self.scoped(orelse) && no_reaches;
        let after_else = std::mem::take(&mut self.facts);
        self.facts = match (falls_then, falls_else) {
            (true, false) => after_then,
            (false, true) => after_else,
            _ => self.merge(after_then, after_else),
        };
        falls_then || falls_else
    }

    /// What two ways have shown in common.
    pub fn merge(&mut self, a: Facts, b: Facts) -> Facts {
        let mut facts = Facts::new();
        for (var, slot) in &a {
            match b.get(var) {
                Some(other) if other == slot => {
                    facts.insert(*var, *slot);
                }
                Some(other) => {
                    let both = self.s.slots.fresh();
                    self.s.slots.flow(*slot, both);
                    self.s.slots.flow(*other, both);
                    let from = self.s.var(*var);
                    let narrowed = self.s.slots.fresh();
                    self.s.op(Op::Narrow { from, filter: Filter::Like(both), to: narrowed });
                    facts.insert(*var, narrowed);
                }
                None => {}
            }
        }
        facts
    }

    pub fn while_(&mut self, test: ExprId, body: &Block, orelse: &Block) -> bool {
        self.forget_assigned(body);
        let before = self.facts.clone();
        let (yes, no) = self.test(test);
        self.facts = yes;
        self.scoped(body);
        self.facts = no;
        let (_, leaves) = self.reach(test);
        let falls = self.scoped(orelse);
        if has_break(body) {
            self.facts = before;
            return true;
        }
        falls && leaves
    }

    /// Before a loop: what its body assigns is not known at its start.
    pub fn forget_assigned(&mut self, body: &Block) {
        let mut vars = Vec::new();
        assigned(self.program(), body, &mut vars);
        for var in vars {
            self.facts.remove(&var);
        }
    }

    pub fn try_(&mut self, try_: &Try) -> bool {
        let before = self.facts.clone();
        let mut falls = self.scoped(&try_.body);
        let after_body = self.facts.clone();
        // A handler may start after any part of the body.
        let mut entry = before.clone();
        let mut vars = Vec::new();
        assigned(self.program(), &try_.body, &mut vars);
        vars.iter().for_each(|var| {
            entry.remove(var);
        });
        self.facts = after_body;
        if falls {
            falls = self.scoped(&try_.orelse);
        } else {
            self.scoped(&try_.orelse);
        }
        let mut after = falls.then(|| self.facts.clone());
        for handler in &try_.handlers {
            self.facts = entry.clone();
            for &class in &handler.classes {
                self.expr(class);
            }
            if let Some(var) = handler.bind {
                let slot = self.caught(&handler.classes, try_.star);
                self.bind_var(var, slot);
            }
            if self.scoped(&handler.body) {
                let facts = std::mem::take(&mut self.facts);
                after = Some(match after {
                    Some(after) => self.merge(after, facts),
                    None => facts,
                });
                falls = true;
            }
        }
        self.facts = entry;
        match after {
            Some(after) if try_.finally.stmts.is_empty() => self.facts = after,
            _ => {}
        }
        let ends = self.block(&try_.finally);
        falls && ends
    }

    /// The exception that `except classes` binds.
    pub fn caught(&mut self, classes: &[ExprId], star: bool) -> Slot {
        let slot = self.s.slots.fresh();
        let group = ExcClass::Stub(StubRef::new("builtins", "BaseExceptionGroup"));
        if star {
            self.s.slots.add(slot, Con::Exc(group));
            return slot;
        }
        let mut todo: Vec<ExprId> = classes.to_vec();
        while let Some(class) = todo.pop() {
            match &self.program().exprs[class] {
                Expr::Tuple(items) => todo.extend(items.iter().map(|item| item.value())),
                Expr::Class(id) => self.s.slots.add(slot, Con::Exc(ExcClass::Class(*id))),
                Expr::Stub(name) => {
                    let name = self.s.entry(name).map_or_else(|| name.clone(), |(real, _)| (*real).clone());
                    self.s.slots.add(slot, Con::Exc(ExcClass::Stub(name)));
                }
                _ => {
                    let all = StubRef::new("builtins", "BaseException");
                    self.s.slots.add(slot, Con::Exc(ExcClass::Stub(all)));
                }
            }
        }
        slot
    }
}
