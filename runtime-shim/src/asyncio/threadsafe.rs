//! `run_coroutine_threadsafe` and `wrap_future`: futures of threads and futures of the loop, tied to one another.
use super::awaitable::{Awaitable, Payload};
use super::callback::{Callback, Ready};
use super::core::{AnyFuture, Awaited, Status};
use super::event_loop::{self, AbstractEventLoop};
use super::future::{Future, FutureState};
use crate::concurrent::futures::Future as ThreadFuture;
use crate::error::PyResult;
use crate::escape::OrEscape;

/// `asyncio.run_coroutine_threadsafe(coro, loop)`
#[inline]
pub fn run_coroutine_threadsafe<A: Awaitable + 'static>(
    coro: A,
    owner: &AbstractEventLoop,
) -> PyResult<ThreadFuture<A::Output>> {
    let outer = ThreadFuture::new();
    let (theirs, loop_) = (outer.clone(), owner.clone());
    owner.call_soon_threadsafe(move || {
        let (task, _) = coro.ensure(&loop_);
        let cancelled = task.clone();
        theirs.add_done_callback(move |done| {
            if done.cancelled() {
                let cancelled = cancelled.clone();
                loop_.call_soon_threadsafe(move || {
                    cancelled.cancel(None);
                    Ok(())
                })?;
            }
            Ok(())
        });
        let inner = task.clone();
        let copy = Box::new(move || copy_to_thread(&inner, &theirs));
        task.0.core().add_callback(Callback::call("_chain_future.<locals>._call_set_state", copy));
        Ok(())
    })?;
    Ok(outer)
}

#[inline]
fn copy_to_thread<T: Payload>(inner: &Future<T>, outer: &ThreadFuture<T>) -> PyResult {
    let core = inner.0.core();
    if core.is_cancelled() {
        outer.cancel()?;
    }
    if !outer.begin() {
        return Ok(());
    }
    match core.peek_exception() {
        Some(error) => outer.finish(Err(error)),
        None => outer.finish(Ok(inner.0.value())),
    }
}

/// `asyncio.wrap_future(future)`
#[inline]
pub fn wrap_future<T: Payload>(future: &ThreadFuture<T>, owner: Option<AbstractEventLoop>) -> Future<T> {
    let owner = owner.map_or_else(|| event_loop::current().or_escape(), |owner| owner.0);
    let inner = FutureState::new(owner.clone());
    let source = future.clone();
    let state = inner.clone();
    let cancel = Box::new(move || if state.core().is_cancelled() { source.cancel().map(drop) } else { Ok(()) });
    inner.core().add_callback(Callback::call("_chain_future.<locals>._call_check_cancel", cancel));
    let made = inner.clone();
    future.add_done_callback(move |done| {
        let inner = inner.clone();
        let copy = Box::new(move || {
            if inner.core().status() != Status::Pending {
                return Ok(());
            }
            if done.cancelled() {
                inner.cancel(None);
                return Ok(());
            }
            match done.exception(None)? {
                Some(error) => inner.core().fail(error),
                None => inner.set_value(done.result(None)?)?,
            }
            Ok(())
        });
        owner.schedule_threadsafe(Ready::Call(copy));
        Ok(())
    });
    Future::of(made)
}
