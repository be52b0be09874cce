//! A generator that is one loop, iterated where it is made: each call of a closure goes to its next `yield`.
//!
//! Where it waits there is nothing to close: no `try` and no `with` is around its `yield`.
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::exchange::Yielder;
use super::yields::{Yields, stopped};
use crate::error::PyResult;

/// What a generator function gives that is one loop: an iterator of Rust.
pub struct Steps<Y, F> {
    step: F,
    ended: bool,
    types: PhantomData<fn() -> Y>,
}

/// What a generator function gives that is one loop; `step` gives what it yields next, `None` at its end.
#[inline]
pub fn stepwise<Y: 'static, F: FnMut() -> PyResult<Option<Y>> + 'static>(step: F) -> Steps<Y, F> {
    Steps { step, ended: false, types: PhantomData }
}

impl<Y, F: FnMut() -> PyResult<Option<Y>>> Iterator for Steps<Y, F> {
    type Item = PyResult<Y>;

    #[inline(always)]
    fn next(&mut self) -> Option<PyResult<Y>> {
        if self.ended {
            return None;
        }
        match (self.step)() {
            Ok(Some(item)) => Some(Ok(item)),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Err(stopped(error)))
            }
        }
    }
}

impl<Y: 'static, F: FnMut() -> PyResult<Option<Y>> + 'static> Yields<Y> for Steps<Y, F> {
    type Body = StepsBody<Y, F>;

    #[inline]
    fn body(self, yielder: Yielder<Y>) -> StepsBody<Y, F> {
        StepsBody { step: self.step, yielder }
    }
}

/// The same inside another generator: `yield from`.
pub struct StepsBody<Y, F> {
    step: F,
    yielder: Yielder<Y>,
}

impl<Y, F> Unpin for StepsBody<Y, F> {}

impl<Y: 'static, F: FnMut() -> PyResult<Option<Y>>> Future for StepsBody<Y, F> {
    type Output = PyResult;

    #[inline(always)]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<PyResult> {
        let this = &mut *self;
        if let Some(error) = this.yielder.0.take_thrown() {
            return Poll::Ready(Err(error.thrown()));
        }
        match (this.step)() {
            Ok(Some(item)) => {
                this.yielder.0.give(item);
                Poll::Pending
            }
            Ok(None) => Poll::Ready(Ok(())),
            Err(error) => Poll::Ready(Err(error)),
        }
    }
}
