//! What is known of the function that is being emitted.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use syn::{Expr, Stmt};

use super::Emitter;
use super::build::{self, call_path, name, question, return_, string, tail};
use super::names::Namer;
use crate::hir::{FnId, Storage, VarId};
use crate::types::Ty;

/// How `return` and `raise` leave the block at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// `return v`, `return Ok(v)`: the function itself, or a block whose every path leaves with the function's value.
    Function,
    /// `return Ok(Flow::Return(v))`: a block that is left by `return`, `break` or `continue`.
    Flow,
    /// The same, without a `return`: nothing tells the type of `Flow<T>`.
    Leave,
    /// A block that is left by its end and by exceptions only.
    Unit,
}

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// A function that gives `T` or `PyResult<T>`.
    #[default]
    Plain,
    /// An `async fn`.
    Coroutine,
    /// The inside of `generator(async move |y| …)`.
    Generator,
    /// The inside of `async_generator(async move |y| …)`.
    AsyncGenerator,
    /// `fn script`.
    Script,
}

/// A loop around the statement at hand.
#[derive(Debug, Clone)]
pub struct Loop {
    /// The frames that were open where it begins.
    pub frames: usize,
    /// The block that `break` leaves, when the loop has an `else`.
    pub label: Option<String>,
}

/// An exception that is being handled.
#[derive(Debug, Clone)]
pub struct Handling {
    /// Its name.
    pub name: String,
    /// The frames that were open where it was caught.
    pub frames: usize,
}

/// The function at hand.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// What it is.
    pub kind: Kind,
    /// The function; `None`: the script.
    pub function: Option<FnId>,
    /// It gives a `PyResult`.
    pub fallible: bool,
    /// What it gives.
    pub result: Ty0,
    /// Nothing spells out what it gives: a lambda.
    pub untold: bool,
    /// Blocks of `try` and `with` that are open, outermost first.
    pub frames: Vec<Frame>,
    /// Loops that are open.
    pub loops: Vec<Loop>,
    /// Exceptions that are being handled.
    pub handling: Vec<Handling>,
    /// The names of variables.
    pub vars: HashMap<VarId, String>,
    /// Those of variables that nobody reads.
    pub unread: HashSet<String>,
    /// Variables that a test has proven to be there: they are held without the `Option`.
    pub narrowed: HashMap<VarId, Ty>,
    /// Names that must not be given to temporaries.
    pub namer: Namer,
    /// The number of its name in the line map.
    pub number: u32,
    /// The name of the handle that yields.
    pub yielder: String,
    /// `?` that were written.
    pub questions: u32,
    /// `.await` that were written.
    pub awaits: u32,
    /// Closures between here and the function: nothing may leave them by `?`.
    pub closed: u32,
    /// The parameters of the closure at hand: it may move them.
    pub closure_vars: Vec<VarId>,
    /// Starred values that are held for all their elements.
    pub spreads: HashMap<crate::hir::ExprId, String>,
    /// Arguments that were evaluated before their call.
    pub held: HashMap<crate::hir::ExprId, Expr>,
    /// Variables of [`super::held`] whose block is being written.
    pub held_vars: Vec<VarId>,
    /// What was spread, by the call.
    pub opened: HashMap<crate::hir::ExprId, super::open::Opened>,
    /// Control did not get past the end of the block that was emitted last as an operation.
    pub endless: bool,
    /// Inside a constructor: `self`, and the variables that hold the fields assigned so far.
    pub constructing: Option<(VarId, Vec<(String, String)>)>,
    /// A `self` that is an `Rc`.
    pub receiver: Option<VarId>,
}

/// A [`Ty`] with a default.
#[derive(Debug, Clone, PartialEq)]
pub struct Ty0(pub Ty);

impl Default for Ty0 {
    fn default() -> Ty0 {
        Ty0(Ty::None)
    }
}

impl Body {
    /// Whether awaiting is possible here.
    pub fn is_async(&self) -> bool {
        !matches!(self.kind, Kind::Plain | Kind::Script)
    }
}

impl Emitter<'_> {
    /// `x?`. In a function that was thought not to raise, that is noted: it is emitted anew.
    pub(super) fn question(&mut self, expr: Expr) -> Expr {
        self.body.questions += 1;
        if !self.body.fallible && self.body.closed == 0 {
            self.note_raise();
        }
        question(expr)
    }

    /// The function raises after all.
    pub(super) fn note_raise(&mut self) {
        if let Some(function) = self.body.function
            && let Some(raises) = self.raises.get_mut(function.raw() as usize)
        {
            *raises = true;
        }
    }

    /// `x.await?`.
    pub(super) fn await_question(&mut self, expr: Expr) -> Expr {
        self.body.awaits += 1;
        let awaited = build::awaited(expr);
        self.question(awaited)
    }

    /// `Ok(x)` or `x`, as the function gives it.
    pub(super) fn ok(&self, expr: Expr) -> Expr {
        if !self.body.fallible && self.body.frames.is_empty() {
            return expr;
        }
        match expr {
            Expr::Try(inner) => *inner.expr,
            expr => call_path("Ok", vec![expr]),
        }
    }

    /// The innermost frame.
    pub(super) fn frame(&self) -> Frame {
        self.body.frames.last().copied().unwrap_or(Frame::Function)
    }

    /// What `return value` hands over: `Ok(value)`, `Ok(Flow::Return(value))`.
    pub(super) fn returned(&mut self, value: Expr) -> Expr {
        match self.frame() {
            Frame::Function => self.ok(value),
            Frame::Flow | Frame::Leave | Frame::Unit => call_path("Ok", vec![call_path("Flow::Return", vec![value])]),
        }
    }

    /// `return Err(error)`, as an expression of any type.
    pub(super) fn raise(&mut self, error: Expr) -> Expr {
        if !self.body.fallible && self.body.closed == 0 {
            self.note_raise();
        }
        self.body.questions += 1;
        return_(Some(call_path("Err", vec![error])))
    }

    /// `return Err(X::new("text"))`.
    pub(super) fn raise_text(&mut self, class: &str, text: &str) -> Expr {
        let error = call_path(&format!("{class}::new"), vec![string(text)]);
        self.raise(error)
    }

    /// A name for a temporary that is no variable's.
    pub(super) fn temp(&self, noun: &str) -> String {
        let mut namer = self.body.namer.clone();
        namer.fresh(noun)
    }

    /// A name for a temporary that lives on: no other gets it.
    pub(super) fn temp_unique(&mut self, noun: &str) -> String {
        self.body.namer.fresh(noun)
    }

    /// Emits into a new block.
    pub(super) fn in_block(&mut self, emit: impl FnOnce(&mut Self)) -> Vec<Stmt> {
        let around = std::mem::take(&mut self.out);
        emit(self);
        std::mem::replace(&mut self.out, around)
    }

    /// `Ok(())` at the end of a block.
    pub(super) fn push_ok_unit(&mut self) {
        self.out.push(tail(call_path("Ok", vec![build::tuple(Vec::new())])));
    }

    /// `let name = expr;`.
    pub(super) fn push_let(&mut self, text: &str, expr: Expr) {
        self.out.push(build::let_(build::pat(text), None, Some(expr)));
    }

    /// A variable's Rust name.
    pub(super) fn var_name(&mut self, var: VarId) -> String {
        if let Some(name) = self.body.vars.get(&var) {
            return name.clone();
        }
        let name = self.name_for(var);
        self.body.vars.insert(var, name.clone());
        if name.starts_with('_') {
            self.body.unread.insert(name.clone());
        }
        name
    }

    fn name_for(&self, var: VarId) -> String {
        let info = &self.program.vars[var];
        let text = super::names::sanitize(&info.name);
        let reads = self.plans.vars.get(var).map(|plan| plan.reads);
        if text == "_" {
            return if reads.unwrap_or(0) == 0 { "_".into() } else { "underscore".into() };
        }
        // What nobody reads is named so that Rust does not complain of it; a handler's `e` is read by its guard.
        if reads == Some(0) && info.storage == Storage::Local && !info.is_exception && !text.starts_with('_') {
            let text = format!("_{text}");
            // Two live ranges of one name may stand in one pattern.
            let taken = match self.body.vars.len() {
                ..256 => self.body.vars.values().any(|taken| *taken == text),
                _ => self.body.unread.contains(&text),
            };
            return if taken { "_".into() } else { text };
        }
        if self.names.is_static(&text) {
            return format!("{text}_");
        }
        text
    }

    /// `name` as an expression.
    pub(super) fn var_expr(&mut self, var: VarId) -> Expr {
        let text = self.var_name(var);
        name(&text)
    }
}
