//! Async generators: a body that both awaits and yields; the loop finishes those that are left in the middle.
mod steps;

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use crate::asyncio::slot::Slot;
use crate::asyncio::{driver, event_loop, names, task};
use crate::coroutine::Coroutine;
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, GeneratorExit, RuntimeError, StopAsyncIteration, StopIteration, TypeError};
use crate::generator::{Exchange, GeneratorBody, Phase, Sent, Yielder};
use crate::list::List;

pub use steps::async_stepwise;

/// A body of which only the type of its items is known.
pub(crate) type AnyBody = Pin<Box<dyn Future<Output = PyResult>>>;

struct Core<Y, S, B> {
    exchange: Exchange<Y, S>,
    phase: Cell<Phase>,
    registered: Cell<bool>,
    type_name: &'static str,
    body: Slot<B, ()>,
}

/// An async generator, its types forgotten: what a loop can finish.
pub(crate) trait Finalizable {
    /// `agen.aclose()`
    fn finalize(self: Rc<Self>) -> Coroutine<()>;

    /// The same in a task of its own.
    fn close_in(self: Rc<Self>, owner: &event_loop::AbstractEventLoop);
}

/// The program's hold on it: when the last one goes, the loop finishes the generator.
struct Hold<Y: 'static, S: Sent, B: GeneratorBody>(Rc<Core<Y, S, B>>);

/// An async generator: a handle; a clone is the same generator.
pub struct AsyncGenerator<Y: 'static, S: Sent = ()>(Rc<Hold<Y, S, AnyBody>>);

/// What an async generator function gives that is only called to be iterated: its body is known to the compiler.
pub trait AsyncYields<Y: 'static>: Sized + 'static {
    /// The next value; `None` at its end.
    fn next_yield(&mut self) -> impl Future<Output = PyResult<Option<Y>>>;

    /// `[x async for x in agen]`
    #[inline]
    fn collect_yields(&mut self) -> impl Future<Output = PyResult<List<Y>>>
    where
        Y: Clone,
    {
        async move {
            let items = List::new();
            while let Some(item) = self.next_yield().await? {
                items.append(item);
            }
            Ok(items)
        }
    }
}

/// One of any form.
pub struct AsyncBody<Y: 'static, B: GeneratorBody>(Hold<Y, (), B>);

impl<Y, S: Sent> Clone for AsyncGenerator<Y, S> {
    #[inline]
    fn clone(&self) -> Self {
        AsyncGenerator(self.0.clone())
    }
}

/// `(f(x) async for x in xs)`: nothing is sent into it.
#[inline]
pub fn async_generator_expression<Y: 'static, B>(body: B) -> AsyncGenerator<Y, ()>
where
    B: AsyncFnOnce(Yielder<Y, ()>) -> PyResult + 'static,
{
    async_generator(body)
}

/// What an async generator function gives.
#[inline]
pub fn async_generator<Y, S, B>(body: B) -> AsyncGenerator<Y, S>
where
    Y: 'static,
    S: Sent,
    B: AsyncFnOnce(Yielder<Y, S>) -> PyResult + 'static,
{
    let name = std::any::type_name::<B>();
    AsyncGenerator(Rc::new(Hold::new(name, |yielder| Box::pin(body(yielder)) as AnyBody)))
}

/// What an async generator function gives that is only called to be iterated.
#[inline]
pub fn async_yields<Y, M, B>(make: M) -> AsyncBody<Y, B>
where
    Y: 'static,
    M: FnOnce(Yielder<Y, ()>) -> B,
    B: GeneratorBody,
{
    AsyncBody(Hold::new(std::any::type_name::<M>(), make))
}

impl<Y: 'static, S: Sent, B: GeneratorBody> Hold<Y, S, B> {
    #[inline]
    fn new(type_name: &'static str, body: impl FnOnce(Yielder<Y, S>) -> B) -> Hold<Y, S, B> {
        let exchange = Exchange::new();
        let body = Slot::new(body(Yielder::new(exchange.clone())));
        let (phase, registered) = (Cell::new(Phase::Created), Cell::new(false));
        Hold(Rc::new(Core { exchange, phase, registered, type_name, body }))
    }

    #[inline]
    fn register(&self) {
        if !self.0.registered.get() {
            self.register_now();
        }
    }

    #[cold]
    fn register_now(&self) {
        self.0.registered.set(true);
        register(self.0.clone());
    }
}

impl<Y: 'static, B: GeneratorBody> AsyncYields<Y> for AsyncBody<Y, B> {
    #[inline(always)]
    fn next_yield(&mut self) -> impl Future<Output = PyResult<Option<Y>>> {
        // Whoever iterates it has it alone: it is not running. The body of one that has ended is gone.
        if self.0.0.phase.replace(Phase::Running) == Phase::Created {
            self.0.register();
        }
        Next { core: &self.0.0 }
    }
}

/// What `async for` waits for: the body goes on to its next yield.
struct Next<'c, Y, B> {
    core: &'c Core<Y, (), B>,
}

impl<Y: 'static, B: GeneratorBody> Future for Next<'_, Y, B> {
    type Output = PyResult<Option<Y>>;

    #[inline(always)]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<PyResult<Option<Y>>> {
        self.core.poll(cx)
    }
}

/// The loop closes it at its end.
fn register(core: Rc<dyn Finalizable>) {
    if let Ok(owner) = event_loop::running() {
        owner.register_generator(&core);
    }
}

/// It was left in the middle: the loop closes it in a task. `false`: no loop runs.
fn close_later(core: Rc<dyn Finalizable>) -> bool {
    let Ok(owner) = event_loop::running() else { return false };
    let task_owner = event_loop::AbstractEventLoop(owner.clone());
    let make = Box::new(move || {
        core.close_in(&task_owner);
        Ok(())
    });
    owner.schedule_threadsafe(crate::asyncio::callback::Ready::Call(make));
    true
}

/// It runs to the next yield: `Some` of it, or `None` at the end.
struct Resumed<'c, Y, S, B> {
    core: &'c Core<Y, S, B>,
    /// How it ends when the body does not go on.
    refused: Option<PyResult>,
}

impl<Y, S, B> Unpin for Resumed<'_, Y, S, B> {}

impl<Y: 'static, S: Sent, B: GeneratorBody> Future for Resumed<'_, Y, S, B> {
    type Output = PyResult<Option<Y>>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<PyResult<Option<Y>>> {
        if let Some(outcome) = self.refused.take() {
            return Poll::Ready(outcome.map(|()| None));
        }
        self.core.poll(cx)
    }
}

impl<Y: 'static, S: Sent, B: GeneratorBody> Core<Y, S, B> {
    /// Polls the body: what it yields, or `None` at its end.
    #[inline(always)]
    fn poll(&self, cx: &mut Context<'_>) -> Poll<PyResult<Option<Y>>> {
        // SAFETY: the slot is in its generator's `Rc`, where it stays.
        match unsafe { self.body.poll(cx) } {
            Some(Poll::Pending) => match self.exchange.take() {
                Some(value) => {
                    self.phase.set(Phase::Suspended);
                    Poll::Ready(Ok(Some(value)))
                }
                None => Poll::Pending,
            },
            Some(Poll::Ready(outcome)) => Poll::Ready(self.ended(outcome)),
            None => Poll::Ready(self.ended(Ok(()))),
        }
    }

    /// The body goes on when this is polled.
    #[inline]
    fn resume(&self, input: PyResult<S>) -> Resumed<'_, Y, S, B> {
        let refused = match self.phase.get() {
            Phase::Suspended => {
                self.exchange.put(input);
                None
            }
            Phase::Created if input.is_ok() => None,
            _ => Some(self.refused(input)),
        };
        if refused.is_none() {
            self.phase.set(Phase::Running);
        }
        Resumed { core: self, refused }
    }

    #[cold]
    fn refused(&self, input: PyResult<S>) -> PyResult {
        match self.phase.get() {
            Phase::Running => Err(RuntimeError::new("anext(): asynchronous generator is already running")),
            Phase::Created => {
                self.end();
                input.map(drop)
            }
            Phase::Suspended | Phase::Closed => input.map(drop),
        }
    }

    /// The body has ended.
    #[cold]
    fn ended(&self, outcome: PyResult) -> PyResult<Option<Y>> {
        self.body.clear();
        self.phase.set(Phase::Closed);
        match outcome {
            Ok(()) => Ok(None),
            Err(error) => Err(stopped(error)),
        }
    }

    #[inline]
    fn end(&self) {
        self.phase.set(Phase::Closed);
        self.body.clear();
    }

    async fn close(&self) -> PyResult {
        match self.phase.get() {
            Phase::Closed => return Ok(()),
            Phase::Created => {
                self.end();
                return Ok(());
            }
            Phase::Running => {
                return Err(RuntimeError::new("aclose(): asynchronous generator is already running"));
            }
            Phase::Suspended => {}
        }
        match self.resume(Err(GeneratorExit::new(()))).await {
            Ok(Some(_)) => Err(RuntimeError::new("async generator ignored GeneratorExit")),
            Err(error) if !error.is::<(GeneratorExit, StopAsyncIteration)>() => Err(error),
            Ok(None) | Err(_) => Ok(()),
        }
    }
}

impl<Y: 'static, S: Sent, B: GeneratorBody> Finalizable for Core<Y, S, B> {
    #[inline]
    fn finalize(self: Rc<Self>) -> Coroutine<()> {
        Coroutine::named("aclose", async move { self.close().await })
    }

    #[inline]
    fn close_in(self: Rc<Self>, owner: &event_loop::AbstractEventLoop) {
        let closing = async move {
            // What cancels the task before it has begun is raised in the generator.
            match driver::resume() {
                Ok(()) => self.close().await,
                Err(error) => self.resume(Err(error)).await.map(drop),
            }
        };
        task::spawn_begun(closing, &owner.0, "async_generator_athrow");
    }
}

impl<Y: 'static, S: Sent, B: GeneratorBody> Drop for Hold<Y, S, B> {
    #[inline]
    fn drop(&mut self) {
        if self.0.phase.get() != Phase::Suspended {
            return;
        }
        if !close_later(self.0.clone()) {
            self.0.end();
        }
    }
}

impl<Y: 'static, S: Sent> AsyncGenerator<Y, S> {
    #[inline]
    fn register(&self) {
        self.0.register();
    }

    /// The next value; `None` at its end.
    #[inline]
    pub fn anext(&self) -> impl Future<Output = PyResult<Option<Y>>> {
        self.register();
        self.0.0.resume(Ok(S::none()))
    }

    /// `[x async for x in agen]`
    #[inline]
    pub async fn collect(&self) -> PyResult<List<Y>>
    where
        Y: Clone,
    {
        let items = List::new();
        while let Some(item) = self.anext().await? {
            items.append(item);
        }
        Ok(items)
    }

    /// `await agen.__anext__()`: StopAsyncIteration at its end.
    #[inline]
    pub fn next(&self) -> impl Future<Output = PyResult<Y>> + use<Y, S> {
        let this = self.clone();
        async move { this.anext().await?.ok_or_else(stop) }
    }

    /// `await agen.asend(value)`
    #[inline]
    pub fn asend(&self, value: S) -> impl Future<Output = PyResult<Y>> + use<Y, S> {
        let this = self.clone();
        async move {
            this.register();
            if this.0.0.phase.get() == Phase::Created && !value.is_none() {
                return Err(TypeError::new("can't send non-None value to a just-started async generator"));
            }
            this.0.0.resume(Ok(value)).await?.ok_or_else(stop)
        }
    }

    /// `await agen.athrow(error)`
    #[inline]
    pub fn athrow(&self, error: PyErr) -> impl Future<Output = PyResult<Y>> + use<Y, S> {
        let this = self.clone();
        async move {
            this.register();
            this.0.0.resume(Err(error)).await?.ok_or_else(stop)
        }
    }

    /// `await agen.aclose()`
    #[inline]
    pub fn aclose(&self) -> impl Future<Output = PyResult> + use<Y, S> {
        let this = self.clone();
        async move { this.0.0.close().await }
    }

    /// `agen.__name__`
    #[inline]
    pub fn name(&self) -> String {
        names::coroutine(self.0.0.type_name)
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }
}

/// PEP 479.
#[cold]
fn stopped(error: PyErr) -> PyErr {
    let stopped = |name: &str| RuntimeError::new(format!("async generator raised {name}"));
    match () {
        () if error.is::<StopIteration>() => stopped("StopIteration").with_cause(error),
        () if error.is::<StopAsyncIteration>() => stopped("StopAsyncIteration").with_cause(error),
        () => error,
    }
}

#[cold]
fn stop() -> PyErr {
    StopAsyncIteration::new(())
}

/// What `__anext__` gave, as a loop takes it: StopAsyncIteration is the end.
#[inline]
pub fn item_or_end<T>(item: PyResult<T>) -> PyResult<Option<T>> {
    match item {
        Ok(item) => Ok(Some(item)),
        Err(error) if error.is::<StopAsyncIteration>() => Ok(None),
        Err(error) => Err(error),
    }
}
