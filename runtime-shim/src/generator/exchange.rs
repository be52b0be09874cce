//! Where a generator's body and its caller meet: what is yielded, what is sent or thrown.
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::handover::Handover;
use crate::error::{PyErr, PyResult};
use crate::value::Value;

struct Inner<Y, S> {
    out: Handover<Y>,
    /// What is sent, if it is not None.
    sent: Handover<S>,
    thrown: Handover<PyErr>,
}

/// One value each way.
pub(crate) struct Exchange<Y, S>(Rc<Inner<Y, S>>);

impl<Y, S> Clone for Exchange<Y, S> {
    #[inline]
    fn clone(&self) -> Self {
        Exchange(self.0.clone())
    }
}

impl<Y, S> Exchange<Y, S> {
    #[inline]
    pub(crate) fn new() -> Exchange<Y, S> {
        Exchange(Rc::new(Inner { out: Handover::new(), sent: Handover::new(), thrown: Handover::new() }))
    }

    /// The caller throws.
    #[inline]
    pub(crate) fn throw(&self, error: PyErr) {
        self.0.thrown.put(error);
    }

    /// What was thrown.
    #[inline(always)]
    pub(crate) fn take_thrown(&self) -> Option<PyErr> {
        self.0.thrown.take()
    }

    /// The body yields.
    #[inline(always)]
    pub(crate) fn give(&self, value: Y) {
        self.0.out.put(value);
    }

    /// What the body has yielded.
    #[inline(always)]
    pub(crate) fn take(&self) -> Option<Y> {
        self.0.out.take()
    }
}

impl<Y, S: Sent> Exchange<Y, S> {
    /// The caller sends or throws.
    #[inline]
    pub(crate) fn put(&self, input: PyResult<S>) {
        match input {
            Ok(value) if value.is_none() => {}
            Ok(value) => self.0.sent.put(value),
            Err(error) => self.throw(error),
        }
    }
}

/// A type that is sent into generators: `next` sends its None.
pub trait Sent: 'static {
    /// None.
    fn none() -> Self;
    /// Is it None?
    fn is_none(&self) -> bool;
}

impl Sent for () {
    fn none() {}

    fn is_none(&self) -> bool {
        true
    }
}

impl<T: 'static> Sent for Option<T> {
    fn none() -> Option<T> {
        None
    }

    fn is_none(&self) -> bool {
        Option::is_none(self)
    }
}

impl Sent for Value {
    fn none() -> Value {
        Value::default()
    }

    fn is_none(&self) -> bool {
        Value::is_none(self)
    }
}

/// The `y` of a generator's body: it yields.
pub struct Yielder<Y, S = ()>(pub(super) Exchange<Y, S>);

impl<Y, S> Clone for Yielder<Y, S> {
    fn clone(&self) -> Self {
        Yielder(self.0.clone())
    }
}

impl<Y, S> Yielder<Y, S> {
    pub(crate) fn new(exchange: Exchange<Y, S>) -> Yielder<Y, S> {
        Yielder(exchange)
    }

    /// `yield value`: gives what is sent, or raises what is thrown.
    #[inline(always)]
    pub fn yield_(&self, value: Y) -> Yield<'_, Y, S> {
        self.0.give(value);
        Yield { exchange: &self.0 }
    }
}

/// `yield value`: it waits until the value is taken, which the caller does before the body goes on.
#[must_use = "a `yield` that nobody awaits does not wait to be resumed"]
pub struct Yield<'y, Y, S> {
    exchange: &'y Exchange<Y, S>,
}

impl<Y, S> Unpin for Yield<'_, Y, S> {}

impl<Y, S: Sent> Future for Yield<'_, Y, S> {
    type Output = PyResult<S>;

    #[inline(always)]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<PyResult<S>> {
        if self.exchange.0.out.is_full() {
            return Poll::Pending;
        }
        Poll::Ready(match self.exchange.take_thrown() {
            None => Ok(self.exchange.0.sent.take().unwrap_or_else(S::none)),
            Some(error) => Err(error.thrown()),
        })
    }
}
