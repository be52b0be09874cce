//! Where each variable of a body is declared, whether it is `mut`, and which reads are its last: decided before
//! emission, because Rust's declarations need to know what comes after them.

use rustc_hash::FxHashMap as HashMap;

use super::flow::Flow;
use super::liveness;
use crate::arena::ArenaMap;
use crate::hir::{
    Block, Comp, Expr, ExprId, FnId, Function, Param, Program, Stmt, StmtKind, Storage, Target, Try, Var, VarId, walk,
};
use crate::infer::Types;
use crate::types::Ty;

/// How a variable is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decl {
    /// A parameter.
    Param,
    /// By a `let` of the statement that binds it first.
    Let(StmtKey),
    /// By the pattern of a `for`, `except`, `with`, `case` or comprehension.
    Pattern,
    /// By a `let x;` before a statement whose blocks bind it.
    Hoisted,
}

/// A statement: its address, which is fixed while the program is borrowed.
pub type StmtKey = usize;

/// The key of a statement.
pub fn key(stmt: &Stmt) -> StmtKey {
    std::ptr::from_ref(stmt) as usize
}

/// What is decided of a variable.
#[derive(Debug, Clone)]
pub struct VarPlan {
    /// How it is declared.
    pub decl: Decl,
    /// It needs `mut`.
    pub mutable: bool,
    /// It is an `Option` of its type, because it may be unbound or is bound inside the block of a `try`.
    pub optional: bool,
    /// How many blocks of `try` and `with` are around its declaration.
    pub boundary: u32,
    /// How often it is read.
    pub reads: u32,
    /// The block it is declared in.
    pub home: u32,
    first: (u32, u32),
    first_kind: Kind,
    /// Its bit in the sets of `flow.rs`.
    pub bit: u32,
}

/// How a reference meets a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Let,
    Pattern,
    /// By a clause of a comprehension, and captured: one variable for each run of the comprehension.
    Comp,
    Other,
}

/// A block of the body.
#[derive(Debug, Clone)]
pub struct BlockInfo {
    /// The block around it, and the statement there.
    pub parent: (u32, u32),
    /// How deep it is.
    pub depth: u32,
    /// Blocks of `try` and `with` around it.
    pub boundary: u32,
    /// Loops around it.
    pub loops: u32,
}

/// What is decided of all bodies.
#[derive(Debug, Default)]
pub struct Plans {
    /// The variables.
    pub vars: ArenaMap<Var, VarPlan>,
    /// Variables to declare before a statement.
    pub hoisted: HashMap<StmtKey, Vec<VarId>>,
    /// The reads after which a variable is not needed.
    pub last_use: Vec<bool>,
}

impl Plans {
    /// Whether this read is the last of its variable.
    pub fn is_last_use(&self, expr: ExprId) -> bool {
        self.last_use.get(expr.raw() as usize).copied().unwrap_or(false)
    }
}

/// How a `try` without `finally` is emitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TryForm {
    /// `match` on the one operation of its body.
    Match,
    /// A block that is an operation.
    Block,
}

/// The form of a `try`: a body of one simple statement needs no block of its own.
pub fn try_form(try_: &Try, types: &Types) -> TryForm {
    let stmts: Vec<&Stmt> = try_.body.stmts.iter().filter(|stmt| !matches!(stmt.kind, StmtKind::Pass)).collect();
    let simple = match stmts[..] {
        [stmt] => match &stmt.kind {
            StmtKind::Expr(_) | StmtKind::Return(Some(_)) => true,
            StmtKind::Assign { targets, value } => match &targets[..] {
                [Target::Var(_)] => true,
                // Taking apart what is no tuple of that many may raise as well.
                [Target::Tuple(parts)] => {
                    let plain = parts.iter().all(|part| matches!(part, Target::Var(_)));
                    plain && matches!(types.final_ty(*value), Ty::Tuple(items) if items.len() == parts.len())
                }
                _ => false,
            },
            _ => false,
        },
        _ => false,
    };
    if simple && !try_.star && try_.finally.stmts.is_empty() { TryForm::Match } else { TryForm::Block }
}

/// Plans a module's statements or a function's body.
pub fn plan(program: &Program, types: &Types, params: &[Param], body: &Block, plans: &mut Plans) {
    let mut collector =
        Collector { program, types, plans, blocks: Vec::new(), vars: Vec::new(), owner: None, at: (0, 0) };
    collector.owner = params.first().and_then(|param| program.vars[param.var].owner);
    let root = collector.enter(None, 0, 0);
    for param in params {
        collector.reference(param.var, Kind::Pattern);
        if let Some(plan) = collector.plans.vars.get_mut(param.var) {
            plan.decl = Decl::Param;
        }
    }
    collector.block(body, root);
    let Collector { blocks, vars, .. } = collector;
    let mut tops = Vec::new();
    for var in &vars {
        if let Some(top) = settle(program, plans, *var, &blocks) {
            tops.push((*var, top));
        }
    }
    place_hoisted(types, body, &blocks, &tops, plans);
    Flow::run(program, types, params, body, &vars, plans, &blocks);
    liveness::mark(program, types, body, plans);
}

struct Collector<'a> {
    program: &'a Program,
    types: &'a Types,
    plans: &'a mut Plans,
    blocks: Vec<BlockInfo>,
    vars: Vec<VarId>,
    owner: Option<FnId>,
    at: (u32, u32),
}

impl Collector<'_> {
    fn enter(&mut self, parent: Option<(u32, u32)>, boundary: u32, loops: u32) -> u32 {
        let id = self.blocks.len() as u32;
        let info = match parent {
            None => BlockInfo { parent: (0, 0), depth: 0, boundary, loops },
            Some(parent) => {
                let around = &self.blocks[parent.0 as usize];
                BlockInfo {
                    parent,
                    depth: around.depth + 1,
                    boundary: around.boundary + boundary,
                    loops: around.loops + loops,
                }
            }
        };
        self.blocks.push(info);
        id
    }

    fn reference(&mut self, var: VarId, kind: Kind) {
        let read = u32::from(kind == Kind::Other);
        let block = self.at.0;
        match self.plans.vars.get_mut(var) {
            Some(plan) if self.vars.get(plan.bit as usize) == Some(&var) => {
                plan.reads += read;
                plan.home = common(&self.blocks, plan.home, block);
            }
            _ => {
                let plan = VarPlan {
                    decl: Decl::Hoisted,
                    mutable: false,
                    optional: false,
                    boundary: 0,
                    reads: read,
                    home: block,
                    first: self.at,
                    first_kind: kind,
                    bit: self.vars.len() as u32,
                };
                // A variable of a function around this one was planned there.
                if self.plans.vars.get(var).is_none() {
                    self.plans.vars.insert(var, plan);
                    self.vars.push(var);
                }
            }
        }
    }

    fn inner(&mut self, block: &Block, boundary: u32, loops: u32) {
        let id = self.enter(Some(self.at), boundary, loops);
        self.block(block, id);
    }

    /// A block that a pattern opens: the variables of the pattern belong to it.
    fn inner_with(&mut self, targets: &[VarId], block: &Block, boundary: u32, loops: u32) {
        let around = self.at;
        let id = self.enter(Some(around), boundary, loops);
        self.at = (id, 0);
        for var in targets {
            self.reference(*var, Kind::Pattern);
        }
        self.at = around;
        self.block(block, id);
    }

    fn block(&mut self, block: &Block, id: u32) {
        let around = self.at;
        for (at, stmt) in block.stmts.iter().enumerate() {
            self.at = (id, at as u32);
            self.stmt(stmt);
        }
        self.at = around;
    }

    fn exprs(&mut self, stmt: &Stmt) {
        let mut roots = Vec::new();
        walk::stmt_exprs(self.program, stmt, &mut |root| roots.push(root));
        for root in roots {
            self.expr(root);
        }
    }

    fn expr(&mut self, expr: ExprId) {
        match &self.program.exprs[expr] {
            Expr::Var(var) => self.reference(*var, Kind::Other),
            Expr::Walrus(var, value) => {
                self.expr(*value);
                if super::held::is_held(self.program, expr) {
                    self.reference(*var, Kind::Pattern);
                    if let Some(plan) = self.plans.vars.get_mut(*var) {
                        plan.decl = Decl::Pattern;
                        plan.reads += 1;
                    }
                } else {
                    self.reference(*var, Kind::Other);
                }
                return;
            }
            Expr::Lambda(function) => self.captures(*function),
            Expr::Comp(comp) => {
                self.comp(comp);
                return;
            }
            _ => {}
        }
        let mut parts = Vec::new();
        walk::children(self.program, expr, &mut |child| parts.push(child));
        for part in parts {
            self.expr(part);
        }
    }

    fn comp(&mut self, comp: &Comp) {
        for clause in &comp.clauses {
            self.expr(clause.iter);
            let mut vars = Vec::new();
            walk::target_vars(&clause.target, &mut |var| vars.push(var));
            for var in vars {
                let captured = self.program.vars[var].storage == Storage::Cell;
                self.reference(var, if captured { Kind::Comp } else { Kind::Pattern });
                if !captured && let Some(plan) = self.plans.vars.get_mut(var) {
                    plan.decl = Decl::Pattern;
                }
            }
            clause.conditions.iter().for_each(|condition| self.expr(*condition));
        }
        self.expr(comp.element);
        comp.value.iter().for_each(|value| self.expr(*value));
    }

    fn captures(&mut self, function: FnId) {
        let function: &Function = &self.program.functions[function];
        for var in &function.captures {
            if self.program.vars[*var].owner == self.owner || self.plans.vars.get(*var).is_none() {
                self.reference(*var, Kind::Other);
            }
        }
    }

    fn bind(&mut self, target: &Target, kind: Kind) {
        let mut vars = Vec::new();
        walk::target_vars(target, &mut |var| vars.push(var));
        for var in vars {
            self.reference(var, kind);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        self.exprs(stmt);
        match &stmt.kind {
            StmtKind::Assign { targets, .. } => {
                for target in targets {
                    self.bind(target, Kind::Let);
                }
            }
            StmtKind::AugAssign { target, .. } => self.bind(target, Kind::Other),
            StmtKind::Delete(targets) => targets.iter().for_each(|target| self.bind(target, Kind::Other)),
            StmtKind::If { then, orelse, .. } => {
                self.inner(then, 0, 0);
                self.inner(orelse, 0, 0);
            }
            StmtKind::While { body, orelse, .. } => {
                self.inner(body, 0, 1);
                self.inner(orelse, 0, 0);
            }
            StmtKind::For { target, body, orelse, .. } => {
                let mut vars = Vec::new();
                walk::target_vars(target, &mut |var| vars.push(var));
                self.inner_with(&vars, body, 0, 1);
                self.inner(orelse, 0, 0);
            }
            StmtKind::Try(try_) => self.try_(try_),
            StmtKind::With { items, body, .. } => {
                let mut vars = Vec::new();
                for item in items {
                    item.target.iter().for_each(|target| walk::target_vars(target, &mut |var| vars.push(var)));
                }
                for var in vars {
                    self.reference(var, Kind::Let);
                }
                self.inner(body, 1, 0);
            }
            StmtKind::Match { cases, .. } => {
                for case in cases {
                    let mut vars = Vec::new();
                    walk::pattern_vars(&case.pattern, &mut |var| vars.push(var));
                    self.inner_with(&vars, &case.body, 0, 0);
                }
            }
            StmtKind::Def { function, var } => {
                self.captures(*function);
                var.iter().for_each(|var| self.reference(*var, Kind::Let));
            }
            StmtKind::Class { class, var } => {
                for method in &self.program.classes[*class].methods {
                    self.captures(*method);
                }
                var.iter().for_each(|var| self.reference(*var, Kind::Let));
            }
            StmtKind::Expr(_)
            | StmtKind::Return(_)
            | StmtKind::Raise { .. }
            | StmtKind::Assert { .. }
            | StmtKind::Break
            | StmtKind::Continue
            | StmtKind::Pass
            | StmtKind::Import(_) => {}
        }
    }

    fn try_(&mut self, try_: &Try) {
        let guarded = u32::from(!try_.finally.stmts.is_empty());
        let mut body = None;
        match try_form(try_, self.types) {
            // The one statement binds in the statement's own block: a `let` of the match's value.
            TryForm::Match if try_.handlers.iter().all(|handler| leaves(&handler.body)) => {
                for stmt in &try_.body.stmts {
                    self.stmt(stmt);
                }
            }
            // `Ok(x) => { … }`: what it binds goes on in the `else`.
            TryForm::Match => {
                let id = self.enter(Some(self.at), 0, 0);
                self.block(&try_.body, id);
                body = Some((id, try_.body.stmts.len() as u32));
            }
            TryForm::Block => self.inner(&try_.body, 1 + guarded, 0),
        }
        for handler in &try_.handlers {
            let bind: Vec<VarId> = handler.bind.into_iter().collect();
            self.inner_with(&bind, &handler.body, guarded + u32::from(try_.star), 0);
        }
        let around = self.at;
        self.at = body.unwrap_or(around);
        self.inner(&try_.orelse, guarded, 0);
        self.at = around;
        self.inner(&try_.finally, 0, 0);
    }
}

fn common(blocks: &[BlockInfo], mut a: u32, mut b: u32) -> u32 {
    while a != b {
        if blocks[a as usize].depth >= blocks[b as usize].depth {
            a = blocks[a as usize].parent.0;
        } else {
            b = blocks[b as usize].parent.0;
        }
    }
    a
}

/// Decides the declaration of a variable; gives the place to hoist it to.
fn settle(program: &Program, plans: &mut Plans, var: VarId, blocks: &[BlockInfo]) -> Option<(u32, u32)> {
    let plan = plans.vars.get_mut(var)?;
    plan.boundary = blocks[plan.home as usize].boundary;
    if program.vars[var].storage == Storage::Local && program.vars[var].maybe_unbound {
        plan.optional = true;
    }
    if plan.decl != Decl::Hoisted || program.vars[var].storage == Storage::Global {
        return None;
    }
    if is_lambda_default(program, var) {
        // Bound where the closure is made.
        plan.decl = Decl::Pattern;
        return None;
    }
    let mut place = plan.first;
    if program.vars[var].storage == Storage::Cell && plan.first_kind != Kind::Comp {
        // What is captured is one variable, however often the loop around it runs.
        while place.0 != plan.home {
            place = blocks[place.0 as usize].parent;
        }
        while blocks[place.0 as usize].loops > 0 {
            place = blocks[place.0 as usize].parent;
        }
        if place != plan.first || plan.first_kind == Kind::Pattern {
            plan.home = place.0;
            plan.boundary = blocks[place.0 as usize].boundary;
            return Some(place);
        }
    }
    if place.0 == plan.home {
        match plan.first_kind {
            Kind::Let => {
                // The key is filled in by `place_hoisted`, which knows the statements.
                plan.decl = Decl::Let(0);
                return Some(place);
            }
            Kind::Pattern => {
                plan.decl = Decl::Pattern;
                return None;
            }
            Kind::Comp | Kind::Other => {}
        }
    }
    while place.0 != plan.home {
        place = blocks[place.0 as usize].parent;
    }
    Some(place)
}

/// Whether a variable holds the default of a lambda's parameter.
fn is_lambda_default(program: &Program, var: VarId) -> bool {
    program.vars[var].name.starts_with("lambda_")
        && program.functions.iter().any(|(_, function)| {
            let mut params = function.params.iter();
            function.name == "<lambda>"
                && params.any(
                    |param| matches!(param.default, Some(crate::hir::Default::Once { var: own, .. }) if own == var),
                )
        })
}

/// Turns places (block and number of the statement) into statements.
fn place_hoisted(types: &Types, body: &Block, blocks: &[BlockInfo], tops: &[(VarId, (u32, u32))], plans: &mut Plans) {
    if tops.is_empty() {
        return;
    }
    let mut wanted: HashMap<(u32, u32), Vec<VarId>> = HashMap::default();
    for (var, place) in tops {
        wanted.entry(*place).or_default().push(*var);
    }
    let mut numbers = Numbers { types, next: 0, wanted, plans, match_depth: 0 };
    numbers.block(body);
    debug_assert_eq!(numbers.next as usize, blocks.len(), "the blocks are numbered as they were collected");
}

struct Numbers<'a> {
    types: &'a Types,
    next: u32,
    wanted: HashMap<(u32, u32), Vec<VarId>>,
    plans: &'a mut Plans,
    match_depth: u32,
}

impl Numbers<'_> {
    fn block(&mut self, block: &Block) {
        let id = self.next;
        self.next += 1;
        for (at, stmt) in block.stmts.iter().enumerate() {
            let vars = self.wanted.remove(&(id, at as u32)).unwrap_or_default();
            for var in vars {
                let Some(plan) = self.plans.vars.get_mut(var) else { continue };
                match plan.decl {
                    Decl::Let(_) => plan.decl = Decl::Let(key(inline_statement(stmt, self.types).unwrap_or(stmt))),
                    _ => self.plans.hoisted.entry(key(stmt)).or_default().push(var),
                }
            }
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        if let StmtKind::Try(try_) = &stmt.kind {
            if inline_statement(stmt, self.types).is_none() {
                self.block(&try_.body);
            }
            for handler in &try_.handlers {
                self.block(&handler.body);
            }
            self.block(&try_.orelse);
            self.block(&try_.finally);
            let _ = self.match_depth;
            return;
        }
        let mut inner = Vec::new();
        walk::stmt_blocks(stmt, &mut |block| inner.push(block));
        for block in inner {
            self.block(block);
        }
    }
}

/// The one statement of a `try` that binds in the block around it: `let x = match … { … };`.
fn inline_statement<'s>(stmt: &'s Stmt, types: &Types) -> Option<&'s Stmt> {
    let StmtKind::Try(try_) = &stmt.kind else { return None };
    let inline = try_form(try_, types) == TryForm::Match && try_.handlers.iter().all(|handler| leaves(&handler.body));
    try_.body.stmts.iter().find(|inner| inline && !matches!(inner.kind, StmtKind::Pass))
}

/// Whether control never reaches the end of a block.
pub fn leaves(block: &Block) -> bool {
    block.stmts.iter().any(leaves_stmt)
}

/// Whether control never gets past a statement.
pub fn leaves_stmt(stmt: &Stmt) -> bool {
    match &stmt.kind {
        StmtKind::Return(_) | StmtKind::Raise { .. } | StmtKind::Break | StmtKind::Continue => true,
        StmtKind::If { then, orelse, .. } => leaves(then) && leaves(orelse),
        StmtKind::Try(try_) => {
            leaves(&try_.finally)
                || (leaves(&try_.body) || leaves(&try_.orelse))
                    && try_.handlers.iter().all(|handler| leaves(&handler.body))
        }
        // A context manager may swallow what leaves its body by an exception; `return` still leaves.
        StmtKind::With { .. } => false,
        StmtKind::Match { cases, .. } => {
            cases.iter().all(|case| leaves(&case.body))
                && cases
                    .last()
                    .is_some_and(|case| case.guard.is_none() && matches!(case.pattern, crate::hir::Pattern::Capture(_)))
        }
        StmtKind::Expr(_)
        | StmtKind::Assign { .. }
        | StmtKind::AugAssign { .. }
        | StmtKind::While { .. }
        | StmtKind::For { .. }
        | StmtKind::Assert { .. }
        | StmtKind::Delete(_)
        | StmtKind::Pass
        | StmtKind::Def { .. }
        | StmtKind::Class { .. }
        | StmtKind::Import(_) => false,
    }
}
