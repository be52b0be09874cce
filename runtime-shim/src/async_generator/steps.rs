//! An async generator that is one loop, iterated where it is made: each call of a closure goes to its next `yield`.
//!
//! Where it waits there is nothing to close: no `try` and no `with` is around its `yield`. The loop closes it all the same when it
//! is left in the middle, in a task, as CPython's does.
use std::cell::Cell;
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

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
    fn next_yield(&mut self) -> impl Future<Output = PyResult<Option<Y>>> {
        if self.state.phase.get() != Phase::Suspended {
            self.begin();
        }
        next_step(self)
    }
}

/// Its next step.
#[inline(always)]
fn next_step<Y, F>(steps: &mut AsyncSteps<Y, F>) -> impl Future<Output = PyResult<Option<Y>>>
where
    F: AsyncFnMut() -> PyResult<Option<Y>> + 'static,
{
    let closure = &raw mut steps.step;
    let state = &*steps.state;
    // SAFETY: the closure is borrowed for as long as `steps` is, and by nobody else but the step.
    let step = unsafe { &mut *closure }.as_mut().map(|step| step());
    NextStep { state, closure, step }
}

/// A step, and the closure that it borrows.
///
/// Pinning: `step` is pinned with it, the other fields are not; nothing moves out of `step`. While there is a `step`, nobody touches
/// the closure; when the generator has ended, the step is dropped first, then the closure with its variables, as CPython frees a frame.
struct NextStep<'s, F: 'static, S> {
    state: &'s State<F>,
    closure: *mut Option<F>,
    step: Option<S>,
}

impl<F, S, Y> Future for NextStep<'_, F, S>
where
    S: Future<Output = PyResult<Option<Y>>>,
{
    type Output = PyResult<Option<Y>>;

    #[inline(always)]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<PyResult<Option<Y>>> {
        // SAFETY: `step` stays where it is until it is dropped with the rest, and is handed out pinned.
        let this = unsafe { self.get_unchecked_mut() };
        let Some(step) = &mut this.step else { return Poll::Ready(Ok(None)) };
        // SAFETY: as above.
        match unsafe { Pin::new_unchecked(step) }.poll(cx) {
            Poll::Ready(Ok(Some(value))) => {
                this.state.phase.set(Phase::Suspended);
                Poll::Ready(Ok(Some(value)))
            }
            Poll::Ready(outcome) => {
                this.state.phase.set(Phase::Closed);
                this.step = None;
                // SAFETY: the step, which borrowed the closure, is gone; the generator is borrowed as long as this lives.
                unsafe { *this.closure = None };
                Poll::Ready(outcome.map_err(stopped))
            }
            Poll::Pending => {
                this.state.phase.set(Phase::Running);
                Poll::Pending
            }
        }
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
