//! `Coroutine`: a coroutine that is kept, awaited later, or driven by hand with `send`, `throw` and `close`.
use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::asyncio::driver::{self, Driver, Yielded};
use crate::asyncio::{names, report};
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, GeneratorExit, One, RuntimeError, StopIteration, TypeError, ValueError};
use crate::handled;
use crate::object::Object;
use crate::value::Value;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Created,
    Running,
    Suspended,
    Closed,
}

type Body<T> = Pin<Box<dyn Future<Output = PyResult<T>>>>;

struct State<T> {
    body: RefCell<Option<Body<T>>>,
    phase: Cell<Phase>,
    type_name: &'static str,
    driver: Driver,
    handled: handled::Suspended,
}

/// A coroutine object: a handle; a clone is the same coroutine.
pub struct Coroutine<T>(Rc<State<T>>);

impl<T> Clone for Coroutine<T> {
    fn clone(&self) -> Self {
        Coroutine(self.0.clone())
    }
}

impl<T: 'static> Coroutine<T> {
    /// Keeps a coroutine; it runs when it is awaited or driven.
    pub fn new<F: Future<Output = PyResult<T>> + 'static>(body: F) -> Coroutine<T> {
        Coroutine::named(std::any::type_name::<F>(), body)
    }

    pub(crate) fn named(type_name: &'static str, body: impl Future<Output = PyResult<T>> + 'static) -> Coroutine<T> {
        let body: Body<T> = Box::pin(body);
        let (body, phase) = (RefCell::new(Some(body)), Cell::new(Phase::Created));
        Coroutine(Rc::new(State {
            body,
            phase,
            type_name,
            driver: Driver::default(),
            handled: handled::Suspended::default(),
        }))
    }

    pub(crate) fn type_name(&self) -> &'static str {
        self.0.type_name
    }

    /// `coro.__name__`
    pub fn name(&self) -> String {
        names::coroutine(self.0.type_name)
    }

    /// The same coroutine, its result seen as another type.
    pub fn map<U: 'static>(self, convert: impl FnOnce(T) -> U + 'static) -> Coroutine<U> {
        let type_name = self.0.type_name;
        Coroutine::named(type_name, async move { self.await.map(convert) })
    }

    /// Are both the same object?
    pub fn is_same(&self, other: &Coroutine<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// What `id()` is made of.
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }
}

impl<T> State<T> {
    /// Polls the body, of which the phase was looked at.
    fn poll(&self, cx: &mut Context<'_>) -> Poll<PyResult<T>> {
        let Some(mut body) = self.body.take() else { return Poll::Ready(Err(reused())) };
        self.phase.set(Phase::Running);
        let polled = body.as_mut().poll(cx);
        if polled.is_ready() {
            self.phase.set(Phase::Closed);
            drop(body);
        } else {
            self.phase.set(Phase::Suspended);
            self.body.replace(Some(body));
        }
        polled
    }

    /// Drives it by hand to its next yield.
    fn drive(&self, thrown: Option<PyErr>) -> Poll<PyResult<T>> {
        let poll = || self.poll(&mut Context::from_waker(Waker::noop()));
        self.handled.resume_within(|| self.driver.drive(thrown, poll))
    }

    fn close(&self) -> PyResult {
        match self.phase.get() {
            Phase::Closed => return Ok(()),
            Phase::Running => return Err(executing()),
            Phase::Created => {
                self.phase.set(Phase::Closed);
                let body = self.body.take();
                drop(body);
                return Ok(());
            }
            Phase::Suspended => {}
        }
        match self.drive(Some(GeneratorExit::new(()))) {
            Poll::Pending => {
                drop(self.driver.take_yielded());
                Err(RuntimeError::new("coroutine ignored GeneratorExit"))
            }
            Poll::Ready(Err(error)) if !error.is::<(GeneratorExit, StopIteration)>() => Err(error),
            Poll::Ready(_) => Ok(()),
        }
    }
}

impl<T: Object> Coroutine<T> {
    /// `coro.send(value)`: what it yields; StopIteration with its result when it ends.
    pub fn send(&self, value: impl Into<Value>) -> PyResult<Value> {
        let value = value.into();
        match self.0.phase.get() {
            Phase::Closed => return Err(reused()),
            Phase::Running => return Err(executing()),
            Phase::Created if !value.is_none() => {
                return Err(TypeError::new("can't send non-None value to a just-started coroutine"));
            }
            Phase::Created | Phase::Suspended => {}
        }
        self.0.driver.send(Some(value));
        self.yielded(self.0.drive(None))
    }

    /// `coro.throw(error)`
    pub fn throw(&self, error: PyErr) -> PyResult<Value> {
        match self.0.phase.get() {
            Phase::Closed => return Err(reused()),
            Phase::Running => return Err(executing()),
            Phase::Created => {
                self.0.close()?;
                return Err(error);
            }
            Phase::Suspended => {}
        }
        self.yielded(self.0.drive(Some(error)))
    }

    /// `coro.close()`
    pub fn close(&self) -> PyResult {
        self.0.close()
    }

    fn yielded(&self, polled: Poll<PyResult<T>>) -> PyResult<Value> {
        match polled {
            Poll::Ready(Ok(value)) => Err(stop_iteration(value)),
            Poll::Ready(Err(error)) if error.is::<StopIteration>() => {
                Err(RuntimeError::new("coroutine raised StopIteration").with_cause(error))
            }
            Poll::Ready(Err(error)) => Err(error),
            Poll::Pending => match self.0.driver.take_yielded() {
                Some(Yielded::Value(value)) => Ok(value),
                Some(Yielded::Future(future)) => Ok(Value::from(future.repr())),
                Some(Yielded::Bare) | None => Ok(Value::default()),
            },
        }
    }
}

/// `StopIteration(value)`; of None it has no argument.
#[cold]
pub(crate) fn stop_iteration<T: Object>(value: T) -> PyErr {
    if TypeId::of::<T>() == TypeId::of::<()>() { StopIteration::new(()) } else { StopIteration::new(One(value)) }
}

#[cold]
fn reused() -> PyErr {
    RuntimeError::new("cannot reuse already awaited coroutine")
}

#[cold]
fn executing() -> PyErr {
    ValueError::new("coroutine already executing")
}

impl<T> Drop for State<T> {
    fn drop(&mut self) {
        match self.phase.get() {
            Phase::Created => {
                report::never_awaited(&names::coroutine(self.type_name));
                self.phase.set(Phase::Closed);
            }
            Phase::Suspended => {
                if let Err(error) = self.close() {
                    report::ignored(&error, names::coroutine(self.type_name));
                }
            }
            Phase::Running | Phase::Closed => {}
        }
    }
}

/// `await coro`
pub struct Awaiting<T> {
    coroutine: Coroutine<T>,
    begun: bool,
}

impl<T: 'static> IntoFuture for Coroutine<T> {
    type Output = PyResult<T>;
    type IntoFuture = Awaiting<T>;

    fn into_future(self) -> Awaiting<T> {
        Awaiting { coroutine: self, begun: false }
    }
}

impl<T: 'static> IntoFuture for &Coroutine<T> {
    type Output = PyResult<T>;
    type IntoFuture = Awaiting<T>;

    fn into_future(self) -> Awaiting<T> {
        self.clone().into_future()
    }
}

impl<T> Future for Awaiting<T> {
    type Output = PyResult<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<PyResult<T>> {
        if !self.begun {
            self.begun = true;
            match self.coroutine.0.phase.get() {
                Phase::Created => {}
                Phase::Running => return Poll::Ready(Err(executing())),
                Phase::Suspended => {
                    return Poll::Ready(Err(RuntimeError::new("coroutine is being awaited already")));
                }
                Phase::Closed => return Poll::Ready(Err(reused())),
            }
        }
        self.coroutine.0.poll(cx)
    }
}

/// `yield value` in a coroutine of `types.coroutine`, which whoever drives it by hand gets.
pub struct BareYield(Option<Value>);

/// `yield value`: gives what is sent.
pub fn bare_yield(value: impl Into<Value>) -> BareYield {
    BareYield(Some(value.into()))
}

impl Future for BareYield {
    type Output = PyResult<Value>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<PyResult<Value>> {
        let Some(value) = self.0.take() else {
            if driver::is_probe() {
                return Poll::Pending;
            }
            return Poll::Ready(driver::resume_with().map(Option::unwrap_or_default));
        };
        driver::suspend(if value.is_none() { Yielded::Bare } else { Yielded::Value(value) })?;
        Poll::Pending
    }
}
