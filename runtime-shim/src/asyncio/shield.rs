//! `asyncio.shield`
use super::awaitable::Awaitable;
use super::callback::Callback;
use super::core::{AnyFuture, Status};
use super::event_loop::{self, AbstractEventLoop};
use super::future::{Future, FutureState};
use crate::error::PyResult;

/// `asyncio.shield(inner)`: a future that may be cancelled while `inner` goes on.
#[inline]
pub fn shield<A: Awaitable>(inner: A) -> PyResult<Future<A::Output>> {
    let owner = AbstractEventLoop(event_loop::current()?);
    let (inner, _) = inner.ensure(&owner);
    if inner.done() {
        return Ok(inner);
    }
    let outer = FutureState::new(owner.0);
    let (to, from) = (outer.clone(), inner.0.clone());
    let pass_on = Box::new(move || {
        let core = from.core();
        if to.core().is_cancelled() {
            if !core.is_cancelled() {
                core.peek_exception();
            }
            return Ok(());
        }
        match core.status() {
            Status::Cancelled => {
                to.core().cancel(None);
            }
            Status::Pending | Status::Finished => match core.peek_exception() {
                Some(error) => to.core().fail(error),
                None => to.finish_unless_done(from.value()),
            },
        }
        Ok(())
    });
    inner.0.core().add_callback(Callback::call("shield.<locals>._inner_done_callback", pass_on));
    Ok(Future::of(outer))
}
