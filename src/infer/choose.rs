//! Calls and attributes of a class that is held in a variable: when it can only be one of a few, each of them is written out,
//! `Square(2) if kind is Square else Circle(2)`.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::shape::{ClassRef, Con, Shape, Slot};
use super::solver::{Op, Solver};
use crate::hir::copy::Copier;
use crate::hir::{
    Arg, Binding, Call, Callee, ClassId, CmpOp, Default, Expr, ExprId, FnId, Lit, ModuleId, Origin, Param, Program,
    StubRef, Var, VarId, walk,
};

/// Most classes that are told apart in one place.
const MOST: usize = 40;

/// A place where one of several classes is used.
pub struct Choice {
    /// The call or the attribute.
    expr: ExprId,
    /// What it may be; classes that do the same there stand together.
    groups: Vec<Vec<ClassRef>>,
    /// It is not the class that is used but an object: overrides with other parameters are called each in its own way.
    of_object: bool,
    /// It may be `None` besides.
    none: bool,
    /// What is called is the field of an object.
    in_field: bool,
}

/// The choices of a program that was solved.
pub fn choices(solver: &mut Solver<'_>) -> Vec<Choice> {
    let mut found: Vec<Choice> = Vec::new();
    let made = made_classes(solver.program);
    for op in solver.ops.clone() {
        if let Op::Method { site, recv, name } = &*op
            && site.key.1 == 0
            && let Some(groups) = unlike(solver, site.key.0, *recv, name, &made)
        {
            if !found.iter().any(|old| old.expr == site.key.0) {
                found.push(Choice { expr: site.key.0, groups, of_object: true, none: false, in_field: false });
            }
            continue;
        }
        let (expr, slot, name, in_field): (ExprId, Slot, Option<&str>, bool) = match &*op {
            Op::Call { site, callee } if site.key.1 == 0 => (site.key.0, *callee, None, false),
            Op::Method { site, recv, name } if site.key.1 == 0 => match held(solver, *recv, name) {
                Some(slot) => (site.key.0, slot, None, true),
                None => (site.key.0, *recv, Some(name), false),
            },
            Op::Attr { value, name, key, .. } if key.1 == 0 && !is_everybodys(name) => {
                (key.0, *value, Some(name), false)
            }
            _ => continue,
        };
        if !matches!(
            &solver.program.exprs[expr],
            Expr::Call(Call { callee: Callee::Value(_) | Callee::Method { .. }, .. }) | Expr::Attr(..)
        ) {
            continue;
        }
        let shape: Shape = solver.slots.shape(slot).clone();
        if shape.dynamic || shape.alts.is_empty() || shape.alts.len() > MOST {
            continue;
        }
        let mut classes = Vec::new();
        for con in &shape.alts {
            if let Con::ClassObject(class) = con {
                classes.push(class.clone());
            }
        }
        if classes.len() != shape.alts.len() || classes.len() < 2 {
            continue;
        }
        let groups = match name {
            None => classes.into_iter().map(|class| vec![class]).collect(),
            Some(name) => alike(solver, classes, name),
        };
        if !found.iter().any(|old| old.expr == expr) {
            found.push(Choice { expr, groups, of_object: false, none: shape.none, in_field });
        }
    }
    found
}

/// Classes that the program makes objects of, as far as their names tell.
fn made_classes(program: &Program) -> HashSet<ClassId> {
    let mut made = HashSet::default();
    for (_, expr) in program.exprs.iter() {
        if let Expr::Class(class) | Expr::Call(Call { callee: Callee::Class(class), .. }) = expr {
            made.insert(*class);
        }
    }
    for (_, function) in program.functions.iter() {
        if let Some(method) = function.method
            && method.binding == Binding::Class
        {
            made.insert(method.class);
        }
    }
    made
}

/// The classes of the objects on which a method is called, where one `match` would not do: some override it with other parameters.
/// The most derived come first.
fn unlike(
    solver: &mut Solver<'_>,
    call: ExprId,
    recv: Slot,
    name: &str,
    made: &HashSet<ClassId>,
) -> Option<Vec<Vec<ClassRef>>> {
    let program = solver.program;
    let Expr::Call(Call { callee: Callee::Method { .. }, args }) = &program.exprs[call] else { return None };
    let shape = solver.slots.shape(recv).clone();
    if shape.alts.is_empty() || shape.none || shape.dynamic {
        return None;
    }
    let mut methods: Vec<FnId> = Vec::new();
    let mut classes: Vec<ClassId> = Vec::new();
    for con in &shape.alts {
        let Con::Class(class) = con else { return None };
        let through = solver.methods_through(*class, name);
        methods.extend(through.iter().filter(|method| !methods.contains(method)).copied().collect::<Vec<_>>());
        classes.extend(solver.slots.hierarchy.below(*class));
    }
    let is_plain =
        |method: &FnId| program.functions[*method].method.is_some_and(|method| method.binding == Binding::Instance);
    let by_name = args.iter().any(|arg| !matches!(arg, Arg::Positional(_)));
    let first = *methods.first()?;
    let differ = methods.iter().any(|&method| !same_form(program, first, method, by_name));
    if methods.len() < 2 || !differ || !methods.iter().all(is_plain) {
        return None;
    }
    classes.sort();
    classes.dedup();
    let depth = |class: &ClassId| solver.classes_above(*class).len();
    let used: Vec<ClassId> = classes.into_iter().filter(|class| made.contains(class)).collect();
    let mut tests: Vec<(ClassId, FnId)> = Vec::new();
    for &class in &used {
        let method = solver.find_method(class, name)?;
        let owner = program.functions[method].method?.class;
        if !tests.iter().any(|(of, _)| *of == owner) {
            tests.push((owner, method));
        }
    }
    tests.sort_by_key(|(class, _)| std::cmp::Reverse(depth(class)));
    // With several bases, the first test that holds need not be the method that Python finds.
    for &class in &used {
        let above = solver.classes_above(class);
        let found = tests.iter().find(|(of, _)| above.contains(of)).map(|(_, method)| *method);
        if found != solver.find_method(class, name) {
            return None;
        }
    }
    (!tests.is_empty()).then(|| tests.into_iter().map(|(class, _)| vec![ClassRef::Program(class)]).collect())
}

/// Whether two methods are called in the same way.
fn same_form(program: &Program, a: FnId, b: FnId, by_name: bool) -> bool {
    let (one, other) = (&program.functions[a], &program.functions[b]);
    let default = |param: &Param| match param.default {
        None => Some(None),
        Some(Default::Inline(value)) => match &program.exprs[value] {
            Expr::Lit(lit) => Some(Some(lit.clone())),
            _ => None,
        },
        Some(Default::Once { .. }) => None,
    };
    one.kind == other.kind
        && one.params.len() == other.params.len()
        && one.params.iter().zip(&other.params).skip(1).all(|(x, y)| {
            let (left, right) = (default(x), default(y));
            x.kind == y.kind
                && (left == right && left.is_some() || x.default.is_some() && y.default.is_some() && left.is_none())
                && (!by_name || program.vars[x.var].name == program.vars[y.var].name)
        })
}

/// The slot of a field that holds what is called: `self.factory(…)`.
pub fn held(solver: &mut Solver<'_>, recv: Slot, name: &str) -> Option<Slot> {
    let shape = solver.slots.shape(recv).clone();
    let [Con::Class(class)] = shape.alts[..] else { return None };
    if !solver.methods_through(class, name).is_empty() {
        return None;
    }
    solver.field(class, name)
}

/// Classes that share a method or an attribute are one.
fn alike(solver: &mut Solver<'_>, classes: Vec<ClassRef>, name: &str) -> Vec<Vec<ClassRef>> {
    #[derive(PartialEq)]
    enum Means {
        Method(FnId),
        Attribute(ClassId),
        Own(ClassRef),
    }
    let mut groups: Vec<(Means, Vec<ClassRef>)> = Vec::new();
    for class in classes {
        let means = match class {
            ClassRef::Program(id) => {
                let program = solver.program;
                let has = |of: &ClassId| program.classes[*of].attributes.iter().any(|one| one.name == name);
                let declaring = solver.classes_above(id).into_iter().find(has);
                match (solver.find_method(id, name), declaring) {
                    (Some(method), _) if !is_class_method(program, method) => Means::Method(method),
                    (None, Some(of)) => Means::Attribute(of),
                    _ => Means::Own(class.clone()),
                }
            }
            ClassRef::Stub(_) => Means::Own(class.clone()),
        };
        match groups.iter_mut().find(|(other, _)| *other == means) {
            Some((_, list)) => list.push(class),
            None => groups.push((means, vec![class])),
        }
    }
    groups.into_iter().map(|(_, list)| list).collect()
}

fn is_class_method(program: &Program, method: FnId) -> bool {
    program.functions[method].method.is_some_and(|method| method.binding == Binding::Class)
}

/// What every class has.
fn is_everybodys(name: &str) -> bool {
    name.len() > 4 && name.starts_with("__") && name.ends_with("__")
}

/// Writes the choices out.
pub fn write_out(program: &mut Program, choices: Vec<Choice>) {
    let owners = owners(program);
    for choice in choices {
        Writer { program, at: choice.expr }.choice(&choice, owners.get(&choice.expr).copied());
    }
}

/// The function and the module in which each expression stands.
pub fn owners(program: &Program) -> HashMap<ExprId, (Option<FnId>, ModuleId)> {
    let mut owners = HashMap::default();
    for (id, module) in program.modules.iter() {
        walk::for_each_expr_in_block(program, &module.body, &mut |expr| {
            owners.insert(expr, (None, id));
        });
    }
    for (id, function) in program.functions.iter() {
        walk::for_each_expr_in_block(program, &function.body, &mut |expr| {
            owners.insert(expr, (Some(id), function.module));
        });
    }
    owners
}

/// What is done with the class.
enum Use {
    Call(Vec<Arg>),
    Method(String, Vec<Arg>),
    /// Of an object.
    Virtual(String, Vec<Arg>),
    Attribute(String),
}

struct Writer<'p> {
    program: &'p mut Program,
    at: ExprId,
}

impl Writer<'_> {
    fn made(&mut self, expr: Expr) -> ExprId {
        let span = self.program.span(self.at);
        self.program.make(expr, Origin::Made { at: span, why: super::HELD })
    }

    fn class(&mut self, class: &ClassRef) -> ExprId {
        let expr = match class {
            ClassRef::Program(id) => Expr::Class(*id),
            ClassRef::Stub(name) => Expr::Stub((**name).clone()),
        };
        self.made(expr)
    }

    fn choice(mut self, choice: &Choice, owner: Option<(Option<FnId>, ModuleId)>) {
        let (subject, what) = match &self.program.exprs[self.at] {
            Expr::Call(Call { callee: Callee::Value(value), args }) => (*value, Use::Call(args.clone())),
            Expr::Call(Call { callee: Callee::Method { recv, name }, args }) => {
                let (recv, name, args) = (*recv, name.clone(), args.clone());
                if choice.of_object {
                    (recv, Use::Virtual(name, args))
                } else if choice.in_field {
                    (self.made(Expr::Attr(recv, name)), Use::Call(args))
                } else {
                    (recv, Use::Method(name, args))
                }
            }
            Expr::Attr(value, name) => (*value, Use::Attribute(name.clone())),
            _ => return,
        };
        let mut held = None;
        if !self.reads_alike(subject, 3) && choice.groups.len() > 1 {
            let Some(owner) = owner else { return };
            held = Some(self.variable(owner, choice.of_object));
        }
        // The last needs no test, unless there may be no class at all.
        let mut branches: Vec<(Option<ExprId>, ExprId)> = Vec::new();
        let last = choice.groups.len() - 1;
        for (at, group) in choice.groups.iter().enumerate() {
            let of_object = choice.of_object;
            let test = match (at == last && !choice.none, choice.groups.len()) {
                (true, _) => None,
                _ => Some(self.test(subject, held, at == 0, group, of_object)),
            };
            let value = match &what {
                Use::Virtual(name, args) => {
                    let this = self.subject(subject, held, at == 0 && test.is_none());
                    let args = if at == 0 { args.clone() } else { Copier::new(self.program).args(args) };
                    let args = [Arg::Positional(this)].into_iter().chain(args).collect();
                    let recv = self.class(&group[0]);
                    self.made(Expr::Call(Call { callee: Callee::Method { recv, name: name.clone() }, args }))
                }
                what => self.branch(what, &group[0], at == 0),
            };
            branches.push((test, value));
        }
        if choice.none {
            let none = self.made(Expr::Lit(Lit::None));
            let value = self.used(&what, none, None);
            branches.push((None, value));
        }
        let mut made: Option<ExprId> = None;
        for (test, value) in branches.into_iter().rev() {
            made = Some(match (test, made) {
                (Some(test), Some(orelse)) => self.made(Expr::IfExp { test, then: value, orelse }),
                _ => value,
            });
        }
        if let Some(made) = made {
            let node = std::mem::replace(&mut self.program.exprs[made], Expr::Unsupported("moved"));
            self.program.exprs[self.at] = node;
        }
    }

    /// What is tested: evaluated where it is read first.
    fn subject(&mut self, subject: ExprId, held: Option<VarId>, first: bool) -> ExprId {
        match held {
            Some(var) if first => self.made(Expr::Walrus(var, subject)),
            Some(var) => self.made(Expr::Var(var)),
            None if first => subject,
            None => Copier::new(self.program).expr(subject),
        }
    }

    fn test(
        &mut self,
        subject: ExprId,
        held: Option<VarId>,
        first: bool,
        group: &[ClassRef],
        of_object: bool,
    ) -> ExprId {
        let mut tests = Vec::new();
        for (at, class) in group.iter().enumerate() {
            let left = self.subject(subject, held, first && at == 0);
            let right = self.class(class);
            if of_object {
                let callee = Callee::Stub(StubRef::new("builtins", "isinstance"));
                let args = vec![Arg::Positional(left), Arg::Positional(right)];
                tests.push(self.made(Expr::Call(Call { callee, args })));
                continue;
            }
            tests.push(self.made(Expr::Compare(left, vec![(CmpOp::Is, right)])));
        }
        match tests[..] {
            [one] => one,
            _ => self.made(Expr::BoolOp { is_and: false, operands: tests }),
        }
    }

    /// What one of the classes does; the arguments of the first are those that were written.
    fn branch(&mut self, what: &Use, class: &ClassRef, first: bool) -> ExprId {
        let value = self.class(class);
        let args = match what {
            Use::Call(args) | Use::Method(_, args) if !first => Some(Copier::new(self.program).args(args)),
            _ => None,
        };
        if let Use::Call(written) = what {
            let callee = match class {
                ClassRef::Program(id) => Callee::Class(*id),
                ClassRef::Stub(name) => Callee::Stub((**name).clone()),
            };
            return self.made(Expr::Call(Call { callee, args: args.unwrap_or_else(|| written.clone()) }));
        }
        self.used(what, value, args)
    }

    fn used(&mut self, what: &Use, value: ExprId, args: Option<Vec<Arg>>) -> ExprId {
        let given = |written: &Vec<Arg>| args.clone().unwrap_or_else(|| written.clone());
        let expr = match what {
            Use::Call(_) | Use::Virtual(..) => Expr::Call(Call { callee: Callee::Value(value), args: Vec::new() }),
            Use::Method(name, written) => {
                Expr::Call(Call { callee: Callee::Method { recv: value, name: name.clone() }, args: given(written) })
            }
            Use::Attribute(name) => Expr::Attr(value, name.clone()),
        };
        self.made(expr)
    }

    /// Whether reading it again gives the same and does nothing.
    fn reads_alike(&self, value: ExprId, depth: u32) -> bool {
        match &self.program.exprs[value] {
            Expr::Var(_) | Expr::Lit(_) | Expr::Class(_) | Expr::Stub(_) => true,
            Expr::Attr(value, _) => depth > 0 && self.reads_alike(*value, depth - 1),
            Expr::Call(Call { callee: Callee::Stub(of), args }) => {
                of.name == "type" && args.len() == 1 && self.reads_alike(args[0].value(), depth)
            }
            _ => false,
        }
    }

    fn variable(&mut self, (owner, module): (Option<FnId>, ModuleId), of_object: bool) -> VarId {
        let name = if of_object { "object" } else { "class" };
        let var = self.program.vars.alloc(Var::local(name, owner, module, self.program.span(self.at)));
        match owner {
            Some(owner) => self.program.functions[owner].locals.push(var),
            None => self.program.modules[module].vars.push(var),
        }
        var
    }
}
