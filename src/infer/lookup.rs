//! Which class of the registry a value has, and the members of it and its bases.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::instance::Env;
use super::shape::{Con, Slot};
use super::solver::{Found, Solver};
use crate::hir::{Name, StubRef};
use crate::stubs::{Entry, StubTy};
use crate::types::ExcClass;

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
            Con::Coro(a) => {
                let (yields, sends) = self.by_hand();
                Some((builtin("coroutine"), vec![*a, yields, sends]))
            }
            Con::Task(a) => Some((StubRef::new("asyncio", "Task"), vec![*a])),
            Con::Future(a) => Some((StubRef::new("asyncio", "Future"), vec![*a])),
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
        if let Some((method, _)) = stub.methods.get_key_value(name) {
            return Some(Found { owner, entry: Rc::clone(&entry), method: method.clone(), env });
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
        if let Con::Class(class) = con
            && self.find_method(*class, name).is_some()
        {
            return true;
        }
        match self.class_of(con) {
            Some((class, args)) => self.find_stub_method(&class, &args, name).is_some(),
            None => false,
        }
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
}

thread_local! {
    static BUILTINS: RefCell<FxHashMap<Name, StubRef>> = RefCell::default();
}

/// A name of `builtins`; each is made once.
pub fn builtin(name: &str) -> StubRef {
    BUILTINS.with_borrow_mut(|known| match known.get(name) {
        Some(found) => found.clone(),
        None => {
            let made = StubRef::new("builtins", name);
            known.insert(made.name.clone(), made.clone());
            made
        }
    })
}
