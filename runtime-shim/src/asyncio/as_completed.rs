//! `asyncio.as_completed`
use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::awaitable::Payload;
use super::callback::Callback;
use super::event_loop::{self, AbstractEventLoop};
use super::future::Future;
use super::gather_args::GatherArgs;
use super::handle::TimerHandle;
use super::queue::Queue;
use super::task::Task;
use crate::async_generator::{AsyncGenerator, async_generator};
use crate::coroutine::Coroutine;
use crate::error::PyResult;
use crate::escape::OrEscape;
use crate::exception::{ExceptionType, TimeoutError, TypeError};
use crate::iter::{Iter, Iterable, ToIter};

/// The awaitables that `as_completed` gives, one for each that it was given, in the order in which those end.
pub struct AsCompleted<T: Payload> {
    done: Queue<Option<Future<T>>>,
    left: Rc<Cell<usize>>,
    state: Rc<State<T>>,
}

impl<T: Payload> Clone for AsCompleted<T> {
    #[inline]
    fn clone(&self) -> Self {
        AsCompleted { done: self.done.clone(), left: self.left.clone(), state: self.state.clone() }
    }
}

struct State<T> {
    /// By place; those that are done are not there any more.
    todo: std::cell::RefCell<BTreeMap<usize, Future<T>>>,
    timer: std::cell::RefCell<Option<TimerHandle>>,
}

/// `asyncio.as_completed(tasks)`
#[inline]
pub fn as_completed<A: GatherArgs>(tasks: A) -> AsCompleted<A::Output> {
    let owner = AbstractEventLoop(event_loop::current().or_escape());
    let mut todo = tasks.futures(&owner);
    let mut seen = std::collections::HashSet::new();
    todo.retain(|future| seen.insert(future.address()));
    let done = Queue::new(0);
    let left = todo.len();
    let held = todo.iter().cloned().enumerate().collect::<BTreeMap<_, _>>();
    let state = Rc::new(State { todo: held.into(), timer: Default::default() });
    for (at, future) in todo.into_iter().enumerate() {
        let (state, done, me) = (state.clone(), done.clone(), future.clone());
        let on_completion = Box::new(move || {
            let mut todo = state.todo.borrow_mut();
            if todo.remove(&at).is_none() {
                return Ok(());
            }
            let last = todo.is_empty();
            drop(todo);
            done.put_nowait(Some(me))?;
            if last && let Some(timer) = state.timer.take() {
                timer.cancel();
            }
            Ok(())
        });
        future.0.core().add_callback(Callback::call("as_completed.<locals>._on_completion", on_completion));
    }
    AsCompleted { done, left: Rc::new(Cell::new(left)), state }
}

impl<T: Payload> AsCompleted<T> {
    /// `timeout=`
    #[must_use]
    #[inline]
    pub fn timeout(self, seconds: Option<f64>) -> AsCompleted<T> {
        if let Some(seconds) = seconds {
            let owner = AbstractEventLoop(event_loop::current().or_escape());
            let (state, done) = (self.state.clone(), self.done.clone());
            let timer = owner.call_later(seconds, move || {
                let left = state.todo.take().len();
                (0..left).try_for_each(|_| done.put_nowait(None))
            });
            self.state.timer.replace(Some(timer.or_escape()));
        }
        self
    }
}

impl<T: Payload> AsCompleted<T> {
    /// `async for task in asyncio.as_completed(…)`: the tasks themselves.
    #[inline]
    pub fn tasks(self) -> AsyncGenerator<Task<T>> {
        async_generator(async move |y| {
            while let Some(left) = self.left.get().checked_sub(1) {
                self.left.set(left);
                let Some(future) = self.done.get().await? else { return Err(TimeoutError::new(())) };
                let Some(task) = future.0.into_task() else {
                    return Err(TypeError::new("a future that is no task is not given back by as_completed here"));
                };
                y.yield_(Task(task)).await?;
            }
            Ok(())
        })
    }
}

impl<T: Payload> Iterator for AsCompleted<T> {
    type Item = Coroutine<T>;

    #[inline]
    fn next(&mut self) -> Option<Coroutine<T>> {
        self.left.set(self.left.get().checked_sub(1)?);
        let done = self.done.clone();
        Some(Coroutine::named("as_completed.<locals>._wait_for_one", wait_for_one(done)))
    }
}

impl<T: Payload> Iterable for AsCompleted<T> {
    type Item = Coroutine<T>;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<Coroutine<T>>> {
        self.clone().map(Ok)
    }
}

impl<T: Payload> ToIter for AsCompleted<T> {
    #[inline]
    fn to_iter(&self) -> Iter<Coroutine<T>> {
        Iter::named("generator", self.clone().map(Ok))
    }
}

#[inline]
async fn wait_for_one<T: Payload>(done: Queue<Option<Future<T>>>) -> PyResult<T> {
    match done.get().await? {
        Some(future) => future.result(),
        None => Err(TimeoutError::new(())),
    }
}
