//! `asyncio.Future`, and awaiting one.
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::awaitable::Payload;
use super::callback::Callback;
use super::core::{AnyFuture, Awaited, Core, Status};
use super::driver::{self, Yielded};
use super::event_loop::{self, AbstractEventLoop, Loop};
use super::exceptions::{invalid_state, runtime_error};
use super::gather::Hub;
use super::report;
use crate::contextvars;
use crate::error::{PyErr, PyResult};
use crate::escape::OrEscape;
use crate::exception::StopIteration;
use crate::object::repr;
use crate::shelf::Shelf;

/// A future's state and result.
pub(crate) struct FutureState<T: Payload> {
    core: Core,
    value: Shelf<T>,
    /// The children that a `gather` cancels in its place.
    children: Shelf<Rc<Hub>>,
}

impl<T: Payload> FutureState<T> {
    pub(crate) fn new(owner: Rc<Loop>) -> Rc<FutureState<T>> {
        Rc::new(FutureState { core: Core::new(owner), value: Shelf::new(None), children: Shelf::new(None) })
    }

    pub(crate) fn set_children(&self, hub: Rc<Hub>) {
        self.children.set(Some(hub));
    }

    /// `futures._set_result_unless_cancelled`
    pub(crate) fn finish_unless_done(&self, value: T) {
        if !self.core.is_done() {
            self.value.set(Some(value));
            self.core.finish(Status::Finished);
        }
    }
}

impl<T: Payload> AnyFuture for FutureState<T> {
    fn core(&self) -> &Core {
        &self.core
    }

    fn cancel(&self, message: Option<&str>) -> bool {
        match self.hub() {
            Some(hub) if !self.core.is_done() => hub.cancel(message),
            _ => self.core.cancel(message),
        }
    }

    fn repr(&self) -> String {
        report::repr_future(self.kind(), &self.core, || repr(&self.value.get()))
    }

    fn hub(&self) -> Option<Rc<Hub>> {
        self.children.get()
    }

    fn kind(&self) -> &'static str {
        if self.hub().is_some() { "_GatheringFuture" } else { "Future" }
    }
}

impl<T: Payload> Awaited<T> for FutureState<T> {
    fn value(&self) -> T {
        self.value.get().expect("a future that is finished without an exception has a value")
    }

    fn set_value(&self, value: T) -> PyResult {
        if self.core.is_done() {
            return Err(invalid_state("invalid state"));
        }
        self.finish_unless_done(value);
        Ok(())
    }

    fn set_error(&self, error: PyErr) -> PyResult {
        if self.core.is_done() {
            return Err(invalid_state("invalid state"));
        }
        if error.is::<StopIteration>() {
            let text = "StopIteration interacts badly with generators and cannot be raised into a Future";
            self.core.fail(runtime_error(text).with_cause(error));
            return Ok(());
        }
        self.core.fail(error);
        Ok(())
    }
}

impl<T: Payload> Drop for FutureState<T> {
    fn drop(&mut self) {
        self.core.dropped(self);
    }
}

/// `asyncio.Future`: a result that is there later.
pub struct Future<T>(pub(crate) Rc<dyn Awaited<T>>);

impl<T> Clone for Future<T> {
    fn clone(&self) -> Self {
        Future(self.0.clone())
    }
}

impl<T: Payload> Future<T> {
    pub(crate) fn of(state: Rc<FutureState<T>>) -> Future<T> {
        Future(state)
    }

    /// `asyncio.Future()`
    #[expect(clippy::new_without_default, reason = "it belongs to the current loop")]
    pub fn new() -> Future<T> {
        Future::of(FutureState::new(event_loop::current().or_escape()))
    }

    /// `future.set_result(value)`
    pub fn set_result(&self, value: T) -> PyResult {
        self.0.set_value(value)
    }

    /// `future.set_exception(error)`
    pub fn set_exception(&self, error: PyErr) -> PyResult {
        self.0.set_error(error)
    }

    /// `future.result()`
    pub fn result(&self) -> PyResult<T> {
        self.0.core().check()?;
        Ok(self.0.value())
    }

    /// `future.add_done_callback(callback)`
    pub fn add_done_callback<R>(&self, callback: impl Fn(Future<T>) -> PyResult<R> + 'static) {
        let future = self.clone();
        let name = std::any::type_name_of_val(&callback);
        let call = contextvars::carried(move || callback(future).map(drop));
        self.0.core().add_callback(Callback::call(name, call));
    }
}

/// A future of which the result is seen as another type.
struct Mapped<T, U> {
    future: Rc<dyn Awaited<T>>,
    convert: fn(T) -> U,
}

impl<T, U> AnyFuture for Mapped<T, U> {
    fn core(&self) -> &Core {
        self.future.core()
    }

    fn cancel(&self, message: Option<&str>) -> bool {
        self.future.cancel(message)
    }

    fn repr(&self) -> String {
        self.future.repr()
    }

    fn kind(&self) -> &'static str {
        self.future.kind()
    }

    fn set_quiet(&self) {
        self.future.set_quiet();
    }
}

impl<T, U> Awaited<U> for Mapped<T, U> {
    fn value(&self) -> U {
        (self.convert)(self.future.value())
    }

    fn set_value(&self, _: U) -> PyResult {
        Err(runtime_error("the result of this future is another's"))
    }

    fn set_error(&self, error: PyErr) -> PyResult {
        self.future.set_error(error)
    }
}

impl<T: Payload> Future<T> {
    /// The same future, its result seen as `U`.
    pub fn map<U: Payload>(self, convert: fn(T) -> U) -> Future<U> {
        Future(Rc::new(Mapped { future: self.0, convert }))
    }
}

/// What a task has too.
macro_rules! common {
    ($type:ident) => {
        impl<T: Payload> $type<T> {
            /// `done()`
            pub fn done(&self) -> bool {
                self.0.core().is_done()
            }

            /// `cancelled()`
            pub fn cancelled(&self) -> bool {
                self.0.core().is_cancelled()
            }

            /// `cancel(msg)`
            pub fn cancel(&self, message: Option<$crate::text::Str>) -> bool {
                self.0.cancel(message.as_deref())
            }

            /// `exception()`
            pub fn exception(&self) -> PyResult<Option<PyErr>> {
                self.0.core().exception()
            }

            /// `get_loop()`
            pub fn get_loop(&self) -> AbstractEventLoop {
                AbstractEventLoop(self.0.core().owner().clone())
            }

            /// Are both the same object?
            pub fn is_same(&self, other: &Self) -> bool {
                self.address() == other.address()
            }

            /// What `id()` is made of.
            pub fn address(&self) -> usize {
                std::ptr::from_ref(self.0.core()) as usize
            }

            /// `repr()`
            pub fn repr(&self) -> String {
                self.0.repr()
            }
        }

        impl<T: Payload> std::fmt::Display for $type<T> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.repr())
            }
        }

        impl<T: Payload> IntoFuture for $type<T> {
            type Output = PyResult<T>;
            type IntoFuture = $crate::asyncio::Wait<T>;

            fn into_future(self) -> $crate::asyncio::Wait<T> {
                $crate::asyncio::Wait::new(self.0)
            }
        }

        impl<T: Payload> IntoFuture for &$type<T> {
            type Output = PyResult<T>;
            type IntoFuture = $crate::asyncio::Wait<T>;

            fn into_future(self) -> $crate::asyncio::Wait<T> {
                self.clone().into_future()
            }
        }
    };
}
pub(crate) use common;
common!(Future);

/// `await future`
#[must_use = "a future does nothing for who does not await it"]
pub struct Wait<T> {
    future: Rc<dyn Awaited<T>>,
    suspended: bool,
}

impl<T> Wait<T> {
    pub(crate) fn new(future: Rc<dyn Awaited<T>>) -> Wait<T> {
        Wait { future, suspended: false }
    }
}

impl<T: 'static> std::future::Future for Wait<T> {
    type Output = PyResult<T>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<PyResult<T>> {
        if self.suspended {
            if driver::is_probe() {
                return Poll::Pending;
            }
            driver::resume()?;
        }
        let core = self.future.core();
        if core.is_done() {
            core.check()?;
            return Poll::Ready(Ok(self.future.value()));
        }
        if self.suspended {
            return Poll::Ready(Err(runtime_error("await wasn't used with future")));
        }
        self.suspended = true;
        let future = self.future.clone();
        driver::suspend(Yielded::Future(future))?;
        Poll::Pending
    }
}
