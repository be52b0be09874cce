//! `Coroutine`: a coroutine that is kept, awaited later, or driven by hand with `send`, `throw` and `close`.
use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::asyncio::driver::{Driver, Input, Yielded};
use crate::asyncio::{names, report};
use crate::error::{PyErr, PyResult};
use crate::exception::{
    ExceptionType, GeneratorExit, NotImplementedError, One, RuntimeError, StopIteration, TypeError, ValueError,
};
use crate::generator::Sent;
use crate::handled;
use crate::object::Object;
use crate::text::Str;

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
    /// Keeps a coroutine; it runs when it is awaited or driven. What is kept already stays what it is.
    pub fn new<F: Kept<T>>(body: F) -> Coroutine<T> {
        body.kept()
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

    /// `coro.__qualname__`
    pub fn qualname(&self) -> Str {
        self.name().into()
    }

    /// `coro.__name__`
    pub fn python_name(&self) -> Str {
        let name = self.name();
        name.rsplit('.').next().unwrap_or_default().to_owned().into()
    }

    /// What it is called in messages.
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

/// What can be kept as a coroutine: a future of Rust, or a coroutine.
pub trait Kept<T> {
    /// The coroutine.
    fn kept(self) -> Coroutine<T>;
}

impl<T: 'static, F: Future<Output = PyResult<T>> + 'static> Kept<T> for F {
    fn kept(self) -> Coroutine<T> {
        Coroutine::named(std::any::type_name::<F>(), self)
    }
}

impl<T> Kept<T> for Coroutine<T> {
    fn kept(self) -> Coroutine<T> {
        self
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
    fn drive(&self, input: Input) -> (Poll<PyResult<T>>, Option<Yielded>) {
        let poll = || self.poll(&mut Context::from_waker(Waker::noop()));
        self.handled.resume_within(|| self.driver.drive(input, poll))
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
        match self.drive(Input::Thrown(GeneratorExit::new(()))).0 {
            Poll::Pending => Err(RuntimeError::new("coroutine ignored GeneratorExit")),
            Poll::Ready(Err(error)) if !error.is::<(GeneratorExit, StopIteration)>() => Err(error),
            Poll::Ready(_) => Ok(()),
        }
    }
}

impl<T: Object> Coroutine<T> {
    /// `coro.send(value)`: what it yields; StopIteration with its result when it ends.
    pub fn send<Y: Sent, S: Sent>(&self, value: S) -> PyResult<Y> {
        match self.0.phase.get() {
            Phase::Closed => return Err(reused()),
            Phase::Running => return Err(executing()),
            Phase::Created if !value.is_none() => {
                return Err(TypeError::new("can't send non-None value to a just-started coroutine"));
            }
            Phase::Created | Phase::Suspended => {}
        }
        self.yielded(self.0.drive(Input::Sent(Box::new(value))))
    }

    /// `coro.throw(error)`
    pub fn throw<Y: Sent>(&self, error: PyErr) -> PyResult<Y> {
        match self.0.phase.get() {
            Phase::Closed => return Err(reused()),
            Phase::Running => return Err(executing()),
            Phase::Created => {
                self.0.close()?;
                return Err(error);
            }
            Phase::Suspended => {}
        }
        self.yielded(self.0.drive(Input::Thrown(error)))
    }

    /// `coro.close()`
    pub fn close(&self) -> PyResult {
        self.0.close()
    }

    fn yielded<Y: Sent>(&self, (polled, yielded): (Poll<PyResult<T>>, Option<Yielded>)) -> PyResult<Y> {
        match polled {
            Poll::Ready(Ok(value)) => Err(stop_iteration(value)),
            Poll::Ready(Err(error)) if error.is::<StopIteration>() => {
                Err(RuntimeError::new("coroutine raised StopIteration").with_cause(error))
            }
            Poll::Ready(Err(error)) => Err(error),
            Poll::Pending => match yielded {
                Some(Yielded::Value(value)) => {
                    let text = "a coroutine that is driven by hand has yielded a value of another program";
                    value.take().ok_or_else(|| RuntimeError::new(text))
                }
                Some(Yielded::Future(_)) => {
                    let text = "a future of asyncio, yielded to whoever drives a coroutine by hand, is not translated";
                    Err(NotImplementedError::new(text))
                }
                Some(Yielded::Bare) | None => Ok(Y::none()),
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
                    report::ignored(&error, "coroutine", names::coroutine(self.type_name));
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

impl<T> Drop for Awaiting<T> {
    fn drop(&mut self) {
        // A task that is cancelled before it begins closes its coroutine.
        if !self.begun && crate::asyncio::driver::is_closing() && self.coroutine.0.phase.get() == Phase::Created {
            let _ = self.coroutine.0.close();
        }
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
