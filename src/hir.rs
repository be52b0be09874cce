//! HIR: one tree shared by both asyncio dialects.
//!
//! `yield from` in a coroutine, `@asyncio.coroutine`, `async def` and `await` are gone: there are coroutines and there
//! is [`Expr::Await`]. Names are resolved: a [`VarId`] is one live range of a Python name, functions and classes that
//! are bound once are called by [`FnId`] and [`ClassId`], names of the registry by [`StubRef`]. Types live beside the
//! tree (`infer::Types`); the tree is written by `lower`, and changed by `split` alone.
//!
//! All nodes of a program are in the arenas of [`Program`], so that a side table needs one index only.

use crate::arena::{Arena, ArenaMap, Idx};
use crate::source::{FileId, Span};
use crate::syntax::PythonVersion;

pub mod below;
pub mod copy;
pub mod dump;
pub mod expr;
pub mod name;
pub mod stmt;
pub mod walk;

pub use expr::*;
pub use name::Name;
pub use stmt::*;

/// Names an [`Expr`].
pub type ExprId = Idx<Expr>;
/// Names a [`Function`].
pub type FnId = Idx<Function>;
/// Names a [`Class`].
pub type ClassId = Idx<Class>;
/// Names a [`Var`].
pub type VarId = Idx<Var>;
/// Names a [`Module`].
pub type ModuleId = Idx<Module>;

/// Where a node came from. Every diagnostic and every temporary's name uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Written like this.
    Source(Span),
    /// Made by lowering.
    Made {
        /// The construct it was made of.
        at: Span,
        /// The name of the construct: "`yield from`", "default argument".
        why: &'static str,
    },
}

impl Origin {
    /// The place in the source.
    pub fn span(self) -> Span {
        match self {
            Origin::Source(span) | Origin::Made { at: span, .. } => span,
        }
    }
}

/// All modules of a program.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// The modules; the entry is [`Program::entry`].
    pub modules: Arena<Module>,
    /// All functions, methods and lambdas.
    pub functions: Arena<Function>,
    /// All classes.
    pub classes: Arena<Class>,
    /// All expressions.
    pub exprs: Arena<Expr>,
    /// Where each expression came from.
    pub origins: ArenaMap<Expr, Origin>,
    /// All live ranges.
    pub vars: Arena<Var>,
    /// Methods of classes with one base that are called through it, though it has none of that name.
    pub alike: Vec<Vec<FnId>>,
    /// The module that is run; `None` only before lowering.
    pub entry: Option<ModuleId>,
    /// The last Python that knows all of it, as far as the tree tells: `@asyncio.coroutine` or a generator that asyncio runs
    /// ask for 3.10, `loop=` for 3.9.
    pub last_python: Option<PythonVersion>,
    /// Uses of modules that are neither in the project nor known: `aiohttp`, `numpy.array`.
    pub missing: Vec<(String, Span)>,
}

impl Program {
    /// Something in it is gone from the Pythons after 3.`minor`.
    pub fn known_until(&mut self, minor: u8) {
        self.last_python = Some(PythonVersion { minor }.older(self.last_python));
    }

    /// The attributes that patterns by place ask for: `__match_args__`, or the fields of a dataclass; of a class and those
    /// above it, itself first.
    pub fn match_args(&self, above: &[ClassId]) -> Vec<String> {
        let given = above.iter().find_map(|class| {
            let attributes = &self.classes[*class].attributes;
            attributes.iter().find(|attribute| attribute.name == "__match_args__")?.value
        });
        if let Some(value) = given {
            let Expr::Tuple(items) = &self.exprs[value] else { return Vec::new() };
            let names = items.iter().filter_map(|item| match &self.exprs[item.value()] {
                Expr::Lit(Lit::Str(text)) => Some(text.clone()),
                _ => None,
            });
            return names.collect();
        }
        let mut names: Vec<String> = Vec::new();
        for class in above.iter().rev() {
            for field in self.classes[*class].attributes.iter().filter(|field| field.is_field()) {
                if !names.contains(&field.name) {
                    names.push(field.name.clone());
                }
            }
        }
        names
    }

    /// A class and those of the program that it derives from, nearest first.
    pub fn above(&self, class: ClassId) -> Vec<ClassId> {
        let mut out = vec![class];
        let mut at = 0;
        while let Some(next) = out.get(at).copied() {
            at += 1;
            for base in &self.classes[next].bases {
                if let Base::Class(id) = base
                    && !out.contains(id)
                {
                    out.push(*id);
                }
            }
        }
        out
    }

    /// The place of an expression.
    pub fn span(&self, expr: ExprId) -> Span {
        self.origins[expr].span()
    }

    /// A new expression.
    pub fn make(&mut self, expr: Expr, origin: Origin) -> ExprId {
        let id = self.exprs.alloc(expr);
        self.origins.insert(id, origin);
        id
    }

    /// What is executed: the body of each module, then of each function.
    pub fn bodies(&self) -> impl Iterator<Item = (Option<FnId>, &Block)> {
        let modules = self.modules.iter().map(|(_, module)| (None, &module.body));
        modules.chain(self.functions.iter().map(|(id, function)| (Some(id), &function.body)))
    }
}

/// One Python file.
#[derive(Debug, Clone)]
pub struct Module {
    /// The dotted name; `__main__` for the entry.
    pub name: String,
    /// Its file.
    pub file: FileId,
    /// The docstring, dedented as `inspect.cleandoc` does.
    pub docs: Option<String>,
    /// Its statements. Definitions stand where Python executes them.
    pub body: Block,
    /// The variables of the module scope.
    pub vars: Vec<VarId>,
    /// Modules of the program that it imports, in the order Python runs them.
    pub imports: Vec<ModuleId>,
    /// Comments after the last statement.
    pub trailing: Trivia,
}

/// A `def`, `async def` or `lambda`.
#[derive(Debug, Clone)]
pub struct Function {
    /// The name; `<lambda>` for a lambda.
    pub name: String,
    /// `outer.<locals>.inner`, `Worker.run`.
    pub qualname: String,
    /// What its frames are called, when that is not its name: a wrapper that stands under the name of what it wraps.
    pub code: Option<String>,
    /// What `__qualname__` says, when that is neither: `functools.wraps`.
    pub shown: Option<String>,
    /// What calling it gives back.
    pub kind: FnKind,
    /// All parameters, in the order of the `def`.
    pub params: Vec<Param>,
    /// The body. A lambda's is one `return`.
    pub body: Block,
    /// Local variables that are not parameters.
    pub locals: Vec<VarId>,
    /// Variables of enclosing functions that it (or a function inside it) uses.
    pub captures: Vec<VarId>,
    /// The function around it.
    pub parent: Option<FnId>,
    /// The class whose body it stands in, and how it is bound.
    pub method: Option<Method>,
    /// The docstring, dedented.
    pub docs: Option<String>,
    /// The annotation of the result, as written.
    pub returns: Option<Annotation>,
    /// Decorators that `lower` did not understand, innermost first. A name whose only decorator is `@functools.wraps(f)`
    /// is bound statically all the same.
    pub decorators: Vec<ExprId>,
    /// How control may leave the body.
    pub exits: Exits,
    /// `@abstractmethod`.
    pub is_abstract: bool,
    /// Written by `lower`, not by the program: it is emitted where something calls it.
    pub made: bool,
    /// It takes any arguments and hands them to this function, in whose place it is kept as a value.
    pub stands_for: Option<FnId>,
    /// The module it stands in.
    pub module: ModuleId,
    /// The `def` line's span (name only), for diagnostics.
    pub span: Span,
}

impl Function {
    /// A function of which nothing is known yet.
    pub fn blank(module: ModuleId, span: Span) -> Function {
        Function {
            name: String::new(),
            qualname: String::new(),
            code: None,
            shown: None,
            kind: FnKind::Plain,
            params: Vec::new(),
            body: Block::default(),
            locals: Vec::new(),
            captures: Vec::new(),
            parent: None,
            method: None,
            docs: None,
            returns: None,
            decorators: Vec::new(),
            exits: Exits::default(),
            is_abstract: false,
            made: false,
            stands_for: None,
            module,
            span,
        }
    }

    /// What `__qualname__` says.
    pub fn shown(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.qualname)
    }

    /// What `__name__` says.
    pub fn shown_name(&self) -> &str {
        let name = self.code.as_deref().unwrap_or(&self.name);
        self.shown.as_deref().map_or(name, |shown| shown.rsplit('.').next().unwrap_or(shown))
    }

    /// What its frames are called.
    pub fn code_name(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.name)
    }
}

/// What calling a function gives back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FnKind {
    /// The value itself.
    Plain,
    /// A coroutine.
    Coroutine {
        /// It was written with `@asyncio.coroutine`; for audits and warnings only.
        legacy: bool,
    },
    /// A generator.
    Generator,
    /// An async generator.
    AsyncGenerator,
}

/// A function's place in a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    /// The class.
    pub class: ClassId,
    /// How it is bound.
    pub binding: Binding,
}

/// How a function of a class body is bound when it is read through an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// `def m(self)`.
    Instance,
    /// `@classmethod`.
    Class,
    /// `@staticmethod`.
    Static,
    /// `@property`.
    Getter,
    /// `@name.setter`.
    Setter,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Param {
    /// Its variable.
    pub var: VarId,
    /// How arguments reach it.
    pub kind: ParamKind,
    /// Its default.
    pub default: Option<Default>,
}

/// How arguments reach a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamKind {
    /// Before `/`.
    PositionalOnly,
    /// By place or by name.
    Positional,
    /// After `*`.
    Keyword,
    /// `*args`.
    Args,
    /// `**kwargs`.
    Kwargs,
}

/// A default argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Default {
    /// An immutable literal (also negated, also a tuple of such), repeated at the call.
    Inline(ExprId),
    /// Evaluated once, when the `def` runs, into this variable of the scope of the `def`.
    Once {
        /// The expression; it belongs to the scope of the `def`.
        value: ExprId,
        /// Where the value is kept; its storage is `Global` for module-level functions.
        var: VarId,
    },
}

/// One live range of a Python name: `x = 1 … x = "a"` may be two variables called `x`.
///
/// A variable that a nested function captures, a global that functions read and a `global` or `nonlocal` name are
/// never split.
#[derive(Debug, Clone)]
pub struct Var {
    /// The Python name, NFKC-normalised.
    pub name: String,
    /// Where its value lives.
    pub storage: Storage,
    /// The annotation of its first binding, as written.
    pub annotation: Option<Box<Annotation>>,
    /// The function it belongs to; `None`: the module.
    pub owner: Option<FnId>,
    /// The module it belongs to.
    pub module: ModuleId,
    /// It may be unbound at some read (or is deleted by `del`): reads raise NameError or UnboundLocalError then.
    pub maybe_unbound: bool,
    /// Bound by `except … as`, whose end unbinds it.
    pub is_exception: bool,
    /// The first binding.
    pub span: Span,
}

impl Var {
    /// A variable on the stack, bound wherever it is read.
    pub fn local(name: impl Into<String>, owner: Option<FnId>, module: ModuleId, span: Span) -> Var {
        Var {
            name: name.into(),
            storage: Storage::Local,
            annotation: None,
            owner,
            module,
            maybe_unbound: false,
            is_exception: false,
            span,
        }
    }
}

/// Where a variable's value lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// On the stack.
    Local,
    /// Captured by a nested function, and assigned there, or again after the capture.
    Cell,
    /// A module variable that functions use. Module variables used by module code alone are `Local`.
    Global,
}

/// An annotation: the expression is kept (names resolved where they can be) and never evaluated.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// Its source text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// What it says, as far as `lower` can tell.
    pub ty: AnnotationTy,
}

/// The type that an annotation names, before inference.
#[derive(Debug, Clone, PartialEq)]
pub enum AnnotationTy {
    /// `None`.
    None,
    /// `int`, `list[int]` (also written `typing.List[int]`), `asyncio.Queue`, by registry path.
    Stub(StubRef, Vec<AnnotationTy>),
    /// A class of the program.
    Class(ClassId),
    /// `int | str`, `Optional[int]`, `Union[int, str]`.
    Union(Vec<AnnotationTy>),
    /// A list in an annotation: the parameters of `Callable[[int], str]`.
    List(Vec<AnnotationTy>),
    /// Not understood; says nothing.
    Unknown,
}

/// A name of the registry: `asyncio.sleep`, `builtins.len`, `asyncio` itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StubRef {
    /// The module whose stub declares it, after re-exports are followed: `asyncio`, `builtins`, `os.path`.
    pub module: Name,
    /// The name in the module; empty: the module itself.
    pub name: Name,
}

impl StubRef {
    /// A name of a module of the registry; an empty one is the module itself.
    pub fn new(module: impl Into<Name>, name: impl Into<Name>) -> StubRef {
        StubRef { module: module.into(), name: name.into() }
    }
}

/// A `class`.
#[derive(Debug, Clone)]
pub struct Class {
    /// The name.
    pub name: String,
    /// `outer.<locals>.Inner`.
    pub qualname: String,
    /// The bases, in order.
    pub bases: Vec<Base>,
    /// Every function of the body, in order.
    pub methods: Vec<FnId>,
    /// Assignments of the body: class attributes, fields of a dataclass or enum.
    pub attributes: Vec<Attribute>,
    /// Decorators that are understood, and how.
    pub flavour: Flavour,
    /// Decorators that are not.
    pub decorators: Vec<ExprId>,
    /// The docstring, dedented.
    pub docs: Option<String>,
    /// A base that nobody wrote: nothing is of this class itself.
    pub made: bool,
    /// The module it stands in.
    pub module: ModuleId,
    /// The function it stands in.
    pub parent: Option<FnId>,
    /// The name in the `class` line.
    pub span: Span,
}

/// A base class.
#[derive(Debug, Clone, PartialEq)]
pub enum Base {
    /// A class of the program.
    Class(ClassId),
    /// A class of the registry: `builtins.Exception`, `enum.Enum`.
    Stub(StubRef),
}

/// An assignment in a class body.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// The name.
    pub name: String,
    /// The value, unless only annotated.
    pub value: Option<ExprId>,
    /// The annotation.
    pub annotation: Option<Annotation>,
    /// Comments above.
    pub trivia: Trivia,
    /// The name's place.
    pub span: Span,
}

impl Attribute {
    /// Whether a dataclass takes it as a field.
    pub fn is_field(&self) -> bool {
        self.annotation.as_ref().is_some_and(|annotation| !annotation.text.contains("ClassVar"))
    }
}

/// What a class is made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// An ordinary class.
    Plain,
    /// `@dataclass`.
    Dataclass {
        /// `frozen=True`.
        frozen: bool,
        /// `order=True`.
        order: bool,
        /// Not `eq=False`.
        eq: bool,
    },
    /// A subclass of `enum.Enum` or a relative that is not translated.
    Enum,
    /// A subclass of `enum.Enum` or a relative, written out: its class attributes are its members.
    Members,
    /// `typing.NamedTuple` with a body.
    NamedTuple,
}
