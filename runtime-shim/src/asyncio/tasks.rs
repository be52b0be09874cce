//! Making tasks, and finding them.
use super::awaitable::Awaitable;
use super::event_loop::{self, AbstractEventLoop};
use super::task::{self, Task, TaskObject};
use crate::error::PyResult;
use crate::escape::OrEscape;

/// `asyncio.create_task(coro)` in a coroutine, where a loop runs.
pub fn create_task<A: Awaitable>(coro: A) -> Task<A::Output> {
    try_create_task(coro).or_escape()
}

/// `asyncio.create_task(coro)` anywhere: RuntimeError without a running loop.
pub fn try_create_task<A: Awaitable>(coro: A) -> PyResult<Task<A::Output>> {
    Ok(coro.into_task(&AbstractEventLoop(event_loop::running()?)))
}

/// `asyncio.ensure_future(coro)`: a task in the current loop; a task stays what it is.
pub fn ensure_future<A: Awaitable>(coro: A) -> Task<A::Output> {
    coro.into_task(&AbstractEventLoop(event_loop::current().or_escape()))
}

/// A task of which nobody knows what it gives: `current_task()`, an element of `all_tasks()`.
#[derive(Clone)]
pub struct AnyTask(std::rc::Rc<dyn TaskObject>);

impl AnyTask {
    /// `task.cancel(msg)`
    pub fn cancel(&self, message: impl super::future::CancelMessage) -> bool {
        message.with(|message| self.0.cancel(message))
    }

    /// `task.done()`
    pub fn done(&self) -> bool {
        self.0.core().is_done()
    }

    /// `task.cancelled()`
    pub fn cancelled(&self) -> bool {
        self.0.core().is_cancelled()
    }

    /// `task.get_name()`
    pub fn get_name(&self) -> String {
        self.0.state().name()
    }

    /// `task.set_name(name)`
    pub fn set_name(&self, name: impl AsRef<str>) {
        self.0.state().set_name(name.as_ref());
    }

    /// What `id()` is made of.
    pub fn address(&self) -> usize {
        std::rc::Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    /// `repr(task)`
    pub fn repr(&self) -> String {
        self.0.repr()
    }
}

impl std::fmt::Display for AnyTask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.repr())
    }
}

/// `asyncio.current_task()`
pub fn current_task() -> PyResult<Option<AnyTask>> {
    event_loop::running()?;
    Ok(task::current().map(AnyTask))
}

/// `asyncio.all_tasks()`, in the order in which they were made.
pub fn all_tasks() -> PyResult<Vec<AnyTask>> {
    Ok(event_loop::running()?.pending_tasks().into_iter().map(AnyTask).collect())
}
