//! Statements.

use super::{ClassId, ExprId, FnId, ModuleId, VarId, expr::BinOp};
use crate::source::Span;

/// Statements in a row.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// The statements.
    pub stmts: Vec<Stmt>,
    /// Comments after the last one, at the block's depth.
    pub trailing: Trivia,
}

/// A statement.
#[derive(Debug, Clone)]
pub struct Stmt {
    /// What it does.
    pub kind: StmtKind,
    /// Where it stands, all of it.
    pub span: Span,
    /// What stands above it.
    pub trivia: Trivia,
}

/// Comments and the blank line above a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trivia {
    /// A blank line stands above the comments (or above the statement).
    pub blank_before: bool,
    /// The comments, without `#`; a trailing comment of the statement is the last.
    pub comments: Vec<Comment>,
}

/// A comment line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// A blank line stands above it.
    pub blank_before: bool,
    /// The text after `#`.
    pub text: String,
}

/// What a statement does.
#[derive(Debug, Clone)]
pub enum StmtKind {
    /// An expression for its effect.
    Expr(ExprId),
    /// `target = value`; `a = b = value` has two targets, assigned left to right.
    Assign {
        /// The targets.
        targets: Vec<Target>,
        /// Evaluated first.
        value: ExprId,
    },
    /// `target += value`.
    AugAssign {
        /// The target, which is also read.
        target: Target,
        /// The operator.
        op: BinOp,
        /// The right side.
        value: ExprId,
    },
    /// `if`.
    If {
        /// The test.
        test: ExprId,
        /// When true.
        then: Block,
        /// When false; an `elif` is one `If` in it.
        orelse: Block,
    },
    /// `while`.
    While {
        /// The test.
        test: ExprId,
        /// The body.
        body: Block,
        /// When the test was false.
        orelse: Block,
    },
    /// `for`.
    For {
        /// What is bound.
        target: Target,
        /// What is iterated.
        iter: ExprId,
        /// The body.
        body: Block,
        /// When the iteration ended.
        orelse: Block,
        /// `async for`.
        is_async: bool,
    },
    /// `try`.
    Try(Try),
    /// `with`.
    With {
        /// The context managers.
        items: Vec<WithItem>,
        /// The body.
        body: Block,
        /// How control may leave the body.
        exits: Exits,
        /// `async with`.
        is_async: bool,
    },
    /// `return`.
    Return(Option<ExprId>),
    /// `raise`.
    Raise {
        /// The exception.
        exc: Option<ExprId>,
        /// `from`.
        cause: Option<ExprId>,
    },
    /// `assert`.
    Assert {
        /// The test.
        test: ExprId,
        /// The message.
        message: Option<ExprId>,
    },
    /// `del`.
    Delete(Vec<Target>),
    /// `match`.
    Match {
        /// The subject.
        subject: ExprId,
        /// The cases.
        cases: Vec<Case>,
    },
    /// `break`.
    Break,
    /// `continue`.
    Continue,
    /// `pass`, a docstring, a folded branch: only its trivia counts.
    Pass,
    /// `def`: the function is defined here. `var` is the variable that holds it, unless calls go by `FnId`.
    Def {
        /// The function.
        function: FnId,
        /// The variable bound to it, when the name is used as a value or rebound.
        var: Option<VarId>,
    },
    /// `class`.
    Class {
        /// The class.
        class: ClassId,
        /// The variable bound to it, when rebound.
        var: Option<VarId>,
    },
    /// A module of the program is imported here: its statements run, unless they have run before (an import in a function
    /// or a branch may not be the first).
    Import(ModuleId),
}

/// `try`.
#[derive(Debug, Clone)]
pub struct Try {
    /// The body.
    pub body: Block,
    /// `except`.
    pub handlers: Vec<Handler>,
    /// `else`.
    pub orelse: Block,
    /// `finally`.
    pub finally: Block,
    /// `except*`.
    pub star: bool,
    /// How control may leave the body, other than by its end.
    pub exits: Exits,
    /// How control may leave the handlers and `else`.
    pub handler_exits: Exits,
}

/// `except classes as bind:`.
#[derive(Debug, Clone)]
pub struct Handler {
    /// The classes; empty: all.
    pub classes: Vec<ExprId>,
    /// The variable.
    pub bind: Option<VarId>,
    /// The body.
    pub body: Block,
    /// The line.
    pub span: Span,
    /// What stands above it.
    pub trivia: Trivia,
}

/// `context as target`.
#[derive(Debug, Clone)]
pub struct WithItem {
    /// The context manager.
    pub context: ExprId,
    /// What `__enter__` gives.
    pub target: Option<Target>,
}

/// A `case`.
#[derive(Debug, Clone)]
pub struct Case {
    /// The pattern.
    pub pattern: Pattern,
    /// `if`.
    pub guard: Option<ExprId>,
    /// The body.
    pub body: Block,
    /// What stands above it.
    pub trivia: Trivia,
}

/// A pattern of `match`.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// A value, compared with `==`.
    Value(ExprId),
    /// `None`, `True`, `False`, compared with `is`.
    Singleton(ExprId),
    /// `_` or a name.
    Capture(Option<VarId>),
    /// `pattern as name`.
    As(Box<Pattern>, VarId),
    /// `a | b`.
    Or(Vec<Pattern>),
    /// `[a, *rest]`; the star's variable is at that place.
    Sequence(Vec<Pattern>),
    /// `*rest` in a sequence.
    Star(Option<VarId>),
    /// `{"k": p, **rest}`.
    Mapping {
        /// The keys and their patterns.
        items: Vec<(ExprId, Pattern)>,
        /// `**rest`.
        rest: Option<VarId>,
    },
    /// `Point(x, y=p)`.
    Class {
        /// The class.
        class: ExprId,
        /// By place.
        positional: Vec<Pattern>,
        /// By name.
        keywords: Vec<(String, Pattern)>,
    },
}

/// How control may leave a block other than by its end, and whether it suspends; picks the emitted form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exits {
    /// `return` inside.
    pub returns: bool,
    /// `break` of a loop around it.
    pub breaks: bool,
    /// `continue` of a loop around it.
    pub continues: bool,
    /// `await`, `async for`, `async with` inside.
    pub awaits: bool,
    /// `yield` inside.
    pub yields: bool,
}

/// What is assigned to.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A variable.
    Var(VarId),
    /// `value.name`.
    Attr(ExprId, String),
    /// `value[index]`.
    Index(ExprId, ExprId),
    /// `value[lower:upper:step]`.
    Slice(ExprId, [Option<ExprId>; 3]),
    /// `a, (b, c)`.
    Tuple(Vec<Target>),
    /// `*rest` in a tuple.
    Star(Box<Target>),
    /// Reported.
    Unsupported,
}
