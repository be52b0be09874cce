//! What is being handled: the `__context__` of whatever is raised meanwhile.
//!
//! A stack per thread of the program. What a task, a generator or a coroutine handles while it is suspended is its own:
//! whoever resumes it puts that back for as long as it runs.
use std::cell::Cell;

use crate::error::PyErr;

type Stack = Option<Box<Vec<PyErr>>>;

thread_local! {
    static HANDLED: Cell<Stack> = const { Cell::new(None) };
    /// Whether the stack is there: nearly always nobody handles anything.
    static ANY: Cell<bool> = const { Cell::new(false) };
}

fn take() -> Stack {
    ANY.set(false);
    HANDLED.take()
}

fn put(stack: Stack) {
    ANY.set(stack.is_some());
    HANDLED.set(stack);
}

/// An `except` or `finally` that is being run; dropping it ends that.
#[must_use = "an exception is handled for as long as this lives"]
pub struct Handling(PyErr);

impl PyErr {
    /// It is handled from now on: the context of what is raised.
    #[cold]
    pub fn handled(&self) -> Handling {
        let mut stack = take().unwrap_or_default();
        stack.push(self.clone());
        put(Some(stack));
        Handling(self.clone())
    }
}

/// The same for an outcome, while `finally` runs.
pub fn handled<T>(outcome: &Result<T, PyErr>) -> Option<Handling> {
    outcome.as_ref().err().map(PyErr::handled)
}

impl Drop for Handling {
    fn drop(&mut self) {
        let Some(mut stack) = take() else { return };
        if let Some(at) = stack.iter().rposition(|error| error.is_same(&self.0)) {
            stack.remove(at);
        }
        if !stack.is_empty() {
            put(Some(stack));
        }
    }
}

/// The exception that is being handled.
#[cold]
pub(crate) fn current() -> Option<PyErr> {
    let stack = take()?;
    let top = stack.last().cloned();
    put(Some(stack));
    top
}

/// What something that is suspended handles.
#[derive(Default)]
pub(crate) struct Suspended {
    /// Whether the stack is there: nearly always it is not.
    any: Cell<bool>,
    stack: Cell<Stack>,
}

/// A task runs: only what it handles counts.
pub(crate) struct Alone<'s> {
    own: &'s Suspended,
    outer: Stack,
}

impl Suspended {
    #[cold]
    fn take(&self) -> Stack {
        self.any.set(false);
        self.stack.take()
    }

    #[cold]
    fn put(&self, stack: Stack) {
        self.any.set(stack.is_some());
        self.stack.set(stack);
    }

    #[inline]
    pub(crate) fn resume_alone(&self) -> Alone<'_> {
        let outer = if ANY.get() { take() } else { None };
        if self.any.get() {
            put(self.take());
        }
        Alone { own: self, outer }
    }

    /// A generator runs, on top of who resumed it.
    #[inline(always)]
    pub(crate) fn resume_within<R>(&self, run: impl FnOnce() -> R) -> R {
        let depth = if ANY.get() || self.any.get() { begin(self.take()) } else { 0 };
        let result = run();
        if ANY.get() {
            self.suspend(depth);
        }
        result
    }

    /// Keeps what is above `depth` for the next time.
    #[cold]
    fn suspend(&self, depth: usize) {
        let mut stack = take().unwrap_or_default();
        if stack.len() > depth {
            self.put(Some(Box::new(stack.split_off(depth))));
        }
        if !stack.is_empty() {
            put(Some(stack));
        }
    }
}

/// Puts what a generator handles on top of what is handled; how much there was.
#[cold]
fn begin(own: Stack) -> usize {
    let mut stack = take().unwrap_or_default();
    let depth = stack.len();
    stack.extend(own.into_iter().flat_map(|own| *own));
    put(if stack.is_empty() { None } else { Some(stack) });
    depth
}

impl Drop for Alone<'_> {
    #[inline]
    fn drop(&mut self) {
        if ANY.get() {
            self.own.put(take());
        }
        if let Some(outer) = self.outer.take() {
            put(Some(outer));
        }
    }
}
