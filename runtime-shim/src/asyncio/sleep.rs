//! `asyncio.sleep`
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::core::AnyFuture;
use super::driver::{self, Yielded};
use super::event_loop;
use super::future::FutureState;
use super::handle::{Action, HandleState};
use crate::error::PyResult;
use crate::exception::{ExceptionType, ValueError};

/// `await asyncio.sleep(delay)`
#[must_use = "a sleep that nobody awaits is over at once"]
pub struct Sleep {
    delay: f64,
    state: State,
}

enum State {
    Fresh,
    /// `sleep(0)`: one pass of the loop.
    Yielded,
    Waiting(Rc<FutureState<()>>, Rc<HandleState>),
    Done,
}

/// `asyncio.sleep(delay)`
pub fn sleep(delay: f64) -> Sleep {
    Sleep { delay, state: State::Fresh }
}

impl Sleep {
    /// `asyncio.sleep(delay, result)`
    pub async fn result<T>(self, result: T) -> PyResult<T> {
        self.await?;
        Ok(result)
    }

    fn start(&mut self) -> PyResult {
        if self.delay <= 0.0 {
            self.state = State::Yielded;
            return driver::suspend(Yielded::Bare);
        }
        if self.delay.is_nan() {
            return Err(ValueError::new("Invalid delay: NaN (not a number)"));
        }
        let owner = event_loop::running()?;
        let future = FutureState::new(owner.clone());
        let when = owner.time() + self.delay;
        let timer = HandleState::new(owner.clone(), when, Action::Wake(future.clone()));
        owner.add_timer(timer.clone());
        driver::suspend(Yielded::Future(future.clone()))?;
        self.state = State::Waiting(future, timer);
        Ok(())
    }
}

impl Future for Sleep {
    type Output = PyResult;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<PyResult> {
        if let State::Fresh = self.state {
            self.start()?;
            return Poll::Pending;
        }
        if driver::is_probe() {
            return Poll::Pending;
        }
        let state = std::mem::replace(&mut self.state, State::Done);
        let resumed = driver::resume();
        if let State::Waiting(future, timer) = state {
            timer.cancel();
            resumed?;
            future.core().check()?;
            return Poll::Ready(Ok(()));
        }
        Poll::Ready(resumed)
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let State::Waiting(_, timer) = &self.state {
            timer.cancel();
        }
    }
}
