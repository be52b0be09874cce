//! HIR to types: a representation type for every expression, and the conversions between them.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

mod accept;
mod attribute;
mod binary_format;
mod bind;
mod binding;
mod calls;
mod choose;
mod close;
mod cycle;
pub mod dump;
mod fire;
pub mod generate;
mod growth;
mod hierarchy;
mod instance;
mod iterate;
mod kin;
mod links;
mod lookup;
mod methods;
mod narrow;
mod operator;
mod raises;
mod resolve;
mod select;
mod shape;
mod share;
mod slots;
mod solver;
mod special;
mod told;
pub mod uniform;
mod uses;

use crate::arena::{Arena, ArenaMap};
use crate::diag::{Diagnostic, Diagnostics, catalog};
use crate::hir::{Arg, Class, ClassId, Expr, ExprId, FnId, Function, Name, Program, StubRef, Var};
use crate::source::Span;
use crate::stubs::{Pass, RustForm, StubDefault, Stubs};
use crate::syntax::PythonVersion;
use crate::types::{IntMode, RecordDef, Ty, UnionDef};

/// Why a choice among classes was made: such an assignment in an expression holds the value that is tested.
pub const HELD: &str = "choice among classes";

/// What inference found; side tables of the HIR.
#[derive(Debug, Default)]
pub struct Types {
    /// The type of each expression, before its adjustments.
    pub expr: ArenaMap<Expr, Ty>,
    /// The type of each variable.
    pub var: ArenaMap<Var, Ty>,
    /// The signature of each function.
    pub function: ArenaMap<Function, Signature>,
    /// The fields of each class.
    pub class: ArenaMap<Class, ClassInfo>,
    /// The unions; each is emitted once.
    pub unions: Arena<UnionDef>,
    /// The records; each is emitted once.
    pub records: Arena<RecordDef>,
    /// Conversions of an expression's value, in the order they are applied.
    pub adjustments: FxHashMap<ExprId, Vec<Adjustment>>,
    /// Of an augmented assignment, by its right side: conversions of the target's old value before the operator.
    pub aug_left: BTreeMap<ExprId, Vec<Adjustment>>,
    /// Of an augmented assignment, by its right side: what the operator gives, where it is converted then.
    pub aug_made: BTreeMap<ExprId, Ty>,
    /// Of `value[index] op= right`, by the index: the type of the item.
    pub aug_item: BTreeMap<ExprId, Ty>,
    /// Of an augmented assignment, by its right side: conversions of the operator's result before it is stored.
    pub aug_result: BTreeMap<ExprId, Vec<Adjustment>>,
    /// What each call, operator, attribute, subscript and iteration does, by the expression and a place in it: 0, for a
    /// comparison chain the place of the pair, or one of [`place`].
    pub resolved: BTreeMap<(ExprId, u32), Resolved>,
    /// Calls with spread arguments whose number or names only the running program knows, as `resolved`.
    pub spread: BTreeMap<(ExprId, u32), SpreadCall>,
    /// The Rust paths of the registry's classes that are not named by convention.
    pub stub_paths: BTreeMap<StubRef, String>,
    /// Why values are dynamic.
    pub blame: Vec<Blame>,
    /// The measure of inference.
    pub share: TypedShare,
    /// The dynamic expressions that a dynamic API tainted.
    pub tainted: BTreeSet<ExprId>,
    /// The last Python that knows what is called, as far as types tell: tasks of `asyncio.wait` may be coroutines until 3.10.
    pub last_python: Option<PythonVersion>,
}

/// Places in [`Types::resolved`], for operations that have no expression of their own.
pub mod place {
    /// `target += value`: by the right side.
    pub const AUGMENTED: u32 = 1;
    /// An iteration: by the iterated expression. Also a value that is unfit where it stands (`raise 1`, `sleep("x")`).
    pub const ITERATE: u32 = 10;
    /// `with context`: `__enter__` or `__aenter__`, by the context.
    pub const ENTER: u32 = 11;
    /// `with context`: `__exit__` or `__aexit__` of a class of the program, by the context.
    pub const EXIT: u32 = 12;
    /// `value[index] = …`: by the index.
    pub const SET_ITEM: u32 = 13;
    /// `del value[index]`: by the index.
    pub const DEL_ITEM: u32 = 14;
    /// `value[index] += …`, the read: by the index.
    pub const GET_ITEM: u32 = 15;
    /// `object.name = …`: by the object. `Field`, `RecordField`, or `Function` of a setter.
    pub const SET_ATTR: u32 = 16;
    /// `object.name += …`, the read: by the object.
    pub const GET_ATTR: u32 = 17;
    /// An operand of an asyncio node that cannot be awaited: by the operand.
    pub const AWAITED: u32 = 18;
    /// `loop.call_soon(f, x)`, `loop.run_in_executor(None, f, x)` as methods: what calling `f(x)` does, by `f`. (Of the node
    /// `Aio::Offload` it is at the node itself, place 0.)
    pub const CALLED: u32 = 19;
}

/// The types of a function.
#[derive(Debug, Clone)]
pub struct Signature {
    /// One for each parameter of the HIR function, in its order (`*args` is a `VarTuple`, `**kwargs` a `Dict`).
    pub params: Vec<Ty>,
    /// What `return` gives; [`Ty::Never`]: it never returns.
    pub result: Ty,
    /// What a generator yields.
    pub yields: Ty,
    /// What a generator is sent.
    pub sends: Ty,
    /// An exception can leave it. When false, a plain function is emitted without `PyResult`.
    pub raises: bool,
    /// It is in a cycle of the call graph.
    pub recursive: bool,
    /// How many type parameters it was generalised over.
    pub generics: u32,
    /// Somebody calls it, or it is kept as a value.
    pub used: bool,
}

/// The types of a class.
#[derive(Debug, Clone, Default)]
pub struct ClassInfo {
    /// The fields, in order of first assignment.
    pub fields: Vec<FieldInfo>,
}

/// A field.
#[derive(Debug, Clone)]
pub struct FieldInfo {
    /// The name.
    pub name: String,
    /// The type.
    pub ty: Ty,
    /// It is assigned outside `__init__`, or more than once in it.
    pub reassigned: bool,
}

/// In the text of an [`Adjustment::FromUnion`]'s error: the Python type of the value that does not fit.
pub const HOLE: char = '\u{fffc}';
/// In the same text: the value that does not fit, as `repr` shows it.
pub const SHOWN: char = '\u{fffd}';

/// A conversion.
#[derive(Debug, Clone, PartialEq)]
pub enum Adjustment {
    /// `i64`, `bool`, `Int` (OverflowError) or `Number` to `f64`.
    ToFloat,
    /// `bool` to `i64`.
    BoolToInt,
    /// `i64` to `Int`.
    ToBigInt,
    /// `Int` or `Number` to `i64`; OverflowError, or TypeError for a float.
    ToInt,
    /// `bool`, `i64`, `f64` or `Int` to `Number`.
    ToNumber,
    /// `T` to `Option<T>`.
    WrapSome,
    /// `()` to `Option<T>`: `None`.
    NoneToOption(Ty),
    /// `Option<T>` to `T`; raises CPython's TypeError or AttributeError when it is `None`. Narrowed reads have none: a
    /// narrowed variable's expression has the narrowed type and an `Unwrap` without error.
    UnwrapOption {
        /// The exception and text that CPython would give: `TypeError`, `unsupported operand …`. `None`: proven.
        error: Option<(&'static str, String)>,
    },
    /// An alternative to its union.
    IntoUnion(Ty),
    /// A union to an alternative; `error` as in `UnwrapOption`.
    FromUnion {
        /// The alternative.
        to: Ty,
        /// As in `UnwrapOption`.
        error: Option<(&'static str, String)>,
    },
    /// A union to a type that several of its alternatives convert to, each in its own way; `error` as in `UnwrapOption`.
    EachAlternative {
        /// What comes out.
        to: Ty,
        /// As in `UnwrapOption`; never taken when all alternatives convert.
        error: Option<(&'static str, String)>,
    },
    /// Any union or option to a wider one that has all its alternatives.
    Widen(Ty),
    /// `Outcome<T>` to `T` or to `PyErr`; proven.
    FromOutcome(Ty),
    /// An exception to one of a class below, whose attribute is used; AttributeError when it is of another.
    DownException {
        /// The class that has the attribute.
        to: Ty,
        /// The attribute.
        attribute: String,
    },
    /// Anything iterable to `Iter<T>`.
    IntoIter,
    /// An unboxed coroutine to `Coroutine<T>`.
    IntoCoroutine,
    /// An object with `__await__` to `Coroutine<T>`.
    AwaitObject {
        /// Its `__await__`.
        function: FnId,
        /// `Coroutine<T>`.
        to: Ty,
    },
    /// A function, method, class or closure to `Function<A, R>` of this type.
    IntoFunction(Ty),
    /// A value to `Value`. Never a container that is kept; one that is only read is copied.
    IntoValue,
    /// `Value` to this type; TypeError when it is another.
    FromValue(Ty),
    /// `(A, B)` to `VarTuple<T>`.
    TupleToVarTuple(Ty),
    /// Element by element: tuples, lists that nobody else holds.
    Map(Ty),
}

/// What an operation does.
#[derive(Debug, Clone)]
pub enum Resolved {
    /// A function, method or operator of the registry.
    Stub(StubCall),
    /// A function or method of the program.
    Function {
        /// Which.
        function: FnId,
        /// One for each parameter, in order.
        args: Vec<BoundArg>,
    },
    /// A class of the program is instantiated.
    New {
        /// Which.
        class: ClassId,
        /// One for each parameter of `__init__` (or field of a dataclass).
        args: Vec<BoundArg>,
    },
    /// A `Function` value is called.
    FnValue {
        /// The arguments, by place.
        args: Vec<BoundArg>,
    },
    /// Over `Value`: the operands were adjusted to `Value`.
    Dynamic,
    /// A field of a class of the program.
    Field,
    /// An index into a tuple: `t.0`.
    TupleField(usize),
    /// A field of a record.
    RecordField(usize),
    /// CPython would raise this whenever the place is reached (a call with a missing argument, a method that the type
    /// does not have): the exception's class and its text. Operands are still evaluated.
    Raises(&'static str, String),
    /// The comparison is known: `1 is None`, `"a" == 1`. Operands are still evaluated.
    Known(bool),
    /// Reported as a diagnostic.
    Unsupported,
}

/// A call of the registry.
///
/// Some have a shape of their own, `intrinsic` all of them:
/// - an exception is made: `of` its class, `method` `__init__`, one argument `BoundArg::Args`. So is `super().__init__(…)` in an exception
///   class; in any other it has no arguments and does nothing;
/// - `loop.run_in_executor`, `call_soon`, `call_later` … as methods: one argument `BoundArg::Args` with all that was written; what the call of
///   the function does is at [`place::CALLED`]. `create_task`, `run_until_complete` as methods: likewise, without it;
/// - `parser.add_argument(…)` and `parser.parse_args()`, whose type is a [`Ty::Record`];
/// - `getattr`, `type`, `isinstance`, `len`, `pow`, `print`, `functools.partial`: arguments as written, not converted.
#[derive(Debug, Clone)]
pub struct StubCall {
    /// The module-level function or the class that has the method.
    pub of: StubRef,
    /// The method, or empty for a function; `__init__` for an instantiation.
    pub method: Name,
    /// How it is written.
    pub rust: RustForm,
    /// The arguments, in the order of the stub's parameters, without the receiver.
    pub args: Vec<StubArg>,
    /// No `?`.
    pub nothrow: bool,
    /// `.await`.
    pub is_async: bool,
    /// `infer` and `emit` have rules of their own.
    pub intrinsic: bool,
}

/// An argument of a registry call.
#[derive(Debug, Clone)]
pub struct StubArg {
    /// The parameter's name: the name of the builder method for keyword-only parameters.
    pub name: Name,
    /// It becomes a builder call (keyword-only), and is left out when it is not given.
    pub builder: bool,
    /// A function is handed over as a Rust closure, not as a value.
    pub closure: bool,
    /// What is given.
    pub value: BoundArg,
    /// How it is handed over.
    pub pass: Pass,
    /// The type that the parameter has here.
    pub ty: Ty,
}

/// What a parameter gets.
#[derive(Debug, Clone)]
pub enum BoundArg {
    /// This expression.
    Expr(ExprId),
    /// The default of the HIR parameter.
    Default,
    /// The literal default of the stub.
    Lit(StubDefault),
    /// `*args` of the callee: these, in order (`Arg::Positional` and `Arg::Star` only).
    Args(Vec<Arg>),
    /// `**kwargs` of the callee (`Arg::Keyword` and `Arg::DoubleStar` only).
    Kwargs(Vec<Arg>),
    /// `f(*pair)`: element `index` of a starred tuple, which is evaluated once for all its elements.
    Item {
        /// The tuple.
        of: ExprId,
        /// Which element.
        index: usize,
    },
    /// `f(**args)`: a field of a double-starred record, which is evaluated once for all its fields.
    Field {
        /// The record.
        of: ExprId,
        /// Which field.
        index: usize,
    },
    /// A function that is called later with these arguments, evaluated now: `submit(f, a, b)`.
    Call {
        /// The function.
        function: ExprId,
        /// Its arguments.
        args: Vec<Arg>,
        /// What it gives is not looked at.
        ignored: bool,
    },
    /// An item of what is spread, or what a spread dict has under a name, or else the default: see [`SpreadCall`].
    Open {
        /// The call.
        of: ExprId,
        /// Which item of [`SpreadCall::tail`].
        item: Option<usize>,
        /// Its name in [`SpreadCall::double`].
        key: Option<String>,
        /// The parameter's type.
        ty: Ty,
        /// What it is when nothing is given.
        default: Option<Box<BoundArg>>,
    },
    /// `*args` of the callee: what is left of the spread arguments.
    OpenArgs {
        /// The call.
        of: ExprId,
        /// From this item on.
        from: usize,
    },
    /// `**kwargs` of the callee: what is left of the spread dict, and these.
    OpenKwargs {
        /// The call.
        of: ExprId,
        /// `Arg::Keyword` only.
        also: Vec<Arg>,
    },
    /// Left out (builder parameters).
    Omitted,
}

/// A call with spread arguments whose number or names only the running program knows: it is checked against the parameters then.
#[derive(Debug, Clone, Default)]
pub struct SpreadCall {
    /// The callee as CPython calls it: `Worker.run`.
    pub name: String,
    /// The receiver counts among the arguments.
    pub bound: bool,
    /// The parameters that arguments by place reach.
    pub places: Vec<String>,
    /// How many of these have a default: the last.
    pub optional: usize,
    /// How many of these cannot be named.
    pub unnamed: usize,
    /// How many of these arguments before the spread ones take.
    pub given: usize,
    /// The parameters that are given by name, in the call.
    pub named: Vec<String>,
    /// Parameters that only names reach: without a default, with one.
    pub keywords: (Vec<String>, Vec<String>),
    /// There is a `*args`.
    pub rest: bool,
    /// There is a `**kwargs`.
    pub others: bool,
    /// `*xs` and all arguments by place behind it, with the type of their items.
    pub tail: Option<(Vec<Arg>, Ty)>,
    /// The dict that is spread, with the type of its values.
    pub double: Option<(ExprId, Ty)>,
}

/// Why a value is dynamic.
#[derive(Debug, Clone)]
pub struct Blame {
    /// The dynamic expression or variable.
    pub span: Span,
    /// What it is called.
    pub what: String,
    /// Where it comes from: the two inflows whose spans come first.
    pub because: Vec<(Span, String)>,
}

/// The part of the expressions whose type holds no `Value`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TypedShare {
    /// All expressions that count.
    pub total: usize,
    /// Those with a `Value`.
    pub dynamic: usize,
    /// Of these, those that a dynamic API tainted.
    pub tainted: usize,
}

impl Types {
    /// The type of an expression after its adjustments.
    pub fn final_ty(&self, expr: ExprId) -> Ty {
        let mut ty = self.expr.get(expr).cloned().unwrap_or(Ty::Value);
        for adjustment in self.adjustments.get(&expr).into_iter().flatten() {
            ty = adjustment.result(ty);
        }
        ty
    }

    /// Whether an expression's value holds a `Value` after its adjustments.
    pub fn ends_dynamic(&self, expr: ExprId) -> bool {
        match self.adjustments.contains_key(&expr) {
            true => self.is_dynamic(&self.final_ty(expr)),
            false => self.expr.get(expr).is_none_or(|ty| self.is_dynamic(ty)),
        }
    }

    /// Whether a type holds a `Value`, also inside unions and records.
    pub fn is_dynamic(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Value => true,
            Ty::Union(id) => self.unions[*id].alternatives.iter().any(|part| part.ty.has_value()),
            Ty::Record(id) => self.records[*id].fields.iter().any(|(_, ty)| ty.has_value()),
            Ty::Class(_) | Ty::Str | Ty::Int | Ty::None | Ty::Bool | Ty::Float => false,
            ty => ty.children().into_iter().any(|child| self.is_dynamic(child)),
        }
    }
}

impl Adjustment {
    /// The type of a value of type `ty` after this conversion.
    pub fn result(&self, ty: Ty) -> Ty {
        match self {
            Adjustment::ToFloat => Ty::Float,
            Adjustment::BoolToInt | Adjustment::ToInt => Ty::Int,
            Adjustment::ToBigInt => Ty::BigInt,
            Adjustment::ToNumber => Ty::Number,
            Adjustment::WrapSome => ty.option(),
            Adjustment::NoneToOption(to) => to.clone().option(),
            Adjustment::UnwrapOption { .. } => match ty {
                Ty::Option(inner) => *inner,
                ty => ty,
            },
            Adjustment::IntoUnion(to)
            | Adjustment::AwaitObject { to, .. }
            | Adjustment::Widen(to)
            | Adjustment::FromOutcome(to)
            | Adjustment::IntoFunction(to)
            | Adjustment::FromValue(to)
            | Adjustment::TupleToVarTuple(to)
            | Adjustment::DownException { to, .. }
            | Adjustment::Map(to)
            | Adjustment::FromUnion { to, .. }
            | Adjustment::EachAlternative { to, .. } => to.clone(),
            Adjustment::IntoIter => match ty {
                Ty::List(item) | Ty::Set(item) | Ty::FrozenSet(item) | Ty::VarTuple(item) | Ty::Iter(item) => {
                    Ty::Iter(item)
                }
                Ty::Dict(key, _) => Ty::Iter(key),
                Ty::Gen(item, ..) => Ty::Iter(item),
                Ty::Range | Ty::Bytes => Ty::Iter(Box::new(Ty::Int)),
                Ty::Str => Ty::Iter(Box::new(Ty::Str)),
                Ty::Tuple(items) => Ty::Iter(Box::new(items.into_iter().next().unwrap_or(Ty::None))),
                ty => Ty::Iter(Box::new(ty)),
            },
            Adjustment::IntoCoroutine => ty,
            Adjustment::IntoValue => Ty::Value,
        }
    }
}

/// How often bases are looked for: what becomes one class may bring others together.
const ROUNDS: u32 = 4;

/// Types of a program. Classes that are used alike get a common base in it.
pub fn infer(program: &mut Program, stubs: &Stubs, int: IntMode, diags: &mut Diagnostics) -> Types {
    let (mut round, mut chosen, mut evened) = (0, 0, 0);
    let (mut solver, endless) = loop {
        let mut solver = solver::Solver::new(program, stubs);
        solver.int = int;
        generate::generate(&mut solver);
        let endless = solver.run();
        let choices = if endless.is_some() || chosen == ROUNDS { Vec::new() } else { choose::choices(&mut solver) };
        if !choices.is_empty() {
            drop(solver);
            chosen += 1;
            choose::write_out(program, choices);
            continue;
        }
        let uniform = if endless.is_some() || evened == ROUNDS { None } else { uniform::find(&mut solver) };
        if let Some(uniform) = uniform {
            drop(solver);
            evened += 1;
            uniform::write_out(program, uniform);
            continue;
        }
        if round == ROUNDS {
            break (solver, endless);
        }
        let kin = if endless.is_some() { kin::Kin::default() } else { kin::find(&mut solver) };
        if kin.is_known(program) {
            break (solver, endless);
        }
        drop(solver);
        round = if kin.has_bases() { round + 1 } else { ROUNDS };
        kin.write(program);
    };
    if let Some(span) = endless {
        // What is inferred so far is not the whole truth: nothing may be made of it.
        diags.push(
            Diagnostic::new(
                catalog::UNSUPPORTED_SYNTAX,
                span,
                "a value whose type grows without end is not translated",
            )
            .note("Each round of a loop, or each call, nests the type once more: `t = (t,)`."),
        );
        return Types::default();
    }
    close::close(&mut solver, diags);
    let resolver = close::settle(&mut solver);
    let mut types = Types::default();
    types.expr.reserve(program.exprs.len());
    types.var.reserve(program.vars.len());
    let mut binder = bind::Binder { s: &mut solver, r: resolver, types, diags, function: None };
    binder.run();
    let (mut types, resolver) = (binder.types, binder.r);
    types.unions = resolver.unions;
    types.records = resolver.records;
    types.stub_paths = stubs.class_paths();
    raises::find(program, &mut types);
    share::measure(program, &solver, &mut types);
    types
}
