//! Decorators of the program's own: each is carried out here, for the function it decorates.
//!
//! `@timed async def delay(…)` becomes what `timed(delay)` does, statement by statement, where the `def` stands: the wrapper is a
//! function of its own that calls `delay_undecorated`, and the name `delay` means the wrapper. `*args, **kwargs` of a
//! wrapper become the parameters of what it wraps ([`adopt`]); where they are looked at, they are made again from these.
//! A decorator that cannot be followed stays a call of a value.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, VecDeque};

use crate::diag::Diagnostics;
use crate::hir::{
    Arg, Block, Call, Callee, ClassId, Default, Expr, ExprId, FnId, FnKind, ModuleId, Origin, Program, Stmt, StmtKind,
    Storage, Target, Trivia, VarId, walk,
};
use crate::source::Span;
use nested::Nested;

mod adopt;
mod attributes;
mod cached;
mod class;
mod forms;
mod hoist;
mod inherit;
mod method;
mod nested;
mod operators;
mod prepare;
mod settle;
mod specialise;
mod subclass;
mod uses;

/// Carries out all decorators of a program.
pub fn decorate(program: &mut Program, diags: &mut Diagnostics) {
    let count = program.functions.len();
    let mut decorator = Decorator {
        program,
        names: HashMap::new(),
        chains: Vec::new(),
        caches: HashMap::new(),
        inlined: BTreeSet::new(),
        used_classes: HashMap::new(),
        objects: HashMap::new(),
        decorating: HashMap::new(),
        class_makers: BTreeSet::new(),
        refused: Vec::new(),
        bindings: Vec::new(),
        nested: RefCell::default(),
    };
    decorator.operators();
    decorator.bindings = walk::bindings(decorator.program);
    decorator.everywhere();
    decorator.settle();
    decorator.extended_methods();
    decorator.adopt_all();
    decorator.methods();
    decorator.specialise();
    decorator.function_attributes(diags);
    decorator.drop_templates();
    decorator.unused_calls();
    decorator.unused_class_makers();
    for span in std::mem::take(&mut decorator.refused) {
        let title = "`*` or `**` in a call of a decorated function whose decorator looks at its arguments";
        diags.push(crate::diag::Diagnostic::new(crate::diag::catalog::UNSUPPORTED_SYNTAX, span, title));
    }
    decorator.unused_makers();
    decorator.drop_unused();
    decorator.drop_undefined(count);
}

/// Where a decorated function is defined.
#[derive(Debug, Clone, Copy)]
struct Scope {
    owner: Option<FnId>,
    module: ModuleId,
}

/// A wrapper and what it wraps.
#[derive(Debug, Clone, Copy)]
struct Chain {
    wrapper: FnId,
    inner: FnId,
}

/// A function on its way through its decorators.
#[derive(Debug, Clone, Copy)]
enum Current {
    Function(FnId),
    Value(ExprId),
}

struct Decorator<'p> {
    program: &'p mut Program,
    /// Names that mean a function now.
    names: HashMap<VarId, FnId>,
    /// Wrappers, inner ones first.
    chains: Vec<Chain>,
    /// The variable that holds the cache of a cached function.
    caches: HashMap<FnId, VarId>,
    /// Decorators that were carried out.
    inlined: BTreeSet<FnId>,
    /// Classes that are the decorator of a function, and what they were at first.
    used_classes: HashMap<ClassId, ClassId>,
    /// Calls that a wrapper which looks at its arguments cannot tell apart.
    refused: Vec<Span>,
    /// Functions of class bodies that decorate methods.
    class_makers: BTreeSet<FnId>,
    /// Classes whose objects decorate, and how many do.
    decorating: HashMap<ClassId, usize>,
    /// Variables that hold an object of such a class, and its `__call__`.
    objects: HashMap<VarId, FnId>,
    /// How often each variable is bound.
    bindings: Vec<u32>,
    nested: RefCell<Nested>,
}

impl Decorator<'_> {
    fn is_bound_once(&self, var: VarId) -> bool {
        self.bindings.get(var.at()).copied().unwrap_or(0) <= 1
    }

    fn everywhere(&mut self) {
        let modules: Vec<ModuleId> = self.program.modules.ids().collect();
        for module in modules {
            let mut body = std::mem::take(&mut self.program.modules[module].body);
            self.block(&mut body, Scope { owner: None, module }, false);
            self.program.modules[module].body = body;
        }
        // Functions that are made meanwhile come last.
        let mut at = 0;
        while at < self.program.functions.len() {
            let id = FnId::from_raw(at as u32);
            at += 1;
            let module = self.program.functions[id].module;
            let mut body = std::mem::take(&mut self.program.functions[id].body);
            self.block(&mut body, Scope { owner: Some(id), module }, false);
            self.program.functions[id].body = body;
        }
    }

    fn block(&mut self, block: &mut Block, scope: Scope, in_loop: bool) {
        // Statements stay where they are until the first that is replaced.
        let mut open: VecDeque<Stmt> = VecDeque::new();
        let mut at = 0;
        loop {
            if at == block.stmts.len() {
                let Some(next) = open.pop_front() else { return };
                block.stmts.push(next);
            }
            if !in_loop && let Some(made) = self.expand(&block.stmts[at], scope) {
                open.extend(block.stmts.drain(at..).skip(1));
                made.into_iter().rev().for_each(|stmt| open.push_front(stmt));
                continue;
            }
            if let StmtKind::Class { class, .. } = block.stmts[at].kind {
                let made = self.class(class, scope);
                if !made.is_empty() {
                    open.extend(block.stmts.drain(at + 1..));
                    let count = made.len();
                    block.stmts.splice(at..at, made);
                    at += count;
                }
            }
            let stmt = &mut block.stmts[at];
            let is_loop = matches!(stmt.kind, StmtKind::While { .. } | StmtKind::For { .. });
            walk::stmt_blocks_mut(stmt, &mut |inner| self.block(inner, scope, in_loop || is_loop));
            let behind = match stmt.kind {
                StmtKind::Class { class, var: None } => self.behind_class(class, stmt),
                _ => Vec::new(),
            };
            at += 1;
            if !behind.is_empty() {
                open.extend(block.stmts.drain(at..));
                at += behind.len();
                block.stmts.extend(behind);
            }
        }
    }

    /// A decorated `def`, or `name = decorator(function)`, carried out.
    fn expand(&mut self, stmt: &Stmt, scope: Scope) -> Option<Vec<Stmt>> {
        match &stmt.kind {
            StmtKind::Def { function, var } => {
                let var = (*var)?;
                let decorators = self.own_decorators(*function);
                if decorators.is_empty() {
                    return None;
                }
                let (mut made, after, current) = self.apply(*function, &decorators, scope)?;
                self.program.functions[*function].decorators.clear();
                let kind = StmtKind::Def { function: *function, var: None };
                made.push(Stmt { kind, span: stmt.span, trivia: stmt.trivia.clone() });
                made.extend(after);
                self.bind(var, current, stmt, &mut made);
                Some(made)
            }
            StmtKind::Assign { targets, value } => {
                let [Target::Var(var)] = targets[..] else { return None };
                let (decorator, function) = self.by_hand(*value)?;
                let (mut made, after, current) = self.apply(function, &[decorator], scope)?;
                made.extend(after);
                // Only wrappers of `*args` need it; what else is called stays a call.
                let Current::Function(wrapper) = current else { return None };
                if wrapper == function || !self.is_bound_once(var) {
                    return None;
                }
                if let Some(first) = made.first_mut() {
                    first.trivia = stmt.trivia.clone();
                }
                self.bind(var, current, stmt, &mut made);
                Some(made)
            }
            _ => None,
        }
    }

    /// `name = decorator(function)`: both are known, and the wrapper takes what it is given.
    fn by_hand(&mut self, value: ExprId) -> Option<(ExprId, FnId)> {
        let Expr::Call(Call { callee, args }) = &self.program.exprs[value] else { return None };
        let [Arg::Positional(argument)] = args[..] else { return None };
        let Expr::Function(function) = self.program.exprs[argument] else { return None };
        if self.program.functions[function].method.is_some() {
            return None;
        }
        match *callee {
            Callee::Function(decorator) if self.makes_star_wrapper(decorator) => {
                let at = self.program.span(value);
                Some((self.made(Expr::Function(decorator), at), function))
            }
            Callee::Value(decorator) => match &self.program.exprs[decorator] {
                Expr::Call(Call { callee: Callee::Function(factory), .. }) if self.makes_star_wrapper(*factory) => {
                    Some((decorator, function))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a function has a wrapper of `*args` in it.
    fn makes_star_wrapper(&self, id: FnId) -> bool {
        self.inside(id).into_iter().any(|inner| {
            let params = &self.program.functions[inner].params;
            params.iter().any(|param| matches!(param.kind, crate::hir::ParamKind::Args))
        })
    }

    /// The functions that have a function of `*args` in them.
    fn around_stars(&self) -> BTreeSet<FnId> {
        let mut around = BTreeSet::new();
        for (_, function) in self.program.functions.iter() {
            if function.params.iter().any(|param| matches!(param.kind, crate::hir::ParamKind::Args)) {
                let mut at = function.parent;
                while let Some(outer) = at.filter(|outer| around.insert(*outer)) {
                    at = self.program.functions[outer].parent;
                }
            }
        }
        around
    }

    /// The name means what came out.
    fn bind(&mut self, var: VarId, current: Current, stmt: &Stmt, made: &mut Vec<Stmt>) {
        match current {
            Current::Function(function) if self.is_bound_once(var) => {
                self.names.insert(var, function);
                self.rename(var, function);
            }
            Current::Function(function) => {
                let value = self.made(Expr::Function(function), stmt.span);
                made.push(assign(var, value, stmt.span));
            }
            Current::Value(value) => {
                if let Expr::Call(Call { callee: Callee::Class(class), .. }) = self.program.exprs[value]
                    && self.is_bound_once(var)
                    && let Some(chain) = self.chains.iter().find(|chain| {
                        self.program.functions[chain.wrapper].method.is_some_and(|method| method.class == class)
                    })
                {
                    self.objects.insert(var, chain.wrapper);
                }
                made.push(assign(var, value, stmt.span));
            }
        }
    }

    /// The wrapper stands under the name; what it wraps under another.
    fn rename(&mut self, var: VarId, function: FnId) {
        let name = self.program.vars[var].name.clone();
        let old = &self.program.functions[function];
        if old.name == name && old.code.is_none() {
            return;
        }
        let code = old.name.clone();
        let mut inner = self.inner_of(function);
        while let Some(wrapped) = inner {
            if self.program.functions[wrapped].name == name {
                let wrapped = &mut self.program.functions[wrapped];
                wrapped.name = format!("{name}_undecorated");
                wrapped.code = Some(name.clone());
            }
            inner = self.inner_of(wrapped);
        }
        let function = &mut self.program.functions[function];
        function.code = Some(code);
        function.name = name;
    }

    fn inner_of(&self, wrapper: FnId) -> Option<FnId> {
        self.chains.iter().find(|chain| chain.wrapper == wrapper).map(|chain| chain.inner)
    }

    /// The decorators of a function that change what it is, innermost first.
    fn own_decorators(&self, function: FnId) -> Vec<ExprId> {
        let decorators = self.program.functions[function].decorators.iter().copied();
        decorators.filter(|decorator| !self.is_stub(*decorator, &[("functools", "wraps")])).collect()
    }

    /// Whether an expression is one of these names of the registry, or a call of it.
    fn is_stub(&self, expr: ExprId, names: &[(&str, &str)]) -> bool {
        let stub = match &self.program.exprs[expr] {
            Expr::Stub(stub) | Expr::Call(Call { callee: Callee::Stub(stub), .. }) => stub,
            _ => return false,
        };
        names.iter().any(|(module, name)| stub.module == *module && stub.name == *name)
    }

    /// The functions inside a function, at any depth.
    fn inside(&self, of: FnId) -> Vec<FnId> {
        let mut nested = self.nested.borrow_mut();
        nested.grow(&self.program.functions);
        let mut all = vec![of];
        let mut at = 0;
        while let Some(next) = all.get(at).copied() {
            at += 1;
            let inner = nested.of(next).iter().copied();
            all.extend(inner.filter(|id| self.program.functions[*id].parent == Some(next)));
        }
        all.remove(0);
        all
    }

    /// Every expression of a function and of the functions inside it.
    fn exprs_of(&self, of: FnId) -> Vec<ExprId> {
        let mut all = Vec::new();
        for function in [of].into_iter().chain(self.inside(of)) {
            let body = &self.program.functions[function].body;
            walk::for_each_expr_in_block(self.program, body, &mut |expr| all.push(expr));
        }
        all
    }

    fn made(&mut self, expr: Expr, at: Span) -> ExprId {
        self.program.make(expr, Origin::Made { at, why: "decorator" })
    }

    /// Methods of a class that are decorated; what must run before the class is made.
    fn class(&mut self, class: ClassId, scope: Scope) -> Vec<Stmt> {
        let mut out = Vec::new();
        for method in self.program.classes[class].methods.clone() {
            let decorators = self.own_decorators(method);
            if decorators.is_empty() {
                continue;
            }
            out.extend(self.method(class, method, &decorators, scope).unwrap_or_default());
        }
        out
    }

    /// Decorators that were carried out wherever they were used are not needed any more.
    fn drop_unused(&mut self) {
        while !self.inlined.is_empty() {
            let named = uses::functions(self.program);
            let unused: Vec<FnId> = self.inlined.iter().copied().filter(|id| !named.contains(id)).collect();
            if unused.is_empty() {
                return;
            }
            for id in unused {
                self.inlined.remove(&id);
                if self.program.functions[id].method.is_some() {
                    continue;
                }
                self.forget(id);
            }
        }
    }

    /// Decorators that nothing is decorated with: what their wrappers take is not known, and nobody asks.
    fn unused_makers(&mut self) {
        let around = self.around_stars();
        if around.is_empty() {
            return;
        }
        let named = uses::functions(self.program);
        let makers: Vec<FnId> = self
            .program
            .functions
            .iter()
            .filter(|(id, function)| {
                function.parent.is_none()
                    && function.method.is_none()
                    && !named.contains(id)
                    && !function.params.is_empty()
            })
            .map(|(id, _)| id)
            .filter(|id| around.contains(id) && is_plain(self.program, *id))
            .collect();
        self.inlined.extend(makers);
    }

    /// Copies whose definition was left out, as the branch for the other kind of function.
    fn drop_undefined(&mut self, from: usize) {
        if self.program.functions.len() == from {
            return;
        }
        let defined = uses::defined(self.program);
        let left: Vec<FnId> = self.program.functions.ids().skip(from).filter(|id| !defined.contains(id)).collect();
        left.into_iter().for_each(|id| self.empty(id));
    }

    /// A function that is not defined any more, with all that is inside it.
    fn forget(&mut self, id: FnId) {
        let once: Vec<(VarId, ExprId)> = self.program.functions[id]
            .params
            .iter()
            .filter_map(|param| match param.default {
                Some(Default::Once { value, var }) => Some((var, value)),
                _ => None,
            })
            .collect();
        let (known, once): (Vec<_>, Vec<_>) = once.into_iter().partition(|(_, value)| self.is_static(*value));
        for (var, _) in known {
            self.program.vars[var].storage = Storage::Local;
        }
        let home = match self.program.functions[id].parent {
            Some(parent) => &mut self.program.functions[parent].body,
            None => {
                let module = self.program.functions[id].module;
                &mut self.program.modules[module].body
            }
        };
        remove_def(home, id, &once);
        for inner in self.inside(id).into_iter().chain([id]) {
            self.empty(inner);
        }
    }

    /// Nothing is left of a function but its number.
    fn empty(&mut self, id: FnId) {
        let old = &self.program.functions[id];
        let (module, span) = (old.module, old.span);
        let vars: BTreeSet<VarId> =
            old.params.iter().map(|param| param.var).chain(old.locals.iter().copied()).collect();
        self.program.functions[id] = crate::hir::Function::blank(module, span);
        for var in vars {
            if self.program.vars[var].owner == Some(id) {
                self.program.vars[var].storage = Storage::Local;
            }
        }
    }
}

/// The `def` is gone; what its defaults keep is still evaluated there, and what is written above it stands above the next.
fn remove_def(block: &mut Block, id: FnId, once: &[(VarId, ExprId)]) {
    let stmts = std::mem::take(&mut block.stmts);
    let mut above = Vec::new();
    for mut stmt in stmts {
        if matches!(stmt.kind, StmtKind::Def { function, .. } if function == id) {
            block.stmts.extend(once.iter().map(|(var, value)| assign(*var, *value, stmt.span)));
            above = stmt.trivia.comments;
            continue;
        }
        stmt.trivia.comments.splice(0..0, above.drain(..));
        walk::stmt_blocks_mut(&mut stmt, &mut |inner| remove_def(inner, id, once));
        block.stmts.push(stmt);
    }
    block.trailing.comments.splice(0..0, above);
}

fn assign(var: VarId, value: ExprId, span: Span) -> Stmt {
    let kind = StmtKind::Assign { targets: vec![Target::Var(var)], value };
    Stmt { kind, span, trivia: Trivia::default() }
}

/// Whether calling a function runs its body at once.
fn is_plain(program: &Program, id: FnId) -> bool {
    program.functions[id].kind == FnKind::Plain
}
