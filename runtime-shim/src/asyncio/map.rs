//! An awaitable whose result is seen as another type, in the same task and without a frame of its own.
use super::awaitable::{Awaitable, Payload};
use super::event_loop::AbstractEventLoop;
use super::future::Future;
use super::task::Task;

/// What [`map`] gives.
pub struct Map<A: Awaitable, U> {
    awaitable: A,
    convert: fn(A::Output) -> U,
}

/// `awaitable` for `gather` and the like, where another type is wanted than the one it gives.
#[inline]
pub fn map<A: Awaitable, U: Payload>(awaitable: A, convert: fn(A::Output) -> U) -> Map<A, U> {
    Map { awaitable, convert }
}

impl<A: Awaitable, U: Payload> Awaitable for Map<A, U> {
    type Output = U;

    #[inline]
    fn into_task(self, owner: &AbstractEventLoop) -> Task<U> {
        let future = self.ensure(owner).0;
        super::task::spawn(future.into_future(), &owner.0, "future")
    }

    #[inline]
    fn ensure(self, owner: &AbstractEventLoop) -> (Future<U>, bool) {
        let (future, made) = self.awaitable.ensure(owner);
        (future.map(self.convert), made)
    }
}
