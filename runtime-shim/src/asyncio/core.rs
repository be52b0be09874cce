//! What tasks and futures have in common and what does not depend on the type of their result.
use std::cell::{Cell, RefCell};
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
use crate::traceback::Trace;

/// How far a future is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Pending,
    Cancelled,
    Finished,
}

/// An exception, and where it had been when it became the future's.
struct Failure {
    error: PyErr,
    trace: Option<Rc<Trace>>,
}

/// State, callbacks and exception of a future.
pub(crate) struct Core {
    status: Cell<Status>,
    /// Its exception is not yet known to anybody.
    unretrieved: Cell<bool>,
    loop_: Rc<Loop>,
    /// Nearly every future has just one callback: the first is stored in place.
    first: RefCell<Option<Callback>>,
    rest: RefCell<Vec<Callback>>,
    failure: RefCell<Option<Box<Failure>>>,
    message: RefCell<Option<Box<str>>>,
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
            loop_,
            first: RefCell::new(None),
            rest: RefCell::new(Vec::new()),
            failure: RefCell::new(None),
            message: RefCell::new(None),
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

    /// Runs `callback` by way of the loop when it is done.
    pub(crate) fn add_callback(&self, callback: Callback) {
        if self.is_done() {
            return self.loop_.schedule(callback.ready());
        }
        let mut first = self.first.borrow_mut();
        if first.is_none() {
            *first = Some(callback);
        } else {
            drop(first);
            self.rest.borrow_mut().push(callback);
        }
    }

    /// Forgets the callback that stops a loop.
    pub(crate) fn remove_stop(&self) {
        self.remove(|callback| matches!(callback, Callback::Stop(_)));
    }

    /// Forgets a `wait` that has ended.
    pub(crate) fn remove_waiter(&self, waiter: &Rc<Waiter>) {
        self.remove(|callback| matches!(callback, Callback::Waited(other, _) if Rc::ptr_eq(other, waiter)));
    }

    fn remove(&self, is_stop: impl Fn(&Callback) -> bool) {
        let first = self.first.borrow_mut().take_if(|first| is_stop(first));
        drop(first);
        self.rest.borrow_mut().retain(|callback| !is_stop(callback));
    }

    /// It is done; its value, if any, is already there.
    pub(crate) fn finish(&self, status: Status) {
        self.status.set(status);
        let Some(first) = self.first.take() else { return };
        self.loop_.schedule(first.ready());
        for callback in self.rest.take() {
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
        self.message.borrow().clone()
    }

    /// Nobody minds its exception any more.
    pub(crate) fn set_retrieved(&self) {
        self.unretrieved.set(false);
    }

    pub(crate) fn set_message(&self, message: Option<&str>) {
        if message.is_some() || self.message.borrow().is_some() {
            self.message.replace(message.map(Into::into));
        }
    }

    /// A task's coroutine ended with CancelledError.
    pub(crate) fn cancelled_with(&self, error: PyErr) {
        let trace = error.trace();
        self.failure.replace(Some(Box::new(Failure { error, trace })));
        self.unretrieved.set(false);
        self.finish(Status::Cancelled);
    }

    pub(crate) fn fail(&self, error: PyErr) {
        let trace = error.trace();
        self.failure.replace(Some(Box::new(Failure { error, trace })));
        self.unretrieved.set(true);
        self.finish(Status::Finished);
    }

    /// The CancelledError that stands for its cancellation.
    #[cold]
    #[inline(never)]
    pub(crate) fn cancelled_error(&self) -> PyErr {
        if let Some(failure) = &*self.failure.borrow() {
            failure.error.restore_trace(failure.trace.clone());
            return failure.error.clone();
        }
        match &*self.message.borrow() {
            None => CancelledError::new(()),
            Some(message) => CancelledError::new(&**message),
        }
    }

    /// Err unless there is a value.
    #[inline]
    pub(crate) fn check(&self) -> PyResult {
        if self.status.get() == Status::Finished && self.failure.borrow().is_none() {
            return Ok(());
        }
        Err(self.failed())
    }

    #[cold]
    #[inline(never)]
    fn failed(&self) -> PyErr {
        match self.status.get() {
            Status::Pending => invalid_state("Result is not set."),
            Status::Cancelled if self.failure.borrow().is_none() => self.cancelled_error(),
            Status::Cancelled => self.cancelled_error().raised(),
            Status::Finished => {
                self.unretrieved.set(false);
                let Some((error, trace)) =
                    self.failure.borrow().as_ref().map(|failure| (failure.error.clone(), failure.trace.clone()))
                else {
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
        self.failure.borrow().as_ref().map(|failure| failure.error.clone())
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
        self.failure.borrow().as_ref().map(|failure| failure.error.repr())
    }

    pub(crate) fn repr_callbacks(&self) -> String {
        let first = self.first.borrow();
        let rest = self.rest.borrow();
        let all: Vec<String> = first.iter().chain(rest.iter()).map(Callback::repr).collect();
        match all.as_slice() {
            [] => String::new(),
            [one] => format!(" cb=[{one}]"),
            [one, two] => format!(" cb=[{one}, {two}]"),
            [one, .., last] => format!(" cb=[{one}, <{} more>, {last}]", all.len() - 2),
        }
    }
}
