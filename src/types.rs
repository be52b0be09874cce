//! Representation types: what a Python value is in the emitted Rust.

use crate::arena::Idx;
use crate::hir::{ClassId, StubRef};

pub mod show;

/// How integers are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum IntMode {
    /// `i64` where growth is bounded, `Int` where it is not.
    #[default]
    Auto,
    /// `Int` for every result of arithmetic that 64 bits may not hold.
    Big,
    /// `i64`, checked, for every result of arithmetic; `Int` for literals that need it.
    I64,
}

/// Names a [`UnionDef`].
pub type UnionId = Idx<UnionDef>;
/// Names a [`RecordDef`].
pub type RecordId = Idx<RecordDef>;

/// A representation type. Flat and closed; `docs/architecture.md` has the Rust type of each.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ty {
    /// No value ever gets here: the result of a function that never returns. Never the type of an emitted variable.
    Never,
    /// `None`: `()`.
    None,
    /// `bool`.
    Bool,
    /// A bounded integer: `i64`.
    Int,
    /// An integer without bound: `Int`.
    BigInt,
    /// `f64`.
    Float,
    /// `bool`, `int` or `float`, known at run time: `Number`.
    Number,
    /// `Str`.
    Str,
    /// `Bytes`.
    Bytes,
    /// `...`.
    Ellipsis,
    /// `List<T>`.
    List(Box<Ty>),
    /// `Dict<K, V>`.
    Dict(Box<Ty>, Box<Ty>),
    /// `Set<T>`.
    Set(Box<Ty>),
    /// `FrozenSet<T>`.
    FrozenSet(Box<Ty>),
    /// `(A, B)`; the empty one is `EmptyTuple`.
    Tuple(Vec<Ty>),
    /// A tuple of any length: `VarTuple<T>`.
    VarTuple(Box<Ty>),
    /// `range`: `Range`.
    Range,
    /// A value or `None`: `Option<T>`. Never nested.
    Option(Box<Ty>),
    /// A value or an exception, from `gather(return_exceptions=True)`: `Outcome<T>`.
    Outcome(Box<Ty>),
    /// Any iterator or iterable of `T`: `Iter<T>`.
    Iter(Box<Ty>),
    /// A coroutine that is kept: `Coroutine<T>`. Where it is awaited or spawned at once, the unboxed future.
    Coro(Box<Ty>),
    /// `asyncio::Task<T>`.
    Task(Box<Ty>),
    /// `asyncio::Future<T>`.
    Future(Box<Ty>),
    /// `Generator<Y, S, R>`: what it yields, is sent, returns.
    Gen(Box<Ty>, Box<Ty>, Box<Ty>),
    /// `AsyncGenerator<Y, S>`.
    AsyncGen(Box<Ty>, Box<Ty>),
    /// An exception instance, known to be of this class or a subclass: `PyErr`.
    Exc(ExcClass),
    /// An exception class as a value: `ExceptionClass`.
    ExcType,
    /// Any other class as a value (`type(x)`): `Type`.
    Type,
    /// A closed union: an emitted enum.
    Union(UnionId),
    /// A dict literal with constant keys, only read by them: an emitted struct.
    Record(RecordId),
    /// A function as a value: `Function<(A, B), R>`.
    Fn(Box<FnTy>),
    /// An instance of a class of the program: `Rc<Worker>`.
    Class(ClassId),
    /// An instance of a class of the registry: `asyncio::Queue<T>`.
    Stub(StubRef, Vec<Ty>),
    /// The module, as a value.
    Module,
    /// A type parameter of the generalised function around it.
    Param(u32),
    /// Not known before run time: `Value`.
    Value,
}

/// An exception class.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExcClass {
    /// A class of the program.
    Class(ClassId),
    /// A class of the registry.
    Stub(StubRef),
}

/// The type of a function as a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FnTy {
    /// The parameters, all positional.
    pub params: Vec<Ty>,
    /// What a call gives: a [`Ty::Coro`] for a coroutine function.
    pub result: Ty,
}

/// A closed union, emitted as an enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnionDef {
    /// Its name, after the slot where it arose: `Token`.
    pub name: String,
    /// Two to four; `None` is never one of them (it is an `Option` around the union).
    pub alternatives: Vec<Variant>,
}

/// An alternative of a union.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Variant {
    /// `Str`, `Number`, `Worker`.
    pub name: String,
    /// What it holds.
    pub ty: Ty,
}

/// A dict with constant keys, emitted as a struct.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RecordDef {
    /// Its name, after the slot where it arose.
    pub name: String,
    /// Key, field name, type; in the order of the literal.
    pub fields: Vec<(String, Ty)>,
}

impl Ty {
    /// What iterating a type gives; `None`: another way is needed to know.
    pub fn iterated(&self) -> Option<Ty> {
        match self {
            Ty::List(item) | Ty::Set(item) | Ty::FrozenSet(item) | Ty::VarTuple(item) | Ty::Iter(item) => {
                Some((**item).clone())
            }
            Ty::Dict(key, _) => Some((**key).clone()),
            Ty::Gen(item, ..) => Some((**item).clone()),
            Ty::Range | Ty::Bytes => Some(Ty::Int),
            Ty::Str => Some(Ty::Str),
            Ty::Tuple(items) => match items.split_first() {
                None => Some(Ty::None),
                Some((first, rest)) => rest.iter().all(|item| item == first).then(|| first.clone()),
            },
            Ty::Value => Some(Ty::Value),
            _ => None,
        }
    }

    /// `list[T]`.
    pub fn list(element: Ty) -> Ty {
        Ty::List(Box::new(element))
    }

    /// `T | None`; an `Option`, `None` or `Value` stays what it is.
    pub fn option(self) -> Ty {
        match self {
            Ty::Option(_) | Ty::None | Ty::Value => self,
            Ty::Never => Ty::None,
            ty => Ty::Option(Box::new(ty)),
        }
    }

    /// What a parameter of the registry takes that names a file: a text, or a path, whose text it gets.
    pub fn is_path_text(&self) -> bool {
        matches!(self, Ty::Stub(of, _) if of.module == "typing" && of.name == "StrPath")
    }

    /// A registry class.
    pub fn stub(module: &str, name: &str, args: Vec<Ty>) -> Ty {
        Ty::Stub(StubRef::new(module, name), args)
    }

    /// Whether the Rust type is `Copy`: reading it needs no `clone`.
    pub fn is_copy(&self) -> bool {
        match self {
            Ty::Never
            | Ty::None
            | Ty::Bool
            | Ty::Int
            | Ty::Float
            | Ty::Number
            | Ty::Ellipsis
            | Ty::Range
            | Ty::ExcType
            | Ty::Type
            | Ty::Module => true,
            Ty::Tuple(items) => items.iter().all(Ty::is_copy),
            Ty::Option(inner) => inner.is_copy(),
            Ty::BigInt
            | Ty::Str
            | Ty::Bytes
            | Ty::List(_)
            | Ty::Dict(..)
            | Ty::Set(_)
            | Ty::FrozenSet(_)
            | Ty::VarTuple(_)
            | Ty::Outcome(_)
            | Ty::Iter(_)
            | Ty::Coro(_)
            | Ty::Task(_)
            | Ty::Future(_)
            | Ty::Gen(..)
            | Ty::AsyncGen(..)
            | Ty::Exc(_)
            | Ty::Union(_)
            | Ty::Record(_)
            | Ty::Fn(_)
            | Ty::Class(_)
            | Ty::Stub(..)
            | Ty::Param(_)
            | Ty::Value => false,
        }
    }

    /// The types directly inside.
    pub fn children(&self) -> Vec<&Ty> {
        match self {
            Ty::List(a)
            | Ty::Set(a)
            | Ty::FrozenSet(a)
            | Ty::VarTuple(a)
            | Ty::Option(a)
            | Ty::Outcome(a)
            | Ty::Iter(a)
            | Ty::Coro(a)
            | Ty::Task(a)
            | Ty::Future(a) => vec![a],
            Ty::Dict(a, b) | Ty::AsyncGen(a, b) => vec![a, b],
            Ty::Gen(a, b, c) => vec![a, b, c],
            Ty::Tuple(items) | Ty::Stub(_, items) => items.iter().collect(),
            Ty::Fn(function) => function.params.iter().chain([&function.result]).collect(),
            Ty::Never
            | Ty::None
            | Ty::Bool
            | Ty::Int
            | Ty::BigInt
            | Ty::Float
            | Ty::Number
            | Ty::Str
            | Ty::Bytes
            | Ty::Ellipsis
            | Ty::Range
            | Ty::Exc(_)
            | Ty::ExcType
            | Ty::Type
            | Ty::Union(_)
            | Ty::Record(_)
            | Ty::Class(_)
            | Ty::Module
            | Ty::Param(_)
            | Ty::Value => Vec::new(),
        }
    }

    /// Whether a `Value` is anywhere in it (unions and records are looked into by `infer::Types::is_dynamic`).
    pub fn has_value(&self) -> bool {
        *self == Ty::Value || self.children().into_iter().any(Ty::has_value)
    }
}
