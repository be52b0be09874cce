//! `asyncio.wait_for`, as since 3.12: the awaitable runs in the same task, which a timer cancels.
use std::cell::Cell;
use std::rc::Rc;

use super::awaitable::{Awaitable, Payload};
use super::core::AnyFuture;
use super::event_loop::{self, AbstractEventLoop};
use super::exceptions::{CancelledError, runtime_error};
use super::future::Future;
use super::task;
use crate::error::PyResult;
use crate::exception::{ExceptionType, TimeoutError};

/// How far a timeout is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Armed,
    Expired,
}

/// `await asyncio.wait_for(awaitable, timeout)`
#[inline]
pub async fn wait_for<T, A>(awaitable: A, timeout: Option<f64>) -> PyResult<T>
where
    T: Payload,
    A: Awaitable<Output = T> + IntoFuture<Output = PyResult<T>>,
{
    let Some(timeout) = timeout else { return awaitable.await };
    let owner = AbstractEventLoop(event_loop::running()?);
    if timeout <= 0.0 {
        let (future, _) = awaitable.ensure(&owner);
        if future.done() {
            return future.result();
        }
        cancel_and_wait(&future).await?;
        return match future.result() {
            Err(error) if error.is::<CancelledError>() => Err(TimeoutError::new(()).with_cause(error)),
            result => result,
        };
    }
    let Some(task) = task::current() else { return Err(runtime_error("Timeout should be used inside a task")) };
    let state = Rc::new(Cell::new(State::Armed));
    let before = task.state().cancel_requests();
    let (expired, victim) = (state.clone(), Rc::downgrade(&task));
    let timer = owner.call_later(timeout, move || {
        expired.set(State::Expired);
        if let Some(task) = victim.upgrade() {
            task.cancel(None);
        }
        Ok(())
    })?;
    let result = awaitable.await;
    timer.cancel();
    if state.get() == State::Expired && task.state().uncancel() <= before {
        return match result {
            Err(error) if error.is::<CancelledError>() => Err(TimeoutError::new(()).with_cause(error)),
            result => result,
        };
    }
    result
}

/// Cancels a future and waits until it has ended, however it does.
#[inline]
async fn cancel_and_wait<T: Payload>(future: &Future<T>) -> PyResult {
    future.cancel(None);
    let owner = event_loop::running()?;
    let done: Rc<dyn AnyFuture> = future.0.clone();
    super::gather::Hub::wait_all(&owner, vec![done]).await
}
