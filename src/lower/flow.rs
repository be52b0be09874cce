//! Which bindings each read of a variable may see, over the structured statements.
//!
//! Every binding is a node; where ways meet, a φ node stands for what comes in. A read makes its node live, and all that
//! flows into a live φ is one live range. The node of a variable that is not bound yet taints what it flows into.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap as HashMap;

use super::reads::Reads;
use super::{Occurrence, Sym, SymId};
use crate::hir::walk;
use crate::hir::*;

mod webs;

pub use webs::Webs;

/// Names a node.
type Node = u32;

/// What comes in. Code that no way leads to is looked at like all other, and what it binds stays there.
#[derive(Debug, Clone, Default)]
struct State {
    nodes: Vec<Node>,
    /// No way leads here.
    is_dead: bool,
}

/// A binding on the way.
#[derive(Debug, Clone, Copy)]
struct Bound {
    slot: usize,
    node: Node,
    is_dead: bool,
}

/// The φs at the head of a loop.
struct Heads {
    phis: Vec<(usize, Node)>,
    is_dead: bool,
}

#[derive(Debug)]
enum Kind {
    /// Not bound yet, or not any more.
    Unbound,
    /// A binding.
    Def,
    /// What comes in where ways meet.
    Phi(Vec<Node>),
}

/// What is written or captured at one point of a function.
#[derive(Debug, Clone, Copy)]
struct Event {
    at: u32,
    /// The outermost loop around it.
    root_loop: Option<u32>,
}

/// Facts about a program that the analysis uses.
pub struct Facts<'p> {
    /// The program, with a variable for every binding.
    pub program: &'p Program,
    /// What the variables are.
    pub occurrences: &'p [Occurrence],
    /// The Python variables.
    pub syms: &'p [Sym],
    /// Variables of others that a function uses.
    pub captures: &'p BTreeMap<FnId, BTreeSet<SymId>>,
    /// Variables of others that calling a function may read.
    pub reads: &'p Reads,
    /// Some context manager of the program may swallow exceptions.
    pub swallows: bool,
}

#[derive(Default)]
struct LoopFrame {
    breaks: Vec<State>,
    continues: Vec<State>,
}

/// The analysis; one for a whole program.
pub struct Flow<'p> {
    facts: Facts<'p>,
    nodes: Vec<Kind>,
    /// The node of each binding, by the raw number of its variable.
    defs: Vec<Option<Node>>,
    reads: Vec<(Option<ExprId>, Node)>,
    unions: Vec<(Node, Node)>,
    deleted: Vec<Node>,
    unbound: Vec<Node>,
    slots: Vec<usize>,
    /// The variables of each function, and of each module.
    own: HashMap<(Option<FnId>, usize), Vec<SymId>>,
    writes: HashMap<SymId, Vec<Event>>,
    captured: HashMap<SymId, Vec<Event>>,
    /// The function or module that is being looked at.
    owner: Option<FnId>,
    module: usize,
    tries: Vec<Vec<Bound>>,
    loops: Vec<LoopFrame>,
    loop_ids: Vec<u32>,
    clock: u32,
}

impl<'p> Flow<'p> {
    /// An analysis that has seen nothing.
    pub fn new(facts: Facts<'p>) -> Flow<'p> {
        let mut slots = vec![0; facts.syms.len()];
        let mut own: HashMap<(Option<FnId>, usize), Vec<SymId>> = HashMap::default();
        let mut nodes = Vec::with_capacity(2 * facts.occurrences.len());
        let mut unbound = Vec::with_capacity(facts.syms.len());
        for (at, sym) in facts.syms.iter().enumerate() {
            let owner = (sym.owner, if sym.owner.is_some() { 0 } else { sym.module });
            let list = own.entry(owner).or_default();
            slots[at] = list.len();
            list.push(at);
            unbound.push(nodes.len() as Node);
            nodes.push(Kind::Unbound);
        }
        Flow {
            defs: vec![None; facts.occurrences.len()],
            facts,
            nodes,
            reads: Vec::new(),
            unions: Vec::new(),
            deleted: Vec::new(),
            unbound,
            slots,
            own,
            writes: HashMap::default(),
            captured: HashMap::default(),
            owner: None,
            module: 0,
            tries: Vec::new(),
            loops: Vec::new(),
            loop_ids: Vec::new(),
            clock: 0,
        }
    }

    /// Looks at the code of a module; `is_entry`: no other module can call its functions when it has ended.
    pub fn module(&mut self, at: usize, body: &Block, is_entry: bool) {
        self.owner = None;
        self.module = at;
        let mut state = self.start();
        self.block(body, &mut state);
        if is_entry {
            return;
        }
        for sym in self.own_syms() {
            let used = &self.facts.syms[sym];
            if (used.shared || !used.users.is_empty()) && !state.is_dead {
                self.reads.push((None, state.nodes[self.slots[sym]]));
            }
        }
    }

    /// Looks at the body of a function.
    pub fn function(&mut self, id: FnId) {
        self.owner = Some(id);
        self.module = usize::MAX;
        let function = &self.facts.program.functions[id];
        let mut state = self.start();
        for param in &function.params {
            self.write(param.var, &mut state);
        }
        self.block(&function.body, &mut state);
    }

    fn own_syms(&self) -> Vec<SymId> {
        let owner = (self.owner, if self.owner.is_some() { 0 } else { self.module });
        self.own.get(&owner).cloned().unwrap_or_default()
    }

    fn is_own(&self, sym: SymId) -> bool {
        let of = &self.facts.syms[sym];
        of.owner == self.owner && (self.owner.is_some() || of.module == self.module)
    }

    fn start(&mut self) -> State {
        self.tries.clear();
        self.loops.clear();
        self.loop_ids.clear();
        let own = self.own_syms();
        State { nodes: own.into_iter().map(|sym| self.unbound[sym]).collect(), is_dead: false }
    }

    fn node(&mut self, kind: Kind) -> Node {
        self.nodes.push(kind);
        self.nodes.len() as Node - 1
    }

    fn sym(&self, var: VarId) -> SymId {
        self.facts.occurrences[var.at()].sym
    }

    fn event(&mut self) -> Event {
        self.clock += 1;
        Event { at: self.clock, root_loop: self.loop_ids.first().copied() }
    }

    fn set(&mut self, slot: usize, node: Node, state: &mut State) {
        state.nodes[slot] = node;
        for frame in &mut self.tries {
            frame.push(Bound { slot, node, is_dead: state.is_dead });
        }
    }

    fn write(&mut self, var: VarId, state: &mut State) -> Node {
        let node = match self.defs[var.at()] {
            Some(node) => node,
            None => {
                let node = self.node(Kind::Def);
                self.defs[var.at()] = Some(node);
                node
            }
        };
        let sym = self.sym(var);
        if self.is_own(sym) {
            // Only of what a closure may see it matters when it is written.
            if !self.facts.syms[sym].users.is_empty() {
                let event = self.event();
                self.writes.entry(sym).or_default().push(event);
            }
            self.set(self.slots[sym], node, state);
        }
        node
    }

    fn read(&mut self, var: VarId, expr: Option<ExprId>, state: &State) {
        let sym = self.sym(var);
        if self.is_own(sym) {
            self.reads.push((expr, state.nodes[self.slots[sym]]));
        }
    }

    /// A function is named: whatever calling it reads must be bound by now.
    fn mention(&mut self, function: FnId, state: &State) {
        if state.is_dead {
            return;
        }
        for sym in self.facts.reads.of(function) {
            let of = &self.facts.syms[sym];
            if of.owner == self.owner && (self.owner.is_some() || of.module == self.module) {
                self.reads.push((None, state.nodes[self.slots[sym]]));
            }
        }
    }

    fn mention_class(&mut self, class: ClassId, state: &State) {
        let mut open = vec![class];
        let mut seen = BTreeSet::new();
        while let Some(class) = open.pop() {
            if !seen.insert(class) {
                continue;
            }
            let class = &self.facts.program.classes[class];
            for method in &class.methods {
                self.mention(*method, state);
            }
            open.extend(class.bases.iter().filter_map(|base| match base {
                Base::Class(base) => Some(*base),
                Base::Stub(_) => None,
            }));
        }
    }

    /// A closure is made.
    fn capture(&mut self, function: FnId) {
        let event = self.event();
        let captures = self.facts.captures.get(&function).into_iter().flatten();
        for sym in captures {
            if !self.is_own(*sym) {
                continue;
            }
            self.captured.entry(*sym).or_default().push(event);
        }
    }

    fn join(&mut self, mut a: State, b: State) -> State {
        match (a.is_dead, b.is_dead) {
            (false, true) => return a,
            (true, false) => return b,
            _ => {}
        }
        for (left, right) in a.nodes.iter_mut().zip(b.nodes) {
            if *left != right {
                *left = self.node(Kind::Phi(vec![*left, right]));
            }
        }
        a
    }

    /// Another way, where there is one already.
    fn join_some(&mut self, a: Option<State>, b: State) -> State {
        match a {
            Some(a) => self.join(a, b),
            None => b,
        }
    }

    fn block(&mut self, block: &Block, state: &mut State) {
        for stmt in &block.stmts {
            self.stmt(stmt, state);
        }
    }

    fn exprs(&mut self, exprs: &[ExprId], state: &mut State) {
        exprs.iter().for_each(|expr| self.expr(*expr, state));
    }

    fn target(&mut self, target: &Target, state: &mut State) {
        let mut exprs = Vec::new();
        walk::target_exprs(target, &mut |expr| exprs.push(expr));
        self.exprs(&exprs, state);
        let mut vars = Vec::new();
        walk::target_vars(target, &mut |var| vars.push(var));
        for var in vars {
            self.write(var, state);
        }
    }

    fn stmt(&mut self, stmt: &Stmt, state: &mut State) {
        match &stmt.kind {
            StmtKind::Expr(value) => {
                self.expr(*value, state);
                state.is_dead |= self.never_returns(*value);
            }
            StmtKind::Assign { targets, value } => {
                self.expr(*value, state);
                targets.iter().for_each(|target| self.target(target, state));
            }
            StmtKind::AugAssign { target, value, .. } => self.augmented(target, *value, state),
            StmtKind::If { test, then, orelse } => {
                let (mut yes, mut no) = self.condition(*test, std::mem::take(state));
                self.block(then, &mut yes);
                self.block(orelse, &mut no);
                *state = self.join(yes, no);
            }
            StmtKind::While { test, body, orelse } => self.while_(stmt, *test, body, orelse, state),
            StmtKind::For { target, iter, body, orelse, .. } => {
                self.expr(*iter, state);
                self.for_(stmt, target, body, orelse, state);
            }
            StmtKind::Try(try_) => self.try_(try_, state),
            StmtKind::With { items, body, .. } => self.with(items, body, state),
            StmtKind::Return(value) => {
                value.iter().for_each(|value| self.expr(*value, state));
                state.is_dead = true;
            }
            StmtKind::Raise { exc, cause } => {
                [exc, cause].into_iter().flatten().for_each(|value| self.expr(*value, state));
                state.is_dead = true;
            }
            StmtKind::Assert { test, message } => {
                let (yes, mut no) = self.condition(*test, std::mem::take(state));
                message.iter().for_each(|message| self.expr(*message, &mut no));
                *state = yes;
            }
            StmtKind::Delete(targets) => targets.iter().for_each(|target| self.delete(target, state)),
            StmtKind::Match { subject, cases } => {
                self.expr(*subject, state);
                self.cases(cases, state);
            }
            StmtKind::Break => {
                if let Some(frame) = self.loops.last_mut() {
                    frame.breaks.push(state.clone());
                }
                state.is_dead = true;
            }
            StmtKind::Continue => {
                if let Some(frame) = self.loops.last_mut() {
                    frame.continues.push(state.clone());
                }
                state.is_dead = true;
            }
            StmtKind::Pass | StmtKind::Import(_) => {}
            StmtKind::Def { function, var } => {
                self.definition(*function, state);
                if let Some(var) = var {
                    self.mention(*function, state);
                    self.write(*var, state);
                }
            }
            StmtKind::Class { class, var } => self.class(*class, *var, state),
        }
    }

    fn definition(&mut self, id: FnId, state: &mut State) {
        let function = &self.facts.program.functions[id];
        for decorator in function.decorators.iter().rev() {
            self.expr(*decorator, state);
        }
        self.defaults(id, state);
        self.capture(id);
    }

    fn defaults(&mut self, id: FnId, state: &mut State) {
        for param in &self.facts.program.functions[id].params {
            match param.default {
                Some(Default::Inline(value)) => self.expr(value, state),
                Some(Default::Once { value, var }) => {
                    self.expr(value, state);
                    self.write(var, state);
                }
                None => {}
            }
        }
    }

    fn class(&mut self, id: ClassId, var: Option<VarId>, state: &mut State) {
        let class = &self.facts.program.classes[id];
        self.exprs(&class.decorators, state);
        for attribute in &class.attributes {
            if let Some(value) = attribute.value {
                self.expr(value, state);
            }
        }
        for method in &class.methods {
            self.definition(*method, state);
        }
        if let Some(var) = var {
            self.mention_class(id, state);
            self.write(var, state);
        }
    }

    fn augmented(&mut self, target: &Target, value: ExprId, state: &mut State) {
        let Target::Var(var) = target else {
            let mut exprs = Vec::new();
            walk::target_exprs(target, &mut |expr| exprs.push(expr));
            self.exprs(&exprs, state);
            return self.expr(value, state);
        };
        self.read(*var, None, state);
        let sym = self.sym(*var);
        let before = self.is_own(sym).then(|| state.nodes[self.slots[sym]]);
        self.expr(value, state);
        let after = self.write(*var, state);
        self.unions.extend(before.map(|before| (before, after)));
    }

    fn delete(&mut self, target: &Target, state: &mut State) {
        match target {
            Target::Var(var) => {
                self.read(*var, None, state);
                let sym = self.sym(*var);
                let before = self.is_own(sym).then(|| state.nodes[self.slots[sym]]);
                let after = self.write(*var, state);
                self.unions.extend(before.map(|before| (before, after)));
                self.deleted.push(after);
                if self.is_own(sym) {
                    self.set(self.slots[sym], self.unbound[sym], state);
                }
            }
            Target::Tuple(targets) => targets.iter().for_each(|target| self.delete(target, state)),
            other => self.target(other, state),
        }
    }

    /// `sys.exit()` and its like.
    fn never_returns(&self, value: ExprId) -> bool {
        let Expr::Call(Call { callee: Callee::Stub(of), .. }) = &self.facts.program.exprs[value] else { return false };
        matches!((&*of.module, &*of.name), ("sys", "exit") | ("os", "_exit" | "abort") | ("builtins", "exit" | "quit"))
    }
}

mod control;
mod expr;
