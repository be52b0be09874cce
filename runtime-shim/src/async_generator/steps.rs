//! An async generator that is one loop, iterated where it is made: each call of a closure goes to its next `yield`.
//!
//! Where it waits there is nothing to close: no `try` and no `with` is around its `yield`. The loop closes it all the same when it
//! is left in the middle, in a task, as CPython's does.
use std::cell::Cell;
use std::marker::PhantomData;
use std::rc::Rc;

use super::{AsyncYields, Finalizable, close_later, register, stopped};
use crate::asyncio::{driver, event_loop, task};
use crate::coroutine::Coroutine;
use crate::error::PyResult;
use crate::exception::{ExceptionType, RuntimeError};
use crate::generator::Phase;

/// One that is a loop.
pub struct AsyncSteps<Y, F: 'static> {
    /// Until it has ended.
    step: Option<F>,
    state: Rc<State<F>>,
    types: PhantomData<fn() -> Y>,
}

/// What the loop knows of it.
struct State<F> {
    phase: Cell<Phase>,
    /// The closure with its variables, when it was left in the middle.
    left: Cell<Option<F>>,
}

/// What an async generator function gives that is one loop; `step` gives what it yields next, `None` at its end.
#[inline]
pub fn async_stepwise<Y, F>(step: F) -> AsyncSteps<Y, F>
where
    Y: 'static,
    F: AsyncFnMut() -> PyResult<Option<Y>> + 'static,
{
    let state = State { phase: Cell::new(Phase::Created), left: Cell::new(None) };
    AsyncSteps { step: Some(step), state: Rc::new(state), types: PhantomData }
}

impl<Y: 'static, F: AsyncFnMut() -> PyResult<Option<Y>> + 'static> AsyncYields<Y> for AsyncSteps<Y, F> {
    #[inline(always)]
    async fn next_yield(&mut self) -> PyResult<Option<Y>> {
        if self.state.phase.get() != Phase::Suspended {
            self.begin();
        }
        let Some(step) = &mut self.step else { return Ok(None) };
        let phase = &self.state.phase;
        phase.set(Phase::Running);
        let outcome = step().await;
        if let Ok(Some(_)) = outcome {
            phase.set(Phase::Suspended);
            return outcome;
        }
        phase.set(Phase::Closed);
        self.step = None;
        outcome.map_err(stopped)
    }
}

impl<Y, F: 'static> AsyncSteps<Y, F> {
    /// The first step, or one after the end.
    #[cold]
    fn begin(&mut self) {
        match self.state.phase.get() {
            Phase::Created => {
                self.state.phase.set(Phase::Suspended);
                register(self.state.clone());
            }
            Phase::Closed => self.step = None,
            Phase::Suspended | Phase::Running => {}
        }
    }
}

impl<F: 'static> State<F> {
    fn close(&self) -> PyResult {
        if self.phase.get() == Phase::Running {
            return Err(RuntimeError::new("aclose(): asynchronous generator is already running"));
        }
        self.phase.set(Phase::Closed);
        drop(self.left.take());
        Ok(())
    }
}

impl<F: 'static> Finalizable for State<F> {
    fn finalize(self: Rc<Self>) -> Coroutine<()> {
        Coroutine::named("aclose", async move { self.close() })
    }

    fn close_in(self: Rc<Self>, owner: &event_loop::AbstractEventLoop) {
        // What cancels the task before it has begun is raised in the generator.
        let closing = async move {
            let cancelled = driver::resume();
            self.close()?;
            cancelled
        };
        task::spawn_begun(closing, &owner.0, "async_generator_athrow");
    }
}

impl<Y, F: 'static> Drop for AsyncSteps<Y, F> {
    #[inline]
    fn drop(&mut self) {
        if self.state.phase.get() == Phase::Suspended {
            self.state.left.set(self.step.take());
            if !close_later(self.state.clone()) {
                drop(self.state.left.take());
            }
        }
    }
}
