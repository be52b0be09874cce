//! Expressions.

use super::ExprId;
use super::{ClassId, FnId, ModuleId, StubRef, VarId, stmt::Target};

/// A literal.
#[derive(Debug, Clone, PartialEq)]
pub enum Lit {
    /// `None`.
    None,
    /// `True`, `False`.
    Bool(bool),
    /// An integer that fits 64 bits.
    Int(i64),
    /// Any other integer, in decimal.
    BigInt(String),
    /// A float.
    Float(f64),
    /// `2j`.
    Imaginary(f64),
    /// A string.
    Str(String),
    /// A bytes literal.
    Bytes(Vec<u8>),
    /// `...`.
    Ellipsis,
}

/// `-x`, `+x`, `~x`, `not x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnOp {
    /// `-x`.
    Neg,
    /// `+x`.
    Pos,
    /// `~x`.
    Invert,
    /// `not x`.
    Not,
}

/// Arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    Div,
    FloorDiv,
    Mod,
    Pow,
    MatMul,
    LShift,
    RShift,
    BitAnd,
    BitOr,
    BitXor,
}

impl BinOp {
    /// `+`.
    pub fn symbol(self) -> &'static str {
        match self {
            BinOp::Add => "+",
            BinOp::Sub => "-",
            BinOp::Mul => "*",
            BinOp::Div => "/",
            BinOp::FloorDiv => "//",
            BinOp::Mod => "%",
            BinOp::Pow => "**",
            BinOp::MatMul => "@",
            BinOp::LShift => "<<",
            BinOp::RShift => ">>",
            BinOp::BitAnd => "&",
            BinOp::BitOr => "|",
            BinOp::BitXor => "^",
        }
    }

    /// `add`: the middle of `__add__`, `__radd__` and `__iadd__`.
    pub fn dunder(self) -> &'static str {
        match self {
            BinOp::Add => "add",
            BinOp::Sub => "sub",
            BinOp::Mul => "mul",
            BinOp::Div => "truediv",
            BinOp::FloorDiv => "floordiv",
            BinOp::Mod => "mod",
            BinOp::Pow => "pow",
            BinOp::MatMul => "matmul",
            BinOp::LShift => "lshift",
            BinOp::RShift => "rshift",
            BinOp::BitAnd => "and",
            BinOp::BitOr => "or",
            BinOp::BitXor => "xor",
        }
    }
}

/// Comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum CmpOp {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}

/// What computes a value.
#[derive(Debug, Clone)]
pub enum Expr {
    /// A literal.
    Lit(Lit),
    /// A variable is read.
    Var(VarId),
    /// A function of the program, as a value.
    Function(FnId),
    /// A class of the program, as a value.
    Class(ClassId),
    /// A name of the registry, as a value: `math.pi`, `print` handed on, a module.
    Stub(StubRef),
    /// A module of the program, as a value (only its attributes are useful).
    Module(ModuleId),
    /// `(x := value)`.
    Walrus(VarId, ExprId),
    /// `-x`.
    Unary(UnOp, ExprId),
    /// `a + b`.
    Binary(BinOp, ExprId, ExprId),
    /// `a < b <= c`: each operand is evaluated at most once.
    Compare(ExprId, Vec<(CmpOp, ExprId)>),
    /// `a and b and c`.
    BoolOp {
        /// `and`, not `or`.
        is_and: bool,
        /// Two at least.
        operands: Vec<ExprId>,
    },
    /// `then if test else orelse`.
    IfExp {
        /// Evaluated first.
        test: ExprId,
        /// When true.
        then: ExprId,
        /// When false.
        orelse: ExprId,
    },
    /// A call.
    Call(Call),
    /// `value.name`.
    Attr(ExprId, String),
    /// `value[index]`.
    Index(ExprId, ExprId),
    /// `value[lower:upper:step]`.
    Slice {
        /// What is sliced.
        value: ExprId,
        /// Each as written.
        lower: Option<ExprId>,
        /// Each as written.
        upper: Option<ExprId>,
        /// Each as written.
        step: Option<ExprId>,
    },
    /// `[a, *b]`.
    List(Vec<Item>),
    /// `(a, *b)`.
    Tuple(Vec<Item>),
    /// `{a, *b}`.
    Set(Vec<Item>),
    /// `{k: v, **d}`.
    Dict(Vec<DictItem>),
    /// A comprehension or generator expression.
    Comp(Comp),
    /// `lambda`. A nested `def` as a value is [`Expr::Function`].
    Lambda(FnId),
    /// An f-string.
    Format(Vec<Piece>),
    /// `await x`; also `yield from x` in a coroutine.
    Await(ExprId),
    /// `yield x`.
    Yield(Option<ExprId>),
    /// Delegation in a true generator.
    YieldFrom(ExprId),
    /// asyncio, whichever spelling was used.
    Aio(Aio),
    /// Reported; raises where it stands. Keeps one bad line from hiding the rest.
    Unsupported(&'static str),
}

/// An element of a display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// `x`.
    One(ExprId),
    /// `*x`.
    Star(ExprId),
}

/// An element of a dict display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DictItem {
    /// `k: v`.
    Pair(ExprId, ExprId),
    /// `**d`.
    Spread(ExprId),
}

/// A call.
#[derive(Debug, Clone)]
pub struct Call {
    /// What is called.
    pub callee: Callee,
    /// The arguments, as written.
    pub args: Vec<Arg>,
}

/// What is called.
#[derive(Debug, Clone, PartialEq)]
pub enum Callee {
    /// A function of the program.
    Function(FnId),
    /// A class of the program.
    Class(ClassId),
    /// A function or class of the registry.
    Stub(StubRef),
    /// `recv.name(…)`, `recv` being a value.
    Method {
        /// The receiver.
        recv: ExprId,
        /// The method.
        name: String,
    },
    /// `super().name(…)`.
    Super {
        /// The class whose base is meant.
        class: ClassId,
        /// `self`.
        recv: ExprId,
        /// The method.
        name: String,
    },
    /// Any other value.
    Value(ExprId),
}

/// An argument.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// `f(x)`.
    Positional(ExprId),
    /// `f(name=x)`.
    Keyword(String, ExprId),
    /// `f(*x)`.
    Star(ExprId),
    /// `f(**x)`.
    DoubleStar(ExprId),
}

impl Arg {
    /// The expression.
    pub fn value(&self) -> ExprId {
        match self {
            Arg::Positional(value) | Arg::Keyword(_, value) | Arg::Star(value) | Arg::DoubleStar(value) => *value,
        }
    }
}

/// A comprehension. Its targets are variables of the scope around it, never read outside it.
#[derive(Debug, Clone)]
pub struct Comp {
    /// What it builds.
    pub kind: CompKind,
    /// The element, or the key of a dict.
    pub element: ExprId,
    /// The value of a dict.
    pub value: Option<ExprId>,
    /// `for … in …`, outermost first.
    pub clauses: Vec<Clause>,
}

/// What a comprehension builds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CompKind {
    List,
    Set,
    Dict,
    Generator,
}

/// `for target in iter if conditions`.
#[derive(Debug, Clone)]
pub struct Clause {
    /// What is bound.
    pub target: Target,
    /// What is iterated.
    pub iter: ExprId,
    /// The conditions.
    pub conditions: Vec<ExprId>,
    /// `async for`.
    pub is_async: bool,
}

/// A piece of an f-string.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Literal text.
    Text(String),
    /// `{value!r:spec}`; `{value=}` was turned into text and a value.
    Value {
        /// The value.
        value: ExprId,
        /// `r`, `s` or `a`.
        conversion: Option<char>,
        /// The spec, itself with values perhaps.
        spec: Vec<Piece>,
    },
}

/// asyncio, whichever spelling was used. One variant per idea, not per function name.
#[derive(Debug, Clone)]
pub enum Aio {
    /// `create_task`, `ensure_future`, `Task(…)`, `loop.create_task`, `asyncio.async`.
    Spawn {
        /// A coroutine, or (`ensure_future`) any awaitable.
        coro: ExprId,
        /// `name=`.
        name: Option<ExprId>,
        /// Which spelling: they differ outside a running loop.
        via: SpawnVia,
    },
    /// `gather(…)`.
    Gather {
        /// The awaitables.
        args: Vec<Item>,
        /// `return_exceptions=`.
        return_exceptions: Option<ExprId>,
        /// Whether the result is unpacked at once.
        shape: Shape,
    },
    /// `as_completed(…)`.
    AsCompleted {
        /// The awaitables.
        tasks: ExprId,
        /// `timeout=`.
        timeout: Option<ExprId>,
        /// `async for`: gives the tasks themselves, each when it is done.
        is_async: bool,
    },
    /// `sleep(…)`.
    Sleep {
        /// How long, in seconds.
        seconds: ExprId,
        /// `result=`.
        result: Option<ExprId>,
    },
    /// `run`, `run_until_complete`.
    Run {
        /// The coroutine or future.
        main: ExprId,
        /// The loop of the second.
        owner: Option<ExprId>,
        /// `debug=`.
        debug: Option<ExprId>,
    },
    /// `run_in_executor`, `to_thread`.
    Offload {
        /// The loop of the first.
        owner: Option<ExprId>,
        /// The executor; `None`: the default one.
        executor: Option<ExprId>,
        /// What is called.
        function: ExprId,
        /// With what.
        args: Vec<Arg>,
    },
    /// `Future()`, `loop.create_future()`.
    NewFuture {
        /// The loop of the second.
        owner: Option<ExprId>,
    },
    /// `get_event_loop`, `new_event_loop`, `get_running_loop`.
    EventLoop(LoopKind),
}

/// How a task is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpawnVia {
    /// `asyncio.create_task`: RuntimeError without a running loop.
    CreateTask,
    /// `asyncio.ensure_future`, `asyncio.async`: the current loop; a task or future stays what it is.
    EnsureFuture,
    /// `asyncio.Task(…)`: the current loop, or the one named.
    Task {
        /// `loop=`.
        owner: Option<ExprId>,
    },
    /// `loop.create_task`.
    Loop {
        /// The loop.
        owner: ExprId,
    },
}

/// Which loop is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoopKind {
    /// `get_event_loop()`.
    Current,
    /// `get_running_loop()`.
    Running,
    /// `new_event_loop()`.
    New,
}

/// How the result of `gather` is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As a list: Python's answer.
    List,
    /// Unpacked at once into as many targets: the types may differ.
    Tuple,
}
