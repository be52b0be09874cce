//! What tasks and futures have in common and what does not depend on the type of their result.
use std::cell::Cell;
use std::rc::Rc;

use super::callback::Callback;
use super::event_loop::Loop;
use super::exceptions::{CancelledError, invalid_state};
use super::gather::Hub;
use super::task::TaskOf;
use super::trouble::entry;
use super::wait::Waiter;
use crate::error::{PyErr, PyResult};
use crate::exception::ExceptionType;
use crate::rare::Rare;
use crate::traceback::Trace;

/// How far a future is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Pending,
    Cancelled,
    Finished,
}

/// An exception, and where it had been when it became the future's.
#[derive(Clone)]
struct Failure {
    error: PyErr,
    trace: Option<Rc<Trace>>,
}

/// What few futures have.
#[derive(Default)]
struct More {
    /// Its callbacks but the first.
    rest: Vec<Callback>,
    /// What it was cancelled with.
    message: Option<Box<str>>,
}

/// State, callbacks and exception of a future.
pub(crate) struct Core {
    status: Cell<Status>,
    /// Its exception is not yet known to anybody.
    unretrieved: Cell<bool>,
    /// A gather that counts its children has met it.
    met: Cell<bool>,
    loop_: Rc<Loop>,
    /// Nearly every future has just one callback: the first is stored in place.
    first: Cell<Option<Callback>>,
    failure: Rare<Failure>,
    more: Rare<More>,
}

/// A task or a future, the type of its result forgotten.
pub(crate) trait AnyFuture {
    fn core(&self) -> &Core;
    fn cancel(&self, message: Option<&str>) -> bool;
    fn repr(&self) -> String;
    /// `Task` or `Future`.
    fn kind(&self) -> &'static str;

    /// Nobody minds when it is dropped before it is done.
    fn set_quiet(&self) {}

    /// What a `gather` waits with.
    fn hub(&self) -> Option<Rc<Hub>> {
        None
    }
}

/// A task or a future of a known result.
pub(crate) trait Awaited<T>: AnyFuture {
    /// The result; it is there.
    fn value(&self) -> T;

    /// `set_result`
    fn set_value(&self, value: T) -> PyResult;

    /// `set_exception`
    fn set_error(&self, error: PyErr) -> PyResult;

    /// Itself, if it is a task.
    fn into_task(self: Rc<Self>) -> Option<Rc<dyn TaskOf<T>>> {
        None
    }
}

impl Core {
    pub(crate) fn new(loop_: Rc<Loop>) -> Core {
        Core {
            status: Cell::new(Status::Pending),
            unretrieved: Cell::new(false),
            met: Cell::new(false),
            loop_,
            first: Cell::new(None),
            failure: Rare::default(),
            more: Rare::default(),
        }
    }

    pub(crate) fn owner(&self) -> &Rc<Loop> {
        &self.loop_
    }

    #[inline]
    pub(crate) fn status(&self) -> Status {
        self.status.get()
    }

    #[inline]
    pub(crate) fn is_done(&self) -> bool {
        self.status.get() != Status::Pending
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.status.get() == Status::Cancelled
    }

    /// Is it met for the first time?
    #[inline]
    pub(crate) fn meet(&self) -> bool {
        !self.met.replace(true)
    }

    #[inline]
    pub(crate) fn forget_meeting(&self) {
        self.met.set(false);
    }

    /// Runs `callback` by way of the loop when it is done.
    pub(crate) fn add_callback(&self, callback: Callback) {
        if self.is_done() {
            return self.loop_.schedule(callback.ready());
        }
        match self.first.take() {
            None => self.first.set(Some(callback)),
            first => {
                self.first.set(first);
                self.more.change(|more| more.rest.push(callback));
            }
        }
    }

    /// Forgets the callback that stops a loop.
    pub(crate) fn remove_stop(&self) {
        self.remove(|callback| matches!(callback, Callback::Stop(_)));
    }

    /// Forgets a `wait` that has ended.
    pub(crate) fn remove_waiter(&self, waiter: &Rc<Waiter>) {
        self.remove(|callback| matches!(callback, Callback::Waited(other) if Rc::ptr_eq(&other.waiter, waiter)));
    }

    fn remove(&self, is_stop: impl Fn(&Callback) -> bool) {
        let mut all: Vec<Callback> = self.first.take().into_iter().collect();
        if self.more.with(|more| more.is_some()) {
            self.more.change(|more| all.append(&mut more.rest));
        }
        let mut kept = all.extract_if(.., |callback| !is_stop(callback));
        self.first.set(kept.next());
        kept.for_each(|callback| self.more.change(|more| more.rest.push(callback)));
    }

    /// It is done; its value, if any, is already there.
    pub(crate) fn finish(&self, status: Status) {
        self.status.set(status);
        let Some(first) = self.first.take() else { return };
        self.loop_.schedule(first.ready());
        if self.more.with(|more| more.is_some()) {
            self.schedule_rest();
        }
    }

    #[cold]
    fn schedule_rest(&self) {
        let mut rest = Vec::new();
        self.more.change(|more| rest = std::mem::take(&mut more.rest));
        for callback in rest {
            self.loop_.schedule(callback.ready());
        }
    }

    /// `Future.cancel`
    pub(crate) fn cancel(&self, message: Option<&str>) -> bool {
        self.unretrieved.set(false);
        if self.is_done() {
            return false;
        }
        self.set_message(message);
        self.finish(Status::Cancelled);
        true
    }

    pub(crate) fn message(&self) -> Option<Box<str>> {
        self.more.with(|more| more?.message.clone())
    }

    /// Nobody minds its exception any more.
    pub(crate) fn set_retrieved(&self) {
        self.unretrieved.set(false);
    }

    pub(crate) fn set_message(&self, message: Option<&str>) {
        if message.is_some() || self.more.with(|more| more.is_some()) {
            self.more.change(|more| more.message = message.map(Into::into));
        }
    }

    /// A task's coroutine ended with CancelledError.
    pub(crate) fn cancelled_with(&self, error: PyErr) {
        let trace = error.trace();
        self.failure.put(Failure { error, trace });
        self.unretrieved.set(false);
        self.finish(Status::Cancelled);
    }

    pub(crate) fn fail(&self, error: PyErr) {
        let trace = error.trace();
        self.failure.put(Failure { error, trace });
        self.unretrieved.set(true);
        self.finish(Status::Finished);
    }

    /// The CancelledError that stands for its cancellation.
    #[cold]
    #[inline(never)]
    pub(crate) fn cancelled_error(&self) -> PyErr {
        if let Some(failure) = self.failure() {
            failure.error.restore_trace(failure.trace);
            return failure.error;
        }
        match self.message() {
            None => CancelledError::new(()),
            Some(message) => CancelledError::new(&*message),
        }
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.with(|failure| failure.cloned())
    }

    fn has_failed(&self) -> bool {
        self.failure.with(|failure| failure.is_some())
    }

    /// Err unless there is a value.
    #[inline]
    pub(crate) fn check(&self) -> PyResult {
        if self.status.get() == Status::Finished && !self.has_failed() {
            return Ok(());
        }
        Err(self.failed())
    }

    #[cold]
    #[inline(never)]
    fn failed(&self) -> PyErr {
        match self.status.get() {
            Status::Pending => invalid_state("Result is not set."),
            Status::Cancelled if !self.has_failed() => self.cancelled_error(),
            Status::Cancelled => self.cancelled_error().raised(),
            Status::Finished => {
                self.unretrieved.set(false);
                let Some(Failure { error, trace }) = self.failure() else {
                    return invalid_state("Result is not set.");
                };
                error.restore_trace(trace);
                error.raised()
            }
        }
    }

    /// `Future.exception`
    pub(crate) fn exception(&self) -> PyResult<Option<PyErr>> {
        match self.status.get() {
            Status::Pending => Err(invalid_state("Exception is not set.")),
            Status::Cancelled => Err(self.cancelled_error().raised()),
            Status::Finished => Ok(self.peek_exception()),
        }
    }

    /// The exception, which counts as seen from now on.
    pub(crate) fn peek_exception(&self) -> Option<PyErr> {
        self.unretrieved.set(false);
        self.failure.with(|failure| Some(failure?.error.clone()))
    }

    /// The last handle is gone.
    #[inline]
    pub(crate) fn dropped(&self, of: &dyn AnyFuture) {
        if self.unretrieved.get() {
            self.report_unretrieved(of);
        }
    }

    #[cold]
    fn report_unretrieved(&self, of: &dyn AnyFuture) {
        let Some(error) = self.peek_exception() else { return };
        let head = format!("{} exception was never retrieved", of.kind());
        self.loop_.tell(&head, Some(&error), &[entry("future", of.kind(), of.repr())]);
    }

    /// ` exception=…` and the like, of the repr of a future that is done.
    pub(crate) fn repr_exception(&self) -> Option<String> {
        self.failure().map(|failure| failure.error.repr())
    }

    pub(crate) fn repr_callbacks(&self) -> String {
        let first = self.first.take();
        let mut all: Vec<String> = first.iter().map(Callback::repr).collect();
        self.first.set(first);
        self.more.with(|more| all.extend(more.iter().flat_map(|more| &more.rest).map(Callback::repr)));
        match all.as_slice() {
            [] => String::new(),
            [one] => format!(" cb=[{one}]"),
            [one, two] => format!(" cb=[{one}, {two}]"),
            [one, .., last] => format!(" cb=[{one}, <{} more>, {last}]", all.len() - 2),
        }
    }
}
