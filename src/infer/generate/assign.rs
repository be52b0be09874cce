//! Constraints of assignments.

use std::rc::Rc;

use super::Walker;
use crate::hir::*;
use crate::infer::place;
use crate::infer::shape::{Con, Slot};
use crate::infer::solver::{Argument, Filter, Given, Op};

impl Walker<'_, '_> {
    /// A variable gets a value; what was known of it is forgotten.
    pub fn bind_var(&mut self, var: VarId, value: Slot) {
        let slot = self.s.var(var);
        self.s.slots.flow(value, slot);
        if self.program().vars[var].storage == Storage::Local {
            let narrowed = self.s.slots.fresh();
            self.s.op(Op::Narrow { from: slot, filter: Filter::Like(value), to: narrowed });
            self.facts.insert(var, narrowed);
        } else {
            self.facts.remove(&var);
        }
    }

    /// A target gets a value.
    pub fn assign(&mut self, target: &Target, value: Slot) {
        match target {
            Target::Var(var) => self.bind_var(*var, value),
            Target::Attr(object, name) => {
                let slot = self.expr(*object);
                self.s.slots.look_at(slot);
                self.s.op(Op::SetAttr { object: slot, name: Rc::from(&**name), value });
            }
            Target::Index(object, index) => {
                let recv = self.expr(*object);
                self.s.slots.look_at(recv);
                let at = self.expr(*index);
                self.set_item(*object, recv, &[(Some(*index), at), (None, value)], "__setitem__");
            }
            Target::Slice(object, parts) => {
                let recv = self.expr(*object);
                self.s.slots.look_at(recv);
                parts.iter().flatten().for_each(|part| {
                    self.expr(*part);
                });
                // The elements of a list become those of the other.
                let element = self.s.slots.fresh();
                self.s.op(Op::Spread { iter: value, element });
                let mine = self.s.slots.fresh();
                self.s.op(Op::Spread { iter: recv, element: mine });
                let holder = self.s.slots.of(Con::List(element));
                let name = Rc::from("extend");
                let out = self.s.slots.fresh();
                let args = vec![Argument { given: Given::Positional, slot: holder, expr: None }];
                let site = self.site((*object, 7), args, out);
                self.s.op(Op::Method { site, recv, name });
            }
            Target::Tuple(items) => {
                let slots: Vec<Slot> = items.iter().map(|_| self.s.slots.fresh()).collect();
                let star = items.iter().position(|item| matches!(item, Target::Star(_)));
                self.s.op(Op::Unpack { value, targets: slots.clone(), star });
                for (item, slot) in items.iter().zip(slots) {
                    self.assign(item, slot);
                }
            }
            Target::Star(item) => self.assign(item, value),
            Target::Unsupported => {}
        }
    }

    pub fn set_item(&mut self, object: ExprId, recv: Slot, args: &[(Option<ExprId>, Slot)], name: &str) {
        let out = self.s.slots.fresh();
        let args = args.iter().map(|&(expr, slot)| Argument { given: Given::Positional, slot, expr }).collect();
        let place = if name == "__setitem__" { place::SET_ITEM } else { place::DEL_ITEM };
        let site = self.site((object, place), args, out);
        self.s.op(Op::Method { site, recv, name: Rc::from(name) });
    }

    pub fn delete(&mut self, target: &Target) {
        match target {
            Target::Var(var) => {
                self.facts.remove(var);
            }
            Target::Attr(object, _) => {
                self.expr(*object);
            }
            Target::Index(object, index) => {
                let recv = self.expr(*object);
                self.s.slots.look_at(recv);
                let at = self.expr(*index);
                self.set_item(*object, recv, &[(Some(*index), at)], "__delitem__");
            }
            Target::Slice(object, parts) => {
                let recv = self.expr(*object);
                self.s.slots.look_at(recv);
                parts.iter().flatten().for_each(|part| {
                    self.expr(*part);
                });
            }
            Target::Tuple(items) => items.iter().for_each(|item| self.delete(item)),
            Target::Star(item) => self.delete(item),
            Target::Unsupported => {}
        }
    }

    pub fn aug_assign(&mut self, target: &Target, op: BinOp, value: ExprId) {
        let left = match target {
            Target::Var(var) => self.read_var(*var),
            Target::Attr(object, name) => {
                let slot = self.expr(*object);
                self.s.slots.look_at(slot);
                let out = self.s.slots.fresh();
                self.s.op(Op::Attr { value: slot, name: Rc::from(&**name), out, key: (*object, place::GET_ATTR) });
                out
            }
            Target::Index(object, index) => {
                let recv = self.expr(*object);
                self.s.slots.look_at(recv);
                let at = self.expr(*index);
                let out = self.s.slots.fresh();
                self.index_op(*object, recv, *index, at, (*object, 1), out);
                out
            }
            _ => {
                self.expr(value);
                return;
            }
        };
        self.s.slots.look_at(left);
        let right = self.expr(value);
        self.s.slots.look_at(right);
        let out = self.s.slots.fresh();
        let site = self.site((value, place::AUGMENTED), vec![], out);
        self.s.op(Op::Binary { op, left, right, in_place: true, site });
        match target {
            Target::Var(var) => self.bind_var(*var, out),
            Target::Attr(object, name) => {
                if let Some(slot) = self.s.expr(*object) {
                    self.s.op(Op::SetAttr { object: slot, name: Rc::from(&**name), value: out });
                }
            }
            Target::Index(object, index) => {
                if let (Some(recv), Some(at)) = (self.s.expr(*object), self.s.expr(*index)) {
                    self.set_item(*object, recv, &[(Some(*index), at), (None, out)], "__setitem__");
                }
            }
            _ => {}
        }
    }
}
