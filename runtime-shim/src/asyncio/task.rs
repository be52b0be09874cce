//! `asyncio.Task`: a coroutine that the loop runs, step by step.
use std::cell::{Cell, RefCell};
use std::num::NonZeroU32;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::task::{Context, Poll};

use super::awaitable::Payload;
use super::callback::{Callback, Ready};
use super::core::{AnyFuture, Awaited, Core, Status};
use super::driver::{self, Driver, Input, Yielded};
use super::event_loop::{AbstractEventLoop, Loop};
use super::exceptions::{CancelledError, runtime_error};
use super::future::common;
use super::slot::Slot;
use super::trouble::entry;
use super::{names, report, waker};
use crate::error::{PyErr, PyResult};
use crate::exception::args::value_of;
use crate::exception::{ExceptionType, GeneratorExit, KeyboardInterrupt, SystemExit};
use crate::object::{Object, repr};
use crate::rare::Rare;
use crate::shelf::Shelf;
use crate::text::Str;
use crate::value::Value;
use crate::{contextvars, handled, recursion, traceback};

/// Numbers for the names of tasks.
static NUMBER: AtomicU64 = AtomicU64::new(0);

/// How many tasks were made with a name of their own: those take no number from the others' names.
static NAMED: AtomicU32 = AtomicU32::new(0);

thread_local! {
    static CURRENT: RefCell<Option<Rc<dyn TaskObject>>> = const { RefCell::new(None) };
}

/// The task that runs in this thread.
pub(crate) fn current() -> Option<Rc<dyn TaskObject>> {
    CURRENT.with_borrow(Clone::clone)
}

/// Which task runs in this thread; none is 0.
pub(crate) fn current_id() -> usize {
    CURRENT.try_with(|task| task.borrow().as_ref().map_or(0, |task| Rc::as_ptr(task).cast::<()>().addr())).unwrap_or(0)
}

/// What is a task's alone, and does not depend on its types.
pub(crate) struct TaskState {
    driver: Driver,
    handled: handled::Suspended,
    context: contextvars::Own,
    /// What it waits for.
    waiting: Shelf<Rc<dyn AnyFuture>>,
    must_cancel: Cell<bool>,
    cancel_requests: Cell<u32>,
    started: Cell<bool>,
    /// It is being polled; it stays so when a poll unwinds.
    polling: Cell<bool>,
    quiet: Cell<bool>,
    /// Its coroutine was closed before it was done.
    closed: Cell<bool>,
    number: u64,
    /// [`NAMED`] when it was made.
    named_before: u32,
    /// Where it stands in the loop's registry.
    pub(super) place: Cell<Option<NonZeroU32>>,
    name: Rare<String>,
    coroutine: &'static str,
}

/// A task, its types forgotten.
pub(crate) trait TaskObject: AnyFuture {
    /// Runs its coroutine to the next await that has to wait.
    fn step(self: Rc<Self>) -> PyResult;
    fn state(&self) -> &TaskState;
    /// It will never be run again.
    fn destroy(self: Rc<Self>);
    fn as_future(self: Rc<Self>) -> Rc<dyn AnyFuture>;
    /// The result, whatever its type.
    fn any_value(&self) -> Value;
}

/// A task of a known result.
pub(crate) trait TaskOf<T>: Awaited<T> + TaskObject {}

struct TaskCell<F, T>
where
    T: Payload,
    F: Future<Output = PyResult<T>> + 'static,
{
    core: Core,
    state: TaskState,
    coroutine: Slot<F, T>,
}

/// Makes a task and schedules its first step.
pub(crate) fn spawn<T, F>(coroutine: F, owner: &Rc<Loop>, name: &'static str) -> Task<T>
where
    T: Payload,
    F: Future<Output = PyResult<T>> + 'static,
{
    let task = Rc::new(TaskCell {
        core: Core::new(owner.clone()),
        state: TaskState::new(name),
        coroutine: Slot::new(coroutine),
    });
    let object: Rc<dyn TaskObject> = task.clone();
    start(owner, object);
    Task(task)
}

/// The same for a coroutine that takes what is thrown into it before its first step.
pub(crate) fn spawn_begun<T, F>(coroutine: F, owner: &Rc<Loop>, name: &'static str)
where
    T: Payload,
    F: Future<Output = PyResult<T>> + 'static,
{
    let task = spawn(coroutine, owner, name);
    task.0.state().started.set(true);
}

fn start(owner: &Rc<Loop>, task: Rc<dyn TaskObject>) {
    if owner.is_eager() && owner.is_running() {
        return start_eagerly(owner, task);
    }
    owner.tasks.enter(&task);
    owner.schedule(Ready::Step(task));
}

/// The first step is run where the task is made.
#[cold]
fn start_eagerly(owner: &Rc<Loop>, task: Rc<dyn TaskObject>) {
    owner.tasks.enter(&task);
    let outcome = match recursion::enter() {
        Ok(_depth) => task.clone().step(),
        Err(error) => task.state().failed(task.core(), error),
    };
    if let Err(error) = outcome {
        // SystemExit and KeyboardInterrupt leave through whoever makes the task.
        crate::escape::escape(error);
    }
}

impl TaskState {
    fn new(coroutine: &'static str) -> TaskState {
        TaskState {
            driver: Driver::default(),
            handled: handled::Suspended::default(),
            context: contextvars::Own::copied(),
            waiting: Shelf::new(None),
            must_cancel: Cell::new(false),
            cancel_requests: Cell::new(0),
            started: Cell::new(false),
            polling: Cell::new(false),
            quiet: Cell::new(false),
            closed: Cell::new(false),
            number: NUMBER.fetch_add(1, Ordering::Relaxed) + 1,
            named_before: NAMED.load(Ordering::Relaxed),
            place: Cell::new(None),
            name: Rare::default(),
            coroutine,
        }
    }

    pub(crate) fn name(&self) -> String {
        self.name.with(|name| match name {
            Some(name) => name.clone(),
            None => format!("Task-{}", self.number - u64::from(self.named_before)),
        })
    }

    /// Its place among all tasks, in the order in which they were made.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    pub(crate) fn coroutine(&self) -> &'static str {
        self.coroutine
    }

    pub(crate) fn cancel_requests(&self) -> u32 {
        self.cancel_requests.get()
    }

    pub(crate) fn uncancel(&self) -> u32 {
        let requests = self.cancel_requests.get().saturating_sub(1);
        self.cancel_requests.set(requests);
        if requests == 0 {
            self.must_cancel.set(false);
        }
        requests
    }

    /// `name=` where it is made.
    pub(crate) fn name_at_birth(&self, name: &str) {
        NAMED.fetch_add(1, Ordering::Relaxed);
        self.set_name(name);
    }

    pub(crate) fn set_name(&self, name: &str) {
        self.name.put(name.into());
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.get()
    }

    pub(crate) fn is_cancelling(&self) -> bool {
        self.must_cancel.get()
    }

    pub(crate) fn waits_for(&self) -> Option<Rc<dyn AnyFuture>> {
        self.waiting.get()
    }

    /// Before a step: the CancelledError that it raises, if any.
    fn begin(&self, core: &Core) -> Option<PyErr> {
        let waited = self.waiting.take();
        drop(waited);
        self.must_cancel.take().then(|| core.cancelled_error())
    }

    /// After a step that ended in an await.
    fn suspended(&self, core: &Core, this: Rc<dyn TaskObject>, yielded: Option<Yielded>) {
        match yielded {
            Some(Yielded::Bare) => core.owner().schedule(Ready::Step(this)),
            Some(Yielded::Future(future)) => self.wait_for(core, this, future),
            Some(Yielded::Value(value)) => {
                self.throw_next(core, this, runtime_error(format!("Task got bad yield: {}", value.repr())));
            }
            // A foreign future: its waker schedules the next step.
            None => {}
        }
    }

    fn wait_for(&self, core: &Core, this: Rc<dyn TaskObject>, future: Rc<dyn AnyFuture>) {
        if !Rc::ptr_eq(future.core().owner(), core.owner()) {
            let (task, other) = (this.repr(), future.repr());
            let text = format!("Task {task} got Future {other} attached to a different loop");
            return self.throw_next(core, this, runtime_error(text));
        }
        if std::ptr::eq(future.core(), core) {
            let text = format!("Task cannot await on itself: {}", this.repr());
            return self.throw_next(core, this, runtime_error(text));
        }
        future.core().add_callback(Callback::Wake(this));
        if !self.must_cancel.get() {
            return self.waiting.set(Some(future));
        }
        self.waiting.set(Some(future.clone()));
        if future.cancel(core.message().as_deref()) {
            self.must_cancel.set(false);
        }
    }

    /// The next step raises `error` inside the coroutine.
    fn throw_next(&self, core: &Core, task: Rc<dyn TaskObject>, error: PyErr) {
        let step = move || {
            task.state().driver.throw(error);
            task.step()
        };
        core.owner().schedule(Ready::Call(Box::new(step)));
    }

    /// `Task.cancel`
    fn cancel(&self, core: &Core, message: Option<&str>) -> bool {
        core.set_retrieved();
        if core.is_done() {
            return false;
        }
        self.cancel_requests.set(self.cancel_requests.get() + 1);
        if let Some(waiting) = self.waits_for()
            && waiting.cancel(message)
        {
            return true;
        }
        self.must_cancel.set(true);
        core.set_message(message);
        true
    }

    /// The coroutine raised; gives back what leaves the loop.
    fn failed(&self, core: &Core, error: PyErr) -> PyResult {
        if error.is::<CancelledError>() {
            core.cancelled_with(error);
            return Ok(());
        }
        let leaves = error.is::<(KeyboardInterrupt, SystemExit)>();
        core.fail(error.clone());
        if leaves { Err(error) } else { Ok(()) }
    }

    fn pending_report(&self, of: &dyn AnyFuture) {
        if !self.quiet.get() && !self.polling.get() {
            let task = entry("task", "Task", of.repr());
            of.core().owner().tell("Task was destroyed but it is pending!", None, &[task]);
        }
    }
}

impl<F, T> TaskCell<F, T>
where
    T: Payload,
    F: Future<Output = PyResult<T>> + 'static,
{
    /// Throws GeneratorExit into a coroutine that nobody will run again, so that its `finally` blocks run.
    fn close(&self) {
        if !self.state.started.get() || self.state.polling.get() || self.core.is_done() {
            return self.coroutine.clear();
        }
        let mut cx = Context::from_waker(std::task::Waker::noop());
        let exit = Input::Thrown(GeneratorExit::new(()));
        // SAFETY: the task is in its `Rc`, where it stays.
        let (closed, _) = self.state.driver.drive(exit, || unsafe { self.coroutine.poll(&mut cx) });
        self.coroutine.clear();
        if let Some(Poll::Pending) = closed {
            report::ignored(
                &runtime_error("coroutine ignored GeneratorExit"),
                "coroutine",
                names::coroutine(self.state.coroutine),
            );
        }
    }
}

impl<F, T> TaskCell<F, T>
where
    T: Payload,
    F: Future<Output = PyResult<T>> + 'static,
{
    /// The line at which the coroutine stands.
    fn place(&self) -> Option<(&'static str, u32)> {
        if self.core.is_done() || !self.state.started.get() {
            return None;
        }
        if self.state.polling.get() {
            return traceback::outermost_line();
        }
        let mut cx = Context::from_waker(std::task::Waker::noop());
        // SAFETY: the task is in its `Rc`, where it stays.
        self.state.driver.probe(|| unsafe { drop(self.coroutine.poll(&mut cx)) })
    }
}

impl<F, T> TaskObject for TaskCell<F, T>
where
    T: Payload,
    F: Future<Output = PyResult<T>> + 'static,
{
    fn step(self: Rc<Self>) -> PyResult {
        if self.core.is_done() {
            return Ok(());
        }
        let thrown = self.state.begin(&self.core);
        if let Some(error) = thrown.as_ref().filter(|_| !self.state.started.get()) {
            // A coroutine that has not begun ends where the exception is thrown.
            driver::closing(|| self.coroutine.clear());
            return self.state.failed(&self.core, error.clone());
        }
        self.state.started.set(true);
        self.state.polling.set(true);
        let before = CURRENT.replace(Some(self.clone()));
        let handled = self.state.handled.resume_alone();
        let context = self.state.context.enter();
        let mut cx = Context::from_waker(&waker::OF_CURRENT);
        // SAFETY: the task is in its `Rc`, where it stays.
        let poll = || unsafe { self.coroutine.poll(&mut cx) };
        let (polled, yielded) = self.state.driver.drive(thrown.into(), poll);
        drop(context);
        drop(handled);
        let this = CURRENT.replace(before);
        self.state.polling.set(false);
        match polled {
            None => Ok(()),
            Some(Poll::Pending) => {
                if let Some(this) = this {
                    self.state.suspended(&self.core, this, yielded);
                }
                Ok(())
            }
            Some(Poll::Ready(Ok(value))) => {
                if self.state.must_cancel.take() {
                    // It was cancelled right before its coroutine ended.
                    self.coroutine.clear();
                    let message = self.core.message();
                    self.core.cancel(message.as_deref());
                } else {
                    self.coroutine.finish(value);
                    self.core.finish(Status::Finished);
                }
                Ok(())
            }
            Some(Poll::Ready(Err(error))) => {
                self.coroutine.clear();
                self.state.failed(&self.core, error)
            }
        }
    }

    fn state(&self) -> &TaskState {
        &self.state
    }

    fn destroy(self: Rc<Self>) {
        // CPython closes what is left in any order: the coroutines first, as it happens.
        let quiet = self.state.quiet.get();
        self.close();
        self.state.closed.set(true);
        self.state.quiet.set(quiet);
        self.state.pending_report(&*self);
        self.state.quiet.set(true);
    }

    fn as_future(self: Rc<Self>) -> Rc<dyn AnyFuture> {
        self
    }

    fn any_value(&self) -> Value {
        let value: Rc<dyn Object> = Rc::new(self.value());
        value_of(&value)
    }
}

impl<F, T> AnyFuture for TaskCell<F, T>
where
    T: Payload,
    F: Future<Output = PyResult<T>> + 'static,
{
    fn core(&self) -> &Core {
        &self.core
    }

    fn cancel(&self, message: Option<&str>) -> bool {
        self.state.cancel(&self.core, message)
    }

    fn repr(&self) -> String {
        report::repr_task(&self.core, &self.state, self.place(), || repr(&self.coroutine.value()))
    }

    fn kind(&self) -> &'static str {
        "Task"
    }

    fn set_quiet(&self) {
        self.state.quiet.set(true);
    }
}

impl<F, T> Awaited<T> for TaskCell<F, T>
where
    T: Payload,
    F: Future<Output = PyResult<T>> + 'static,
{
    fn value(&self) -> T {
        self.coroutine.value().expect("a task that is finished without an exception has a value")
    }

    fn set_value(&self, _: T) -> PyResult {
        Err(runtime_error("Task does not support set_result operation"))
    }

    fn set_error(&self, _: PyErr) -> PyResult {
        Err(runtime_error("Task does not support set_exception operation"))
    }

    fn into_task(self: Rc<Self>) -> Option<Rc<dyn TaskOf<T>>> {
        Some(self)
    }
}

impl<F, T> TaskOf<T> for TaskCell<F, T>
where
    T: Payload,
    F: Future<Output = PyResult<T>> + 'static,
{
}

impl<F, T> Drop for TaskCell<F, T>
where
    T: Payload,
    F: Future<Output = PyResult<T>> + 'static,
{
    fn drop(&mut self) {
        if let Some(place) = self.state.place.take() {
            self.core.owner().tasks.leave(place);
        }
        if !self.core.is_done() {
            self.state.pending_report(self);
        }
        self.core.dropped(self);
    }
}

/// `asyncio.Task`
pub struct Task<T>(pub(crate) Rc<dyn TaskOf<T>>);

impl<T> Clone for Task<T> {
    fn clone(&self) -> Self {
        Task(self.0.clone())
    }
}

common!(Task);

impl<T: Payload> Task<T> {
    /// `asyncio.Task(coro)`
    pub fn new<A: super::Awaitable<Output = T>>(coro: A) -> Task<T> {
        super::ensure_future(coro)
    }

    /// `name=`
    #[must_use]
    pub fn name(self, name: impl AsRef<str>) -> Task<T> {
        self.0.state().name_at_birth(name.as_ref());
        self
    }

    /// `task.get_name()`
    pub fn get_name(&self) -> Str {
        self.0.state().name().into()
    }

    /// `task.set_name(name)`
    pub fn set_name(&self, name: impl AsRef<str>) {
        self.0.state().set_name(name.as_ref());
    }

    /// `task.result()`
    pub fn result(&self) -> PyResult<T> {
        self.0.core().check()?;
        Ok(self.0.value())
    }

    /// `task.cancelling()`
    pub fn cancelling(&self) -> i64 {
        i64::from(self.0.state().cancel_requests())
    }

    /// `task.uncancel()`
    pub fn uncancel(&self) -> i64 {
        i64::from(self.0.state().uncancel())
    }

    /// `task.add_done_callback(callback)`
    pub fn add_done_callback<R>(&self, callback: impl Fn(Task<T>) -> PyResult<R> + 'static) {
        let task = self.clone();
        let name = std::any::type_name_of_val(&callback);
        let call = contextvars::carried(move || callback(task).map(drop));
        self.0.core().add_callback(Callback::call(name, call));
    }
}
