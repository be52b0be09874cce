//! Loops, `try`, `with` and `match`.

use std::collections::BTreeMap;

use super::{Bound, Flow, Heads, Kind, LoopFrame, Node, State};
use crate::hir::walk;
use crate::hir::*;

impl Flow<'_> {
    /// The variables that a loop statement assigns, at any depth.
    fn assigned(&self, stmt: &Stmt) -> Vec<VarId> {
        let mut vars = Vec::new();
        let mut one = |inner: &Stmt| {
            walk::stmt_vars(inner, &mut |var| vars.push(var));
            walk::stmt_exprs(self.facts.program, inner, &mut |expr| self.walrus_vars(expr, &mut vars));
        };
        one(stmt);
        walk::stmt_blocks(stmt, &mut |block| walk::for_each_stmt(block, &mut |inner| one(inner)));
        let mut defaults = Vec::new();
        walk::stmt_blocks(stmt, &mut |block| {
            walk::for_each_stmt(block, &mut |inner| match &inner.kind {
                StmtKind::Def { function, .. } => defaults.push(*function),
                StmtKind::Class { class, .. } => defaults.extend(&self.facts.program.classes[*class].methods),
                _ => {}
            });
        });
        for function in defaults {
            for param in &self.facts.program.functions[function].params {
                if let Some(Default::Once { var, .. }) = param.default {
                    vars.push(var);
                }
            }
        }
        vars
    }

    pub(super) fn while_(&mut self, stmt: &Stmt, test: ExprId, body: &Block, orelse: &Block, state: &mut State) {
        let assigned = self.assigned(stmt);
        let heads = self.loop_head(&assigned, state);
        let (yes, exit) = self.condition(test, std::mem::take(state));
        self.loop_rest(&heads, body, orelse, yes, exit, state);
    }

    pub(super) fn for_(&mut self, stmt: &Stmt, target: &Target, body: &Block, orelse: &Block, state: &mut State) {
        let assigned = self.assigned(stmt);
        let heads = self.loop_head(&assigned, state);
        let exit = state.clone();
        let mut inside = std::mem::take(state);
        self.target(target, &mut inside);
        self.loop_rest(&heads, body, orelse, inside, exit, state);
    }

    fn loop_rest(
        &mut self,
        heads: &Heads,
        body: &Block,
        orelse: &Block,
        mut inside: State,
        mut exit: State,
        state: &mut State,
    ) {
        self.loops.push(LoopFrame::default());
        self.block(body, &mut inside);
        let frame = self.loops.pop().unwrap_or_default();
        self.loop_back(heads, &inside);
        for nodes in frame.continues {
            self.loop_back(heads, &nodes);
        }
        self.loop_ids.pop();
        self.block(orelse, &mut exit);
        for nodes in frame.breaks {
            exit = self.join(exit, nodes);
        }
        *state = exit;
    }

    /// What may come in where an exception lands: what there was at the start, and every binding on the way.
    fn landing(&mut self, entry: &State, bound: Vec<Bound>) -> State {
        let mut landing = entry.clone();
        let mut by_slot: BTreeMap<usize, Vec<Node>> = BTreeMap::new();
        for one in bound.into_iter().filter(|one| !one.is_dead || entry.is_dead) {
            by_slot.entry(one.slot).or_default().push(one.node);
        }
        for (slot, mut parts) in by_slot {
            parts.push(landing.nodes[slot]);
            parts.sort_unstable();
            parts.dedup();
            landing.nodes[slot] = self.node(Kind::Phi(parts));
        }
        landing
    }

    pub(super) fn try_(&mut self, try_: &Try, state: &mut State) {
        let entry = state.clone();
        let marks: Vec<(usize, usize)> =
            self.loops.iter().map(|frame| (frame.breaks.len(), frame.continues.len())).collect();
        self.tries.push(Vec::new());
        self.tries.push(Vec::new());
        self.block(&try_.body, state);
        let defs = self.tries.pop().unwrap_or_default();
        let landing = self.landing(&entry, defs);
        self.block(&try_.orelse, state);
        let mut end = std::mem::take(state);
        for handler in &try_.handlers {
            let mut caught = landing.clone();
            self.exprs(&handler.classes, &mut caught);
            if let Some(var) = handler.bind {
                self.write(var, &mut caught);
            }
            self.block(&handler.body, &mut caught);
            if let Some(var) = handler.bind {
                let sym = self.sym(var);
                if self.is_own(sym) {
                    self.set(self.slots[sym], self.unbound[sym], &mut caught);
                }
            }
            end = self.join(end, caught);
        }
        let all = self.tries.pop().unwrap_or_default();
        *state = end;
        if !try_.finally.stmts.is_empty() {
            self.finally(&try_.finally, &entry, all, &marks, state);
        }
    }

    fn finally(
        &mut self,
        finally: &Block,
        entry: &State,
        bound: Vec<Bound>,
        marks: &[(usize, usize)],
        state: &mut State,
    ) {
        let landing = self.landing(entry, bound);
        let before = self.join(landing, state.clone());
        let mut after = before.clone();
        self.block(finally, &mut after);
        let overlay = |state: &mut State| {
            for ((node, old), new) in state.nodes.iter_mut().zip(&before.nodes).zip(&after.nodes) {
                if old != new {
                    *node = *new;
                }
            }
            state.is_dead |= after.is_dead;
        };
        overlay(state);
        for (frame, (breaks, continues)) in self.loops.iter_mut().zip(marks) {
            frame.breaks.iter_mut().skip(*breaks).for_each(&overlay);
            frame.continues.iter_mut().skip(*continues).for_each(&overlay);
        }
    }

    pub(super) fn with(&mut self, items: &[WithItem], body: &Block, state: &mut State) {
        let mut swallows = false;
        for item in items {
            self.expr(item.context, state);
            swallows |= self.swallows(item.context);
            if let Some(target) = &item.target {
                self.target(target, state);
            }
        }
        if !swallows {
            return self.block(body, state);
        }
        let entry = state.clone();
        self.tries.push(Vec::new());
        self.block(body, state);
        let defs = self.tries.pop().unwrap_or_default();
        let landing = self.landing(&entry, defs);
        *state = self.join(std::mem::take(state), landing);
    }

    /// Whether leaving a context manager may swallow an exception.
    fn swallows(&self, context: ExprId) -> bool {
        match &self.facts.program.exprs[context] {
            Expr::Call(Call { callee: Callee::Stub(of), .. }) => {
                of.module == "contextlib" && walk::swallows_by_name(&of.name)
            }
            Expr::Stub(_) => false,
            _ => self.facts.swallows,
        }
    }

    pub(super) fn cases(&mut self, cases: &[Case], state: &mut State) {
        let mut end: Option<State> = None;
        for case in cases {
            let mut hit = state.clone();
            let mut exprs = Vec::new();
            walk::pattern_exprs(&case.pattern, &mut |expr| exprs.push(expr));
            self.exprs(&exprs, &mut hit);
            let mut vars = Vec::new();
            walk::pattern_vars(&case.pattern, &mut |var| vars.push(var));
            let mut by_sym: BTreeMap<usize, Node> = BTreeMap::new();
            for var in vars {
                let node = self.write(var, &mut hit);
                // `case A(x) | B(x):` binds one `x`.
                if let Some(other) = by_sym.insert(self.sym(var), node) {
                    self.unions.push((other, node));
                }
            }
            let always = case.guard.is_none() && is_irrefutable(&case.pattern);
            if always {
                state.is_dead = true;
            } else {
                *state = self.join(std::mem::take(state), hit.clone());
            }
            if let Some(guard) = case.guard {
                let (yes, no) = self.condition(guard, hit);
                hit = yes;
                *state = self.join(std::mem::take(state), no);
            }
            self.block(&case.body, &mut hit);
            end = Some(self.join_some(end, hit));
        }
        *state = self.join_some(end, std::mem::take(state));
    }
}

fn is_irrefutable(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Capture(_) => true,
        Pattern::As(inner, _) => is_irrefutable(inner),
        Pattern::Or(parts) => parts.iter().any(is_irrefutable),
        _ => false,
    }
}
