//! A generator that is iterated where it is made, and nowhere else: its body is known to the compiler.
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::Phase;
use super::exchange::{Exchange, Yielder};
use crate::asyncio::names;
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, GeneratorExit, RuntimeError, StopIteration};
use crate::handled;

/// The body of a generator.
pub trait GeneratorBody: Future<Output = PyResult> + 'static {}

impl<F: Future<Output = PyResult> + 'static> GeneratorBody for F {}

/// What a generator function gives that is only called to be iterated.
pub trait Yields<Y>: IntoIterator<Item = PyResult<Y>> {
    #[doc(hidden)]
    type Body: GeneratorBody;

    /// Its body, which yields there.
    #[doc(hidden)]
    fn body(self, yielder: Yielder<Y>) -> Self::Body;
}

/// Such a generator, not begun.
pub struct Unbegun<Y, M, B> {
    make: M,
    types: PhantomData<fn() -> (Y, B)>,
}

/// What a generator function gives that is only called to be iterated.
#[inline]
pub fn yields<Y, M, B>(make: M) -> Unbegun<Y, M, B>
where
    Y: 'static,
    M: FnOnce(Yielder<Y>) -> B,
    B: GeneratorBody,
{
    Unbegun { make, types: PhantomData }
}

impl<Y: 'static, M: FnOnce(Yielder<Y>) -> B, B: GeneratorBody> Yields<Y> for Unbegun<Y, M, B> {
    type Body = B;

    #[inline]
    fn body(self, yielder: Yielder<Y>) -> B {
        (self.make)(yielder)
    }
}

impl<Y: 'static> Yielder<Y, ()> {
    /// `yield from`, of a generator that is made here.
    #[inline]
    pub fn yield_all<G: Yields<Y>>(&self, all: G) -> GiveAll<'_, Y, G::Body> {
        GiveAll { exchange: &self.0, closing: None, body: all.body(self.clone()) }
    }
}

/// `yield from`, of a generator that is made there: its body runs inside the outer one's.
///
/// Pinning: `body` is pinned with it, the other fields are not; nothing moves out of `body`.
#[must_use = "a `yield from` that nobody awaits yields nothing"]
pub struct GiveAll<'y, Y, B> {
    exchange: &'y Exchange<Y, ()>,
    /// What closes it.
    closing: Option<PyErr>,
    body: B,
}

impl<Y, B: GeneratorBody> Future for GiveAll<'_, Y, B> {
    type Output = PyResult;

    #[inline(always)]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<PyResult> {
        // SAFETY: `body` stays where it is until it is dropped with the rest, and is handed out pinned.
        let this = unsafe { self.get_unchecked_mut() };
        if let Some(error) = this.exchange.take_thrown() {
            this.closing = Some(&error).filter(|error| error.is::<GeneratorExit>()).cloned();
            this.exchange.throw(error);
        }
        // SAFETY: as above.
        match unsafe { Pin::new_unchecked(&mut this.body) }.poll(cx) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(outcome) => Poll::Ready(ended(outcome, this.closing.take())),
        }
    }
}

/// What `yield from` gives when the inner generator has ended; when it was closed, the outer one is closed too.
#[inline]
fn ended(outcome: PyResult, closing: Option<PyErr>) -> PyResult {
    match (outcome, closing) {
        (Ok(()), None) => Ok(()),
        (Ok(()), Some(exit)) => Err(exit),
        (Err(error), _) => Err(stopped(error)),
    }
}

/// PEP 479.
#[cold]
pub(super) fn stopped(error: PyErr) -> PyErr {
    if error.is::<StopIteration>() {
        return RuntimeError::new("generator raised StopIteration").with_cause(error);
    }
    error
}

#[cold]
fn awaited() -> PyErr {
    RuntimeError::new("a generator awaited something")
}

/// The loop's side of it.
pub struct YieldsIter<Y: 'static, B: GeneratorBody> {
    exchange: Exchange<Y, ()>,
    body: Pin<Box<B>>,
    phase: Phase,
    handled: handled::Suspended,
    type_name: &'static str,
}

impl<Y: 'static, M: FnOnce(Yielder<Y>) -> B, B: GeneratorBody> IntoIterator for Unbegun<Y, M, B> {
    type Item = PyResult<Y>;
    type IntoIter = YieldsIter<Y, B>;

    #[inline]
    fn into_iter(self) -> YieldsIter<Y, B> {
        let exchange = Exchange::new();
        let (body, type_name) = (Box::pin(self.body(Yielder::new(exchange.clone()))), std::any::type_name::<M>());
        YieldsIter { exchange, body, phase: Phase::Created, handled: handled::Suspended::default(), type_name }
    }
}

impl<Y, B: GeneratorBody> YieldsIter<Y, B> {
    #[inline(always)]
    fn resume(&mut self) -> Poll<PyResult> {
        let (body, handled) = (self.body.as_mut(), &self.handled);
        handled.resume_within(|| body.poll(&mut Context::from_waker(Waker::noop())))
    }

    #[cold]
    #[inline(never)]
    fn close(&mut self) {
        self.exchange.throw(GeneratorExit::new(()));
        let error = match self.resume() {
            Poll::Pending => RuntimeError::new("generator ignored GeneratorExit"),
            Poll::Ready(Err(error)) if !error.is::<(GeneratorExit, StopIteration)>() => error,
            Poll::Ready(_) => return,
        };
        crate::asyncio::report::ignored(&error, "generator", names::coroutine(self.type_name));
    }
}

impl<Y, B: GeneratorBody> Iterator for YieldsIter<Y, B> {
    type Item = PyResult<Y>;

    #[inline(always)]
    fn next(&mut self) -> Option<PyResult<Y>> {
        if self.phase == Phase::Closed {
            return None;
        }
        // A body that unwinds is not polled again.
        self.phase = Phase::Closed;
        match self.resume() {
            Poll::Pending => {
                self.phase = Phase::Suspended;
                Some(self.exchange.take().ok_or_else(awaited))
            }
            Poll::Ready(Ok(())) => None,
            Poll::Ready(Err(error)) => Some(Err(stopped(error))),
        }
    }
}

impl<Y, B: GeneratorBody> Drop for YieldsIter<Y, B> {
    #[inline]
    fn drop(&mut self) {
        if self.phase == Phase::Suspended {
            self.close();
        }
    }
}
