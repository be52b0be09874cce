//! `asyncio.wait`
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::pin::Pin;
use std::rc::Rc;

use rustc_hash::FxBuildHasher;

use super::awaitable::{Awaitable, Payload};
use super::callback::{Callback, Waited};
use super::core::{AnyFuture, Awaited};
use super::event_loop::{self, AbstractEventLoop};
use super::future::{Future, FutureState, Wait};
use super::handle::TimerHandle;
use super::task::{self, Task};
use crate::coroutine::{Coroutine, Kept};
use crate::error::PyResult;
use crate::exception::{ExceptionType, ValueError};
use crate::iter::Iterable;
use crate::object::{Key, Object};
use crate::set::Set;
use crate::text::Str;

/// `asyncio.ALL_COMPLETED`
pub const ALL_COMPLETED: Str = Str::literal("ALL_COMPLETED");
/// `asyncio.FIRST_COMPLETED`
pub const FIRST_COMPLETED: Str = Str::literal("FIRST_COMPLETED");
/// `asyncio.FIRST_EXCEPTION`
pub const FIRST_EXCEPTION: Str = Str::literal("FIRST_EXCEPTION");

/// What `wait` takes: tasks and futures; of coroutines it makes tasks, as it did until 3.10.
pub trait Waitable {
    /// What it gives back: the same, or the task of a coroutine.
    type Handle: Key + Object + Clone;

    #[doc(hidden)]
    #[expect(private_interfaces, reason = "only the runtime calls it")]
    fn start(self, owner: &AbstractEventLoop) -> (Self::Handle, Rc<dyn AnyFuture>);
}

impl<T: Payload> Waitable for Task<T> {
    type Handle = Task<T>;

    #[expect(private_interfaces, reason = "only the runtime calls it")]
    #[inline]
    fn start(self, _: &AbstractEventLoop) -> (Task<T>, Rc<dyn AnyFuture>) {
        let future = self.0.clone();
        (self, future)
    }
}

impl<T: Payload> Waitable for Future<T> {
    type Handle = Future<T>;

    #[expect(private_interfaces, reason = "only the runtime calls it")]
    #[inline]
    fn start(self, _: &AbstractEventLoop) -> (Future<T>, Rc<dyn AnyFuture>) {
        let future = self.0.clone();
        (self, future)
    }
}

impl<T: Payload> Waitable for Coroutine<T> {
    type Handle = Task<T>;

    #[expect(private_interfaces, reason = "only the runtime calls it")]
    #[inline]
    fn start(self, owner: &AbstractEventLoop) -> (Task<T>, Rc<dyn AnyFuture>) {
        owner.create_task(self).start(owner)
    }
}

/// `asyncio.wait(fs)`, not yet awaited.
#[must_use = "it does nothing until it is awaited"]
pub struct Waiting<W> {
    all: PyResult<Vec<W>>,
    timeout: Option<f64>,
    until: Str,
}

/// `asyncio.wait(fs)`
#[inline]
pub fn wait<I: Iterable<Item: Waitable>>(fs: I) -> Waiting<I::Item> {
    Waiting { all: fs.items().collect(), timeout: None, until: ALL_COMPLETED }
}

impl<W> Waiting<W> {
    /// `timeout=`
    #[inline]
    pub fn timeout(mut self, seconds: Option<f64>) -> Waiting<W> {
        self.timeout = seconds;
        self
    }

    /// `return_when=`
    #[inline]
    pub fn return_when(mut self, until: &str) -> Waiting<W> {
        self.until = until.to_owned().into();
        self
    }
}

impl<W: Waitable + 'static> IntoFuture for Waiting<W> {
    type Output = PyResult<(Set<W::Handle>, Set<W::Handle>)>;
    type IntoFuture = Pin<Box<dyn std::future::Future<Output = Self::Output>>>;

    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<W: Waitable + 'static> Awaitable for Waiting<W> {
    type Output = (Set<W::Handle>, Set<W::Handle>);

    #[inline]
    fn into_task(self, owner: &AbstractEventLoop) -> Task<Self::Output> {
        task::spawn(self.run(), &owner.0, "wait")
    }
}

impl<W: Waitable + 'static> Kept<(Set<W::Handle>, Set<W::Handle>)> for Waiting<W> {
    #[inline]
    fn kept(self) -> Coroutine<(Set<W::Handle>, Set<W::Handle>)> {
        Coroutine::named("wait", self.run())
    }
}

/// Who waits, and how many futures are not done.
pub(crate) struct Waiter {
    future: Rc<FutureState<()>>,
    left: Cell<usize>,
    first: bool,
    exceptions: bool,
    timer: RefCell<Option<TimerHandle>>,
}

impl Waiter {
    /// One of the futures is done.
    #[inline]
    pub(crate) fn child_done(&self, child: &dyn AnyFuture) {
        self.left.set(self.left.get().saturating_sub(1));
        let failed = || !child.core().is_cancelled() && child.core().peek_exception().is_some();
        if self.left.get() == 0 || self.first || self.exceptions && failed() {
            self.stop_timer();
            self.future.finish_unless_done(());
        }
    }

    #[inline]
    fn stop_timer(&self) {
        if let Some(timer) = self.timer.take() {
            timer.cancel();
        }
    }
}

impl<W: Waitable + 'static> Waiting<W> {
    #[inline]
    async fn run(self) -> PyResult<(Set<W::Handle>, Set<W::Handle>)> {
        let owner = AbstractEventLoop(event_loop::running()?);
        let all = self.all?;
        if all.is_empty() {
            return Err(ValueError::new("Set of Tasks/Futures is empty."));
        }
        if ![ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION].contains(&self.until) {
            return Err(ValueError::new(format!("Invalid return_when value: {}", self.until)));
        }
        let mut children: Vec<(W::Handle, Rc<dyn AnyFuture>)> = Vec::new();
        let mut seen = HashSet::with_hasher(FxBuildHasher);
        for one in all {
            let (handle, future) = one.start(&owner);
            if seen.insert(std::ptr::from_ref(future.core())) {
                children.push((handle, future));
            }
        }
        wait_for_them(&owner, &children, self.timeout, &self.until).await?;
        let (done, pending) = (Set::new(), Set::new());
        for (handle, future) in children {
            if future.core().is_done() {
                done.add(handle);
            } else {
                pending.add(handle);
            }
        }
        Ok((done, pending))
    }
}

#[inline]
async fn wait_for_them<H>(
    owner: &AbstractEventLoop,
    children: &[(H, Rc<dyn AnyFuture>)],
    timeout: Option<f64>,
    until: &Str,
) -> PyResult {
    let waiter = Rc::new(Waiter {
        future: FutureState::new(owner.0.clone()),
        left: Cell::new(children.len()),
        first: *until == FIRST_COMPLETED,
        exceptions: *until == FIRST_EXCEPTION,
        timer: RefCell::new(None),
    });
    if let Some(seconds) = timeout {
        let waiting = waiter.future.clone();
        let timer = owner.call_later(seconds, move || {
            waiting.finish_unless_done(());
            Ok(())
        })?;
        waiter.timer.replace(Some(timer));
    }
    for (_, future) in children {
        let waited = Waited { waiter: waiter.clone(), child: Rc::downgrade(future) };
        future.core().add_callback(Callback::Waited(Box::new(waited)));
    }
    let waiting: Rc<dyn Awaited<()>> = waiter.future.clone();
    let result = Wait::new(waiting).await;
    waiter.stop_timer();
    for (_, future) in children {
        future.core().remove_waiter(&waiter);
    }
    result
}
