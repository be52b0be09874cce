//! The last read of each variable: the one that may move it.
//!
//! A read is marked only where moving is safe in Rust as well: once in its statement, outside comprehensions and
//! loops that come round to it, and with nothing borrowed from the variable at that time.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::plan::Plans;
use crate::hir::{Block, Comp, Expr, ExprId, Program, Stmt, StmtKind, Storage, Target, Try, VarId, walk};
use crate::infer::Types;

type Live = HashSet<VarId>;

/// Marks the last reads of a body.
pub fn mark(program: &Program, types: &Types, body: &Block, plans: &mut Plans) {
    let mut marker = Marker { program, types, plans, breaks: Vec::new(), continues: Vec::new(), pinned: Vec::new() };
    let mut live = Live::default();
    marker.block(body, &mut live);
}

struct Marker<'a> {
    program: &'a Program,
    types: &'a Types,
    plans: &'a mut Plans,
    /// What is live behind each loop, and at its next turn.
    breaks: Vec<Live>,
    continues: Vec<Live>,
    /// What is live wherever an exception is caught: handlers and `finally` of the open `try`s.
    pinned: Vec<Live>,
}

impl Marker<'_> {
    fn block(&mut self, block: &Block, live: &mut Live) {
        for stmt in block.stmts.iter().rev() {
            self.stmt(stmt, live);
        }
    }

    fn movable(&self, var: VarId) -> bool {
        self.program.vars[var].storage == Storage::Local && self.types.var.get(var).is_some_and(|ty| !ty.is_copy())
    }

    fn set(&mut self, expr: ExprId, last: bool) {
        let at = expr.raw() as usize;
        if self.plans.last_use.len() <= at {
            self.plans.last_use.resize(at + 1, false);
        }
        self.plans.last_use[at] = last;
    }

    /// The reads of some expressions, evaluated in this order: each of a variable read once may be its last.
    fn reads(&mut self, roots: &[ExprId], live: &mut Live) {
        let mut uses: HashMap<VarId, (u32, ExprId)> = HashMap::default();
        let mut kept: Vec<VarId> = Vec::new();
        for root in roots {
            self.collect(*root, false, &mut uses, &mut kept);
        }
        for (var, (count, expr)) in &uses {
            let held = kept.contains(var) || self.pinned.iter().any(|pinned| pinned.contains(var));
            let last = *count == 1 && !held && !live.contains(var);
            self.set(*expr, last);
        }
        live.extend(uses.into_keys());
        live.extend(kept);
    }

    fn collect(&mut self, root: ExprId, again: bool, uses: &mut HashMap<VarId, (u32, ExprId)>, kept: &mut Vec<VarId>) {
        match &self.program.exprs[root] {
            Expr::Var(var) if self.movable(*var) => {
                if again {
                    kept.push(*var);
                } else {
                    let entry = uses.entry(*var).or_insert((0, root));
                    entry.0 += 1;
                    if entry.0 > 1 {
                        let earlier = entry.1;
                        self.set(earlier, false);
                    }
                    self.set(root, false);
                }
            }
            Expr::Lambda(function) | Expr::Function(function) => {
                let captures = &self.program.functions[*function].captures;
                kept.extend(captures.iter().copied().filter(|var| self.movable(*var)));
            }
            Expr::Walrus(var, _) => kept.push(*var),
            Expr::Comp(comp) => {
                for (at, clause) in comp.clauses.iter().enumerate() {
                    self.collect(clause.iter, again || at > 0, uses, kept);
                    clause.conditions.iter().for_each(|condition| self.collect(*condition, true, uses, kept));
                }
                self.collect(comp.element, true, uses, kept);
                comp.value.iter().for_each(|value| self.collect(*value, true, uses, kept));
                self.comp_moves(comp);
                return;
            }
            _ => {}
        }
        let mut parts = Vec::new();
        walk::children(self.program, root, &mut |child| parts.push(child));
        for part in parts {
            self.collect(part, again, uses, kept);
        }
    }

    /// A variable of a comprehension that its element reads once is moved there.
    fn comp_moves(&mut self, comp: &Comp) {
        let mut own = Vec::new();
        if let Some(clause) = comp.clauses.last() {
            walk::target_vars(&clause.target, &mut |var| own.push(var));
        }
        for var in own {
            if !self.movable(var) {
                continue;
            }
            let mut reads = Vec::new();
            let mut nested = false;
            for root in [Some(comp.element), comp.value].into_iter().flatten() {
                walk::for_each_expr(self.program, root, &mut |expr| match &self.program.exprs[expr] {
                    Expr::Var(other) if *other == var => reads.push(expr),
                    Expr::Comp(_) | Expr::Lambda(_) => nested = true,
                    _ => {}
                });
            }
            if let ([only], false) = (&reads[..], nested) {
                self.set(*only, true);
            }
        }
    }

    fn kill(&mut self, target: &Target, live: &mut Live) {
        walk::target_vars(target, &mut |var| {
            live.remove(&var);
        });
    }

    fn stmt(&mut self, stmt: &Stmt, live: &mut Live) {
        let mut roots = Vec::new();
        match &stmt.kind {
            StmtKind::Assign { targets, .. } => {
                targets.iter().for_each(|target| self.kill(target, live));
            }
            StmtKind::AugAssign { target, .. } => {
                walk::target_vars(target, &mut |var| {
                    live.insert(var);
                });
            }
            StmtKind::Delete(targets) => targets.iter().for_each(|target| {
                walk::target_vars(target, &mut |var| {
                    live.insert(var);
                });
            }),
            StmtKind::If { then, orelse, .. } => {
                let mut other = live.clone();
                self.block(then, live);
                self.block(orelse, &mut other);
                live.extend(other);
            }
            StmtKind::Match { subject, cases } => {
                let after = live.clone();
                let held = self.vars_of(*subject);
                for case in cases.iter().rev() {
                    let mut inner = after.clone();
                    self.pinned.push(held.clone());
                    self.block(&case.body, &mut inner);
                    self.pinned.pop();
                    let mut exprs: Vec<ExprId> = case.guard.into_iter().collect();
                    walk::pattern_exprs(&case.pattern, &mut |expr| exprs.push(expr));
                    self.reads(&exprs, &mut inner);
                    walk::pattern_vars(&case.pattern, &mut |var| {
                        inner.remove(&var);
                    });
                    live.extend(inner);
                }
                live.extend(held);
                self.reads(&[*subject], live);
                return;
            }
            StmtKind::While { test, body, orelse } => {
                let after = live.clone();
                self.block(orelse, live);
                let orelse_live = live.clone();
                for _ in 0..2 {
                    let mut inner = live.clone();
                    self.breaks.push(after.clone());
                    self.continues.push(live.clone());
                    self.block(body, &mut inner);
                    self.breaks.pop();
                    self.continues.pop();
                    live.extend(inner);
                    live.extend(orelse_live.iter().copied());
                    self.reads(&[*test], live);
                }
                return;
            }
            StmtKind::For { target, iter, body, orelse, .. } => {
                let after = live.clone();
                self.block(orelse, live);
                // What is iterated stays borrowed while the loop runs.
                let held = self.vars_of(*iter);
                for _ in 0..2 {
                    let mut inner = live.clone();
                    self.breaks.push(after.clone());
                    self.continues.push(live.clone());
                    self.pinned.push(held.clone());
                    self.block(body, &mut inner);
                    self.pinned.pop();
                    self.breaks.pop();
                    self.continues.pop();
                    self.kill(target, &mut inner);
                    live.extend(inner);
                }
                self.reads(&[*iter], live);
                return;
            }
            StmtKind::With { items, body, .. } => {
                let mut held = Live::default();
                for item in items {
                    held.extend(self.vars_of(item.context));
                }
                self.pinned.push(held);
                self.block(body, live);
                self.pinned.pop();
                self.borrowed(body, live);
                for item in items.iter().rev() {
                    item.target.iter().for_each(|target| self.kill(target, live));
                }
            }
            StmtKind::Try(try_) => {
                self.try_(try_, live);
                return;
            }
            StmtKind::Return(_) | StmtKind::Raise { .. } => live.clear(),
            StmtKind::Break => *live = self.breaks.last().cloned().unwrap_or_default(),
            StmtKind::Continue => *live = self.continues.last().cloned().unwrap_or_default(),
            StmtKind::Def { function, .. } => {
                live.extend(self.program.functions[*function].captures.iter().copied());
            }
            StmtKind::Class { class, .. } => {
                for method in &self.program.classes[*class].methods {
                    live.extend(self.program.functions[*method].captures.iter().copied());
                }
            }
            StmtKind::Expr(_) | StmtKind::Assert { .. } | StmtKind::Pass | StmtKind::Import(_) => {}
        }
        walk::stmt_exprs(self.program, stmt, &mut |root| roots.push(root));
        self.reads(&roots, live);
    }

    fn vars_of(&self, root: ExprId) -> Live {
        let mut vars = Live::default();
        walk::for_each_expr(self.program, root, &mut |expr| {
            if let Expr::Var(var) = self.program.exprs[expr] {
                vars.insert(var);
            }
        });
        vars
    }

    fn try_(&mut self, try_: &Try, live: &mut Live) {
        self.block(&try_.finally, live);
        let finally = if try_.finally.stmts.is_empty() { Live::default() } else { live.clone() };
        self.pinned.push(finally);
        let mut caught = Live::default();
        for handler in try_.handlers.iter().rev() {
            let mut inner = live.clone();
            if try_.star {
                inner.extend(caught.iter().copied());
            }
            self.block(&handler.body, &mut inner);
            if let Some(var) = handler.bind {
                inner.remove(&var);
            }
            self.reads(&handler.classes, &mut inner);
            caught.extend(inner);
        }
        self.block(&try_.orelse, live);
        self.pinned.push(caught.clone());
        self.block(&try_.body, live);
        self.pinned.pop();
        self.pinned.pop();
        live.extend(caught);
        self.borrowed(&try_.body, live);
        if !try_.finally.stmts.is_empty() {
            try_.handlers.iter().for_each(|handler| self.borrowed(&handler.body, live));
            self.borrowed(&try_.orelse, live);
        }
    }

    /// A block that becomes a closure borrows what it assigns: nothing may have been moved out of that.
    fn borrowed(&self, block: &Block, live: &mut Live) {
        walk::for_each_stmt(block, &mut |stmt| {
            if let StmtKind::Assign { targets, .. } = &stmt.kind {
                for target in targets {
                    walk::target_vars(target, &mut |var| {
                        live.insert(var);
                    });
                }
            }
        });
    }
}
