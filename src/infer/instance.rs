//! Uses of stubs: signatures with fresh slots, arguments flowing into them.

use std::rc::Rc;

use super::accept::Fit;
use super::shape::{Callable, ClassRef, Con, Slot};
use super::solver::{Argument, Found, Given, Instance, Solver};
use crate::hir::{Name, StubRef};
use crate::stubs::{Entry, StubTy};
use crate::types::ExcClass;

/// Type parameters and their slots.
pub type Env = Vec<(Name, Slot)>;

impl Solver<'_> {
    /// The slot of a stub's type: type parameters are looked up, all else is new.
    pub fn slot_of(&mut self, ty: &StubTy, env: &Env, this: Option<&Con>) -> Slot {
        if let StubTy::Param(name) = ty
            && let Some((_, slot)) = env.iter().find(|(param, _)| param == name)
        {
            return *slot;
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
        let arg = |solver: &mut Self, at: usize| match args.get(at) {
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
            // All that the registry says this of are exception classes.
            ("builtins", "type") => match args {
                [StubTy::Named(of, _)] => Con::ClassObject(ClassRef::Stub(Rc::new(of.clone()))),
                _ => Con::Type,
            },
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

    /// The use of an overload at the operation at work: made once, found again later.
    pub fn instance(&mut self, found: &Found, overload: usize, this: &Con) -> Rc<Instance> {
        let key = (this.clone(), found.owner.name.clone(), found.method.clone(), overload as u32);
        let known = self.instances.get(&self.now).into_iter().flatten().find(|(known, _)| *known == key);
        if let Some((_, instance)) = known {
            return Rc::clone(instance);
        }
        let signature = &found.overloads()[overload];
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
        self.tell_numbers(result, &signature.result);
        let instance = Rc::new(Instance { env, result });
        self.instances.entry(self.now).or_default().push((key, Rc::clone(&instance)));
        instance
    }

    /// What the runtime gives as a number of any kind is one, whoever looks, also in a tuple.
    fn tell_numbers(&mut self, slot: Slot, ty: &StubTy) {
        let StubTy::Named(name, args) = ty else { return };
        if name.name == "Number" {
            self.slots.tell(slot);
        }
        if args.iter().any(|arg| matches!(arg, StubTy::Named(..))) {
            for con in self.read(slot).alts {
                for (inner, ty) in con.args().into_iter().zip(args) {
                    self.tell_numbers(inner, ty);
                }
            }
        }
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
                if shape.dynamic {
                    let any = self.own_slot(0x616e_7900_0000 | u64::from(slot.0));
                    self.slots.make_dynamic(any);
                    parts.iter().for_each(|part| self.flow_into(any, part, env));
                }
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
                if shape.dynamic && holds_items(name) {
                    // What comes out of a value of unknown type is of unknown type.
                    let mut params = Vec::new();
                    type_params(ty, &mut params);
                    for (_, to) in env.iter().filter(|(param, _)| params.contains(param)) {
                        self.slots.make_dynamic(*to);
                    }
                }
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
                    let dict = StubRef::new("builtins", "dict");
                    self.same_args(con, &dict, args, env);
                }
                _ => {
                    if let (Some(element), Some(ty)) = (self.element(con, false), args.first()) {
                        self.keep_kind(element, ty, env);
                        self.flow_into(element, ty, env);
                        let plain = matches!(ty, StubTy::Named(_, args) if args.is_empty());
                        if plain && self.slots.shape(element).is_bottom() {
                            self.wanted.push((element, ty.clone()));
                        }
                    }
                }
            }
            return;
        }
        match con {
            Con::Tuple(items) => match args {
                [ty, StubTy::Ellipsis] => items.iter().for_each(|&item| self.flow_into(item, ty, env)),
                _ => {
                    for (&item, ty) in items.iter().zip(args) {
                        self.keep_kind(item, ty, env);
                        self.flow_into(item, ty, env);
                    }
                }
            },
            _ => self.same_args(con, name, args, env),
        }
    }

    /// A type parameter that is what a container holds: where one must tell `5` from `5.0`, so must the other.
    fn keep_kind(&mut self, element: Slot, ty: &StubTy, env: &Env) {
        if let StubTy::Param(name) = ty
            && let Some((_, to)) = env.iter().find(|(param, _)| param == name)
        {
            self.told_edges.push((*to, element));
        }
    }

    fn own_con_slot(&mut self, con: &Con, salt: u64) -> Slot {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        con.hash(&mut hasher);
        self.own_slot(hasher.finish() ^ salt)
    }

    /// The slot of a parameter's type, the same at each firing.
    pub fn stable_slot(&mut self, ty: &StubTy, env: &Env) -> Slot {
        if let StubTy::Param(name) = ty
            && let Some((_, slot)) = env.iter().find(|(param, _)| param == name)
        {
            return *slot;
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

/// Whether what such a value holds comes out of it.
fn holds_items(name: &StubRef) -> bool {
    match name.module.as_str() {
        "builtins" => matches!(&*name.name, "list" | "dict" | "set" | "frozenset" | "tuple"),
        _ => matches!(&*name.name, "Iterable" | "Iterator" | "Collection" | "Sequence" | "Mapping" | "MutableMapping"),
    }
}

fn type_params(ty: &StubTy, out: &mut Vec<Name>) {
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
