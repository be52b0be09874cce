//! asyncio: where both dialects and all spellings meet.

use rustpython_parser::ast;

use super::Lowerer;
use super::resolve::Meaning;
use super::scope::{BindingKind, ScopeId};
use crate::hir::{Aio, Arg, Call, Callee, Expr, ExprId, Item, Lit, LoopKind, Shape, SpawnVia, StubRef};
use crate::source::Span;

/// The names of asyncio that have nodes, whichever of its modules they are read from.
const INTRINSICS: &[&str] = &[
    "run",
    "create_task",
    "ensure_future",
    "async",
    "Task",
    "gather",
    "sleep",
    "as_completed",
    "Future",
    "get_event_loop",
    "new_event_loop",
    "get_running_loop",
    "to_thread",
    "coroutine",
];

/// Functions of asyncio that once took `loop=`, which is always the current loop.
const TOOK_LOOP: &[&str] = &[
    "sleep",
    "wait",
    "wait_for",
    "gather",
    "shield",
    "as_completed",
    "open_connection",
    "start_server",
    "open_unix_connection",
    "start_unix_server",
    "create_subprocess_exec",
    "create_subprocess_shell",
    "Lock",
    "Event",
    "Condition",
    "Semaphore",
    "BoundedSemaphore",
    "Queue",
    "LifoQueue",
    "PriorityQueue",
    "Future",
    "Task",
    "ensure_future",
    "async",
    "wrap_future",
    "StreamReader",
    "timeout",
];

/// Those of them that still do.
const STILL_TAKES_LOOP: &[&str] = &["Future", "Task", "ensure_future", "async", "wrap_future", "StreamReader"];

/// The last Python in which the others do.
const LAST_WITH_LOOP: u8 = 9;

/// `asyncio.sleep` for `asyncio.tasks.sleep`, when it is a name with a node of its own.
pub fn intrinsic_name(module: &str, name: &str) -> Option<StubRef> {
    const MODULES: &[&str] = &[
        "asyncio",
        "asyncio.tasks",
        "asyncio.events",
        "asyncio.futures",
        "asyncio.runners",
        "asyncio.threads",
        "asyncio.coroutines",
    ];
    (MODULES.contains(&module) && INTRINSICS.contains(&name)).then(|| StubRef::new("asyncio", name))
}

/// Arguments of a call, by place and by name; none if there is a star.
struct Plain<'a> {
    positional: Vec<&'a ast::Expr>,
    keywords: Vec<(&'a str, &'a ast::Expr)>,
}

impl<'a> Plain<'a> {
    fn new(call: &'a ast::ExprCall) -> Option<Plain<'a>> {
        if call.args.iter().any(|arg| matches!(arg, ast::Expr::Starred(_))) {
            return None;
        }
        let keyword = |keyword: &'a ast::Keyword| Some((keyword.arg.as_ref()?.as_str(), &keyword.value));
        let keywords = call.keywords.iter().map(keyword).collect::<Option<Vec<_>>>()?;
        Some(Plain { positional: call.args.iter().collect(), keywords })
    }

    /// Takes the argument of a parameter, by its place or its name.
    fn take(&mut self, place: Option<usize>, name: &str) -> Option<&'a ast::Expr> {
        if let Some(at) = self.keywords.iter().position(|(key, _)| *key == name) {
            return Some(self.keywords.remove(at).1);
        }
        place.and_then(|place| self.positional.get(place).copied())
    }

    /// Whether nothing is left: `places` positional arguments were looked at.
    fn is_used_up(&self, places: usize) -> bool {
        self.positional.len() <= places && self.keywords.is_empty()
    }
}

impl<'a> Lowerer<'a, '_> {
    /// The node of a call of asyncio, if it has one and is called as it should be.
    pub(super) fn asyncio_call(&mut self, name: &str, call: &'a ast::ExprCall, span: Span) -> Option<ExprId> {
        if !self.droppable_loop(call) {
            return None;
        }
        if name == "gather" {
            return self.gather(call, span);
        }
        if name == "to_thread" {
            return self.offload(None, call, 0, span);
        }
        let mut args = Plain::new(call)?;
        let owner = args.take(None, "loop");
        if owner.is_some() && matches!(name, "sleep" | "as_completed") {
            self.program.known_until(LAST_WITH_LOOP);
        }
        let aio = match name {
            "run" => {
                let main = args.take(Some(0), "main")?;
                let debug = args.take(None, "debug");
                args.is_used_up(1).then_some(())?;
                let main = self.expr(main);
                Aio::Run { main, owner: None, debug: debug.map(|debug| self.expr(debug)) }
            }
            "create_task" | "ensure_future" | "async" | "Task" => {
                let first = if name == "ensure_future" || name == "async" { "coro_or_future" } else { "coro" };
                let coro = args.take(Some(0), first)?;
                let task_name = if name == "create_task" || name == "Task" { args.take(None, "name") } else { None };
                args.is_used_up(1).then_some(())?;
                let coro = self.expr(coro);
                let owner = owner.filter(|owner| !is_none(owner)).map(|owner| self.expr(owner));
                let name_value = task_name.map(|name| self.expr(name));
                let via = match name {
                    "create_task" => SpawnVia::CreateTask,
                    "Task" => SpawnVia::Task { owner },
                    _ => SpawnVia::EnsureFuture,
                };
                Aio::Spawn { coro, name: name_value, via }
            }
            "sleep" => {
                let seconds = args.take(Some(0), "delay")?;
                let result = args.take(Some(1), "result");
                args.is_used_up(2).then_some(())?;
                let seconds = self.expr(seconds);
                Aio::Sleep { seconds, result: result.map(|result| self.expr(result)) }
            }
            "as_completed" => {
                let tasks = args.take(Some(0), "fs")?;
                let timeout = args.take(None, "timeout");
                args.is_used_up(1).then_some(())?;
                let tasks = self.expr(tasks);
                Aio::AsCompleted { tasks, timeout: timeout.map(|timeout| self.expr(timeout)), is_async: false }
            }
            "Future" => {
                args.is_used_up(0).then_some(())?;
                let owner = owner.filter(|owner| !is_none(owner)).map(|owner| self.expr(owner));
                Aio::NewFuture { owner }
            }
            "get_event_loop" | "new_event_loop" | "get_running_loop" => {
                args.is_used_up(0).then_some(())?;
                Aio::EventLoop(loop_kind(name)?)
            }
            _ => return None,
        };
        Some(self.alloc(Expr::Aio(aio), span))
    }

    fn gather(&mut self, call: &'a ast::ExprCall, span: Span) -> Option<ExprId> {
        let mut return_exceptions = None;
        let mut takes_loop = false;
        for keyword in &call.keywords {
            match keyword.arg.as_ref()?.as_str() {
                "return_exceptions" => return_exceptions = Some(&keyword.value),
                "loop" => takes_loop = true,
                _ => return None,
            }
        }
        if takes_loop {
            self.program.known_until(LAST_WITH_LOOP);
        }
        let args = self.items(&call.args);
        // `return_exceptions=False` is the default.
        let return_exceptions = return_exceptions.filter(|value| !is_false(value)).map(|value| self.expr(value));
        Some(self.alloc(Expr::Aio(Aio::Gather { args, return_exceptions, shape: Shape::List }), span))
    }

    fn offload(
        &mut self,
        owner: Option<(ExprId, &'a ast::Expr)>,
        call: &'a ast::ExprCall,
        first: usize,
        span: Span,
    ) -> Option<ExprId> {
        let function = call.args.get(first).filter(|arg| !matches!(arg, ast::Expr::Starred(_)))?;
        let executor = owner.map(|(_, executor)| executor).filter(|executor| !is_none(executor));
        let executor = executor.map(|executor| self.expr(executor));
        let function = self.expr(function);
        let args = self.args(&call.args[first + 1..], &call.keywords);
        let owner = owner.map(|(owner, _)| owner);
        Some(self.alloc(Expr::Aio(Aio::Offload { owner, executor, function, args }), span))
    }

    /// The node of a method call on what is known to be a loop.
    pub(super) fn loop_call(
        &mut self,
        recv: &'a ast::Expr,
        name: &str,
        call: &'a ast::ExprCall,
        span: Span,
    ) -> Option<ExprId> {
        if !matches!(name, "run_until_complete" | "create_task" | "create_future" | "run_in_executor") {
            return None;
        }
        if !self.is_loop(recv) {
            return None;
        }
        if name == "run_in_executor" {
            let executor = call.args.first().filter(|arg| !matches!(arg, ast::Expr::Starred(_)))?;
            call.keywords.is_empty().then_some(())?;
            call.args.get(1).filter(|arg| !matches!(arg, ast::Expr::Starred(_)))?;
            let owner = self.expr(recv);
            return self.offload(Some((owner, executor)), call, 1, span);
        }
        let mut args = Plain::new(call)?;
        let aio = match name {
            "run_until_complete" => {
                let main = args.take(Some(0), "future")?;
                args.is_used_up(1).then_some(())?;
                let owner = Some(self.expr(recv));
                Aio::Run { main: self.expr(main), owner, debug: None }
            }
            "create_task" => {
                let coro = args.take(Some(0), "coro")?;
                let name = args.take(None, "name");
                args.is_used_up(1).then_some(())?;
                let owner = self.expr(recv);
                let coro = self.expr(coro);
                let name = name.map(|name| self.expr(name));
                Aio::Spawn { coro, name, via: SpawnVia::Loop { owner } }
            }
            _ => {
                args.is_used_up(0).then_some(())?;
                Aio::NewFuture { owner: Some(self.expr(recv)) }
            }
        };
        Some(self.alloc(Expr::Aio(aio), span))
    }

    /// Whether an expression is certainly an event loop: a call that gives one, or a name that is only ever bound to such.
    fn is_loop(&self, expr: &ast::Expr) -> bool {
        match expr {
            ast::Expr::Call(_) => self.gives_loop(self.cx.scope, expr),
            ast::Expr::Name(name) => {
                let Some(home) = self.scopes.home(self.cx.scope, name.id.as_str()) else { return false };
                let Some(symbol) = self.scopes.get(home).symbols.get(name.id.as_str()) else { return false };
                symbol.is_bound()
                    && symbol.bindings.iter().all(|binding| match binding.kind {
                        BindingKind::Value(value) => self.gives_loop(binding.scope, value),
                        BindingKind::Param(Some(annotation)) => self.is_loop_annotation(home, annotation),
                        _ => false,
                    })
            }
            _ => false,
        }
    }

    fn gives_loop(&self, scope: ScopeId, expr: &ast::Expr) -> bool {
        let ast::Expr::Call(call) = expr else { return false };
        matches!(self.path_in(scope, &call.func).as_ref().and_then(Meaning::stub),
            Some(("asyncio", name)) if loop_kind(name).is_some())
    }

    fn is_loop_annotation(&self, scope: ScopeId, annotation: &ast::Expr) -> bool {
        let Some(of) = self.stub_path(scope, annotation) else { return false };
        of.module.starts_with("asyncio") && of.name == "AbstractEventLoop"
    }

    /// Whether a `loop=` of a call may be dropped: it is a plain name, whose reading does nothing.
    fn droppable_loop(&self, call: &ast::ExprCall) -> bool {
        let named =
            call.keywords.iter().find(|keyword| keyword.arg.as_ref().is_some_and(|name| name.as_str() == "loop"));
        named.is_none_or(|keyword| is_plain(&keyword.value) || self.gives_loop(self.cx.scope, &keyword.value))
    }

    /// The keywords of a call of asyncio without the `loop=` of old versions.
    pub(super) fn without_loop(&self, of: &StubRef, call: &'a ast::ExprCall) -> Vec<&'a ast::Keyword> {
        let drops = of.module == "asyncio" && TOOK_LOOP.contains(&&*of.name) && self.droppable_loop(call);
        let is_loop = |keyword: &ast::Keyword| keyword.arg.as_ref().is_some_and(|name| name.as_str() == "loop");
        call.keywords.iter().filter(|keyword| !(drops && is_loop(keyword))).collect()
    }

    /// A bare `yield` of a generator-based coroutine gives control to the loop once.
    pub(super) fn bare_yield(&mut self, span: Span) -> ExprId {
        const WHY: &str = "`yield` in a generator-based coroutine";
        let seconds = self.made(Expr::Lit(Lit::Int(0)), span, WHY);
        let sleep = self.made(Expr::Aio(Aio::Sleep { seconds, result: None }), span, WHY);
        self.exits.awaits = true;
        self.made(Expr::Await(sleep), span, WHY)
    }

    /// `a, b = await gather(f(), g())`: the results may have different types.
    pub(super) fn unpack_gather(&mut self, value: ExprId, targets: usize) {
        let Expr::Await(inner) = self.program.exprs[value] else { return };
        if let Expr::Aio(Aio::Gather { args, return_exceptions: None, shape }) = &mut self.program.exprs[inner]
            && args.len() == targets
            && args.iter().all(|arg| matches!(arg, Item::One(_)))
        {
            *shape = Shape::Tuple;
        }
    }

    /// A call of a registry name that has no node, or is not called as its node asks.
    pub(super) fn stub_call(&mut self, of: StubRef, call: &'a ast::ExprCall, span: Span) -> ExprId {
        let keywords = self.without_loop(&of, call);
        if keywords.len() < call.keywords.len() && !STILL_TAKES_LOOP.contains(&&*of.name) {
            self.program.known_until(LAST_WITH_LOOP);
        }
        let mut args = self.args(&call.args, &[]);
        for keyword in keywords {
            let value = self.expr(&keyword.value);
            args.push(match &keyword.arg {
                Some(name) => Arg::Keyword(name.to_string(), value),
                None => Arg::DoubleStar(value),
            });
        }
        self.alloc(Expr::Call(Call { callee: Callee::Stub(of), args }), span)
    }
}

fn loop_kind(name: &str) -> Option<LoopKind> {
    match name {
        "get_event_loop" => Some(LoopKind::Current),
        "get_running_loop" => Some(LoopKind::Running),
        "new_event_loop" => Some(LoopKind::New),
        _ => None,
    }
}

fn is_plain(expr: &ast::Expr) -> bool {
    match expr {
        ast::Expr::Name(_) | ast::Expr::Constant(_) => true,
        ast::Expr::Attribute(it) => is_plain(&it.value),
        _ => false,
    }
}

fn is_none(expr: &ast::Expr) -> bool {
    matches!(expr, ast::Expr::Constant(it) if matches!(it.value, ast::Constant::None))
}

fn is_false(expr: &ast::Expr) -> bool {
    matches!(expr, ast::Expr::Constant(it) if matches!(it.value, ast::Constant::Bool(false)))
}
