//! Async generators: a body that both awaits and yields; the loop finishes those that are left in the middle.
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use crate::asyncio::{driver, event_loop, names, task};
use crate::coroutine::Coroutine;
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, GeneratorExit, RuntimeError, StopAsyncIteration, StopIteration, TypeError};
use crate::generator::{Exchange, Phase, Sent, Yielder};
use crate::list::List;

type Body = Pin<Box<dyn Future<Output = PyResult>>>;

struct Core<Y, S> {
    body: RefCell<Option<Body>>,
    exchange: Exchange<Y, S>,
    phase: Cell<Phase>,
    registered: Cell<bool>,
    type_name: &'static str,
}

/// An async generator, its types forgotten: what a loop can finish.
pub(crate) trait Finalizable {
    /// `agen.aclose()`
    fn finalize(self: Rc<Self>) -> Coroutine<()>;

    /// The same in a task of its own.
    fn close_in(self: Rc<Self>, owner: &event_loop::AbstractEventLoop);
}

/// The program's hold on it: when the last one goes, the loop finishes the generator.
struct Hold<Y: 'static, S: Sent>(Rc<Core<Y, S>>);

/// An async generator: a handle; a clone is the same generator.
pub struct AsyncGenerator<Y: 'static, S: Sent = ()>(Rc<Hold<Y, S>>);

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
    let exchange = Exchange::new();
    let yielder = Yielder::new(exchange.clone());
    let type_name = std::any::type_name::<B>();
    let body: Body = Box::pin(async move { body(yielder).await });
    let (body, phase) = (RefCell::new(Some(body)), Cell::new(Phase::Created));
    AsyncGenerator(Rc::new(Hold(Rc::new(Core { body, exchange, phase, registered: Cell::new(false), type_name }))))
}

impl<Y: 'static, S: Sent> Core<Y, S> {
    /// Runs to the next yield: `Some` of it, or `None` at the end.
    #[inline]
    async fn resume(&self, input: PyResult<S>) -> PyResult<Option<Y>> {
        match self.phase.get() {
            Phase::Running => return Err(RuntimeError::new("anext(): asynchronous generator is already running")),
            Phase::Closed => return input.map(|_| None),
            Phase::Created => {
                if let Err(error) = input {
                    self.end();
                    return Err(error);
                }
            }
            Phase::Suspended => self.exchange.put(input),
        }
        self.phase.set(Phase::Running);
        let result = poll_fn(|cx| {
            let Some(mut body) = self.body.take() else { return Poll::Ready(Ok(None)) };
            match body.as_mut().poll(cx) {
                Poll::Ready(result) => Poll::Ready(result.map(|()| None)),
                Poll::Pending => {
                    self.body.replace(Some(body));
                    match self.exchange.take() {
                        Some(value) => Poll::Ready(Ok(Some(value))),
                        None => Poll::Pending,
                    }
                }
            }
        })
        .await;
        match result {
            Ok(Some(value)) => {
                self.phase.set(Phase::Suspended);
                Ok(Some(value))
            }
            Ok(None) => {
                self.phase.set(Phase::Closed);
                Ok(None)
            }
            Err(error) => {
                self.phase.set(Phase::Closed);
                let is_stop = |name: &str| format!("async generator raised {name}");
                match () {
                    () if error.is::<StopIteration>() => {
                        Err(RuntimeError::new(is_stop("StopIteration")).with_cause(error))
                    }
                    () if error.is::<StopAsyncIteration>() => {
                        Err(RuntimeError::new(is_stop("StopAsyncIteration")).with_cause(error))
                    }
                    () => Err(error),
                }
            }
        }
    }

    #[inline]
    fn end(&self) {
        self.phase.set(Phase::Closed);
        let body = self.body.take();
        drop(body);
    }

    #[inline]
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

impl<Y: 'static, S: Sent> Finalizable for Core<Y, S> {
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

impl<Y: 'static, S: Sent> Drop for Hold<Y, S> {
    #[inline]
    fn drop(&mut self) {
        if self.0.phase.get() != Phase::Suspended {
            return;
        }
        match event_loop::running() {
            Ok(owner) => {
                let core: Rc<dyn Finalizable> = self.0.clone();
                let task_owner = event_loop::AbstractEventLoop(owner.clone());
                let make = Box::new(move || {
                    core.close_in(&task_owner);
                    Ok(())
                });
                owner.schedule_threadsafe(crate::asyncio::callback::Ready::Call(make));
            }
            Err(_) => self.0.end(),
        }
    }
}

impl<Y: 'static, S: Sent> AsyncGenerator<Y, S> {
    #[inline]
    fn register(&self) {
        if !self.0.0.registered.replace(true)
            && let Ok(owner) = event_loop::running()
        {
            let core: Rc<dyn Finalizable> = self.0.0.clone();
            owner.register_generator(&core);
        }
    }

    /// The next value; `None` at its end.
    #[inline]
    pub async fn anext(&self) -> PyResult<Option<Y>> {
        self.register();
        self.0.0.resume(Ok(S::none())).await
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
