//! The registry: what the translator knows of Python's library, read from `stubs/*.pyi`.
//!
//! A stub is parsed when a program first imports its module. `docs/adding-an-api.md` has the conventions.

use std::collections::BTreeMap;

use crate::hir::{Name, ParamKind, StubRef};

pub mod load;
pub mod names;
pub mod signature;

/// A stub, loaded.
#[derive(Debug, Clone, Default)]
pub struct Stub {
    /// Every public name.
    pub names: BTreeMap<String, Entry>,
    /// What is wrong in its text, each a sentence with its line; empty for the built-in stubs (a test sees to it).
    pub problems: Vec<String>,
}

/// What a name of a module is.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A function, with its overloads in order (one, if it has none).
    Function(Vec<Signature>),
    /// A class.
    Class(ClassStub),
    /// `pi: float`.
    Constant {
        /// Its type.
        ty: StubTy,
        /// Rust path, relative to the runtime: `math::PI`.
        rust: String,
    },
    /// A re-export (`from … import x as x`) or an alias (`TimeoutError = builtins.TimeoutError`).
    Alias(StubRef),
    /// A submodule: `os.path`.
    Module(String),
    /// `@unsupported("…")`: known, refused, and why.
    Unsupported(String),
}

/// A class of a stub.
#[derive(Debug, Clone, Default)]
pub struct ClassStub {
    /// Type parameters, in order: `T`, `K`, `V`.
    pub params: Vec<Name>,
    /// Bases with their arguments, in order.
    pub bases: Vec<StubTy>,
    /// Methods, `__init__` and dunders among them, with their overloads.
    pub methods: BTreeMap<Name, Vec<Signature>>,
    /// Attributes and properties.
    pub attributes: BTreeMap<String, AttributeStub>,
    /// `@unsupported` members and why.
    pub unsupported: BTreeMap<String, String>,
    /// Rust path of the type, relative to the runtime: `asyncio::Queue`.
    pub rust: String,
    /// `@rust` gave that path.
    pub renamed: bool,
    /// It is an exception class.
    pub is_exception: bool,
    /// First and last Python (exclusive) that has it.
    pub versions: Versions,
}

/// An attribute of a class.
#[derive(Debug, Clone)]
pub struct AttributeStub {
    /// Its type.
    pub ty: StubTy,
    /// The Rust method that reads it.
    pub rust: String,
    /// It cannot raise.
    pub nothrow: bool,
}

/// One signature.
#[derive(Debug, Clone)]
pub struct Signature {
    /// The type that `self` is annotated with: the receiver is adjusted to it first. `None`: the class itself.
    pub receiver: Option<StubTy>,
    /// The parameters, without `self`.
    pub params: Vec<StubParam>,
    /// The result. For `async def`, the result of awaiting.
    pub result: StubTy,
    /// `async def`.
    pub is_async: bool,
    /// `@nothrow`: the Rust function gives the value, not a `PyResult`.
    pub nothrow: bool,
    /// `@grows`: the integer that comes out can be larger than any that goes in: `sum`.
    pub grows: bool,
    /// `@intrinsic`: `infer` and `emit` have rules of their own for it.
    pub intrinsic: bool,
    /// `@deprecated("…")`.
    pub deprecated: Option<String>,
    /// How it is written in Rust.
    pub rust: RustForm,
    /// First and last Python (exclusive) that has it, from `if sys.version_info` guards.
    pub versions: Versions,
}

impl Signature {
    /// A function that is called later, with the arguments that follow it: `fn: Callable[..., T], *args: object`. The
    /// places of the function, of `*args` and of `**kwargs`.
    pub fn deferred(&self) -> Option<(usize, usize, Option<usize>)> {
        let later = |param: &StubParam| matches!(&param.ty, StubTy::Named(of, args) if of.module == "typing" && of.name == "Callable" && args.first() == Some(&StubTy::Ellipsis));
        let function = self.params.iter().position(later).filter(|_| !self.intrinsic)?;
        let rest = self.params.iter().position(|param| param.kind == ParamKind::Args)?;
        Some((function, rest, self.params.iter().position(|param| param.kind == ParamKind::Kwargs)))
    }
}

/// How a stub function is written in Rust.
#[derive(Debug, Clone, PartialEq)]
pub enum RustForm {
    /// `path(args)`: a free function or associated function; relative to the runtime: `asyncio::sleep`.
    Path(Name),
    /// `recv.name(args)`.
    Method(Name),
    /// `recv op arg`: `@rust.operator("+")`.
    Operator(Name),
}

/// The Pythons that have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Versions {
    /// The first, as minor of 3.x.
    pub since: Option<u8>,
    /// The first that has it no more.
    pub until: Option<u8>,
}

/// A parameter of a stub function.
#[derive(Debug, Clone)]
pub struct StubParam {
    /// The name.
    pub name: Name,
    /// How arguments reach it. `*args` and `**kwargs` have the type of one element.
    pub kind: ParamKind,
    /// Its type.
    pub ty: StubTy,
    /// The default, when it has one.
    pub default: Option<StubDefault>,
    /// How the Rust function takes it.
    pub pass: Pass,
}

/// The default of a stub parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum StubDefault {
    /// A literal that is filled in at the call.
    Lit(crate::hir::Lit),
    /// `...`: left out means something else than any value; only keyword (builder) parameters have it.
    Omitted,
}

/// How a Rust function of the runtime takes an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// `x`: Copy types, type parameters, `Owned[T]`.
    Value,
    /// `&x`; `&str` for `str`, `&[u8]` for `bytes`: everything else, and `Ref[T]`.
    Reference,
    /// `&x` as `&dyn Object`: `object`, a value of any type that is only looked at.
    Object,
}

/// A type in a stub.
#[derive(Debug, Clone, PartialEq)]
pub enum StubTy {
    /// `int`, `list[T]`, `Awaitable[T]`, `asyncio.Queue[T]`.
    Named(StubRef, Vec<StubTy>),
    /// A type parameter.
    Param(Name),
    /// `A | B`, `Optional[A]`.
    Union(Vec<StubTy>),
    /// `None`.
    None,
    /// `[A, B]`: the parameters of `Callable`.
    List(Vec<StubTy>),
    /// `...` in `Callable[..., T]`, `tuple[T, ...]`.
    Ellipsis,
    /// `Any`: a `Value`.
    Any,
    /// `NoReturn`.
    Never,
    /// `Self`.
    SelfTy,
}

/// All stubs, loaded as they are asked for.
#[derive(Debug, Default)]
pub struct Stubs {
    loaded: std::cell::RefCell<BTreeMap<String, Option<std::rc::Rc<Stub>>>>,
    extra: BTreeMap<String, String>,
}

impl Stubs {
    /// The built-in registry and the user's stubs: module name to text of the `.pyi`.
    pub fn new(extra: BTreeMap<String, String>) -> Stubs {
        Stubs { loaded: Default::default(), extra }
    }

    /// The stub of a module; `None`: not in the registry.
    pub fn module(&self, name: &str) -> Option<std::rc::Rc<Stub>> {
        if let Some(stub) = self.loaded.borrow().get(name) {
            return stub.clone();
        }
        let stub = load::load(name, self.extra.get(name).map(String::as_str)).map(std::rc::Rc::new);
        self.loaded.borrow_mut().insert(name.to_string(), stub.clone());
        stub
    }

    /// The Rust paths of the classes loaded so far, where `@rust` names them.
    pub fn class_paths(&self) -> BTreeMap<StubRef, String> {
        let mut paths = BTreeMap::new();
        for (module, stub) in self.loaded.borrow().iter() {
            for (name, entry) in stub.iter().flat_map(|stub| &stub.names) {
                if let Entry::Class(class) = entry
                    && class.renamed
                {
                    paths.insert(StubRef::new(module, name), class.rust.clone());
                }
            }
        }
        paths
    }

    /// Follows re-exports and aliases to the entry itself; `None`: the module is known and the name is not.
    pub fn resolve(&self, module: &str, name: &str) -> Option<(StubRef, Entry)> {
        self.read(module, name, |of, entry| (of, entry.clone()))
    }

    /// As [`Stubs::resolve`], without a copy of the entry.
    pub fn read<R>(&self, module: &str, name: &str, read: impl FnOnce(StubRef, &Entry) -> R) -> Option<R> {
        let mut of = StubRef::new(module, name);
        for _ in 0..16 {
            let stub = self.module(&of.module)?;
            match stub.names.get(of.name.as_str())? {
                Entry::Alias(to) => of = to.clone(),
                entry => return Some(read(of, entry)),
            }
        }
        None
    }
}
