//! Shapes: what the solver knows of the values in a slot.

use std::rc::Rc;

use crate::hir::{ClassId, FnId, ModuleId, StubRef};
use crate::types::ExcClass;

/// Names a slot of the solver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(pub u32);

/// One alternative: a constructor, whose type arguments are slots.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Con {
    /// `bool`.
    Bool,
    /// `int`, of either representation.
    Int,
    /// `float`.
    Float,
    /// `str`.
    Str,
    /// `bytes`.
    Bytes,
    /// `...`.
    Ellipsis,
    /// `range`.
    Range,
    /// `list`.
    List(Slot),
    /// `dict`.
    Dict(Slot, Slot),
    /// `set`.
    Set(Slot),
    /// `frozenset`.
    FrozenSet(Slot),
    /// A tuple of this length.
    Tuple(Rc<[Slot]>),
    /// A tuple of any length.
    VarTuple(Slot),
    /// An iterator.
    Iter(Slot),
    /// A value or an exception.
    Outcome(Slot),
    /// A coroutine object.
    Coro(Slot),
    /// A task.
    Task(Slot),
    /// A future.
    Future(Slot),
    /// A generator: yields, is sent, returns.
    Gen(Slot, Slot, Slot),
    /// An async generator: yields, is sent.
    AsyncGen(Slot, Slot),
    /// An exception.
    Exc(ExcClass),
    /// A class as a value.
    ClassObject(ClassRef),
    /// `type`, of something.
    Type,
    /// An instance of a class of the program.
    Class(ClassId),
    /// An instance of a class of the registry.
    Stub(Rc<StubRef>, Rc<[Slot]>),
    /// `parse_args()`: the record of one parser.
    Namespace(u32),
    /// A module of the registry.
    StubModule(Rc<str>),
    /// A module of the program.
    Module(ModuleId),
    /// A function as a value.
    Func(Callable),
}

/// A class as a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ClassRef {
    /// Of the program.
    Program(ClassId),
    /// Of the registry.
    Stub(Rc<StubRef>),
}

/// A function as a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Callable {
    /// A function of the program, perhaps bound to a receiver.
    Program(FnId, Option<Slot>),
    /// A function of the registry.
    Stub(Rc<StubRef>),
    /// A method of a value of the registry's types.
    Method(Slot, Rc<str>),
    /// A method named through its class: `str.lower`.
    Unbound(Rc<StubRef>, Rc<str>),
    /// `functools.partial`: the operation that made it.
    Partial(u32),
    /// From a signature: `Callable[[A], R]`.
    Typed(Rc<[Slot]>, Slot),
}

/// What sort of constructor it is: alternatives of one sort are joined, of two sorts kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Sort {
    Bool,
    Int,
    Float,
    Str,
    Bytes,
    Ellipsis,
    Range,
    List,
    Dict,
    Set,
    FrozenSet,
    Tuple,
    Iter,
    Outcome,
    Coro,
    Task,
    Future,
    Gen,
    AsyncGen,
    Exc,
    ClassObject,
    Type,
    Class,
    Stub,
    Namespace,
    Module,
    Func,
}

/// A set of sorts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sorts(u32);

impl Sorts {
    /// Whether a sort is one of them.
    pub fn contains(self, sort: Sort) -> bool {
        self.0 & (1 << sort as u32) != 0
    }

    /// Adds one.
    pub fn insert(&mut self, sort: Sort) {
        self.0 |= 1 << sort as u32;
    }
}

impl Con {
    /// Its sort.
    pub fn sort(&self) -> Sort {
        match self {
            Con::Bool => Sort::Bool,
            Con::Int => Sort::Int,
            Con::Float => Sort::Float,
            Con::Str => Sort::Str,
            Con::Bytes => Sort::Bytes,
            Con::Ellipsis => Sort::Ellipsis,
            Con::Range => Sort::Range,
            Con::List(_) => Sort::List,
            Con::Dict(..) => Sort::Dict,
            Con::Set(_) => Sort::Set,
            Con::FrozenSet(_) => Sort::FrozenSet,
            Con::Tuple(_) | Con::VarTuple(_) => Sort::Tuple,
            Con::Iter(_) => Sort::Iter,
            Con::Outcome(_) => Sort::Outcome,
            Con::Coro(_) => Sort::Coro,
            Con::Task(_) => Sort::Task,
            Con::Future(_) => Sort::Future,
            Con::Gen(..) => Sort::Gen,
            Con::AsyncGen(..) => Sort::AsyncGen,
            Con::Exc(_) => Sort::Exc,
            Con::ClassObject(_) => Sort::ClassObject,
            Con::Type => Sort::Type,
            Con::Class(_) => Sort::Class,
            Con::Stub(..) => Sort::Stub,
            Con::Namespace(_) => Sort::Namespace,
            Con::StubModule(_) | Con::Module(_) => Sort::Module,
            Con::Func(_) => Sort::Func,
        }
    }

    /// `bool`, `int` or `float`.
    pub fn is_number(&self) -> bool {
        matches!(self, Con::Bool | Con::Int | Con::Float)
    }

    /// Whether `for` accepts it and nothing else is kept when it becomes an iterator.
    pub fn is_iterable(&self) -> bool {
        matches!(
            self,
            Con::List(_)
                | Con::Set(_)
                | Con::FrozenSet(_)
                | Con::Tuple(_)
                | Con::VarTuple(_)
                | Con::Iter(_)
                | Con::Range
                | Con::Dict(..)
                | Con::Gen(..)
        )
    }

    /// The type arguments.
    pub fn args(&self) -> Vec<Slot> {
        match self {
            Con::List(a)
            | Con::Set(a)
            | Con::FrozenSet(a)
            | Con::VarTuple(a)
            | Con::Iter(a)
            | Con::Outcome(a)
            | Con::Coro(a)
            | Con::Task(a)
            | Con::Future(a) => vec![*a],
            Con::Dict(a, b) | Con::AsyncGen(a, b) => vec![*a, *b],
            Con::Gen(a, b, c) => vec![*a, *b, *c],
            Con::Tuple(items) | Con::Stub(_, items) => items.to_vec(),
            Con::Func(Callable::Typed(params, result)) => params.iter().copied().chain([*result]).collect(),
            Con::Bool
            | Con::Int
            | Con::Float
            | Con::Str
            | Con::Bytes
            | Con::Ellipsis
            | Con::Range
            | Con::Exc(_)
            | Con::ClassObject(_)
            | Con::Type
            | Con::Class(_)
            | Con::Namespace(_)
            | Con::StubModule(_)
            | Con::Module(_)
            | Con::Func(_) => Vec::new(),
        }
    }
}

/// The alternatives of a slot. Reading them is the most common thing that the solver does: a copy is another reference.
#[derive(Debug, Clone, Default)]
pub struct Alts(Option<Rc<Vec<Con>>>);

impl Alts {
    /// Whether the two are one list; nothing is compared.
    pub fn is_same(&self, other: &Alts) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Rc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        }
    }

    /// To change them.
    pub fn edit(&mut self) -> &mut Vec<Con> {
        Rc::make_mut(self.0.get_or_insert_default())
    }
}

impl std::ops::Deref for Alts {
    type Target = [Con];

    fn deref(&self) -> &[Con] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }
}

impl<'a> IntoIterator for &'a Alts {
    type Item = &'a Con;
    type IntoIter = std::slice::Iter<'a, Con>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Alts {
    type Item = Con;
    type IntoIter = std::vec::IntoIter<Con>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.map(Rc::unwrap_or_clone).unwrap_or_default().into_iter()
    }
}

/// Lists of one alternative without type arguments, each made once.
#[derive(Debug, Default)]
pub struct Alone {
    made: Vec<Alts>,
}

impl Alone {
    /// The list of an alternative alone.
    pub fn of(&mut self, con: &Con) -> Alts {
        let at = match con {
            Con::Bool | Con::Int | Con::Float | Con::Str | Con::Bytes | Con::Ellipsis | Con::Range => {
                con.sort() as usize
            }
            _ => return Alts(Some(Rc::new(vec![con.clone()]))),
        };
        if self.made.len() <= at {
            self.made.resize_with(at + 1, Alts::default);
        }
        let made = &mut self.made[at];
        if made.is_empty() {
            *made = Alts(Some(Rc::new(vec![con.clone()])));
        }
        made.clone()
    }
}

/// What may be in a slot. Empty: nothing is known to get there.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// `None` may.
    pub none: bool,
    /// Anything may: it is a `Value`.
    pub dynamic: bool,
    /// These may.
    pub alts: Alts,
    /// Sorts whose type arguments belong to this slot alone, so that others flow into them.
    pub owned: Sorts,
}

impl Shape {
    /// Nothing gets there.
    pub fn is_bottom(&self) -> bool {
        !self.none && !self.dynamic && self.alts.is_empty()
    }

    /// Exactly one constructor, and no `None`.
    pub fn only(&self) -> Option<&Con> {
        match &*self.alts {
            [con] if !self.none && !self.dynamic => Some(con),
            _ => None,
        }
    }
}
