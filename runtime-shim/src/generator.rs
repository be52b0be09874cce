//! Generators: a body that is polled from yield to yield, with `send`, `throw`, `close`, a result, and `yield from`.
mod delegate;
mod exchange;
mod handover;
mod steps;
mod yields;

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

pub use delegate::Delegate;
pub(crate) use exchange::Exchange;
pub use exchange::{Sent, Yield, Yielder};
pub use steps::{Steps, stepwise};
pub use yields::{GeneratorBody, Unbegun, Yields, YieldsIter, yields};

use crate::asyncio::names;
use crate::coroutine::stop_iteration;
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, GeneratorExit, RuntimeError, StopIteration, TypeError, ValueError};
use crate::handled;
use crate::iter::{Iter, Iterable, ToIter};
use crate::object::Object;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Created,
    Running,
    Suspended,
    Closed,
}

type Body<R> = Pin<Box<dyn Future<Output = PyResult<R>>>>;

struct State<Y, S: Sent, R> {
    body: RefCell<Option<Body<R>>>,
    exchange: Exchange<Y, S>,
    phase: Cell<Phase>,
    handled: handled::Suspended,
    type_name: &'static str,
}

/// A generator: a handle; a clone is the same generator. `Y` is yielded, `S` sent, `R` returned.
pub struct Generator<Y, S: Sent = (), R = ()>(Rc<State<Y, S, R>>);

impl<Y, S: Sent, R> Clone for Generator<Y, S, R> {
    fn clone(&self) -> Self {
        Generator(self.0.clone())
    }
}

/// `(f(x) for x in xs)` as a value: nothing is sent into it, and it returns nothing.
#[inline]
pub fn generator_expression<Y: 'static, B>(body: B) -> Generator<Y, (), ()>
where
    B: AsyncFnOnce(Yielder<Y, ()>) -> PyResult + 'static,
{
    generator(body)
}

/// What a generator function gives: its body runs when the first value is asked for.
pub fn generator<Y, S, R, B>(body: B) -> Generator<Y, S, R>
where
    Y: 'static,
    S: Sent,
    R: 'static,
    B: AsyncFnOnce(Yielder<Y, S>) -> PyResult<R> + 'static,
{
    let exchange = Exchange::new();
    let yielder = Yielder::new(exchange.clone());
    let type_name = std::any::type_name::<B>();
    let body: Body<R> = Box::pin(async move { body(yielder).await });
    let (body, phase) = (RefCell::new(Some(body)), Cell::new(Phase::Created));
    let handled = handled::Suspended::default();
    Generator(Rc::new(State { body, exchange, phase, handled, type_name }))
}

/// How a step of a generator ended.
pub(crate) enum Step<Y, R> {
    Yielded(Y),
    Returned(R),
    Raised(PyErr),
    /// It had ended before.
    Ended,
}

impl<Y, S: Sent, R> State<Y, S, R> {
    fn resume(&self, input: PyResult<S>) -> Step<Y, R> {
        match self.phase.get() {
            Phase::Running => return Step::Raised(ValueError::new("generator already executing")),
            Phase::Closed => return input.err().map_or(Step::Ended, Step::Raised),
            Phase::Created => {
                if let Err(error) = input {
                    self.end();
                    return Step::Raised(error);
                }
            }
            Phase::Suspended => self.exchange.put(input),
        }
        self.phase.set(Phase::Running);
        // While it runs, its phase keeps everybody else away from the body.
        let mut body = self.body.borrow_mut();
        let Some(running) = body.as_mut() else { return Step::Ended };
        let polled = self.handled.resume_within(|| running.as_mut().poll(&mut Context::from_waker(Waker::noop())));
        match polled {
            Poll::Pending => {
                self.phase.set(Phase::Suspended);
                match self.exchange.take() {
                    Some(value) => Step::Yielded(value),
                    None => Step::Raised(RuntimeError::new("a generator awaited something")),
                }
            }
            Poll::Ready(result) => {
                self.phase.set(Phase::Closed);
                let ended = body.take();
                drop(body);
                drop(ended);
                match result {
                    Ok(value) => Step::Returned(value),
                    // PEP 479.
                    Err(error) if error.is::<StopIteration>() => {
                        Step::Raised(RuntimeError::new("generator raised StopIteration").with_cause(error))
                    }
                    Err(error) => Step::Raised(error),
                }
            }
        }
    }

    fn end(&self) {
        self.phase.set(Phase::Closed);
        let body = self.body.take();
        drop(body);
    }

    fn close(&self) -> PyResult {
        if self.phase.get() == Phase::Created {
            self.end();
        }
        if self.phase.get() == Phase::Closed {
            return Ok(());
        }
        match self.resume(Err(GeneratorExit::new(()))) {
            Step::Yielded(_) => Err(RuntimeError::new("generator ignored GeneratorExit")),
            Step::Raised(error) if !error.is::<(GeneratorExit, StopIteration)>() => Err(error),
            Step::Raised(_) | Step::Returned(_) | Step::Ended => Ok(()),
        }
    }
}

impl<Y, S: Sent, R> Drop for State<Y, S, R> {
    fn drop(&mut self) {
        if self.phase.get() == Phase::Suspended
            && let Err(error) = self.close()
        {
            crate::asyncio::report::ignored(&error, "generator", names::coroutine(self.type_name));
        }
    }
}

impl<Y: 'static, S: Sent, R: Object> Generator<Y, S, R> {
    /// `next(g)`
    pub fn next(&self) -> PyResult<Y> {
        self.finish(self.0.resume(Ok(S::none())))
    }

    /// `g.send(value)`
    pub fn send(&self, value: S) -> PyResult<Y> {
        if self.0.phase.get() == Phase::Created && !value.is_none() {
            return Err(TypeError::new("can't send non-None value to a just-started generator"));
        }
        self.finish(self.0.resume(Ok(value)))
    }

    /// `g.throw(error)`
    pub fn throw(&self, error: PyErr) -> PyResult<Y> {
        self.finish(self.0.resume(Err(error)))
    }

    /// `g.close()`
    pub fn close(&self) -> PyResult {
        self.0.close()
    }

    fn finish(&self, step: Step<Y, R>) -> PyResult<Y> {
        match step {
            Step::Yielded(value) => Ok(value),
            Step::Returned(value) => Err(stop_iteration(value)),
            Step::Raised(error) => Err(error),
            Step::Ended => Err(StopIteration::new(())),
        }
    }
}

impl<Y: 'static, S: Sent, R: 'static> Generator<Y, S, R> {
    /// The next value; `None` at its end.
    pub fn step(&self) -> Option<PyResult<Y>> {
        match self.0.resume(Ok(S::none())) {
            Step::Yielded(value) => Some(Ok(value)),
            Step::Raised(error) => Some(Err(error)),
            Step::Returned(_) | Step::Ended => None,
        }
    }

    pub(crate) fn resume(&self, input: PyResult<S>) -> Step<Y, R> {
        self.0.resume(input)
    }

    /// An iterator of Rust over what it still yields.
    pub fn iter(&self) -> Items<Y, S, R> {
        Items(self.clone())
    }

    /// `g.__name__`
    pub fn name(&self) -> String {
        names::coroutine(self.0.type_name)
    }

    /// What `id()` is made of.
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }
}

/// The values of a generator.
pub struct Items<Y, S: Sent, R>(Generator<Y, S, R>);

impl<Y: 'static, S: Sent, R: 'static> Iterator for Items<Y, S, R> {
    type Item = PyResult<Y>;

    fn next(&mut self) -> Option<PyResult<Y>> {
        self.0.step()
    }
}

impl<Y: 'static, S: Sent, R: 'static> IntoIterator for &Generator<Y, S, R> {
    type Item = PyResult<Y>;
    type IntoIter = Items<Y, S, R>;

    fn into_iter(self) -> Items<Y, S, R> {
        self.iter()
    }
}

impl<Y: 'static, S: Sent, R: 'static> IntoIterator for Generator<Y, S, R> {
    type Item = PyResult<Y>;
    type IntoIter = Items<Y, S, R>;

    fn into_iter(self) -> Items<Y, S, R> {
        self.iter()
    }
}

impl<Y: 'static, S: Sent, R: 'static> Iterable for Generator<Y, S, R> {
    type Item = Y;

    fn items(&self) -> impl Iterator<Item = PyResult<Y>> {
        self.iter()
    }
}

impl<Y: 'static, S: Sent, R: 'static> ToIter for Generator<Y, S, R> {
    fn to_iter(&self) -> Iter<Y> {
        Iter::named("generator", self.iter())
    }
}
