//! What is being handled: the `__context__` of whatever is raised meanwhile.
//!
//! A stack per thread of the program. What a task, a generator or a coroutine handles while it is suspended is its own:
//! whoever resumes it puts that back for as long as it runs.
use std::cell::Cell;

use crate::error::PyErr;

type Stack = Option<Box<Vec<PyErr>>>;

thread_local! {
    static HANDLED: Cell<Stack> = const { Cell::new(None) };
}

/// An `except` or `finally` that is being run; dropping it ends that.
#[must_use = "an exception is handled for as long as this lives"]
pub struct Handling(PyErr);

impl PyErr {
    /// It is handled from now on: the context of what is raised.
    #[cold]
    pub fn handled(&self) -> Handling {
        let mut stack = HANDLED.take().unwrap_or_default();
        stack.push(self.clone());
        HANDLED.set(Some(stack));
        Handling(self.clone())
    }
}

/// The same for an outcome, while `finally` runs.
pub fn handled<T>(outcome: &Result<T, PyErr>) -> Option<Handling> {
    outcome.as_ref().err().map(PyErr::handled)
}

impl Drop for Handling {
    fn drop(&mut self) {
        let Some(mut stack) = HANDLED.take() else { return };
        if let Some(at) = stack.iter().rposition(|error| error.is_same(&self.0)) {
            stack.remove(at);
        }
        if !stack.is_empty() {
            HANDLED.set(Some(stack));
        }
    }
}

/// The exception that is being handled.
#[cold]
pub(crate) fn current() -> Option<PyErr> {
    let stack = HANDLED.take()?;
    let top = stack.last().cloned();
    HANDLED.set(Some(stack));
    top
}

/// What something that is suspended handles.
#[derive(Default)]
pub(crate) struct Suspended(Cell<Stack>);

/// A task runs: only what it handles counts.
pub(crate) struct Alone<'s> {
    own: &'s Suspended,
    outer: Stack,
}

impl Suspended {
    #[inline]
    pub(crate) fn resume_alone(&self) -> Alone<'_> {
        Alone { own: self, outer: HANDLED.replace(self.0.take()) }
    }

    /// A generator runs, on top of who resumed it.
    #[inline]
    pub(crate) fn resume_within<R>(&self, run: impl FnOnce() -> R) -> R {
        // Nearly always nobody handles anything.
        let outer = HANDLED.take();
        let own = self.0.take();
        let depth = outer.as_ref().map_or(0, |stack| stack.len());
        if outer.is_some() || own.is_some() {
            let mut stack = outer.unwrap_or_default();
            stack.extend(own.into_iter().flat_map(|own| *own));
            HANDLED.set(Some(stack));
        }
        let result = run();
        let stack = HANDLED.take();
        if stack.is_some() {
            self.suspend(stack, depth);
        }
        result
    }

    /// Keeps what is above `depth` for the next time.
    #[cold]
    fn suspend(&self, stack: Stack, depth: usize) {
        let mut stack = stack.unwrap_or_default();
        if stack.len() > depth {
            self.0.set(Some(Box::new(stack.split_off(depth))));
        }
        if !stack.is_empty() {
            HANDLED.set(Some(stack));
        }
    }
}

impl Drop for Alone<'_> {
    #[inline]
    fn drop(&mut self) {
        self.own.0.set(HANDLED.replace(self.outer.take()));
    }
}
