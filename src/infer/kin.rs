//! Classes without a common base whose objects are used alike in one place (duck typing) get one: they are one hierarchy
//! then, and a method is called through it.

use std::collections::BTreeMap;

use super::shape::{Con, Slot};
use super::solver::{Op, Solver};
use crate::hir::{
    Attribute, Base, Class, ClassId, CmpOp, Expr, ExprId, Flavour, FnId, Program, Stmt, StmtKind, Trivia,
};

/// Classes to be joined, and the fields that several of them have.
type Group = (Vec<ClassId>, Vec<String>);

/// Classes that need a base, and methods that need one signature ([`Program::alike`]).
#[derive(Default)]
pub struct Kin {
    groups: Vec<Group>,
    alike: Vec<Vec<FnId>>,
    /// Fields that only classes below have, and that are used through a class: it has them too.
    pulled: Vec<(ClassId, String)>,
}

impl Kin {
    /// Whether the program says all of this already.
    pub fn is_known(&self, program: &Program) -> bool {
        self.groups.is_empty() && self.pulled.is_empty() && self.alike == program.alike
    }

    /// Whether classes get a base or fields.
    pub fn has_bases(&self) -> bool {
        !self.groups.is_empty() || !self.pulled.is_empty()
    }

    /// Writes it into the program.
    pub fn write(self, program: &mut Program) {
        program.alike = self.alike;
        for (class, name) in self.pulled {
            let (value, annotation, trivia) = (None, None, Trivia::default());
            let span = program.classes[class].span;
            program.classes[class].attributes.push(Attribute { name, value, annotation, trivia, span });
        }
        for (group, fields) in self.groups {
            add_base(program, &group, fields);
        }
    }
}

/// What a solver at its fixpoint says of the classes.
pub fn find(solver: &mut Solver<'_>) -> Kin {
    let program = solver.program;
    if program.classes.len() < 2 {
        return Kin::default();
    }
    let mut alike: Vec<Vec<FnId>> = Vec::new();
    let mut pulled: Vec<(ClassId, String)> = Vec::new();
    let mut leader: BTreeMap<ClassId, ClassId> = BTreeMap::new();
    for at in 0..solver.ops.len() {
        let op = std::rc::Rc::clone(&solver.ops[at]);
        let (name, slots): (Option<&str>, Vec<Slot>) = match &*op {
            Op::Method { recv, name, .. } => (Some(name), vec![*recv]),
            Op::Attr { value, name, .. } => (Some(name), vec![*value]),
            Op::SetAttr { object, name, .. } => (Some(name), vec![*object]),
            Op::Binary { left, .. } => (None, vec![*left]),
            Op::Compare { op: CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE, left, right, .. } => {
                (None, vec![*left, *right])
            }
            Op::Index { value, .. } | Op::Await { value, .. } => (None, vec![*value]),
            Op::Iterate { iter, .. } => (None, vec![*iter]),
            Op::Enter { context, .. } => (None, vec![*context]),
            Op::Call { callee, .. } => (None, vec![*callee]),
            _ => continue,
        };
        for slot in slots {
            let classes: Vec<ClassId> = solver
                .slots
                .shape(slot)
                .alts
                .iter()
                .filter_map(|con| match con {
                    Con::Class(class) => Some(*class),
                    _ => None,
                })
                .collect();
            if classes.is_empty() {
                continue;
            }
            // A method or property that only classes below have.
            for &class in &classes {
                let Some(name) = name else { continue };
                if solver.find_method(class, name).is_none() {
                    let group = solver.methods_through(class, name).to_vec();
                    if group.len() > 1 && !alike.contains(&group) {
                        alike.push(group);
                    }
                }
            }
            for &class in &classes {
                let Some(name) = name else { continue };
                let is_field = matches!(&*op, Op::Attr { key, .. } if key.1 == 0 && !is_of_self(solver, key.0, name));
                let one = (class, name.to_string());
                if is_field && only_below(solver, class, name) && !pulled.contains(&one) {
                    pulled.push(one);
                }
            }
            if classes.len() < 2 {
                continue;
            }
            let has = |class: ClassId| match name {
                None | Some("__class__" | "__dict__") => true,
                Some(name) => solver.find_method(class, name).is_some() || has_field(solver, class, name),
            };
            let fit: Vec<ClassId> = classes.into_iter().filter(|&class| has(class)).collect();
            if fit.len() < 2 {
                continue;
            }
            let tops: Vec<ClassId> = fit.iter().flat_map(|&class| top(program, class)).collect();
            if !tops.iter().all(|&class| may_join(solver, class)) {
                continue;
            }
            let first = leader_of(&leader, tops[0]);
            for &other in &tops[1..] {
                let other = leader_of(&leader, other);
                if other != first {
                    leader.insert(other, first);
                }
            }
        }
    }
    let mut found: BTreeMap<ClassId, Vec<ClassId>> = BTreeMap::new();
    let joined: Vec<ClassId> = leader.keys().chain(leader.values()).copied().collect();
    for class in joined {
        let group = found.entry(leader_of(&leader, class)).or_default();
        if !group.contains(&class) {
            group.push(class);
        }
    }
    let mut groups: Vec<Vec<ClassId>> = found.into_values().collect();
    groups.iter_mut().for_each(|group| group.sort());
    let with_fields = |group: Vec<ClassId>| {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for class in &group {
            for (name, _) in solver.fields.get(class).into_iter().flatten() {
                *counts.entry(name).or_default() += 1;
            }
        }
        let several = counts.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name.to_string()).collect();
        (group, several)
    };
    Kin { groups: groups.into_iter().map(with_fields).collect(), alike, pulled }
}

fn leader_of(leader: &BTreeMap<ClassId, ClassId>, mut class: ClassId) -> ClassId {
    while let Some(&next) = leader.get(&class) {
        class = next;
    }
    class
}

fn has_field(solver: &Solver<'_>, class: ClassId, name: &str) -> bool {
    let above = solver.slots.hierarchy.program_above(class);
    above
        .iter()
        .any(|above| solver.fields.get(above).is_some_and(|fields| fields.iter().any(|(field, _)| field == name)))
}

/// Whether an attribute is read of the `self` of a method whose class has it.
fn is_of_self(solver: &Solver<'_>, read: ExprId, name: &str) -> bool {
    let program = solver.program;
    let Expr::Attr(value, _) = program.exprs[read] else { return false };
    let Expr::Var(var) = program.exprs[value] else { return false };
    let Some(function) = program.vars[var].owner.map(|owner| &program.functions[owner]) else { return false };
    let is_first = function.params.first().is_some_and(|param| param.var == var);
    is_first && function.method.is_some_and(|method| has_field(solver, method.class, name))
}

/// Whether a class has no attribute of a name, and some below have it as a field.
fn only_below(solver: &mut Solver<'_>, class: ClassId, name: &str) -> bool {
    let program = solver.program;
    if has_field(solver, class, name)
        || !solver.methods_through(class, name).is_empty()
        || !matches!(program.classes[class].flavour, Flavour::Plain | Flavour::Dataclass { .. })
        || solver.slots.hierarchy.is_exception(class)
        || program.classes[class].bases.iter().any(|base| matches!(base, Base::Stub(of) if of.module == "enum"))
    {
        return false;
    }
    let below: Vec<ClassId> = solver.slots.hierarchy.below(class).iter().copied().filter(|&of| of != class).collect();
    let is_class_attribute = |of: &ClassId| {
        let of = &program.classes[*of];
        of.attributes
            .iter()
            .any(|one| one.name == name && !(one.is_field() && matches!(of.flavour, Flavour::Dataclass { .. })))
    };
    // One field is found by its name.
    let own = |of: &&ClassId| solver.fields.get(of).is_some_and(|fields| fields.iter().any(|(field, _)| field == name));
    below.iter().filter(own).count() > 1 && !below.iter().any(is_class_attribute)
}

/// The classes above one that have no base in the program.
fn top(program: &Program, class: ClassId) -> Vec<ClassId> {
    let above: Vec<ClassId> = program.classes[class]
        .bases
        .iter()
        .filter_map(|base| match base {
            Base::Class(base) => Some(*base),
            Base::Stub(_) => None,
        })
        .collect();
    if above.is_empty() { vec![class] } else { above.into_iter().flat_map(|class| top(program, class)).collect() }
}

fn may_join(solver: &Solver<'_>, class: ClassId) -> bool {
    let inner = &solver.program.classes[class];
    matches!(inner.flavour, Flavour::Plain | Flavour::Dataclass { .. })
        && !solver.slots.hierarchy.is_exception(class)
        && inner.parent.is_none()
}

/// `class DogOrBird`, which nobody wrote.
fn add_base(program: &mut Program, group: &[ClassId], fields: Vec<String>) {
    let names: Vec<&str> = group.iter().take(3).map(|class| program.classes[*class].name.as_str()).collect();
    let name = names.join("Or");
    let first = &program.classes[group[0]];
    let base = Class {
        qualname: name.clone(),
        name,
        bases: Vec::new(),
        methods: Vec::new(),
        attributes: fields
            .into_iter()
            .map(|name| {
                let (value, annotation, trivia) = (None, None, Trivia::default());
                Attribute { name, value, annotation, trivia, span: first.span }
            })
            .collect(),
        flavour: Flavour::Plain,
        decorators: Vec::new(),
        docs: None,
        made: true,
        module: first.module,
        parent: first.parent,
        span: first.span,
    };
    let (module, span) = (base.module, base.span);
    let base = program.classes.alloc(base);
    let stmts = &mut program.modules[module].body.stmts;
    let is_first = |stmt: &Stmt| matches!(stmt.kind, StmtKind::Class { class, .. } if group.contains(&class));
    let at = stmts.iter().position(is_first).unwrap_or(0);
    let kind = StmtKind::Class { class: base, var: None };
    stmts.insert(at, Stmt { kind, span, trivia: Trivia::default() });
    for class in group {
        program.classes[*class].bases.push(Base::Class(base));
    }
}
