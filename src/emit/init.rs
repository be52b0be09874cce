//! What `__init__` leaves assigned, and whether the object may be seen before that.

use std::collections::BTreeSet;

use super::layout::{dataclass_fields, find_method, is_record};
use crate::hir::{self, Callee, ClassId, Expr, ExprId, FnId, FnKind, Program, Stmt, StmtKind, Target, VarId, walk};
use crate::infer::Types;

/// The same without an `__init__`: there are no fields but those that the constructor of a dataclass takes.
pub fn is_direct_record(program: &Program, types: &Types, class: ClassId) -> bool {
    let fields = types.class.get(class).map(|info| info.fields.as_slice()).unwrap_or_default();
    let given: Vec<String> = if is_record(program, class) {
        dataclass_fields(program, class).into_iter().map(|(_, name, _)| name).collect()
    } else {
        Vec::new()
    };
    let of_class = |name: &str| program.classes[class].attributes.iter().any(|attribute| attribute.name == name);
    fields.iter().all(|field| given.contains(&field.name) || of_class(&field.name))
}

/// Whether a constructor can collect the fields in variables: each is assigned once, by a statement of its own, and
/// `self` is not looked at before all of them are.
pub fn is_direct(program: &Program, types: &Types, class: ClassId, init: FnId) -> bool {
    let function = &program.functions[init];
    if function.method.is_none_or(|method| method.class != class) || !function.decorators.is_empty() {
        return false;
    }
    let Some(this) = function.params.first().map(|param| param.var) else { return false };
    if program.vars[this].storage != hir::Storage::Local {
        return false;
    }
    let mut wanted: BTreeSet<String> = types
        .class
        .get(class)
        .map(|info| info.fields.iter().map(|field| field.name.clone()).collect())
        .unwrap_or_default();
    for attribute in &program.classes[class].attributes {
        wanted.remove(&attribute.name);
    }
    let mut made = BTreeSet::new();
    let last = function.body.stmts.iter().rposition(|stmt| assigned_field(program, stmt, this).is_some());
    for stmt in function.body.stmts.iter().take(last.map_or(0, |last| last + 1)) {
        match assigned_field(program, stmt, this) {
            Some((name, value)) => {
                if mentions(program, value, this) || !made.insert(name.to_string()) {
                    return false;
                }
            }
            None => {
                if stmt_mentions(program, stmt, this) || leaves(stmt) {
                    return false;
                }
            }
        }
    }
    wanted.is_subset(&made)
}

/// `self.name = value`, alone.
pub fn assigned_field<'p>(program: &Program, stmt: &'p Stmt, this: VarId) -> Option<(&'p str, ExprId)> {
    let StmtKind::Assign { targets, value } = &stmt.kind else { return None };
    let [Target::Attr(object, name)] = &targets[..] else { return None };
    matches!(program.exprs[*object], Expr::Var(var) if var == this).then_some((name.as_str(), *value))
}

/// Whether an expression, or a function made in it, reads a variable.
fn mentions(program: &Program, expr: ExprId, var: VarId) -> bool {
    let mut found = false;
    walk::for_each_expr(program, expr, &mut |expr| found |= reads(program, expr, var));
    found
}

fn reads(program: &Program, expr: ExprId, var: VarId) -> bool {
    match &program.exprs[expr] {
        Expr::Var(other) => *other == var,
        Expr::Lambda(function) | Expr::Function(function) => program.functions[*function].captures.contains(&var),
        Expr::Call(call) => match call.callee {
            Callee::Function(function) => program.functions[function].captures.contains(&var),
            _ => false,
        },
        _ => false,
    }
}

fn stmt_mentions(program: &Program, stmt: &Stmt, var: VarId) -> bool {
    let single = hir::Block { stmts: vec![stmt.clone()], trailing: hir::Trivia::default() };
    let mut found = false;
    walk::for_each_expr_in_block(program, &single, &mut |expr| found |= reads(program, expr, var));
    walk::for_each_stmt(&single, &mut |stmt| {
        if let StmtKind::Def { function, .. } = stmt.kind {
            found |= program.functions[function].captures.contains(&var);
        }
    });
    found
}

fn leaves(stmt: &Stmt) -> bool {
    let single = hir::Block { stmts: vec![stmt.clone()], trailing: hir::Trivia::default() };
    let mut found = false;
    walk::for_each_stmt(&single, &mut |stmt| found |= matches!(stmt.kind, StmtKind::Return(_)));
    found
}

/// The fields that every object of a class has once it is made, before anybody could miss them.
pub fn definite(program: &Program, types: &Types, class: ClassId) -> BTreeSet<String> {
    let mut scan = Scan { program, class, done: BTreeSet::new(), leaked: false, open: Vec::new() };
    let _ = types;
    scan.init(class);
    scan.done
}

struct Scan<'p> {
    program: &'p Program,
    class: ClassId,
    done: BTreeSet<String>,
    leaked: bool,
    open: Vec<FnId>,
}

impl Scan<'_> {
    /// What making an object as `class` does.
    fn init(&mut self, class: ClassId) {
        match find_method(self.program, class, "__init__") {
            Some(init) => self.function(init),
            None => {
                for class in self.program.above(class) {
                    if is_record(self.program, class) {
                        let fields = dataclass_fields(self.program, class);
                        self.done.extend(fields.into_iter().map(|(_, name, _)| name));
                    }
                }
                if let Some(after) = find_method(self.program, class, "__post_init__") {
                    self.function(after);
                }
            }
        }
    }

    fn function(&mut self, function: FnId) {
        if self.open.contains(&function) {
            self.leaked = true;
            return;
        }
        self.open.push(function);
        let body = &self.program.functions[function].body;
        if let Some(this) = self.program.functions[function].params.first().map(|param| param.var) {
            self.block(&body.stmts, this);
        }
        self.open.pop();
    }

    fn block(&mut self, stmts: &[Stmt], this: VarId) {
        for stmt in stmts {
            if self.leaked {
                return;
            }
            self.stmt(stmt, this);
        }
    }

    fn stmt(&mut self, stmt: &Stmt, this: VarId) {
        match &stmt.kind {
            StmtKind::Assign { targets, value } => {
                self.look(*value, this);
                self.leaked |= matches!(self.program.exprs[*value], Expr::Var(var) if var == this);
                for target in targets {
                    self.target(target, this);
                }
            }
            StmtKind::Expr(value) => self.look(*value, this),
            StmtKind::If { test, then, orelse } => {
                self.look(*test, this);
                let before = self.done.clone();
                self.block(&then.stmts, this);
                let (after_then, leaves_then) = (std::mem::replace(&mut self.done, before), super::plan::leaves(then));
                self.block(&orelse.stmts, this);
                let leaves_else = super::plan::leaves(orelse);
                let returns = leaves(stmt);
                self.done = match (leaves_then && !returns, leaves_else && !returns) {
                    (true, false) => std::mem::take(&mut self.done),
                    (false, true) => after_then,
                    _ => self.done.intersection(&after_then).cloned().collect(),
                };
                self.leaked |= returns;
            }
            StmtKind::Raise { .. } | StmtKind::Pass | StmtKind::Import(_) | StmtKind::Assert { .. } => {}
            StmtKind::Return(_) => self.leaked = true,
            _ => {
                // What a loop or a `try` assigns may not have been.
                let before = self.done.clone();
                let single = hir::Block { stmts: vec![stmt.clone()], trailing: hir::Trivia::default() };
                let mut exprs = Vec::new();
                walk::for_each_expr_in_block(self.program, &single, &mut |expr| exprs.push(expr));
                for expr in exprs {
                    self.node(expr, this);
                }
                walk::for_each_stmt(&single, &mut |stmt| {
                    if let StmtKind::Def { function, .. } = stmt.kind {
                        self.leaked |= self.program.functions[function].captures.contains(&this);
                    }
                });
                self.leaked |= leaves(stmt);
                self.done = before;
            }
        }
    }

    fn target(&mut self, target: &Target, this: VarId) {
        match target {
            Target::Attr(object, name) => {
                if matches!(self.program.exprs[*object], Expr::Var(var) if var == this) {
                    // A property's setter runs code.
                    match find_method(self.program, self.class, name) {
                        Some(setter) => self.function(setter),
                        None => {
                            self.done.insert(name.clone());
                        }
                    }
                } else {
                    self.look(*object, this);
                }
            }
            Target::Tuple(parts) => parts.iter().for_each(|part| self.target(part, this)),
            Target::Star(part) => self.target(part, this),
            Target::Index(object, index) => {
                self.look(*object, this);
                self.look(*index, this);
            }
            _ => {}
        }
    }

    fn look(&mut self, expr: ExprId, this: VarId) {
        let mut exprs = Vec::new();
        walk::for_each_expr(self.program, expr, &mut |expr| exprs.push(expr));
        for expr in exprs {
            self.node(expr, this);
        }
    }

    /// One node: does it let `self` out of hand?
    fn node(&mut self, expr: ExprId, this: VarId) {
        let is_this = |id: ExprId| matches!(self.program.exprs[id], Expr::Var(var) if var == this);
        match &self.program.exprs[expr] {
            Expr::Attr(object, name) if is_this(*object) => {
                if !self.done.contains(name) {
                    // A class attribute or a method; a missing field raises.
                    if find_method(self.program, self.class, name).is_some() {
                        self.leaked = true
                    }
                }
            }
            Expr::Call(call) => {
                match &call.callee {
                    Callee::Super { class, name, .. } => {
                        let next = self.program.above(*class).into_iter().skip(1).find_map(|class| {
                            let methods = &self.program.classes[class].methods;
                            methods.iter().copied().find(|&method| self.program.functions[method].name == *name)
                        });
                        if let Some(next) = next {
                            self.function(next);
                        }
                    }
                    Callee::Method { recv, name } if is_this(*recv) => {
                        let name = name.clone();
                        match find_method(self.program, self.class, &name) {
                            // A coroutine runs later.
                            Some(method) if self.program.functions[method].kind == FnKind::Plain => {
                                self.function(method);
                            }
                            _ => {}
                        }
                    }
                    _ => {}
                }
                for arg in &call.args {
                    self.leaked |= is_this(arg.value());
                }
            }
            Expr::Lambda(function) => {
                self.leaked |= self.program.functions[*function].captures.contains(&this);
            }
            Expr::Var(_) | Expr::Attr(..) => {}
            _ => {
                let mut out = false;
                walk::children(self.program, expr, &mut |child| out |= is_this(child));
                self.leaked |= out;
            }
        }
    }
}
