//! Shapes to types.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet as HashSet;

use super::accept::Numeric;
use super::shape::{Callable, ClassRef, Con, Slot, Sort};
use super::solver::Solver;
use crate::arena::Arena;
use crate::hir::{FnId, FnKind, ParamKind, Program, StubRef};
use crate::stubs::{Entry, StubTy};
use crate::types::{FnTy, RecordDef, RecordId, Ty, UnionDef, UnionId, Variant};

/// The types made so far.
#[derive(Debug, Default)]
pub struct Resolver {
    /// The unions.
    pub unions: Arena<UnionDef>,
    /// The records.
    pub records: Arena<RecordDef>,
    by_alternatives: BTreeMap<Vec<Ty>, UnionId>,
    namespaces: BTreeMap<u32, RecordId>,
    /// By slot: 0, or the place in `made`, plus one.
    known: Vec<u32>,
    made: Vec<Ty>,
    open: Vec<u32>,
    /// Slots on a cycle of type arguments without a name: they are dynamic.
    pub cycles: HashSet<Slot>,
}

impl Resolver {
    /// The type of a slot; [`Ty::Never`]: nothing gets there.
    pub fn ty(&mut self, s: &Solver<'_>, slot: Slot) -> Ty {
        self.known_ty(s, slot).clone()
    }

    fn known_ty(&mut self, s: &Solver<'_>, slot: Slot) -> &Ty {
        let root = s.slots.root(slot);
        let at = root.0 as usize;
        match self.known.get(at) {
            Some(&made) if made > 0 => return &self.made[made as usize - 1],
            Some(_) => {}
            None => {
                self.known.resize(s.slots.count(), 0);
                self.made.reserve(s.slots.count());
            }
        }
        if let Some(at) = self.open.iter().position(|&open| open == root.0) {
            let cycle: Vec<u32> = self.open[at..].to_vec();
            self.cycles.extend(cycle.into_iter().map(Slot));
            return &Ty::Value;
        }
        if self.open.len() > 12 {
            self.cycles.insert(root);
            return &Ty::Value;
        }
        self.open.push(root.0);
        let ty = self.make(s, root);
        self.open.pop();
        self.made.push(ty);
        self.known[at] = self.made.len() as u32;
        &self.made[self.made.len() - 1]
    }

    /// Has the type of a slot made.
    pub fn note(&mut self, s: &Solver<'_>, slot: Slot) {
        let known = self.known.get(s.slots.root(slot).0 as usize);
        if known.is_none_or(|made| *made == 0) {
            self.known_ty(s, slot);
        }
    }

    /// The same for a type argument: what nobody fills is `None`.
    pub fn inner(&mut self, s: &Solver<'_>, slot: Slot) -> Ty {
        match self.ty(s, slot) {
            Ty::Never => Ty::None,
            ty => ty,
        }
    }

    fn boxed(&mut self, s: &Solver<'_>, slot: Slot) -> Box<Ty> {
        Box::new(self.inner(s, slot))
    }

    fn make(&mut self, s: &Solver<'_>, root: Slot) -> Ty {
        let shape = s.slots.shape(root).clone();
        if shape.dynamic {
            return Ty::Value;
        }
        match &*shape.alts {
            [] => return if shape.none { Ty::None } else { Ty::Never },
            [only] if !only.is_number() => {
                let ty = self.alternative(s, only, root);
                return if shape.none { ty.option() } else { ty };
            }
            _ => {}
        }
        let mut types: Vec<Ty> = Vec::new();
        if let Some(numeric) = s.numeric(root, &shape) {
            types.push(match numeric {
                Numeric::Bool => Ty::Bool,
                Numeric::Int => Ty::Int,
                Numeric::Big => Ty::BigInt,
                Numeric::Float => Ty::Float,
                Numeric::Mixed => Ty::Number,
            });
        }
        let others: Vec<&Con> = shape.alts.iter().filter(|con| !con.is_number()).collect();
        let iterators = others.len() > 1
            && others.iter().all(|con| con.is_iterable())
            && others.iter().any(|con| matches!(con.sort(), Sort::Iter | Sort::Gen | Sort::Range))
            && !s.slots.is_looked_at(root);
        if iterators {
            let element = others.iter().find_map(|con| match con {
                Con::Iter(a)
                | Con::List(a)
                | Con::Set(a)
                | Con::FrozenSet(a)
                | Con::VarTuple(a)
                | Con::Dict(a, _)
                | Con::Gen(a, ..) => Some(*a),
                Con::Tuple(items) => items.first().copied(),
                _ => None,
            });
            let element = element.map_or(Ty::Int, |slot| self.inner(s, slot));
            types.push(Ty::Iter(Box::new(element)));
        } else {
            let functions = others.iter().filter(|con| con.sort() == Sort::Func).count();
            let mut done = false;
            for con in &others {
                if functions > 0 && con.sort() == Sort::Func && std::mem::replace(&mut done, true) {
                    continue;
                }
                let ty = self.alternative(s, con, root);
                if !types.contains(&ty) {
                    types.push(ty);
                }
            }
        }
        // An exception's class beside others is a class.
        if types.contains(&Ty::Type) {
            types.retain(|ty| *ty != Ty::ExcType);
        }
        let ty = match types.len() {
            0 => return if shape.none { Ty::None } else { Ty::Never },
            1 => types.remove(0),
            _ if types.contains(&Ty::Value) => return Ty::Value,
            _ => self.union(&s.slots, types, s.program),
        };
        if shape.none { ty.option() } else { ty }
    }

    /// One of what may be in a slot.
    fn alternative(&mut self, s: &Solver<'_>, con: &Con, root: Slot) -> Ty {
        let mut ty = self.con(s, con, root);
        if let (Ty::Fn(function), Some(result)) = (&mut ty, s.joined_results.get(&root)) {
            function.result = self.inner(s, *result);
        }
        ty
    }

    fn con(&mut self, s: &Solver<'_>, con: &Con, _at: Slot) -> Ty {
        match con {
            Con::Bool => Ty::Bool,
            Con::Int => Ty::Int,
            Con::Float => Ty::Float,
            Con::Str => Ty::Str,
            Con::Bytes => Ty::Bytes,
            Con::Ellipsis => Ty::Ellipsis,
            Con::Range => Ty::Range,
            Con::List(a) => Ty::List(self.boxed(s, *a)),
            Con::Dict(a, b) => Ty::Dict(self.boxed(s, *a), self.boxed(s, *b)),
            Con::Set(a) => Ty::Set(self.boxed(s, *a)),
            Con::FrozenSet(a) => Ty::FrozenSet(self.boxed(s, *a)),
            Con::Tuple(items) => Ty::Tuple(items.iter().map(|item| self.inner(s, *item)).collect()),
            Con::VarTuple(a) => Ty::VarTuple(self.boxed(s, *a)),
            Con::Iter(a) => Ty::Iter(self.boxed(s, *a)),
            Con::Outcome(a) => {
                // An exception alone is what comes of a coroutine that never returns.
                Ty::Outcome(self.boxed(s, *a))
            }
            Con::Coro(a) => Ty::Coro(Box::new(self.ty(s, *a))),
            Con::Task(a) => Ty::Task(Box::new(self.ty(s, *a))),
            Con::Future(a) => Ty::Future(Box::new(self.ty(s, *a))),
            Con::Gen(a, b, c) => {
                let sends = self.ty(s, *b);
                let sends = if sends == Ty::Never { Ty::None } else { sends.option() };
                Ty::Gen(self.boxed(s, *a), Box::new(sends), self.boxed(s, *c))
            }
            Con::AsyncGen(a, b) => {
                let sends = self.ty(s, *b);
                let sends = if sends == Ty::Never { Ty::None } else { sends.option() };
                Ty::AsyncGen(self.boxed(s, *a), Box::new(sends))
            }
            Con::Exc(class) => Ty::Exc(class.clone()),
            Con::ClassObject(ClassRef::Program(class)) if s.slots.hierarchy.is_exception(*class) => Ty::ExcType,
            Con::ClassObject(ClassRef::Stub(name)) => match s.stubs.resolve(&name.module, &name.name) {
                Some((_, Entry::Class(class))) if class.is_exception => Ty::ExcType,
                _ => Ty::Type,
            },
            Con::ClassObject(ClassRef::Program(_)) | Con::Type => Ty::Type,
            Con::Class(class) => Ty::Class(*class),
            Con::Stub(name, _) if name.module == "argparse" => Ty::Stub((**name).clone(), Vec::new()),
            Con::Stub(name, args) => Ty::Stub((**name).clone(), args.iter().map(|arg| self.inner(s, *arg)).collect()),
            Con::Namespace(parser) => Ty::Record(self.namespace(s, *parser)),
            Con::StubModule(_) | Con::Module(_) => Ty::Module,
            Con::Func(callable) => self.callable(s, callable),
        }
    }

    fn namespace(&mut self, s: &Solver<'_>, parser: u32) -> RecordId {
        if let Some(id) = self.namespaces.get(&parser) {
            return *id;
        }
        let name = if parser == 0 { "Args".to_string() } else { format!("Args{}", parser + 1) };
        let id = self.records.alloc(RecordDef { name, fields: Vec::new() });
        self.namespaces.insert(parser, id);
        let fields = s.parsers[parser as usize].fields.clone();
        let fields = fields.into_iter().map(|(name, slot)| (name, self.inner(s, slot))).collect();
        self.records[id].fields = fields;
        id
    }

    fn callable(&mut self, s: &Solver<'_>, callable: &Callable) -> Ty {
        match callable {
            Callable::Program(function, receiver) => self.function(s, *function, receiver.is_some()),
            Callable::Typed(params, result) => {
                let params = params.iter().map(|param| self.inner(s, *param)).collect();
                let result = self.inner(s, *result);
                Ty::Fn(Box::new(FnTy { params, result }))
            }
            Callable::Stub(name) => match s.stubs.resolve(&name.module, &name.name) {
                Some((_, Entry::Function(all))) => match all.first() {
                    Some(signature) => {
                        let required = signature.params.iter().filter(|param| {
                            param.default.is_none()
                                && matches!(param.kind, ParamKind::Positional | ParamKind::PositionalOnly)
                        });
                        let params = required.map(|param| simple(&param.ty)).collect();
                        let result = simple(&signature.result);
                        Ty::Fn(Box::new(FnTy { params, result }))
                    }
                    None => Ty::Value,
                },
                _ => Ty::Value,
            },
            Callable::Method(recv, name) => match &*s.slots.shape(*recv).alts {
                [con] => self.stub_method(s, con, name, false),
                _ => Ty::Value,
            },
            Callable::Unbound(class, name) => {
                let con = match &*class.name {
                    "str" => Con::Str,
                    "bytes" => Con::Bytes,
                    "int" => Con::Int,
                    "float" => Con::Float,
                    _ => Con::Stub(class.clone(), std::rc::Rc::from([])),
                };
                self.stub_method(s, &con, name, true)
            }
            Callable::Partial(key) => {
                let Some((callee, first)) = s.partials.get(key) else { return Ty::Value };
                let shape = s.slots.shape(*callee).clone();
                let given = first.iter().filter(|arg| arg.given == super::solver::Given::Positional).count();
                let named = |name: &str| {
                    first.iter().any(|arg| matches!(&arg.given, super::solver::Given::Keyword(key) if **key == *name))
                };
                match shape.alts.first() {
                    Some(Con::Func(Callable::Program(id, receiver))) => {
                        let skip = usize::from(receiver.is_some());
                        let params = &s.program.functions[*id].params;
                        let is_bound = |at: usize| at < skip + given || named(&s.program.vars[params[at].var].name);
                        self.function_without(s, *id, skip, &is_bound)
                    }
                    Some(Con::Func(inner)) => match self.callable(s, inner) {
                        Ty::Fn(mut function) => {
                            function.params.drain(..given.min(function.params.len()));
                            Ty::Fn(function)
                        }
                        ty => ty,
                    },
                    _ => Ty::Value,
                }
            }
        }
    }

    /// The type of a method of the registry as a value: the parameters that it needs.
    fn stub_method(&mut self, s: &Solver<'_>, con: &Con, name: &str, unbound: bool) -> Ty {
        let builtin = |name: &str| StubRef::new("builtins", name);
        let class = match con {
            Con::Str => builtin("str"),
            Con::Bytes => builtin("bytes"),
            Con::Int => builtin("int"),
            Con::Float => builtin("float"),
            Con::List(_) => builtin("list"),
            Con::Dict(..) => builtin("dict"),
            Con::Set(_) => builtin("set"),
            Con::Task(_) => StubRef::new("asyncio", "Task"),
            Con::Future(_) => StubRef::new("asyncio", "Future"),
            Con::Stub(name, _) => (**name).clone(),
            _ => return Ty::Value,
        };
        let mut todo = vec![class];
        while let Some(class) = todo.pop() {
            let Some((_, Entry::Class(stub))) = s.stubs.resolve(&class.module, &class.name) else { continue };
            let Some(all) = stub.methods.get(name) else {
                todo.extend(stub.bases.iter().filter_map(|base| match base {
                    StubTy::Named(name, _) => Some(name.clone()),
                    _ => None,
                }));
                continue;
            };
            let Some(signature) = all.first() else { return Ty::Value };
            let args: Vec<Slot> = con.args();
            let mut with = |ty: &StubTy| match ty {
                StubTy::Param(param) => {
                    match stub.params.iter().position(|known| known == param).and_then(|at| args.get(at)) {
                        Some(slot) => self.inner(s, *slot),
                        None => Ty::Value,
                    }
                }
                StubTy::Union(parts) => match parts.as_slice() {
                    [StubTy::Param(param), StubTy::None] => {
                        match stub.params.iter().position(|known| known == param).and_then(|at| args.get(at)) {
                            Some(slot) => self.inner(s, *slot).option(),
                            None => Ty::Value,
                        }
                    }
                    _ => simple(ty),
                },
                ty => simple(ty),
            };
            let required = signature.params.iter().filter(|param| {
                param.default.is_none() && matches!(param.kind, ParamKind::Positional | ParamKind::PositionalOnly)
            });
            let mut params: Vec<Ty> = required.map(|param| with(&param.ty)).collect();
            let result = with(&signature.result);
            if unbound {
                let this = self.con(s, con, Slot(0));
                params.insert(0, this);
            }
            return Ty::Fn(Box::new(FnTy { params, result }));
        }
        Ty::Value
    }

    /// The type of a function of the program as a value: parameters without default, by place.
    pub fn function(&mut self, s: &Solver<'_>, id: FnId, bound: bool) -> Ty {
        self.function_without(s, id, usize::from(bound), &|_| false)
    }

    /// The type of a function some of whose parameters are bound already.
    fn function_without(&mut self, s: &Solver<'_>, id: FnId, skip: usize, is_bound: &dyn Fn(usize) -> bool) -> Ty {
        let function = &s.program.functions[id];
        let params: Vec<Ty> = function
            .params
            .iter()
            .enumerate()
            .skip(skip)
            .filter(|(at, param)| {
                !is_bound(*at)
                    && (param.default.is_none() || s.value_given.contains(&(id, *at)))
                    && (param.kind != ParamKind::Kwargs || function.stands_for.is_some())
            })
            .map(|(_, param)| match s.var_slot(param.var) {
                Some(slot) => self.inner(s, slot),
                None => Ty::None,
            })
            .collect();
        let result = self.result(s, id);
        Ty::Fn(Box::new(FnTy { params, result }))
    }

    /// What a call of a function of the program gives.
    pub fn result(&mut self, s: &Solver<'_>, id: FnId) -> Ty {
        let slots = s.function(id);
        match s.program.functions[id].kind {
            FnKind::Plain => self.ty(s, slots.result),
            FnKind::Coroutine { .. } => Ty::Coro(Box::new(self.ty(s, slots.result))),
            FnKind::Generator => self.con(s, &Con::Gen(slots.yields, slots.sends, slots.result), slots.result),
            FnKind::AsyncGenerator => self.con(s, &Con::AsyncGen(slots.yields, slots.sends), slots.result),
        }
    }

    /// The union of types that do not join.
    fn union(&mut self, _slots: &super::slots::Slots, mut types: Vec<Ty>, program: &Program) -> Ty {
        types.sort();
        if let Some(id) = self.by_alternatives.get(&types) {
            return Ty::Union(*id);
        }
        let mut alternatives: Vec<Variant> = Vec::new();
        for ty in &types {
            let mut name = variant_name(ty, program, &self.records);
            let taken =
                alternatives.iter().filter(|other| other.name.trim_end_matches(char::is_numeric) == name).count();
            if taken > 0 {
                name = format!("{name}{}", taken + 1);
            }
            alternatives.push(Variant { name, ty: ty.clone() });
        }
        let name: Vec<&str> = alternatives.iter().map(|variant| variant.name.as_str()).collect();
        let id = self.unions.alloc(UnionDef { name: name.join("Or"), alternatives });
        self.by_alternatives.insert(types, id);
        Ty::Union(id)
    }
}

/// The name of an alternative.
fn variant_name(ty: &Ty, program: &Program, records: &Arena<RecordDef>) -> String {
    let name = match ty {
        Ty::Never | Ty::None => "Nothing",
        Ty::Bool => "Bool",
        Ty::Int => "Int",
        Ty::BigInt => "BigInt",
        Ty::Float => "Float",
        Ty::Number => "Number",
        Ty::Str => "Str",
        Ty::Bytes => "Bytes",
        Ty::Ellipsis => "Ellipsis",
        Ty::List(_) => "List",
        Ty::Dict(..) => "Dict",
        Ty::Set(_) => "Set",
        Ty::FrozenSet(_) => "FrozenSet",
        Ty::Tuple(_) | Ty::VarTuple(_) => "Tuple",
        Ty::Range => "Range",
        Ty::Option(_) => "Optional",
        Ty::Outcome(_) => "Outcome",
        Ty::Iter(_) => "Iter",
        Ty::Coro(_) => "Coroutine",
        Ty::Task(_) => "Task",
        Ty::Future(_) => "Future",
        Ty::Gen(..) => "Generator",
        Ty::AsyncGen(..) => "AsyncGenerator",
        Ty::Exc(_) => "Exception",
        Ty::ExcType => "ExceptionClass",
        Ty::Type => "Type",
        Ty::Union(_) => "Union",
        Ty::Record(id) => return records[*id].name.clone(),
        Ty::Fn(_) => "Function",
        Ty::Class(id) => return program.classes[*id].name.clone(),
        Ty::Stub(name, _) => {
            let mut letters = name.name.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            return first + letters.as_str();
        }
        Ty::Module => "Module",
        Ty::Param(_) => "Param",
        Ty::Value => "Value",
    };
    name.to_string()
}

/// A stub's type without type parameters.
pub fn simple(ty: &StubTy) -> Ty {
    match ty {
        StubTy::None => Ty::None,
        StubTy::Never => Ty::Never,
        StubTy::Union(parts) => match parts.as_slice() {
            [one, StubTy::None] | [StubTy::None, one] => simple(one).option(),
            _ => Ty::Value,
        },
        StubTy::Named(StubRef { module, name }, args) => match (&**module, &**name, args.as_slice()) {
            ("builtins", "bool", _) => Ty::Bool,
            ("builtins", "int", _) => Ty::Int,
            ("builtins", "float", _) => Ty::Float,
            ("builtins", "str", _) => Ty::Str,
            ("builtins", "bytes", _) => Ty::Bytes,
            ("builtins", "list", [element]) => Ty::list(simple(element)),
            _ => Ty::Value,
        },
        StubTy::Param(_) | StubTy::List(_) | StubTy::Ellipsis | StubTy::Any | StubTy::SelfTy => Ty::Value,
    }
}
