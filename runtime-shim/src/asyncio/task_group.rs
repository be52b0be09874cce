//! `asyncio.TaskGroup`
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::awaitable::Awaitable;
use super::callback::Callback;
use super::core::Awaited;
use super::event_loop::{self, AbstractEventLoop};
use super::exceptions::{CancelledError, runtime_error};
use super::future::{FutureState, Wait};
use super::task::{self, Task, TaskObject};
use crate::error::{PyErr, PyResult};
use crate::exception::{KeyboardInterrupt, SystemExit};
use crate::text::Str;

/// `asyncio.TaskGroup`: a handle; a clone is the same group.
#[derive(Clone, Default)]
pub struct TaskGroup(Rc<State>);

#[derive(Default)]
struct State {
    owner: RefCell<Option<AbstractEventLoop>>,
    parent: RefCell<Option<Rc<dyn TaskObject>>>,
    /// By number: in the order in which they were made.
    tasks: RefCell<BTreeMap<u64, Rc<dyn TaskObject>>>,
    errors: RefCell<Vec<PyErr>>,
    base_error: RefCell<Option<PyErr>>,
    completed: RefCell<Option<Rc<FutureState<()>>>>,
    exiting: Cell<bool>,
    aborting: Cell<bool>,
    parent_cancelled: Cell<bool>,
}

#[inline]
fn is_base(error: &PyErr) -> bool {
    error.is::<(SystemExit, KeyboardInterrupt)>()
}

impl TaskGroup {
    /// `asyncio.TaskGroup()`
    #[inline]
    pub fn new() -> TaskGroup {
        TaskGroup::default()
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    #[inline]
    pub(crate) fn repr(&self) -> String {
        let mut words = String::from("<TaskGroup");
        let (tasks, errors) = (self.0.tasks.borrow().len(), self.0.errors.borrow().len());
        if tasks > 0 {
            words.push_str(&format!(" tasks={tasks}"));
        }
        if errors > 0 {
            words.push_str(&format!(" errors={errors}"));
        }
        if self.0.aborting.get() {
            words.push_str(" cancelling");
        } else if self.0.owner.borrow().is_some() {
            words.push_str(" entered");
        }
        words.push('>');
        words
    }

    /// `async with asyncio.TaskGroup():`
    #[inline]
    pub async fn aenter(&self) -> PyResult<TaskGroup> {
        if self.0.owner.borrow().is_some() {
            return Err(runtime_error(format!("TaskGroup {} has already been entered", self.repr())));
        }
        self.0.owner.replace(Some(AbstractEventLoop(event_loop::running()?)));
        self.0.parent.replace(task::current());
        Ok(self.clone())
    }

    /// `group.create_task(coro)`
    #[inline]
    pub fn create_task<A: Awaitable>(&self, coro: A) -> PyResult<Task<A::Output>> {
        let refused = |text: &str| {
            // CPython closes the coroutine, which would warn otherwise.
            Err(runtime_error(format!("TaskGroup {} {text}", self.repr())))
        };
        let Some(owner) = self.0.owner.borrow().clone() else { return refused("has not been entered") };
        if self.0.exiting.get() && self.0.tasks.borrow().is_empty() {
            return refused("is finished");
        }
        if self.0.aborting.get() {
            return refused("is shutting down");
        }
        let task = coro.into_task(&owner);
        let object: Rc<dyn TaskObject> = task.0.clone();
        if task.done() {
            // One that ended eagerly.
            self.0.task_done(&object);
            return Ok(task);
        }
        self.0.tasks.borrow_mut().insert(object.state().number(), object.clone());
        let state = self.0.clone();
        let done = Box::new(move || {
            state.task_done(&object);
            Ok(())
        });
        task.0.core().add_callback(Callback::call("TaskGroup._on_task_done", done));
        Ok(task)
    }

    /// `group.create_task(coro, name=name)`
    #[inline]
    pub fn create_named_task<A: Awaitable>(&self, coro: A, name: Option<Str>) -> PyResult<Task<A::Output>> {
        let task = self.create_task(coro)?;
        if let Some(name) = name {
            task.0.state().name_at_birth(&name);
        }
        Ok(task)
    }

    /// The end of the block: waits for all tasks, cancels them where one fails.
    #[inline]
    pub async fn aexit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        let state = &self.0;
        state.exiting.set(true);
        let mut propagated = None;
        if let Err(error) = &outcome {
            if is_base(error) && state.base_error.borrow().is_none() {
                state.base_error.replace(Some(error.clone()));
            }
            if error.is::<CancelledError>() {
                propagated = Some(error.clone());
            }
            if !state.aborting.get() {
                state.abort();
            }
        }
        while !state.tasks.borrow().is_empty() {
            let owner = event_loop::running()?;
            let completed = FutureState::new(owner);
            state.completed.replace(Some(completed.clone()));
            let waiting: Rc<dyn Awaited<()>> = completed;
            if let Err(error) = Wait::new(waiting).await {
                if !error.is::<CancelledError>() {
                    return Err(error);
                }
                if !state.aborting.get() {
                    propagated = Some(error);
                    state.abort();
                }
            }
            drop(state.completed.take());
        }
        let parent = state.parent.take();
        if let Some(error) = state.base_error.take() {
            return Err(error.raised());
        }
        if state.parent_cancelled.get() && parent.as_ref().is_none_or(|parent| parent.state().uncancel() == 0) {
            propagated = None;
        }
        let mut errors = state.errors.take();
        if let Some(error) = propagated
            && errors.is_empty()
        {
            return Err(error);
        }
        if let Err(error) = &outcome
            && !error.is::<CancelledError>()
        {
            errors.push(error.clone());
        }
        if errors.is_empty() {
            return outcome;
        }
        if let Some(parent) = parent
            && parent.state().cancel_requests() > 0
        {
            parent.state().uncancel();
            parent.cancel(None);
        }
        Err(PyErr::group("unhandled errors in a TaskGroup", errors).with_cause(None))
    }
}

impl State {
    #[inline]
    fn abort(&self) {
        self.aborting.set(true);
        let tasks = self.tasks.borrow().clone();
        for task in tasks.into_values() {
            if !task.core().is_done() {
                task.cancel(None);
            }
        }
    }

    #[inline]
    fn task_done(&self, task: &Rc<dyn TaskObject>) {
        let held = self.tasks.borrow_mut().remove(&task.state().number());
        drop(held);
        if self.tasks.borrow().is_empty()
            && let Some(completed) = &*self.completed.borrow()
        {
            completed.finish_unless_done(());
        }
        if task.core().is_cancelled() {
            return;
        }
        let Some(error) = task.core().peek_exception() else { return };
        self.errors.borrow_mut().push(error.clone());
        if is_base(&error) && self.base_error.borrow().is_none() {
            self.base_error.replace(Some(error));
        }
        let parent = self.parent.borrow().clone();
        let parent = parent.filter(|parent| !parent.core().is_done());
        if let Some(parent) = parent
            && !self.aborting.get()
            && !self.parent_cancelled.get()
        {
            self.abort();
            self.parent_cancelled.set(true);
            parent.cancel(None);
        }
    }
}
