//! How classes are kept: which of them share a struct, and how each field and class attribute is held.
//!
//! Classes that inherit from one another are one struct: the fields of all of them, and the class as an enum beside them.

use std::collections::{BTreeMap, BTreeSet};

use super::init;
use super::names::{definition, snake, upper};
use crate::hir::below::Below;
use crate::hir::{Arg, Base, Binding, Callee, ClassId, Expr, ExprId, Flavour, FnId, Program, Target, VarId, walk};
use crate::infer::{Resolved, Types};
use crate::types::{ExcClass, Ty};
use rustc_hash::FxHashMap as HashMap;

/// How a field is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// As it is: assigned once, where the object is made.
    Plain,
    /// `Cell<T>`.
    Cell,
    /// `Field<T>`.
    Field,
    /// `Late<T>`: it has a value once `__init__` has run.
    Late,
    /// `Late<T>` that may be read without one.
    Unsure,
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub struct FieldLayout {
    /// The class that has it.
    pub owner: ClassId,
    /// The Python name.
    pub name: String,
    /// The Rust name.
    pub text: String,
    /// The type.
    pub ty: Ty,
    /// How it is held.
    pub how: How,
}

/// An attribute of a class, and where its value is kept.
#[derive(Debug, Clone)]
pub struct ClassVar {
    /// The class that has it.
    pub owner: ClassId,
    /// The Python name.
    pub name: String,
    /// The static's name.
    pub text: String,
    /// The value.
    pub value: ExprId,
    /// The type.
    pub ty: Ty,
}

/// One struct.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The classes that it stands for, bases first.
    pub members: Vec<ClassId>,
    /// The class after which it is named: the first of them, or a base that nobody wrote.
    pub named: Option<ClassId>,
    /// Its fields.
    pub fields: Vec<FieldLayout>,
    /// Class attributes of all its classes.
    pub vars: Vec<ClassVar>,
    /// The constructor collects the fields in variables and makes the struct of them.
    pub direct: bool,
}

/// The structs of a program.
#[derive(Debug, Default)]
pub struct Layouts {
    all: Vec<Layout>,
    of: HashMap<ClassId, usize>,
    below: Below,
    made: BTreeSet<ClassId>,
    empty: Layout,
    /// The program copies objects.
    pub copies: bool,
    /// The program compares functions: [`super::same`].
    pub functions_compared: bool,
    /// The program asks function values whether they are coroutine functions.
    pub kinds_asked: bool,
    /// What is asked of values that may be anything.
    pub asked: super::class::dynamic::Asked,
}

impl Layouts {
    /// The structs of a program.
    pub fn new(program: &Program, types: &Types, is_exception: &dyn Fn(ClassId) -> bool) -> Layouts {
        let mut layouts = Layouts { below: Below::new(program), made: made(program, types), ..Layouts::default() };
        layouts.copies = program.exprs.iter().any(|(_, expr)| match expr {
            Expr::Call(call) => matches!(&call.callee, Callee::Stub(stub) if stub.module == "copy"),
            Expr::Stub(stub) => stub.module == "copy",
            _ => false,
        });
        layouts.asked = super::class::dynamic::Asked::of(program, types);
        layouts.functions_compared = super::same::functions_compared(program, types);
        layouts.kinds_asked = super::same::kinds_asked(types);
        let assigned = Assigned::new(program, types);
        let mut group: BTreeMap<ClassId, ClassId> = program.classes.ids().map(|id| (id, id)).collect();
        let find = |group: &BTreeMap<ClassId, ClassId>, mut id: ClassId| {
            while group[&id] != id {
                id = group[&id];
            }
            id
        };
        for (id, class) in program.classes.iter() {
            for base in &class.bases {
                if let Base::Class(base) = base {
                    let (a, b) = (find(&group, id), find(&group, *base));
                    let (low, high) = if a < b { (a, b) } else { (b, a) };
                    group.insert(high, low);
                }
            }
        }
        let mut members: BTreeMap<ClassId, Vec<ClassId>> = BTreeMap::new();
        for id in program.classes.ids() {
            members.entry(find(&group, id)).or_default().push(id);
        }
        for (_, mut members) in members {
            members.sort_by_key(|&id| (program.above(id).len(), id));
            let exceptions = members.iter().any(|&id| is_exception(id));
            let layout = layout(program, types, &assigned, members, exceptions, &layouts.below);
            for &id in layout.members.iter().chain(&layout.named) {
                layouts.of.insert(id, layouts.all.len());
            }
            layouts.all.push(layout);
        }
        layouts
    }

    /// The struct of a class.
    pub fn of(&self, class: ClassId) -> &Layout {
        self.of.get(&class).and_then(|&at| self.all.get(at)).unwrap_or(&self.empty)
    }

    /// The classes at or below one.
    pub fn below(&self, class: ClassId) -> &[ClassId] {
        self.below.of(class)
    }

    /// The methods that override one.
    pub fn overriding(&self, program: &Program, function: FnId) -> impl Iterator<Item = FnId> {
        self.below.overriding(program, function)
    }

    /// Whether there may be objects of exactly this class.
    pub fn is_made(&self, class: ClassId) -> bool {
        self.made.contains(&class)
    }

    /// Whether two classes are one struct.
    pub fn same(&self, a: ClassId, b: ClassId) -> bool {
        a == b || self.of.get(&a).is_some_and(|at| self.of.get(&b) == Some(at))
    }
}

impl Layout {
    /// The class whose name the struct has.
    pub fn top(&self) -> Option<ClassId> {
        self.named
    }

    /// Whether the struct says which class an object is of.
    pub fn has_kind(&self) -> bool {
        self.members.len() > 1
    }
}

/// The classes that are called, or named as a value.
fn made(program: &Program, types: &Types) -> BTreeSet<ClassId> {
    let called = types.resolved.values().filter_map(|resolved| match resolved {
        Resolved::New { class, .. } => Some(*class),
        _ => None,
    });
    let named = program.exprs.iter().filter_map(|(_, expr)| match expr {
        Expr::Class(class) => Some(*class),
        _ => None,
    });
    called.chain(named).collect()
}

/// The method that a name means on instances of a class.
pub fn find_method(program: &Program, class: ClassId, name: &str) -> Option<FnId> {
    program.above(class).into_iter().find_map(|class| {
        let methods = program.classes[class].methods.iter().rev();
        methods.copied().find(|&method| program.functions[method].name == name)
    })
}

/// The fields of a dataclass in the order of its constructor, with their defaults.
pub fn dataclass_fields(program: &Program, class: ClassId) -> Vec<(ClassId, String, Option<ExprId>)> {
    let mut fields: Vec<(ClassId, String, Option<ExprId>)> = Vec::new();
    for above in program.above(class).into_iter().rev() {
        for attribute in program.classes[above].attributes.iter().filter(|field| field.is_field()) {
            match fields.iter_mut().find(|(_, name, _)| *name == attribute.name) {
                Some(old) => old.2 = attribute.value,
                None => fields.push((above, attribute.name.clone(), attribute.value)),
            }
        }
    }
    fields
}

/// Whether a class gets its constructor from its annotated attributes.
pub fn is_record(program: &Program, class: ClassId) -> bool {
    matches!(program.classes[class].flavour, Flavour::Dataclass { .. } | Flavour::NamedTuple)
}

/// How attributes of a group of classes are assigned.
#[derive(Default)]
struct Uses {
    /// `object.name = …`.
    instance: BTreeSet<String>,
    /// `Class.name = …`.
    class: BTreeSet<String>,
}

fn layout(
    program: &Program,
    types: &Types,
    assigned: &Assigned,
    members: Vec<ClassId>,
    exceptions: bool,
    below: &Below,
) -> Layout {
    let uses = assigned.of(&members);
    let top = members.first().copied();
    let single = members.len() == 1 && !exceptions;
    let direct = single
        && top.is_some_and(|class| match find_method(program, class, "__init__") {
            Some(init) => init::is_direct(program, types, class, init),
            None => init::is_direct_record(program, types, class),
        });
    let mut taken: BTreeSet<String> = BTreeSet::new();
    taken.insert("kind".into());
    let mut fields = Vec::new();
    let mut vars: Vec<ClassVar> = Vec::new();
    let definite: HashMap<ClassId, BTreeSet<String>> =
        members.iter().map(|&class| (class, init::definite(program, types, class))).collect();
    for &class in &members {
        let record = is_record(program, class);
        for attribute in &program.classes[class].attributes {
            let (Some(value), false) = (attribute.value, record && attribute.is_field()) else { continue };
            if program.classes[class].flavour == Flavour::Enum {
                continue;
            }
            let ty = program
                .above(class)
                .into_iter()
                .find_map(|above| field_ty(types, above, &attribute.name))
                .unwrap_or(Ty::Value);
            let text = format!("{}_{}", upper(&program.classes[class].name), upper(&attribute.name));
            vars.push(ClassVar { owner: class, name: attribute.name.clone(), text: definition(&text), value, ty });
        }
    }
    for &class in &members {
        let infos = types.class.get(class).map(|info| info.fields.clone()).unwrap_or_default();
        for info in infos {
            let of_class = vars.iter().any(|var| var.name == info.name && program.above(var.owner).contains(&class));
            let here = program.classes[class].attributes.iter().any(|attribute| attribute.name == info.name);
            let bare = here && is_record(program, class);
            if (of_class || program.classes[class].flavour == Flavour::Enum)
                && !bare
                && !uses.instance.contains(&info.name)
            {
                continue;
            }
            let mut text = definition(&info.name);
            if !taken.insert(text.clone()) {
                text = format!("{}_{text}", snake(&program.classes[class].name));
                taken.insert(text.clone());
            }
            let sure =
                below.of(class).iter().all(|below| definite.get(below).is_some_and(|names| names.contains(&info.name)));
            let how = if direct && (sure || !of_class) {
                match (
                    info.reassigned || uses.instance.contains(&info.name) && is_record(program, class),
                    info.ty.is_copy(),
                ) {
                    (false, _) => How::Plain,
                    (true, true) => How::Cell,
                    (true, false) => How::Field,
                }
            } else if sure {
                How::Late
            } else {
                How::Unsure
            };
            fields.push(FieldLayout { owner: class, name: info.name.clone(), text, ty: info.ty.clone(), how });
        }
    }
    let _ = uses.class;
    let members = members.into_iter().filter(|&class| !program.classes[class].made).collect();
    Layout { members, named: top, fields, vars, direct }
}

fn field_ty(types: &Types, class: ClassId, name: &str) -> Option<Ty> {
    let info = types.class.get(class)?;
    info.fields.iter().find(|field| field.name == name).map(|field| field.ty.clone())
}

/// The attributes that are assigned in the whole program, read once.
#[derive(Default)]
struct Assigned {
    instance: BTreeMap<ClassId, BTreeSet<String>>,
    class: BTreeSet<String>,
}

impl Assigned {
    fn new(program: &Program, types: &Types) -> Assigned {
        let mut assigned = Assigned::default();
        let mut see = |target: &Target| {
            if let Target::Attr(object, name) = target {
                match types.final_ty(*object) {
                    Ty::Class(class) | Ty::Exc(ExcClass::Class(class)) => {
                        assigned.instance.entry(class).or_default().insert(name.clone());
                    }
                    Ty::Type => {
                        assigned.class.insert(name.clone());
                    }
                    _ => {}
                }
            }
        };
        for (_, block) in program.bodies() {
            walk::for_each_stmt(block, &mut |stmt| walk::stmt_targets(stmt, &mut see));
        }
        assigned
    }

    /// Those of some classes.
    fn of(&self, members: &[ClassId]) -> Uses {
        let instance = members.iter().filter_map(|class| self.instance.get(class)).flatten().cloned().collect();
        Uses { instance, class: self.class.iter().cloned().collect() }
    }
}

/// `cls` of a class method.
pub fn class_param(program: &Program, function: FnId) -> Option<(VarId, ClassId)> {
    let function = &program.functions[function];
    let method = function.method.filter(|method| method.binding == Binding::Class)?;
    Some((function.params.first()?.var, method.class))
}

/// Of `type(self)` in a method: `self`, and the class of the method.
pub fn instance_of_type(program: &Program, expr: ExprId) -> Option<(ExprId, ClassId)> {
    let Expr::Call(call) = &program.exprs[expr] else { return None };
    let Callee::Stub(stub) = &call.callee else { return None };
    let [Arg::Positional(value)] = call.args[..] else { return None };
    let Expr::Var(var) = program.exprs[value] else { return None };
    let owner = &program.functions[program.vars[var].owner?];
    let method = owner.method.filter(|method| method.binding != Binding::Static && method.binding != Binding::Class)?;
    let is_self = owner.params.first().is_some_and(|param| param.var == var);
    (stub.module == "builtins" && stub.name == "type" && is_self).then_some((value, method.class))
}

/// The class that an expression names: itself, `cls`, or `type(self)` where no class is below.
pub fn named_class(program: &Program, expr: ExprId) -> Option<ClassId> {
    match &program.exprs[expr] {
        Expr::Class(class) => Some(*class),
        Expr::Var(var) => {
            let owner = program.vars[*var].owner?;
            class_param(program, owner).filter(|(param, _)| param == var).map(|(_, class)| class)
        }
        Expr::Call(_) => {
            let class = instance_of_type(program, expr)?;
            let has_below = program.classes.iter().any(|(_, other)| other.bases.contains(&Base::Class(class.1)));
            (!has_below).then_some(class.1)
        }
        _ => None,
    }
}
