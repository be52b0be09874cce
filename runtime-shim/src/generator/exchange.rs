//! Where a generator's body and its caller meet: what is yielded, what is sent or thrown.
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use crate::error::PyResult;
use crate::exception::{ExceptionType, RuntimeError};
use crate::value::Value;

struct Inner<Y, S> {
    out: RefCell<Option<Y>>,
    input: RefCell<Option<PyResult<S>>>,
}

/// One value each way.
pub(crate) struct Exchange<Y, S>(Rc<Inner<Y, S>>);

impl<Y, S> Clone for Exchange<Y, S> {
    fn clone(&self) -> Self {
        Exchange(self.0.clone())
    }
}

impl<Y, S> Exchange<Y, S> {
    pub(crate) fn new() -> Exchange<Y, S> {
        Exchange(Rc::new(Inner { out: RefCell::new(None), input: RefCell::new(None) }))
    }

    /// The caller sends or throws.
    pub(crate) fn put(&self, input: PyResult<S>) {
        let old = self.0.input.replace(Some(input));
        drop(old);
    }

    /// What the body has yielded.
    pub(crate) fn take(&self) -> Option<Y> {
        self.0.out.take()
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
pub struct Yielder<Y, S = ()>(Exchange<Y, S>);

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
    #[inline]
    pub fn yield_(&self, value: Y) -> Yield<'_, Y, S> {
        Yield { exchange: &self.0, value: Some(value) }
    }
}

/// `yield value`
#[must_use = "a `yield` that nobody awaits yields nothing"]
pub struct Yield<'y, Y, S> {
    exchange: &'y Exchange<Y, S>,
    value: Option<Y>,
}

impl<Y, S> Unpin for Yield<'_, Y, S> {}

impl<Y, S> Future for Yield<'_, Y, S> {
    type Output = PyResult<S>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<PyResult<S>> {
        if let Some(value) = self.value.take() {
            self.exchange.0.out.replace(Some(value));
            return Poll::Pending;
        }
        match self.exchange.0.input.take() {
            Some(Ok(value)) => Poll::Ready(Ok(value)),
            Some(Err(error)) => Poll::Ready(Err(error.thrown())),
            None => Poll::Ready(Err(RuntimeError::new("a generator was resumed by something else than its caller"))),
        }
    }
}
