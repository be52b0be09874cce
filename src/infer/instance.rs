//! Uses of stubs: signatures with fresh slots, arguments flowing into them.

use std::rc::Rc;

use super::accept::Fit;
use super::binding::{Actual, Fill, Formal, bind};
use super::shape::{Callable, Con, Slot};
use super::solver::{Argument, Found, Given, Instance, Solver};
use crate::hir::StubRef;
use crate::stubs::{Entry, Signature, StubTy};
use crate::types::ExcClass;

/// Type parameters and their slots.
pub type Env = Vec<(String, Slot)>;

fn builtin(name: &str) -> StubRef {
    StubRef { module: "builtins".into(), name: name.into() }
}

impl Solver<'_> {
    /// The class of the registry that a value's methods are looked up in, with its type arguments.
    pub fn class_of(&mut self, con: &Con) -> Option<(StubRef, Vec<Slot>)> {
        let simple = |name: &str| Some((builtin(name), Vec::new()));
        match con {
            Con::Bool => simple("bool"),
            Con::Int => simple("int"),
            Con::Float => simple("float"),
            Con::Str => simple("str"),
            Con::Bytes => simple("bytes"),
            Con::Ellipsis => simple("ellipsis"),
            Con::Range => simple("range"),
            Con::List(a) => Some((builtin("list"), vec![*a])),
            Con::Dict(a, b) => Some((builtin("dict"), vec![*a, *b])),
            Con::Set(a) => Some((builtin("set"), vec![*a])),
            Con::FrozenSet(a) => Some((builtin("frozenset"), vec![*a])),
            Con::VarTuple(a) => Some((builtin("tuple"), vec![*a])),
            Con::Tuple(items) => {
                let element = self.joined(items);
                Some((builtin("tuple"), vec![element]))
            }
            Con::Iter(a) => Some((builtin("iterator"), vec![*a])),
            Con::Gen(a, b, c) => Some((builtin("generator"), vec![*a, *b, *c])),
            Con::AsyncGen(a, b) => Some((builtin("async_generator"), vec![*a, *b])),
            Con::Coro(a) => Some((builtin("coroutine"), vec![*a])),
            Con::Task(a) => Some((StubRef { module: "asyncio".into(), name: "Task".into() }, vec![*a])),
            Con::Future(a) => Some((StubRef { module: "asyncio".into(), name: "Future".into() }, vec![*a])),
            Con::Type | Con::ClassObject(_) => simple("type"),
            Con::Func(_) => simple("function"),
            Con::Stub(name, args) => Some(((**name).clone(), args.to_vec())),
            Con::Exc(ExcClass::Stub(name)) => Some((name.clone(), Vec::new())),
            Con::Exc(ExcClass::Class(class)) | Con::Class(class) => {
                let above = self.slots.hierarchy.above(*class).iter();
                above
                    .filter_map(|base| match base {
                        crate::hir::Base::Stub(name) => Some((name.clone(), Vec::new())),
                        crate::hir::Base::Class(_) => None,
                    })
                    .next()
                    .or_else(|| Some((builtin("object"), Vec::new())))
            }
            Con::Outcome(_) | Con::Namespace(_) | Con::StubModule(_) | Con::Module(_) => None,
        }
    }

    /// What all elements of a tuple may be: one slot per operation and tuple.
    pub fn joined(&mut self, items: &[Slot]) -> Slot {
        let number = items
            .iter()
            .fold(0x7461_u64, |hash, item| (hash ^ u64::from(self.slots.root(*item).0)).wrapping_mul(0x0100_0000_01b3));
        let element = self.own_slot(number);
        for &item in items {
            self.slots.flow(item, element);
        }
        element
    }

    /// A method of a class of the registry, its own or a base's.
    pub fn find_stub_method(&mut self, class: &StubRef, args: &[Slot], name: &str) -> Option<Found> {
        let (owner, entry) = self.entry(class)?;
        let Entry::Class(stub) = &*entry else { return None };
        let env: Env = stub.params.iter().cloned().zip(args.iter().copied()).collect();
        if stub.methods.contains_key(name) {
            return Some(Found { owner, entry: Rc::clone(&entry), method: Rc::from(name), env });
        }
        for base in &stub.bases {
            let StubTy::Named(base, base_args) = base else { continue };
            if base == class {
                continue;
            }
            let slots: Vec<Slot> = base_args.iter().map(|ty| self.slot_of(ty, &env, None)).collect();
            if let Some(found) = self.find_stub_method(base, &slots, name) {
                return Some(found);
            }
        }
        if class.name != "object"
            && !stub.is_exception
            && stub.bases.is_empty()
            && matches!(name, "__eq__" | "__ne__" | "__hash__" | "__repr__" | "__str__" | "__bool__" | "__format__")
        {
            return self.find_stub_method(&builtin("object"), &[], name);
        }
        None
    }

    /// An attribute of a class of the registry: its type, and how it is read.
    pub fn find_stub_attribute(
        &mut self,
        class: &StubRef,
        args: &[Slot],
        name: &str,
    ) -> Option<(crate::stubs::AttributeStub, Env)> {
        let (_, entry) = self.entry(class)?;
        let Entry::Class(stub) = &*entry else { return None };
        let env: Env = stub.params.iter().cloned().zip(args.iter().copied()).collect();
        if let Some(attribute) = stub.attributes.get(name) {
            return Some((attribute.clone(), env));
        }
        stub.bases.iter().find_map(|base| {
            let StubTy::Named(base, base_args) = base else { return None };
            if base == class {
                return None;
            }
            let slots: Vec<Slot> = base_args.iter().map(|ty| self.slot_of(ty, &env, None)).collect();
            self.find_stub_attribute(base, &slots, name)
        })
    }

    /// Whether a class of the registry says why a member is not translated.
    pub fn unsupported_member(&mut self, class: &StubRef, name: &str) -> Option<String> {
        let (_, entry) = self.entry(class)?;
        let Entry::Class(stub) = &*entry else { return None };
        if let Some(why) = stub.unsupported.get(name) {
            return Some(why.clone());
        }
        stub.bases.iter().find_map(|base| match base {
            StubTy::Named(base, _) if base != class => self.unsupported_member(base, name),
            _ => None,
        })
    }

    /// Whether a value has a method.
    pub fn has_method(&mut self, con: &Con, name: &str) -> bool {
        if let Con::Class(class) = con {
            if self.find_method(*class, name).is_some() {
                return true;
            }
        }
        match self.class_of(con) {
            Some((class, args)) => self.find_stub_method(&class, &args, name).is_some(),
            None => false,
        }
    }

    /// The slot of a stub's type: type parameters are looked up, all else is new.
    pub fn slot_of(&mut self, ty: &StubTy, env: &Env, this: Option<&Con>) -> Slot {
        if let StubTy::Param(name) = ty {
            if let Some((_, slot)) = env.iter().find(|(param, _)| param == name) {
                return *slot;
            }
        }
        let slot = self.slots.fresh();
        self.fill(slot, ty, env, this);
        slot
    }

    /// Puts the values of a stub's type into a slot.
    pub fn fill(&mut self, slot: Slot, ty: &StubTy, env: &Env, this: Option<&Con>) {
        match ty {
            StubTy::None => self.slots.add_none(slot),
            StubTy::Never | StubTy::List(_) | StubTy::Ellipsis => {}
            StubTy::Any => self.slots.make_dynamic(slot),
            StubTy::SelfTy => {
                if let Some(con) = this {
                    self.slots.add(slot, con.clone());
                }
            }
            StubTy::Param(name) => {
                if let Some((_, from)) = env.iter().find(|(param, _)| param == name) {
                    self.slots.flow(*from, slot);
                }
            }
            StubTy::Union(parts) => {
                for part in parts {
                    self.fill(slot, part, env, this);
                }
            }
            StubTy::Named(name, args) => self.fill_named(slot, name, args, env, this),
        }
    }

    fn fill_named(&mut self, slot: Slot, name: &StubRef, args: &[StubTy], env: &Env, this: Option<&Con>) {
        let mut arg = |solver: &mut Self, at: usize| match args.get(at) {
            Some(ty) => solver.slot_of(ty, env, this),
            None => solver.slots.fresh(),
        };
        let con = match (&*name.module, &*name.name) {
            ("builtins", "bool") => Con::Bool,
            ("builtins", "int") => Con::Int,
            ("builtins", "BigInt") => {
                self.mark_big(slot);
                Con::Int
            }
            ("builtins", "float") => Con::Float,
            ("builtins", "Number") => {
                self.slots.add(slot, Con::Int);
                Con::Float
            }
            ("builtins", "str") => Con::Str,
            ("builtins", "bytes") => Con::Bytes,
            ("builtins", "range") => Con::Range,
            ("builtins", "ellipsis") => Con::Ellipsis,
            ("builtins", "type") => Con::Type,
            ("builtins", "object") => return self.slots.make_dynamic(slot),
            ("builtins", "list") => Con::List(arg(self, 0)),
            ("builtins", "dict") => Con::Dict(arg(self, 0), arg(self, 1)),
            ("builtins", "set") => Con::Set(arg(self, 0)),
            ("builtins", "frozenset") => Con::FrozenSet(arg(self, 0)),
            ("builtins", "tuple") => match args {
                [of, StubTy::Ellipsis] => Con::VarTuple(self.slot_of(of, env, this)),
                _ => Con::Tuple((0..args.len()).map(|at| arg(self, at)).collect()),
            },
            ("builtins", "iterator") => Con::Iter(arg(self, 0)),
            ("builtins", "generator") => Con::Gen(arg(self, 0), arg(self, 1), arg(self, 2)),
            ("builtins", "async_generator") => Con::AsyncGen(arg(self, 0), arg(self, 1)),
            ("builtins", "coroutine") => Con::Coro(arg(self, 0)),
            ("typing", "Iterable" | "Iterator" | "Collection" | "Sequence") => Con::Iter(arg(self, 0)),
            ("typing", "Awaitable") => Con::Future(arg(self, 0)),
            ("typing", "Coroutine") => Con::Coro(arg(self, args.len().saturating_sub(1))),
            ("typing", "Generator") => Con::Gen(arg(self, 0), arg(self, 1), arg(self, 2)),
            ("typing", "AsyncGenerator" | "AsyncIterator" | "AsyncIterable") => {
                Con::AsyncGen(arg(self, 0), arg(self, 1))
            }
            ("typing", "Mapping" | "MutableMapping") => Con::Dict(arg(self, 0), arg(self, 1)),
            ("typing", "Callable") => {
                let params = match args.first() {
                    Some(StubTy::List(params)) => params.iter().map(|ty| self.slot_of(ty, env, this)).collect(),
                    _ => Rc::from([]),
                };
                Con::Func(Callable::Typed(params, arg(self, 1)))
            }
            ("typing", _) => return self.slots.make_dynamic(slot),
            ("asyncio", "Task") => Con::Task(arg(self, 0)),
            ("asyncio", "Future") => Con::Future(arg(self, 0)),
            _ => match self.entry(name) {
                Some((real, entry)) => match &*entry {
                    Entry::Class(class) if class.is_exception => Con::Exc(ExcClass::Stub((*real).clone())),
                    Entry::Class(class) => {
                        let count = class.params.len();
                        Con::Stub(real, (0..count).map(|at| arg(self, at)).collect())
                    }
                    _ => return self.slots.make_dynamic(slot),
                },
                None => return self.slots.make_dynamic(slot),
            },
        };
        self.slots.add(slot, con);
    }

    /// The place of each argument in a signature; `None`: they do not fit.
    pub fn bind_stub(&mut self, signature: &Signature, args: &[Argument]) -> Option<Vec<Fill>> {
        let formals: Vec<Formal<'_>> = signature
            .params
            .iter()
            .map(|param| Formal { name: &param.name, kind: param.kind, has_default: param.default.is_some() })
            .collect();
        let actuals = self.actuals(args);
        bind("", &formals, &actuals, 0).ok()
    }

    /// The arguments as binding sees them.
    pub fn actuals(&mut self, args: &[Argument]) -> Vec<Actual> {
        let mut actuals = Vec::new();
        for arg in args {
            let (mut count, mut keys) = (None, None);
            match arg.given {
                Given::Star => {
                    if let Some(Con::Tuple(items)) = self.read(arg.slot).only() {
                        count = Some(items.len());
                    }
                }
                Given::DoubleStar => {
                    if let Some(Con::Namespace(parser)) = self.read(arg.slot).only() {
                        let fields = &self.parsers[*parser as usize].fields;
                        keys = Some(fields.iter().map(|(name, _)| name.clone()).collect());
                    }
                }
                Given::Positional | Given::Keyword(_) => {}
            }
            actuals.push(Actual { given: arg.given.clone(), count, keys });
        }
        actuals
    }

    /// Which overload takes the arguments, and what each of its parameters gets.
    pub fn select(&mut self, found: &Found, receiver: Option<Slot>, args: &[Argument]) -> Option<(usize, Vec<Fill>)> {
        let mut best: Option<(Fit, usize, Vec<Fill>)> = None;
        let overloads = found.overloads();
        for (at, signature) in overloads.iter().enumerate() {
            let Some(fills) = self.bind_stub(signature, args) else { continue };
            let mut worst = Fit::Exact;
            if let (Some(ty), Some(receiver)) = (&signature.receiver, receiver) {
                worst = worst.max(self.accepts(receiver, ty, 0));
            } else if let (None, Some(receiver)) = (&signature.receiver, receiver) {
                worst = worst.max(self.own_receiver(found, receiver));
            }
            for (param, fill) in signature.params.iter().zip(&fills) {
                for slot in self.filled(fill, args) {
                    worst = worst.max(self.accepts(slot, &param.ty, 0));
                }
            }
            if worst != Fit::No && best.as_ref().is_none_or(|(fit, ..)| worst < *fit) {
                let done = worst == Fit::Exact;
                best = Some((worst, at, fills));
                if done {
                    break;
                }
            }
        }
        best.map(|(_, at, fills)| (at, fills))
    }

    /// A number's method without `self: …` takes the class's own representation.
    fn own_receiver(&mut self, found: &Found, receiver: Slot) -> Fit {
        if found.owner.module == "builtins"
            && matches!(&*found.owner.name, "bool" | "int" | "BigInt" | "float" | "Number")
        {
            let ty = StubTy::Named((*found.owner).clone(), Vec::new());
            return self.accepts(receiver, &ty, 0);
        }
        Fit::Exact
    }

    /// The slots of the arguments that a parameter gets.
    pub fn filled(&mut self, fill: &Fill, args: &[Argument]) -> Vec<Slot> {
        match fill {
            Fill::Default => Vec::new(),
            Fill::Arg(at) => vec![args[*at].slot],
            Fill::Item(at, index) => match self.read(args[*at].slot).only() {
                Some(Con::Tuple(items)) => items.get(*index).copied().into_iter().collect(),
                _ => Vec::new(),
            },
            Fill::Key(at, key) => match self.read(args[*at].slot).only() {
                Some(Con::Namespace(parser)) => {
                    let fields = &self.parsers[*parser as usize].fields;
                    fields.iter().filter(|(name, _)| name == key).map(|(_, slot)| *slot).collect()
                }
                Some(Con::Dict(_, value)) => vec![*value],
                _ => Vec::new(),
            },
            Fill::Unknown(at) => self.elements(args[*at].slot).into_iter().collect(),
            Fill::Args(list) => {
                let mut slots = Vec::new();
                for &at in list {
                    match args[at].given {
                        Given::Star => slots.extend(self.elements(args[at].slot)),
                        _ => slots.push(args[at].slot),
                    }
                }
                slots
            }
            Fill::Kwargs(list) => {
                let mut slots = Vec::new();
                for &at in list {
                    match (&args[at].given, self.read(args[at].slot).only()) {
                        (Given::DoubleStar, Some(Con::Dict(_, value))) => slots.push(*value),
                        (Given::DoubleStar, Some(Con::Namespace(parser))) => {
                            slots.extend(self.parsers[*parser as usize].fields.iter().map(|(_, slot)| *slot));
                        }
                        (Given::DoubleStar, _) => {}
                        _ => slots.push(args[at].slot),
                    }
                }
                slots
            }
        }
    }

    /// What iterating a slot gives, as one slot of the operation at work.
    pub fn elements(&mut self, slot: Slot) -> Option<Slot> {
        let shape = self.read(slot);
        let out = self.own_slot(0x656c_0000_0000 | u64::from(slot.0));
        if shape.dynamic {
            self.slots.make_dynamic(out);
        }
        for con in &shape.alts {
            if let Some(element) = self.element(con, false) {
                self.slots.flow(element, out);
            }
        }
        Some(out)
    }

    /// The use of an overload at the operation at work: made once, found again later.
    pub fn instance(&mut self, found: &Found, overload: usize, this: &Con) -> Rc<Instance> {
        let key = (self.now, this.clone(), Rc::from(format!("{}.{}", found.owner.name, found.method)), overload as u32);
        if let Some(instance) = self.instances.get(&key) {
            return Rc::clone(instance);
        }
        let signature = found.overloads()[overload].clone();
        let mut env = found.env.clone();
        let mut names = Vec::new();
        for param in &signature.params {
            type_params(&param.ty, &mut names);
        }
        type_params(&signature.result, &mut names);
        signature.receiver.iter().for_each(|ty| type_params(ty, &mut names));
        for name in names {
            if !env.iter().any(|(known, _)| *known == name) {
                env.push((name, self.slots.fresh()));
            }
        }
        // A receiver of its own type: `def update(self: dict[str, V], **kwargs: V)`.
        if let (Some(StubTy::Named(_, tys)), args) = (&signature.receiver, this.args()) {
            for (ty, slot) in tys.iter().zip(args) {
                let known = self.slot_of(ty, &env, None);
                self.slots.same(known, slot);
            }
        }
        let result = self.slot_of(&signature.result, &env, Some(this));
        let instance = Rc::new(Instance { env, result });
        self.instances.insert(key, Rc::clone(&instance));
        instance
    }

    /// An argument flows into a parameter of a stub.
    pub fn flow_into(&mut self, slot: Slot, ty: &StubTy, env: &Env) {
        match ty {
            StubTy::Param(name) => {
                if let Some((_, to)) = env.iter().find(|(param, _)| param == name) {
                    self.slots.flow(slot, *to);
                }
            }
            StubTy::Union(parts) => {
                // `Optional[T]`: all but `None` is the `T`.
                let shape = self.read(slot);
                for con in &shape.alts {
                    let fits: Vec<Fit> = parts
                        .iter()
                        .map(|part| {
                            let one = self.own_con(slot, con);
                            self.accepts(one, part, 1)
                        })
                        .collect();
                    let Some(best) = fits.iter().min().copied() else { continue };
                    if let Some(at) = fits.iter().position(|fit| *fit == best) {
                        let one = self.own_con(slot, con);
                        self.flow_into(one, &parts[at], env);
                    }
                }
            }
            StubTy::Named(name, args) => {
                if args.is_empty() {
                    return;
                }
                let shape = self.read(slot);
                for con in &shape.alts {
                    self.flow_con(con, name, args, env);
                }
            }
            StubTy::None | StubTy::List(_) | StubTy::Ellipsis | StubTy::Any | StubTy::Never | StubTy::SelfTy => {}
        }
    }

    /// A slot of the operation at work with one alternative of another.
    pub fn own_con(&mut self, slot: Slot, con: &Con) -> Slot {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        (slot, con).hash(&mut hasher);
        let hash = hasher.finish();
        let one = self.own_slot(hash);
        self.slots.add(one, con.clone());
        one
    }

    fn flow_con(&mut self, con: &Con, name: &StubRef, args: &[StubTy], env: &Env) {
        if name.module == "typing" {
            match &*name.name {
                "Awaitable" | "Coroutine" | "Future" => {
                    if let (Some(result), Some(ty)) = (self.awaited(con), args.last()) {
                        self.flow_into(result, ty, env);
                    }
                }
                "AsyncIterable" | "AsyncIterator" | "AsyncGenerator" => {
                    if let (Some(element), Some(ty)) = (self.element(con, true), args.first()) {
                        self.flow_into(element, ty, env);
                    }
                }
                "Callable" => {
                    let params: Vec<Slot> = match args.first() {
                        Some(StubTy::List(tys)) => tys.iter().map(|ty| self.stable_slot(ty, env)).collect(),
                        _ => return,
                    };
                    let given: Vec<Argument> = params
                        .into_iter()
                        .map(|slot| Argument { given: Given::Positional, slot, expr: None })
                        .collect();
                    let out = self.own_con_slot(con, 0x63_616c);
                    self.call_value(con, &given, out);
                    if let Some(ty) = args.get(1) {
                        self.flow_into(out, ty, env);
                    }
                }
                "Mapping" | "MutableMapping" => {
                    let dict = StubRef { module: "builtins".into(), name: "dict".into() };
                    self.same_args(con, &dict, args, env);
                }
                _ => {
                    if let (Some(element), Some(ty)) = (self.element(con, false), args.first()) {
                        self.flow_into(element, ty, env);
                    }
                }
            }
            return;
        }
        match con {
            Con::Tuple(items) => match args {
                [ty, StubTy::Ellipsis] => items.iter().for_each(|&item| self.flow_into(item, ty, env)),
                _ => items.iter().zip(args).for_each(|(&item, ty)| self.flow_into(item, ty, env)),
            },
            _ => self.same_args(con, name, args, env),
        }
    }

    fn own_con_slot(&mut self, con: &Con, salt: u64) -> Slot {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        con.hash(&mut hasher);
        self.own_slot(hasher.finish() ^ salt)
    }

    /// The slot of a parameter's type, the same at each firing.
    fn stable_slot(&mut self, ty: &StubTy, env: &Env) -> Slot {
        if let StubTy::Param(name) = ty {
            if let Some((_, slot)) = env.iter().find(|(param, _)| param == name) {
                return *slot;
            }
        }
        let salt = env.first().map_or(0, |(_, slot)| u64::from(slot.0));
        let number =
            format!("{ty:?}").bytes().fold(salt, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let known = self.scratch.contains_key(&(self.now, number));
        let slot = self.own_slot(number);
        if !known {
            self.fill(slot, ty, env, None);
        }
        slot
    }

    /// The type arguments of a value seen as a base of its class: those of `dict[T, int]` for a `Counter[T]`.
    pub fn base_args(&mut self, class: &StubRef, args: &[Slot], base: &StubRef) -> Option<Vec<Slot>> {
        if class == base {
            return Some(args.to_vec());
        }
        let (_, entry) = self.entry(class)?;
        let Entry::Class(stub) = &*entry else { return None };
        let env: Env = stub.params.iter().cloned().zip(args.iter().copied()).collect();
        stub.bases.iter().find_map(|above| {
            let StubTy::Named(above, tys) = above else { return None };
            if above == class {
                return None;
            }
            let slots: Vec<Slot> = tys.iter().map(|ty| self.stable_slot(ty, &env)).collect();
            self.base_args(above, &slots, base)
        })
    }

    /// Containers are handed over as they are: their elements are the parameter's.
    fn same_args(&mut self, con: &Con, name: &StubRef, args: &[StubTy], env: &Env) {
        let own = match con {
            Con::Stub(class, own) if **class != *name => {
                let (class, own) = (class.clone(), own.clone());
                self.base_args(&class, &own, name).unwrap_or_default()
            }
            con => con.args(),
        };
        for (slot, ty) in own.into_iter().zip(args) {
            match ty {
                StubTy::Param(name) => {
                    if let Some((_, to)) = env.iter().find(|(param, _)| param == name) {
                        self.slots.same(slot, *to);
                    }
                }
                ty => self.flow_into(slot, ty, env),
            }
        }
    }
}

fn type_params(ty: &StubTy, out: &mut Vec<String>) {
    match ty {
        StubTy::Param(name) => {
            if !out.contains(name) {
                out.push(name.clone());
            }
        }
        StubTy::Named(_, args) | StubTy::Union(args) | StubTy::List(args) => {
            args.iter().for_each(|arg| type_params(arg, out));
        }
        StubTy::None | StubTy::Ellipsis | StubTy::Any | StubTy::Never | StubTy::SelfTy => {}
    }
}
