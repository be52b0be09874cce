//! Which variables need `mut`, and which are bound inside a block that Rust cannot initialise them from.

use super::plan::{BlockInfo, Decl, Plans, TryForm, key, try_form};
use crate::hir::{Block, Expr, ExprId, Lit, Param, Program, Stmt, StmtKind, Storage, Target, Try, VarId, walk};
use crate::infer::Types;

/// A set of variables by their bits.
#[derive(Debug, Clone, Default, PartialEq)]
struct Bits(Vec<u64>);

impl Bits {
    fn has(&self, bit: u32) -> bool {
        self.0.get(bit as usize / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }

    fn add(&mut self, bit: u32) {
        let word = bit as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (bit % 64);
    }

    fn remove(&mut self, bit: u32) {
        if let Some(word) = self.0.get_mut(bit as usize / 64) {
            *word &= !(1 << (bit % 64));
        }
    }

    fn union(&mut self, other: &Bits) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    fn intersect(&mut self, other: &Bits) {
        for (at, word) in self.0.iter_mut().enumerate() {
            *word &= other.0.get(at).copied().unwrap_or(0);
        }
    }
}

/// What is bound at a place; `None` where control does not get.
#[derive(Debug, Clone, Default)]
struct State {
    maybe: Bits,
    surely: Bits,
}

fn join(a: Option<State>, b: Option<State>) -> Option<State> {
    match (a, b) {
        (Some(mut a), Some(b)) => {
            a.maybe.union(&b.maybe);
            a.surely.intersect(&b.surely);
            Some(a)
        }
        (a, b) => a.or(b),
    }
}

/// The walk.
pub struct Flow<'a> {
    program: &'a Program,
    types: &'a Types,
    plans: &'a mut Plans,
    blocks: &'a [BlockInfo],
    state: Option<State>,
    /// What is surely bound where each open `try` or `with` block begins.
    entries: Vec<Bits>,
    loops: u32,
}

impl<'a> Flow<'a> {
    /// Sets `mutable` and `optional` of every variable of a body.
    pub fn run(
        program: &'a Program,
        types: &'a Types,
        params: &[Param],
        body: &Block,
        vars: &[VarId],
        plans: &'a mut Plans,
        blocks: &'a [BlockInfo],
    ) {
        let mut state = State::default();
        for param in params {
            if let Some(plan) = plans.vars.get(param.var) {
                state.maybe.add(plan.bit);
                state.surely.add(plan.bit);
            }
        }
        let mut flow = Flow { program, types, plans, blocks, state: Some(state), entries: Vec::new(), loops: 0 };
        flow.block(body);
        for var in vars {
            if let Some(plan) = flow.plans.vars.get_mut(*var)
                && plan.optional
                && plan.decl != Decl::Pattern
            {
                plan.mutable |= plan.decl == Decl::Hoisted;
            }
        }
    }

    fn block(&mut self, block: &Block) {
        for stmt in &block.stmts {
            self.stmt(stmt);
        }
    }

    fn read(&mut self, root: ExprId) {
        let mut bound = Vec::new();
        walk::for_each_expr(self.program, root, &mut |expr| {
            if let Expr::Walrus(var, _) = self.program.exprs[expr]
                && !super::held::is_held(self.program, expr)
            {
                bound.push(var);
            }
        });
        for var in bound {
            self.assign(var, false);
        }
    }

    fn reads(&mut self, stmt: &Stmt) {
        let mut roots = Vec::new();
        walk::stmt_exprs(self.program, stmt, &mut |root| roots.push(root));
        roots.into_iter().for_each(|root| self.read(root));
    }

    /// A binding; `declares` when this very statement is the `let`.
    fn assign(&mut self, var: VarId, declares: bool) {
        if self.program.vars[var].storage != Storage::Local {
            return;
        }
        let Some(plan) = self.plans.vars.get_mut(var) else { return };
        let home = &self.blocks[plan.home as usize];
        if !declares {
            let again = match &self.state {
                Some(state) => state.maybe.has(plan.bit),
                None => true,
            };
            let crosses = self.entries.len() as u32 > home.boundary;
            if crosses && !self.entries.get(home.boundary as usize).is_some_and(|entry| entry.has(plan.bit)) {
                plan.optional = true;
            }
            plan.mutable |= again || crosses || self.loops > home.loops;
        }
        let bit = plan.bit;
        if let Some(state) = &mut self.state {
            state.maybe.add(bit);
            state.surely.add(bit);
        }
    }

    fn target(&mut self, target: &Target, stmt: &Stmt) {
        let mut vars = Vec::new();
        walk::target_vars(target, &mut |var| vars.push(var));
        for var in vars {
            let declares = match self.plans.vars.get(var).map(|plan| plan.decl) {
                Some(Decl::Let(at)) => at == key(stmt),
                Some(Decl::Pattern) => true,
                _ => false,
            };
            self.assign(var, declares);
        }
    }

    /// The variables that a pattern declares begin anew.
    fn enter_pattern(&mut self, vars: &[VarId]) {
        for var in vars {
            let pattern = self.plans.vars.get(*var).is_some_and(|plan| plan.decl == Decl::Pattern);
            self.assign(*var, pattern);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        if let Some(vars) = self.plans.hoisted.get(&key(stmt)) {
            for var in vars {
                let bit = self.plans.vars.get(*var).map(|plan| plan.bit);
                if let (Some(state), Some(bit)) = (&mut self.state, bit) {
                    state.maybe.remove(bit);
                    state.surely.remove(bit);
                }
            }
        }
        self.reads(stmt);
        match &stmt.kind {
            StmtKind::Assign { targets, .. } => targets.iter().for_each(|target| self.target(target, stmt)),
            StmtKind::AugAssign { target: Target::Var(var), value, op } => {
                let in_place = self.types.var.get(*var).is_some_and(|ty| super::operator::is_in_place(ty, *op));
                let _ = value;
                if !in_place {
                    self.assign(*var, false);
                }
            }
            StmtKind::Delete(targets) => {
                for target in targets {
                    if let Target::Var(var) = target {
                        self.assign(*var, false);
                    }
                }
            }
            StmtKind::If { then, orelse, .. } => {
                let before = self.state.clone();
                self.block(then);
                let after = std::mem::replace(&mut self.state, before);
                self.block(orelse);
                self.state = join(after, self.state.take());
            }
            StmtKind::While { test, body, orelse } => {
                let endless = matches!(self.program.exprs[*test], Expr::Lit(Lit::Bool(true) | Lit::Int(1)));
                // The test is asked again and again.
                self.loops += 1;
                self.read(*test);
                self.loops -= 1;
                let before = self.state.clone();
                self.looped(body, &[]);
                // The test is true at least once when the loop is endless; what `break` leaves behind is not followed.
                self.state = join(before, self.state.take());
                let _ = endless;
                self.block(orelse);
            }
            StmtKind::For { target, body, orelse, .. } => {
                let before = self.state.clone();
                let mut vars = Vec::new();
                walk::target_vars(target, &mut |var| vars.push(var));
                self.looped(body, &vars);
                self.state = join(before, self.state.take());
                self.block(orelse);
            }
            StmtKind::Try(try_) => self.try_(try_),
            StmtKind::With { items, body, .. } => {
                for item in items {
                    item.target.iter().for_each(|target| self.target(target, stmt));
                }
                let before = self.state.clone();
                self.bounded(1, |flow| flow.block(body));
                let after = self.state.take();
                self.state = self.blocked(before, after);
            }
            StmtKind::Match { cases, .. } => {
                let before = self.state.clone();
                let mut after = None;
                for case in cases {
                    self.state = before.clone();
                    let mut vars = Vec::new();
                    walk::pattern_vars(&case.pattern, &mut |var| vars.push(var));
                    self.enter_pattern(&vars);
                    self.block(&case.body);
                    after = join(after, self.state.take());
                }
                self.state = join(before, after);
            }
            StmtKind::Def { var, .. } | StmtKind::Class { var, .. } => {
                if let Some(var) = var {
                    self.target(&Target::Var(*var), stmt);
                }
            }
            StmtKind::Return(_) | StmtKind::Raise { .. } | StmtKind::Break | StmtKind::Continue => self.state = None,
            StmtKind::Expr(_)
            | StmtKind::AugAssign { .. }
            | StmtKind::Assert { .. }
            | StmtKind::Pass
            | StmtKind::Import(_) => {}
        }
    }

    fn looped(&mut self, body: &Block, vars: &[VarId]) {
        self.loops += 1;
        self.enter_pattern(vars);
        self.block(body);
        self.loops -= 1;
    }

    fn bounded(&mut self, depth: usize, body: impl FnOnce(&mut Self)) {
        let entry = self.state.as_ref().map(|state| state.surely.clone()).unwrap_or_default();
        for _ in 0..depth {
            self.entries.push(entry.clone());
        }
        body(self);
        self.entries.truncate(self.entries.len() - depth);
    }

    /// After a block that may have been left at any place: bound before, or inside perhaps.
    fn blocked(&self, before: Option<State>, after: Option<State>) -> Option<State> {
        match (before, after) {
            (Some(mut before), Some(after)) => {
                before.maybe.union(&after.maybe);
                before.surely = after.surely;
                Some(before)
            }
            (before, after) => before.or(after),
        }
    }

    fn try_(&mut self, try_: &Try) {
        let guarded = usize::from(!try_.finally.stmts.is_empty());
        let before = self.state.clone();
        let inner = match try_form(try_, self.types) {
            TryForm::Match => 0,
            TryForm::Block => 1,
        };
        self.bounded(guarded, |flow| {
            flow.bounded(inner, |flow| flow.block(&try_.body));
            let body_end = flow.state.take();
            let mut raised = before.clone();
            if let (Some(raised), Some(end)) = (&mut raised, &body_end) {
                raised.maybe.union(&end.maybe);
            }
            let mut ends = None;
            for handler in &try_.handlers {
                flow.state = raised.clone();
                let bind: Vec<VarId> = handler.bind.into_iter().collect();
                flow.enter_pattern(&bind);
                flow.bounded(usize::from(try_.star), |flow| flow.block(&handler.body));
                if let (true, Some(raised), Some(end)) = (try_.star, &mut raised, &flow.state) {
                    // The next clause of an `except*` may run after this one.
                    raised.maybe.union(&end.maybe);
                }
                ends = join(ends, flow.state.take());
            }
            flow.state = body_end;
            flow.block(&try_.orelse);
            flow.state = join(ends, flow.state.take());
        });
        if guarded > 0 {
            let end = self.state.take();
            let mut raised = before.clone();
            if let (Some(raised), Some(end)) = (&mut raised, &end) {
                raised.maybe.union(&end.maybe);
            }
            self.state = raised;
            self.block(&try_.finally);
            self.state = self.state.take().and(end);
        }
    }
}
