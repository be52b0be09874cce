//! Making tasks, and finding them.
use std::rc::Rc;

use super::awaitable::Awaitable;
use super::core::{AnyFuture, Awaited, Core};
use super::event_loop::{self, AbstractEventLoop};
use super::exceptions::runtime_error;
use super::task::{self, Task, TaskObject, TaskOf, TaskState};
use crate::error::{PyErr, PyResult};
use crate::escape::OrEscape;
use crate::set::Set;
use crate::text::Str;
use crate::value::Value;

/// `asyncio.create_task(coro)` in a coroutine, where a loop runs.
#[inline]
pub fn create_task<A: Awaitable>(coro: A) -> Task<A::Output> {
    try_create_task(coro).or_escape()
}

/// `asyncio.create_task(coro)` anywhere: RuntimeError without a running loop.
#[inline]
pub fn try_create_task<A: Awaitable>(coro: A) -> PyResult<Task<A::Output>> {
    let running = event_loop::running().map_err(|error| error.holding(A::unbegun()))?;
    Ok(coro.into_task(&AbstractEventLoop(running)))
}

/// `asyncio.ensure_future(coro)`: a task in the current loop; a task stays what it is.
#[inline]
pub fn ensure_future<A: Awaitable>(coro: A) -> Task<A::Output> {
    coro.into_task(&AbstractEventLoop(event_loop::current().or_escape()))
}

/// A task of which nobody knows what it gives, seen as one that gives a `Value`.
struct AnyTask(Rc<dyn TaskObject>);

impl AnyFuture for AnyTask {
    #[inline]
    fn core(&self) -> &Core {
        self.0.core()
    }

    #[inline]
    fn cancel(&self, message: Option<&str>) -> bool {
        self.0.cancel(message)
    }

    #[inline]
    fn repr(&self) -> String {
        self.0.repr()
    }

    #[inline]
    fn kind(&self) -> &'static str {
        self.0.kind()
    }

    #[inline]
    fn set_quiet(&self) {
        self.0.set_quiet();
    }
}

impl Awaited<Value> for AnyTask {
    #[inline]
    fn value(&self) -> Value {
        self.0.any_value()
    }

    #[inline]
    fn set_value(&self, _: Value) -> PyResult {
        Err(runtime_error("Task does not support set_result operation"))
    }

    #[inline]
    fn set_error(&self, _: PyErr) -> PyResult {
        Err(runtime_error("Task does not support set_exception operation"))
    }
}

impl TaskObject for AnyTask {
    #[inline]
    fn step(self: Rc<Self>) -> PyResult {
        self.0.clone().step()
    }

    #[inline]
    fn state(&self) -> &TaskState {
        self.0.state()
    }

    #[inline]
    fn destroy(self: Rc<Self>) {
        self.0.clone().destroy();
    }

    #[inline]
    fn as_future(self: Rc<Self>) -> Rc<dyn AnyFuture> {
        self.0.clone().as_future()
    }

    #[inline]
    fn any_value(&self) -> Value {
        self.0.any_value()
    }
}

impl TaskOf<Value> for AnyTask {}

#[inline]
fn any(task: Rc<dyn TaskObject>) -> Task<Value> {
    Task(Rc::new(AnyTask(task)))
}

/// `asyncio.current_task()`
#[inline]
pub fn current_task() -> PyResult<Option<Task<Value>>> {
    event_loop::running()?;
    Ok(task::current().map(any))
}

/// The name of the task that runs, if one does.
#[inline]
pub(crate) fn running_task_name() -> Option<Str> {
    task::current().map(|task| any(task).get_name())
}

/// `asyncio.current_task(loop)`
#[inline]
pub fn current_task_of(owner: Option<AbstractEventLoop>) -> PyResult<Option<Task<Value>>> {
    let Some(owner) = owner else { return current_task() };
    Ok(task::current().filter(|task| Rc::ptr_eq(task.core().owner(), &owner.0)).map(any))
}

/// `asyncio.all_tasks(loop)`
#[inline]
pub fn all_tasks_of(owner: Option<AbstractEventLoop>) -> PyResult<Set<Task<Value>>> {
    let Some(owner) = owner else { return all_tasks() };
    let all = Set::new();
    for task in owner.0.pending_tasks() {
        all.add(any(task));
    }
    Ok(all)
}

/// `task.get_coro()`: the coroutine that a task runs, to be looked at.
#[derive(Clone)]
pub struct TaskCoroutine(Rc<dyn TaskObject>);

impl<T: super::awaitable::Payload> Task<T> {
    /// `task.get_coro()`
    #[inline]
    pub fn get_coro(&self) -> TaskCoroutine {
        TaskCoroutine(self.0.clone())
    }
}

impl TaskCoroutine {
    /// `coro.__name__`
    #[inline]
    pub fn name(&self) -> crate::text::Str {
        let name = self.qualname();
        name.rsplit('.').next().unwrap_or_default().to_owned().into()
    }

    /// `coro.__qualname__`
    #[inline]
    pub fn qualname(&self) -> crate::text::Str {
        super::names::coroutine(self.0.state().coroutine()).into()
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        std::ptr::from_ref(self.0.core()) as usize + 8
    }
}

/// `asyncio.all_tasks()`
#[inline]
pub fn all_tasks() -> PyResult<Set<Task<Value>>> {
    let all = Set::new();
    for task in event_loop::running()?.pending_tasks() {
        all.add(any(task));
    }
    Ok(all)
}
