//! The second walk: with all types known, what every operation does and which conversions it needs.

use std::collections::BTreeMap;

use super::resolve::Resolver;
use super::shape::Slot;
use super::slots::OpId;
use super::solver::Solver;
use super::{Adjustment, Resolved, Types};
use crate::diag::{Diagnostic, Diagnostics, catalog};
use crate::hir::*;
use crate::source::Span;
use crate::types::Ty;
use rustc_hash::FxHashMap as HashMap;

mod aio;
mod args;
mod assign;
mod attribute;
mod call;
mod coerce;
mod compare;
mod expr;
mod index;
mod iterate;
mod kind;
mod method;
mod named_attribute;
mod names;
mod open;
mod operator;
mod param;
mod reflected;
mod special;
mod stmt;
mod value;

/// Binds one program.
pub struct Binder<'s, 'a> {
    /// The solver, at its fixpoint.
    pub s: &'s mut Solver<'a>,
    /// Types of slots.
    pub r: Resolver,
    /// What is found.
    pub types: Types,
    /// Findings.
    pub diags: &'s mut Diagnostics,
    /// The function at work.
    pub function: Option<FnId>,
}

impl<'a> Binder<'_, 'a> {
    fn program(&self) -> &'a Program {
        self.s.program
    }

    /// The type of a slot.
    pub fn ty(&mut self, slot: Slot) -> Ty {
        self.r.ty(self.s, slot)
    }

    /// The type of a variable.
    pub fn var_ty(&mut self, var: VarId) -> Ty {
        match self.s.var_slot(var) {
            Some(slot) => self.r.inner(self.s, slot),
            None => Ty::None,
        }
    }

    /// The type that the solver gives an expression.
    pub fn natural(&mut self, id: ExprId) -> Ty {
        match self.s.expr(id) {
            Some(slot) => self.ty(slot),
            None => Ty::Never,
        }
    }

    /// The slot of an expression.
    pub fn slot(&mut self, id: ExprId) -> Slot {
        match self.s.expr(id) {
            Some(slot) => slot,
            None => self.s.slots.fresh(),
        }
    }

    /// Has the solver's functions read and find again for the operation of a key.
    pub fn at(&mut self, key: (ExprId, u32)) -> OpId {
        let op = self.s.op_of.get(&key).copied().unwrap_or(OpId::MAX);
        self.s.now = op;
        op
    }

    /// Says what an operation does.
    pub fn resolve(&mut self, key: (ExprId, u32), resolved: Resolved) {
        self.types.resolved.insert(key, resolved);
    }

    /// Adds a conversion to an expression.
    pub fn adjust(&mut self, id: ExprId, adjustment: Adjustment) {
        self.types.adjustments.entry(id).or_default().push(adjustment);
    }

    /// CPython raises here.
    pub fn raises(&mut self, key: (ExprId, u32), class: &'static str, text: impl Into<String>) -> Ty {
        let text = text.into();
        if class == "TypeError"
            && let Some(name) = self.special_below(&text)
        {
            let span = self.span(key.0);
            let title = format!("`{name}`, which only subclasses of the object's class have, is not translated yet");
            return self.unsupported(key, span, title, None);
        }
        self.resolve(key, Resolved::Raises(class, text));
        Ty::Never
    }

    /// A special method that only classes below the one named in an exception's text have: their objects would not raise it.
    fn special_below(&mut self, text: &str) -> Option<String> {
        let program = self.s.program;
        for (class, inner) in program.classes.iter() {
            let below = self.s.slots.hierarchy.below(class).to_vec();
            if below.len() < 2 && !inner.made || !text.contains(&format!("'{}'", inner.name)) {
                continue;
            }
            for method in below.iter().flat_map(|&below| program.classes[below].methods.iter().copied()) {
                let name = &program.functions[method].name;
                if answers(name, text) && self.s.find_method(class, name).is_none() {
                    return Some(name.clone());
                }
            }
        }
        None
    }

    /// There is no translation for this.
    pub fn unsupported(&mut self, key: (ExprId, u32), span: Span, title: impl Into<String>, why: Option<String>) -> Ty {
        let mut diagnostic = Diagnostic::new(catalog::UNSUPPORTED_API, span, title);
        if let Some(why) = why {
            diagnostic = diagnostic.note(why);
        }
        self.diags.push(diagnostic);
        self.resolve(key, Resolved::Unsupported);
        Ty::Never
    }

    /// The span of an expression.
    pub fn span(&self, id: ExprId) -> Span {
        self.program().span(id)
    }

    /// Binds everything.
    pub fn run(&mut self) {
        let program = self.program();
        for var in program.vars.ids() {
            let ty = self.var_ty(var);
            self.types.var.insert(var, ty);
        }
        for module in program.modules.ids() {
            self.function = None;
            self.block(&program.modules[module].body);
        }
        for function in program.functions.ids() {
            self.function = Some(function);
            self.signature(function);
        }
        for function in program.functions.ids() {
            self.function = Some(function);
            self.block(&program.functions[function].body);
        }
        self.classes();
    }

    fn signature(&mut self, function: FnId) {
        let program = self.program();
        let slots = self.s.function(function);
        let params = program.functions[function].params.iter().map(|param| self.var_ty(param.var)).collect();
        let kind = program.functions[function].kind;
        let inner = |ty: Ty| if ty == Ty::Never { Ty::None } else { ty };
        let mut result = self.ty(slots.result);
        if matches!(kind, FnKind::Generator | FnKind::AsyncGenerator) {
            result = inner(result);
        }
        let yields = inner(self.ty(slots.yields));
        let sends = match self.ty(slots.sends) {
            Ty::Never => Ty::None,
            ty => ty.option(),
        };
        let used = self.s.used.contains(&function);
        self.types.function.insert(
            function,
            super::Signature { params, result, yields, sends, raises: true, recursive: false, generics: 0, used },
        );
    }

    fn classes(&mut self) {
        let program = self.program();
        let assignments = Assignments::of(program);
        for class in program.classes.ids() {
            let mut fields = Vec::new();
            for (name, slot) in self.s.fields.get(&class).cloned().unwrap_or_default() {
                let ty = self.r.inner(self.s, slot);
                let reassigned = self.reassigned(&assignments, class, &name);
                fields.push(super::FieldInfo { name, ty, reassigned });
            }
            self.types.class.insert(class, super::ClassInfo { fields });
        }
    }

    /// Whether a field is assigned outside `__init__`, or more than once in it.
    fn reassigned(&self, assignments: &Assignments, class: ClassId, name: &str) -> bool {
        let mut count = 0;
        let hierarchy = &self.s.slots.hierarchy;
        let related = |other: ClassId| hierarchy.is_subclass_of(other, class) || hierarchy.is_subclass_of(class, other);
        let Some(assigned) = assignments.by_name.get(name) else { return false };
        // `self.name = …` in another class is an attribute of that.
        let above = hierarchy.program_above(class).iter();
        let below = hierarchy.below(class).iter().filter(|below| **below != class);
        let own = above.chain(below).filter_map(|class| assigned.own.get(class)).flatten();
        for &(function, times) in own.chain(&assigned.elsewhere) {
            let function = function.map(|function| &self.program().functions[function]);
            let is_related = function.and_then(|function| function.method).is_some_and(|method| related(method.class));
            if !(is_related && function.is_some_and(|function| function.name == "__init__")) {
                return true;
            }
            count += times;
        }
        count > 1
    }
}

/// Where attributes are assigned, by name.
struct Assignments {
    by_name: HashMap<String, Assigned>,
}

/// Where attributes of one name are assigned: the function (or a module), and how often.
#[derive(Default)]
struct Assigned {
    /// By methods of a class, all of these to their `self`.
    own: HashMap<ClassId, Vec<(Option<FnId>, u32)>>,
    elsewhere: Vec<(Option<FnId>, u32)>,
}

/// The assignments of one body.
struct Counts<'p> {
    program: &'p Program,
    this: Option<VarId>,
    by_name: BTreeMap<String, (u32, bool)>,
}

impl Assignments {
    fn of(program: &Program) -> Assignments {
        let mut by_name: HashMap<String, Assigned> = HashMap::default();
        let functions = program.functions.iter().map(|(id, function)| (Some(id), &function.body));
        for (id, body) in functions.chain(program.modules.iter().map(|(_, module)| (None, &module.body))) {
            let method = id
                .map(|id| &program.functions[id])
                .filter(|function| function.method.is_some_and(|method| method.binding != Binding::Static));
            let class = method.and_then(|function| function.method).map(|method| method.class);
            let this = method.and_then(|function| function.params.first()).map(|param| param.var);
            let mut counts = Counts { program, this, by_name: BTreeMap::new() };
            count_assignments(body, false, &mut counts);
            for (name, (count, own)) in counts.by_name {
                let assigned = by_name.entry(name).or_default();
                let list = match class {
                    Some(class) if own => assigned.own.entry(class).or_default(),
                    _ => &mut assigned.elsewhere,
                };
                list.push((id, count));
            }
        }
        Assignments { by_name }
    }
}

/// How often a block assigns each `….name`; twice where a loop does.
fn count_assignments(block: &Block, in_loop: bool, counts: &mut Counts<'_>) {
    let step = if in_loop { 2 } else { 1 };
    for stmt in &block.stmts {
        match &stmt.kind {
            StmtKind::Assign { targets, .. } => targets.iter().for_each(|target| count_target(target, step, counts)),
            StmtKind::AugAssign { target, .. } => count_target(target, 2, counts),
            StmtKind::Delete(targets) => targets.iter().for_each(|target| count_target(target, 2, counts)),
            StmtKind::For { target, body, orelse, .. } => {
                count_target(target, 2, counts);
                count_assignments(body, true, counts);
                count_assignments(orelse, in_loop, counts);
            }
            StmtKind::While { body, orelse, .. } => {
                count_assignments(body, true, counts);
                count_assignments(orelse, in_loop, counts);
            }
            StmtKind::If { then, orelse, .. } => {
                let before = std::mem::take(&mut counts.by_name);
                count_assignments(then, in_loop, counts);
                let yes = std::mem::take(&mut counts.by_name);
                count_assignments(orelse, in_loop, counts);
                for (name, (count, own)) in yes {
                    let (most, all) = counts.by_name.entry(name).or_insert((0, true));
                    (*most, *all) = (count.max(*most), *all && own);
                }
                for (name, (count, own)) in before {
                    let (sum, all) = counts.by_name.entry(name).or_insert((0, true));
                    (*sum, *all) = (*sum + count, *all && own);
                }
            }
            StmtKind::Try(try_) => {
                count_assignments(&try_.body, in_loop, counts);
                try_.handlers.iter().for_each(|handler| count_assignments(&handler.body, in_loop, counts));
                count_assignments(&try_.orelse, in_loop, counts);
                count_assignments(&try_.finally, in_loop, counts);
            }
            StmtKind::With { items, body, .. } => {
                items.iter().flat_map(|item| &item.target).for_each(|target| count_target(target, step, counts));
                count_assignments(body, in_loop, counts);
            }
            StmtKind::Match { cases, .. } => {
                cases.iter().for_each(|case| count_assignments(&case.body, in_loop, counts));
            }
            _ => {}
        }
    }
}

fn count_target(target: &Target, step: u32, counts: &mut Counts<'_>) {
    match target {
        Target::Attr(object, name) => {
            let mine = counts.this.is_some()
                && matches!(counts.program.exprs[*object], Expr::Var(var) if Some(var) == counts.this);
            let (count, own) = counts.by_name.entry(name.clone()).or_insert((0, true));
            (*count, *own) = (*count + step, *own && mine);
        }
        Target::Tuple(items) => items.iter().for_each(|item| count_target(item, step, counts)),
        Target::Star(item) => count_target(item, step, counts),
        Target::Var(_) | Target::Index(..) | Target::Slice(..) | Target::Unsupported => {}
    }
}

/// Whether an object with this special method does what an exception's text says it does not.
fn answers(name: &str, text: &str) -> bool {
    let Some(inner) = name.strip_prefix("__").and_then(|name| name.strip_suffix("__")) else { return false };
    const FAMILIES: &[(&str, &[&str])] = &[
        ("not supported between", &["lt", "le", "gt", "ge"]),
        ("not subscriptable", &["getitem"]),
        ("item assignment", &["setitem"]),
        ("item deletion", &["delitem"]),
        ("not callable", &["call"]),
        ("iterable", &["iter", "contains", "getitem", "aiter"]),
        ("context manager", &["enter", "aenter"]),
        ("len()", &["len"]),
        ("await", &["await"]),
    ];
    match FAMILIES.iter().find(|(words, _)| text.contains(words)) {
        Some((_, names)) => names.contains(&inner),
        None => {
            let others = ["init", "post_init", "new", "repr", "str", "eq", "ne", "hash", "bool", "del", "format"];
            !others.contains(&inner) && !FAMILIES.iter().any(|(_, names)| names.contains(&inner))
        }
    }
}
