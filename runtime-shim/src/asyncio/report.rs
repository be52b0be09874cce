//! What the loop says on stderr, and the reprs of tasks and futures.
use std::rc::Rc;

use super::core::{Core, Status};
use super::event_loop::Loop;
use super::names;
use super::task::TaskState;
use super::trouble::entry;
use crate::error::PyErr;
use crate::exception::class::ExceptionType;
use crate::object::repr;
use crate::prelude::RuntimeWarning;
use crate::text::Str;
use crate::{io, traceback, warnings};

/// What takes the messages of asyncio's logger: their level, text and exception.
pub type Log = fn(i64, &str, Option<&PyErr>);

static LOG: std::sync::OnceLock<Log> = std::sync::OnceLock::new();

/// A program that uses `logging` has asyncio's messages go there.
pub fn log_through(log: Log) {
    let _ = LOG.set(log);
}

/// `logging.DEBUG`: only for who asks for it.
pub(crate) fn debug(text: &str) {
    if let Some(log) = LOG.get() {
        log(10, text, None);
    }
}

/// `loop.call_exception_handler`: what asyncio's logger prints.
#[cold]
pub(crate) fn report(message: &str, lines: &[String], error: Option<&PyErr>) {
    let mut out = message.to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(line);
    }
    if let Some(log) = LOG.get() {
        return log(40, &out, error);
    }
    out.push('\n');
    if let Some(error) = error {
        out.push_str(&traceback::render(error));
    }
    io::write_stderr(&out);
}

#[cold]
pub(crate) fn callback_failed(owner: &Rc<Loop>, error: &PyErr) {
    match traceback::origin(error) {
        Some(function) => {
            let handle = entry("handle", "Handle", format!("<Handle {function}>"));
            owner.tell(&format!("Exception in callback {function}"), Some(error), &[handle]);
        }
        None => owner.tell("Exception in callback", Some(error), &[]),
    }
}

/// `Exception ignored in: <coroutine object f at 0x…>`
#[cold]
pub(crate) fn ignored(error: &PyErr, kind: &str, name: String) {
    io::write_stderr(&format!(
        "Exception ignored in: <{kind} object {name} at 0x7f0000000000>\n{}",
        traceback::render(error)
    ));
}

/// `RuntimeWarning: coroutine 'f' was never awaited`, at the line where it was dropped; of a generator nobody says so.
#[cold]
pub(crate) fn never_awaited(coroutine: &str) {
    if traceback::is_generator(coroutine) {
        return;
    }
    warn(&format!("coroutine '{coroutine}' was never awaited"));
}

#[cold]
fn warn(text: &str) {
    // What the interpreter frees at its end has no place.
    let place = traceback::current_line().filter(|(_, line, _)| *line > 0);
    let below = "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n";
    let below = if place.is_some() { below } else { "" };
    warnings::warn_of(RuntimeWarning::CLASS, text, place.unwrap_or(("<sys>", 0, "")), below);
}

fn status(core: &Core) -> &'static str {
    match core.status() {
        Status::Pending => "pending",
        Status::Cancelled => "cancelled",
        Status::Finished => "finished",
    }
}

fn outcome(core: &Core, result: impl Fn() -> Str) -> String {
    match core.status() {
        Status::Pending | Status::Cancelled => String::new(),
        Status::Finished => match core.repr_exception() {
            Some(error) => format!(" exception={error}"),
            None => format!(" result={}", result()),
        },
    }
}

pub(crate) fn repr_future(kind: &str, core: &Core, result: impl Fn() -> Str) -> String {
    format!("<{kind} {}{}{}>", status(core), outcome(core, result), core.repr_callbacks())
}

/// `at` is the line at which a coroutine stands that has begun.
pub(crate) fn repr_task(
    core: &Core,
    state: &TaskState,
    at: Option<(&'static str, u32)>,
    result: impl Fn() -> Str,
) -> String {
    let coroutine = names::coroutine(state.coroutine());
    let place = at.or_else(|| traceback::definition(&coroutine));
    let place = place.map(|(path, line)| format!("{path}:{line}")).unwrap_or_default();
    let how = match (core.is_done() || state.is_closed(), place.is_empty()) {
        (_, true) => String::new(),
        (true, false) => format!(" done, defined at {place}"),
        (false, false) => format!(" running at {place}"),
    };
    let word = if core.status() == Status::Pending && state.is_cancelling() { "cancelling" } else { status(core) };
    let waits = state.waits_for().filter(|_| !core.is_done());
    let waits = waits.map(|future| format!(" wait_for={}", future.repr())).unwrap_or_default();
    let (name, callbacks, outcome) = (repr(&state.name()), core.repr_callbacks(), outcome(core, result));
    format!("<Task {word} name={name} coro=<{coroutine}(){how}>{waits}{callbacks}{outcome}>")
}
