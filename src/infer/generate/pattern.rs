//! Constraints of `match`.

use std::rc::Rc;

use super::Walker;
use crate::hir::*;
use crate::infer::shape::{ClassRef, Con, Slot};
use crate::infer::solver::{Filter, Op};

impl Walker<'_, '_> {
    /// A `match` statement; whether control may reach its end.
    pub fn match_(&mut self, subject: ExprId, cases: &[Case]) -> bool {
        let slot = self.expr(subject);
        self.s.slots.look_at(slot);
        self.s.slots.tell(slot);
        let before = self.facts.clone();
        let mut falls = false;
        let mut after: Option<super::Facts> = None;
        let mut exhausted = false;
        for case in cases {
            self.facts = before.clone();
            self.pattern(&case.pattern, slot);
            if let Some(guard) = case.guard {
                let (yes, _) = self.test(guard);
                self.facts = yes;
            } else if let Pattern::Capture(_) = case.pattern {
                exhausted = true;
            }
            if self.scoped(&case.body) {
                falls = true;
                let facts = std::mem::take(&mut self.facts);
                after = Some(match after {
                    Some(after) => self.merge(after, facts),
                    None => facts,
                });
            }
        }
        if !exhausted {
            after = Some(match after {
                Some(after) => self.merge(after, before),
                None => before,
            });
        }
        self.facts = after.unwrap_or_default();
        falls || !exhausted
    }

    fn pattern(&mut self, pattern: &Pattern, subject: Slot) {
        match pattern {
            Pattern::Value(value) | Pattern::Singleton(value) => {
                self.expr(*value);
            }
            Pattern::Capture(var) => {
                if let Some(var) = var {
                    self.bind_var(*var, subject);
                }
            }
            Pattern::As(inner, var) => {
                let narrowed = self.narrowed(inner, subject);
                self.pattern(inner, narrowed);
                self.bind_var(*var, narrowed);
            }
            Pattern::Or(parts) => parts.iter().for_each(|part| self.pattern(part, subject)),
            Pattern::Sequence(parts) => {
                let slots: Vec<Slot> = parts.iter().map(|_| self.s.slots.fresh()).collect();
                let star = parts.iter().position(|part| matches!(part, Pattern::Star(_)));
                self.s.op(Op::Unpack { value: subject, targets: slots.clone(), star });
                for (part, slot) in parts.iter().zip(slots) {
                    match part {
                        Pattern::Star(Some(var)) => self.bind_var(*var, slot),
                        Pattern::Star(None) => {}
                        part => self.pattern(part, slot),
                    }
                }
            }
            Pattern::Star(_) => {}
            Pattern::Mapping { items, rest } => {
                let (keys, values) = (self.s.slots.fresh(), self.s.slots.fresh());
                self.s.op(Op::SpreadDict { value: subject, keys, values });
                for (key, part) in items {
                    self.expr(*key);
                    self.pattern(part, values);
                }
                if let Some(var) = rest {
                    let slot = self.s.slots.of(Con::Dict(keys, values));
                    self.bind_var(*var, slot);
                }
            }
            Pattern::Class { class, positional, keywords } => {
                self.expr(*class);
                let narrowed = self.narrowed(pattern, subject);
                if let [only] = positional.as_slice()
                    && matches!(&self.program().exprs[*class], Expr::Stub(_))
                {
                    self.pattern(only, narrowed);
                    return;
                }
                let names = self.match_args(*class);
                for (part, name) in positional.iter().zip(names) {
                    self.attr_pattern(narrowed, &name, part, *class);
                }
                for (name, part) in keywords {
                    self.attr_pattern(narrowed, name, part, *class);
                }
            }
        }
    }

    fn attr_pattern(&mut self, value: Slot, name: &str, part: &Pattern, key: ExprId) {
        let out = self.s.slots.fresh();
        self.s.op(Op::Attr { value, name: Rc::from(name), out, key: (key, 101) });
        self.pattern(part, out);
    }

    /// The fields that positional patterns of a class ask for.
    fn match_args(&mut self, class: ExprId) -> Vec<String> {
        let Expr::Class(class) = &self.program().exprs[class] else { return Vec::new() };
        let above = self.s.classes_above(*class);
        self.program().match_args(&above)
    }

    fn narrowed(&mut self, pattern: &Pattern, subject: Slot) -> Slot {
        let Pattern::Class { class, .. } = pattern else { return subject };
        let Some(tests) = self.class_tests(*class) else { return subject };
        let to = self.s.slots.fresh();
        self.s.op(Op::Narrow { from: subject, filter: Filter::Instance(tests.into()), to });
        let _ = ClassRef::Program;
        to
    }
}
