//! HIR to constraints: every function is walked once, in order, with what its tests have shown so far.

use std::collections::BTreeMap;

use super::place;
use super::shape::{Callable, ClassRef, Con, Slot};
use super::solver::{Op, Solver};
use crate::guard;
use crate::hir::*;

mod aio;
mod assign;
mod expr;
mod flow;
mod narrow;
mod pattern;
mod special;

/// What is known of variables here: the slot that a read gives.
pub type Facts = BTreeMap<VarId, Slot>;

/// Walks one function or module.
pub struct Walker<'s, 'a> {
    /// The solver.
    pub s: &'s mut Solver<'a>,
    /// The function; `None`: a module or class body.
    pub function: Option<FnId>,
    /// What tests and assignments have shown.
    pub facts: Facts,
    /// Calls that must have returned for control to be here.
    gates: Vec<Slot>,
}

/// Constraints of a whole program.
pub fn generate(solver: &mut Solver<'_>) {
    let program = solver.program;
    declare(solver);
    for module in program.modules.ids() {
        let mut walker = Walker { s: solver, function: None, facts: Facts::new(), gates: Vec::new() };
        walker.block(&program.modules[module].body);
    }
    for function in program.functions.ids() {
        let mut walker = Walker { s: solver, function: Some(function), facts: Facts::new(), gates: Vec::new() };
        walker.body(function);
    }
}

/// Parameters with a shape of their own, fields of classes.
fn declare(solver: &mut Solver<'_>) {
    let program = solver.program;
    for (_, function) in program.functions.iter() {
        for param in &function.params {
            let slot = solver.var(param.var);
            match param.kind {
                ParamKind::Args => {
                    solver.args_element(slot);
                }
                ParamKind::Kwargs => {
                    solver.kwargs_element(slot);
                }
                ParamKind::Positional | ParamKind::PositionalOnly | ParamKind::Keyword => {}
            }
        }
        if let (Some(method), Some(first)) = (function.method, function.params.first()) {
            let slot = solver.var(first.var);
            match method.binding {
                Binding::Instance | Binding::Getter | Binding::Setter => {
                    if let Some(con) = solver.class_value(&ClassRef::Program(method.class)) {
                        solver.slots.add(slot, con);
                    }
                }
                Binding::Class => {
                    solver.slots.add(slot, Con::ClassObject(ClassRef::Program(method.class)));
                }
                Binding::Static => {}
            }
        }
    }
    special::special_methods(solver);
    // A method and those that override it have one signature: which of them runs is known at run time.
    for (id, function) in program.functions.iter() {
        let Some(method) = function.method else { continue };
        if function.name == "__init__" || function.name == "__new__" {
            continue;
        }
        for above in solver.classes_above(method.class).into_iter().skip(1) {
            let overridden = program.classes[above].methods.iter().copied().find(|&other| {
                let other = &program.functions[other];
                other.name == function.name && other.method.map(|method| method.binding) == Some(method.binding)
            });
            let Some(base) = overridden else { continue };
            if program.functions[base].kind != function.kind {
                continue;
            }
            let skip = usize::from(method.binding != Binding::Static);
            let (mine, theirs) = (&function.params, &program.functions[base].params);
            for (mine, theirs) in mine.iter().zip(theirs).skip(skip) {
                if mine.kind == theirs.kind {
                    let (mine, theirs) = (solver.var(mine.var), solver.var(theirs.var));
                    solver.slots.same(mine, theirs);
                }
            }
            let (mine, theirs) = (solver.function(id), solver.function(base));
            solver.slots.same(mine.result, theirs.result);
            solver.slots.same(mine.yields, theirs.yields);
            solver.slots.same(mine.sends, theirs.sends);
            break;
        }
    }
    for group in program.alike.iter().chain(&compared(solver)) {
        for pair in group.windows(2) {
            let (mine, theirs) = (&program.functions[pair[0]], &program.functions[pair[1]]);
            if mine.kind != theirs.kind {
                continue;
            }
            for (mine, theirs) in mine.params.iter().zip(&theirs.params).skip(1) {
                if mine.kind == theirs.kind {
                    let (mine, theirs) = (solver.var(mine.var), solver.var(theirs.var));
                    solver.slots.same(mine, theirs);
                }
            }
            let (mine, theirs) = (solver.function(pair[0]), solver.function(pair[1]));
            solver.slots.same(mine.result, theirs.result);
            solver.slots.same(mine.yields, theirs.yields);
            solver.slots.same(mine.sends, theirs.sends);
        }
    }
    // Bases first, so that a field lives in the topmost class that assigns it.
    let mut classes: Vec<ClassId> = program.classes.ids().collect();
    classes.sort_by_key(|&class| solver.classes_above(class).len());
    for class in classes {
        for attribute in &program.classes[class].attributes {
            declare_field(solver, class, &attribute.name);
        }
        for &method in &program.classes[class].methods {
            let function = &program.functions[method];
            let Some(this) = function.params.first().map(|param| param.var) else { continue };
            let mut names = Vec::new();
            collect_fields(program, &function.body, this, &mut names);
            for name in names {
                let is_property = program.classes[class].methods.iter().any(|&other| {
                    let other = &program.functions[other];
                    other.name == name && other.method.is_some_and(|method| method.binding == Binding::Setter)
                });
                if !is_property {
                    declare_field(solver, class, &name);
                }
            }
        }
    }
}

/// Whether a method without a body of its own never runs: every class below has another, and nothing is made of its class.
pub fn is_abstract(program: &Program, function: FnId) -> bool {
    let inner = &program.functions[function];
    let Some(method) = inner.method else { return false };
    let empty = inner.body.stmts.iter().all(|stmt| match &stmt.kind {
        StmtKind::Pass => true,
        StmtKind::Expr(value) => matches!(program.exprs[*value], Expr::Lit(_)),
        _ => false,
    });
    if !empty || method.binding != Binding::Instance && method.binding != Binding::Getter {
        return false;
    }
    // Nearest first, as methods are looked up.
    let above = |class: ClassId| {
        let mut all = vec![class];
        let mut at = 0;
        while let Some(next) = all.get(at).copied() {
            at += 1;
            all.extend(program.classes[next].bases.iter().filter_map(|base| match base {
                Base::Class(id) => Some(*id),
                Base::Stub(_) => None,
            }));
        }
        all
    };
    let mut below = 0;
    for class in program.classes.ids().filter(|&class| class != method.class) {
        let chain = above(class);
        if !chain.contains(&method.class) {
            continue;
        }
        below += 1;
        let found = chain.iter().find_map(|class| {
            let methods = program.classes[*class].methods.iter();
            methods.copied().find(|&other| program.functions[other].name == inner.name)
        });
        if found == Some(function) {
            return false;
        }
    }
    below > 0
        && !program.exprs.iter().any(|(_, expr)| match expr {
            Expr::Call(call) => match &call.callee {
                Callee::Class(class) => *class == method.class,
                Callee::Super { name, .. } => *name == inner.name,
                Callee::Method { recv, name } => {
                    *name == inner.name && matches!(program.exprs[*recv], Expr::Class(class) if class == method.class)
                }
                _ => false,
            },
            _ => false,
        })
}

/// What `functools.wraps(f)` above a function names.
pub fn wrapped(program: &Program, function: FnId) -> Vec<ExprId> {
    let decorators = program.functions[function].decorators.iter();
    decorators.filter_map(|decorator| wraps(program, *decorator)).collect()
}

/// `f` of `functools.wraps(f)`.
pub fn wraps(program: &Program, decorator: ExprId) -> Option<ExprId> {
    match &program.exprs[decorator] {
        Expr::Call(Call { callee: Callee::Stub(stub), args }) if stub.module == "functools" && stub.name == "wraps" => {
            args.first().map(Arg::value)
        }
        _ => None,
    }
}

fn declare_field(solver: &mut Solver<'_>, class: ClassId, name: &str) {
    if solver.field(class, name).is_none() {
        let slot = solver.slots.fresh();
        solver.fields.entry(class).or_default().push((name.to_string(), slot));
    }
}

/// The names that a block assigns as `this.name`.
pub fn collect_fields(program: &Program, block: &Block, this: VarId, names: &mut Vec<String>) {
    fn target(program: &Program, target: &Target, this: VarId, names: &mut Vec<String>) {
        match target {
            Target::Attr(object, name) => {
                if matches!(&program.exprs[*object], Expr::Var(var) if *var == this) && !names.contains(name) {
                    names.push(name.clone());
                }
            }
            Target::Tuple(items) => items.iter().for_each(|item| collect_fields_target(program, item, this, names)),
            Target::Star(item) => collect_fields_target(program, item, this, names),
            Target::Var(_) | Target::Index(..) | Target::Slice(..) | Target::Unsupported => {}
        }
    }
    for stmt in &block.stmts {
        match &stmt.kind {
            StmtKind::Assign { targets, .. } => targets.iter().for_each(|one| target(program, one, this, names)),
            StmtKind::AugAssign { target: one, .. } => target(program, one, this, names),
            StmtKind::For { target: one, body, orelse, .. } => {
                target(program, one, this, names);
                collect_fields(program, body, this, names);
                collect_fields(program, orelse, this, names);
            }
            StmtKind::If { then: a, orelse: b, .. } | StmtKind::While { body: a, orelse: b, .. } => {
                collect_fields(program, a, this, names);
                collect_fields(program, b, this, names);
            }
            StmtKind::Try(try_) => {
                collect_fields(program, &try_.body, this, names);
                try_.handlers.iter().for_each(|handler| collect_fields(program, &handler.body, this, names));
                collect_fields(program, &try_.orelse, this, names);
                collect_fields(program, &try_.finally, this, names);
            }
            StmtKind::With { items, body, .. } => {
                items.iter().flat_map(|item| &item.target).for_each(|one| target(program, one, this, names));
                collect_fields(program, body, this, names);
            }
            StmtKind::Match { cases, .. } => {
                cases.iter().for_each(|case| collect_fields(program, &case.body, this, names));
            }
            _ => {}
        }
    }
}

fn collect_fields_target(program: &Program, item: &Target, this: VarId, names: &mut Vec<String>) {
    match item {
        Target::Attr(object, name) => {
            if matches!(&program.exprs[*object], Expr::Var(var) if *var == this) && !names.contains(name) {
                names.push(name.clone());
            }
        }
        Target::Tuple(items) => items.iter().for_each(|item| collect_fields_target(program, item, this, names)),
        Target::Star(item) => collect_fields_target(program, item, this, names),
        Target::Var(_) | Target::Index(..) | Target::Slice(..) | Target::Unsupported => {}
    }
}

impl<'a> Walker<'_, 'a> {
    fn program(&self) -> &'a Program {
        self.s.program
    }

    fn body(&mut self, function: FnId) {
        let program = self.program();
        let body = &program.functions[function].body;
        let falls = self.block(body);
        if falls && !is_abstract(program, function) {
            let result = self.s.function(function).result;
            let gates = std::mem::take(&mut self.gates);
            self.s.op(Op::Fallthrough { result, gates });
        }
    }

    /// Walks a block; whether control may reach its end.
    pub fn block(&mut self, block: &Block) -> bool {
        let mut falls = true;
        for stmt in &block.stmts {
            if !self.stmt(stmt) {
                falls = false;
                // What follows is never run, but its variables exist.
            }
        }
        falls
    }

    /// Walks a block whose facts do not outlive it.
    fn scoped(&mut self, block: &Block) -> bool {
        let gates = self.gates.clone();
        let falls = self.block(block);
        self.gates = gates;
        falls
    }

    fn stmt(&mut self, stmt: &Stmt) -> bool {
        guard::at(stmt.span);
        match &stmt.kind {
            StmtKind::Expr(value) => {
                let slot = self.expr(*value);
                self.gate(*value, slot)
            }
            StmtKind::Assign { targets, value } => {
                let slot = self.expr(*value);
                for target in targets {
                    self.assign(target, slot);
                }
                self.gate(*value, slot)
            }
            StmtKind::AugAssign { target, op, value } => {
                self.aug_assign(target, *op, *value);
                true
            }
            StmtKind::If { test, then, orelse } => self.if_(*test, then, orelse),
            StmtKind::While { test, body, orelse } => self.while_(*test, body, orelse),
            StmtKind::For { target, iter, body, orelse, is_async } => {
                let element = self.iterate(*iter, *is_async);
                self.forget_assigned(body);
                let before = self.facts.clone();
                self.assign(target, element);
                self.scoped(body);
                self.facts = before.clone();
                self.scoped(orelse);
                self.facts = before;
                true
            }
            StmtKind::Try(try_) => self.try_(try_),
            StmtKind::With { items, body, is_async, .. } => {
                let leave = if *is_async { "__aexit__" } else { "__exit__" };
                let swallows = walk::exits_swallow(self.program(), leave).then(|| self.s.slots.fresh());
                for item in items {
                    let context = self.expr(item.context);
                    let out = self.s.slots.fresh();
                    let site = self.site((item.context, place::ENTER), Vec::new(), out);
                    self.s.slots.look_at(context);
                    self.s.op(Op::Enter { context, is_async: *is_async, site, swallows });
                    if let Some(target) = &item.target {
                        self.assign(target, out);
                    }
                }
                let before = self.facts.clone();
                let gates = self.gates.clone();
                let falls = self.block(body);
                let swallowing = self.swallows(items);
                if swallowing {
                    // Whatever the body does, control gets past it.
                    self.gates = gates;
                }
                if !falls {
                    // The context manager may have swallowed an exception.
                    self.facts = before;
                }
                self.forget_assigned(body);
                if falls || swallowing {
                    return true;
                }
                // Whether a class of the program swallows them is known when the class is.
                self.gates.extend(swallows);
                swallows.is_some()
            }
            StmtKind::Return(value) => {
                let result = self.function.map(|function| self.s.function(function).result);
                match value {
                    Some(value) => {
                        let slot = self.expr(*value);
                        if let Some(result) = result {
                            self.s.slots.flow(slot, result);
                        }
                    }
                    None => {
                        if let Some(result) = result {
                            self.s.slots.add_none(result);
                        }
                    }
                }
                false
            }
            StmtKind::Raise { exc, cause } => {
                [exc, cause].into_iter().flatten().for_each(|value| {
                    self.expr(*value);
                });
                false
            }
            StmtKind::Assert { test, message } => {
                let (yes, no) = self.test(*test);
                if let Some(message) = message {
                    self.facts = no;
                    let slot = self.expr(*message);
                    self.s.slots.tell(slot);
                }
                self.facts = yes;
                true
            }
            StmtKind::Delete(targets) => {
                for target in targets {
                    self.delete(target);
                }
                true
            }
            StmtKind::Match { subject, cases } => self.match_(*subject, cases),
            StmtKind::Break | StmtKind::Continue => false,
            StmtKind::Pass | StmtKind::Import(_) => true,
            StmtKind::Def { function, var } => {
                self.def(*function);
                for arg in wrapped(self.program(), *function) {
                    self.expr(arg);
                }
                if let Some(var) = var {
                    let con = Con::Func(Callable::Program(*function, None));
                    let slot = self.decorated(*function, con);
                    self.bind_var(*var, slot);
                }
                true
            }
            StmtKind::Class { class, var } => {
                self.class(*class);
                if let Some(var) = var {
                    let slot = self.s.slots.of(Con::ClassObject(ClassRef::Program(*class)));
                    self.bind_var(*var, slot);
                }
                true
            }
        }
    }

    /// A call that never returns ends the block, once it is known never to.
    fn gate(&mut self, value: ExprId, slot: Slot) -> bool {
        let program = self.program();
        let call = match &program.exprs[value] {
            Expr::Await(inner) => *inner,
            _ => value,
        };
        let Expr::Call(call) = &program.exprs[call] else { return true };
        match &call.callee {
            Callee::Function(_) => {
                self.gates.push(slot);
                true
            }
            Callee::Stub(name) => {
                let found = self.s.entry(name);
                !matches!(found.as_ref().map(|(_, entry)| &**entry), Some(crate::stubs::Entry::Function(all))
                    if all.iter().all(|one| one.result == crate::stubs::StubTy::Never))
            }
            _ => true,
        }
    }

    fn swallows(&mut self, items: &[WithItem]) -> bool {
        let program = self.program();
        items.iter().any(|item| match &program.exprs[item.context] {
            Expr::Call(Call { callee: Callee::Stub(name), .. }) => {
                name.module == "contextlib" && walk::swallows_by_name(&name.name)
            }
            Expr::Call(Call { callee: Callee::Function(function), .. }) => {
                walk::gives_swallowing_manager(program, *function)
            }
            Expr::Call(Call { callee: Callee::Method { name, .. }, .. }) => {
                let mut methods = program
                    .functions
                    .iter()
                    .filter(|(_, function)| function.name == *name && function.method.is_some());
                methods.any(|(method, _)| walk::gives_swallowing_manager(program, method))
            }
            Expr::Call(Call { callee: Callee::Value(_), .. }) => true,
            _ => false,
        })
    }

    /// Defaults and decorators run where the `def` stands.
    fn def(&mut self, function: FnId) {
        let program = self.program();
        for param in &program.functions[function].params {
            match param.default {
                Some(Default::Inline(value)) => {
                    let slot = self.expr(value);
                    let to = self.s.var(param.var);
                    self.default_flows(function, slot, to);
                }
                Some(Default::Once { value, var }) => {
                    let slot = self.expr(value);
                    self.bind_var(var, slot);
                    let to = self.s.var(param.var);
                    self.default_flows(function, slot, to);
                }
                None => {}
            }
        }
    }

    /// A default that no call leaves out does not widen its parameter; flow comes from the calls that do. A function kept
    /// as a value may be called any way.
    fn default_flows(&mut self, _function: FnId, slot: Slot, to: Slot) {
        let _ = (slot, to);
    }

    /// A function after its decorators.
    fn decorated(&mut self, function: FnId, con: Con) -> Slot {
        let program = self.program();
        let mut slot = self.s.slots.of(con);
        for &decorator in &program.functions[function].decorators {
            if wraps(program, decorator).is_some() {
                continue;
            }
            let callee = self.expr(decorator);
            let out = self.s.slots.fresh();
            let args = vec![super::solver::Argument { given: super::solver::Given::Positional, slot, expr: None }];
            let site = self.site((decorator, 100), args, out);
            self.s.op(Op::Call { site, callee });
            slot = out;
        }
        slot
    }

    fn class(&mut self, class: ClassId) {
        let program = self.program();
        for attribute in &program.classes[class].attributes {
            if let Some(value) = attribute.value {
                let slot = self.expr(value);
                if let Some(field) = self.s.field(class, &attribute.name) {
                    self.s.slots.flow(slot, field);
                }
            }
        }
        for &method in &program.classes[class].methods {
            self.def(method);
        }
        program.classes[class].decorators.iter().for_each(|&decorator| {
            self.expr(decorator);
        });
    }
}

/// Whether a `break` leaves the loop that the block is the body of.
fn has_break(block: &Block) -> bool {
    block.stmts.iter().any(|stmt| match &stmt.kind {
        StmtKind::Break => true,
        StmtKind::If { then, orelse, .. } => has_break(then) || has_break(orelse),
        StmtKind::While { orelse, .. } | StmtKind::For { orelse, .. } => has_break(orelse),
        StmtKind::Try(try_) => {
            has_break(&try_.body)
                || try_.handlers.iter().any(|handler| has_break(&handler.body))
                || has_break(&try_.orelse)
                || has_break(&try_.finally)
        }
        StmtKind::With { body, .. } => has_break(body),
        StmtKind::Match { cases, .. } => cases.iter().any(|case| has_break(&case.body)),
        _ => false,
    })
}

/// The variables that a block assigns.
pub fn assigned(program: &Program, block: &Block, out: &mut Vec<VarId>) {
    for stmt in &block.stmts {
        walk::stmt_exprs(program, stmt, &mut |expr| walrus(program, expr, out));
        match &stmt.kind {
            StmtKind::Assign { targets, .. } => {
                targets.iter().for_each(|target| walk::target_vars(target, &mut |var| out.push(var)));
            }
            StmtKind::AugAssign { target, .. } => walk::target_vars(target, &mut |var| out.push(var)),
            StmtKind::Delete(targets) => {
                targets.iter().for_each(|target| walk::target_vars(target, &mut |var| out.push(var)));
            }
            StmtKind::For { target, body, orelse, .. } => {
                walk::target_vars(target, &mut |var| out.push(var));
                assigned(program, body, out);
                assigned(program, orelse, out);
            }
            StmtKind::If { then: a, orelse: b, .. } | StmtKind::While { body: a, orelse: b, .. } => {
                assigned(program, a, out);
                assigned(program, b, out);
            }
            StmtKind::Try(try_) => {
                assigned(program, &try_.body, out);
                for handler in &try_.handlers {
                    out.extend(handler.bind);
                    assigned(program, &handler.body, out);
                }
                assigned(program, &try_.orelse, out);
                assigned(program, &try_.finally, out);
            }
            StmtKind::With { items, body, .. } => {
                items.iter().flat_map(|item| &item.target).for_each(|target| {
                    walk::target_vars(target, &mut |var| out.push(var));
                });
                assigned(program, body, out);
            }
            StmtKind::Match { cases, .. } => {
                for case in cases {
                    walk::pattern_vars(&case.pattern, &mut |var| out.push(var));
                    assigned(program, &case.body, out);
                }
            }
            StmtKind::Def { var, .. } | StmtKind::Class { var, .. } => out.extend(*var),
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
}

fn walrus(program: &Program, expr: ExprId, out: &mut Vec<VarId>) {
    if let Expr::Walrus(var, _) = &program.exprs[expr] {
        out.push(*var);
    }
    walk::children(program, expr, &mut |child| walrus(program, child, out));
}

/// The methods by which objects of one hierarchy are compared, where its topmost class has none: any may meet any.
fn compared(solver: &mut Solver<'_>) -> Vec<Vec<FnId>> {
    let program = solver.program;
    let mut groups: BTreeMap<(ClassId, &str), Vec<FnId>> = BTreeMap::new();
    for (id, function) in program.functions.iter() {
        let Some(method) = function.method else { continue };
        if matches!(&*function.name, "__eq__" | "__ne__" | "__lt__" | "__le__" | "__gt__" | "__ge__")
            && !solver.slots.hierarchy.is_exception(method.class)
            && let Some(&top) = solver.slots.hierarchy.program_above(method.class).last()
        {
            groups.entry((top, &function.name)).or_default().push(id);
        }
    }
    groups.retain(|(top, name), group| group.len() > 1 && solver.find_method(*top, name).is_none());
    for ((top, _), group) in &groups {
        if let Some(other) = program.functions[group[0]].params.get(1) {
            let slot = solver.var(other.var);
            solver.slots.add(slot, Con::Class(*top));
        }
    }
    groups.into_values().collect()
}
