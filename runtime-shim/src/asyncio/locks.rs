//! `asyncio.Lock`, `Event`, `Semaphore` and `BoundedSemaphore`.
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::core::{AnyFuture, Awaited};
use super::event_loop;
use super::exceptions::{CancelledError, runtime_error};
use super::future::{FutureState, Wait};
use crate::error::PyResult;
use crate::exception::{ExceptionType, ValueError};

type Waiter = Rc<FutureState<()>>;

#[inline]
async fn wait_in(waiters: &RefCell<VecDeque<Waiter>>) -> (Waiter, PyResult) {
    let waiter = match event_loop::running() {
        Ok(owner) => FutureState::new(owner),
        Err(error) => {
            let owner = event_loop::new_event_loop().0;
            return (FutureState::new(owner), Err(error));
        }
    };
    waiters.borrow_mut().push_back(waiter.clone());
    let waiting: Rc<dyn Awaited<()>> = waiter.clone();
    let result = Wait::new(waiting).await;
    forget(waiters, &waiter);
    (waiter, result)
}

/// Takes a waiter out: it is nearly always the first.
#[inline]
pub(super) fn forget(waiters: &RefCell<VecDeque<Waiter>>, waiter: &Waiter) {
    let mut waiters = waiters.borrow_mut();
    if let Some(at) = waiters.iter().position(|other| Rc::ptr_eq(other, waiter)) {
        waiters.remove(at);
    }
}

/// `<asyncio.locks.Lock object at 0x… [unlocked, waiters:1]>`
#[inline]
pub(crate) fn shown(kind: &str, address: usize, state: &str, waiters: usize) -> String {
    let waiters = if waiters > 0 { format!(", waiters:{waiters}") } else { String::new() };
    format!("<asyncio.locks.{kind} object at {address:#x} [{state}{waiters}]>")
}

/// `asyncio.Event`: a handle; a clone is the same event.
#[derive(Clone, Default)]
pub struct Event(Rc<EventState>);

#[derive(Default)]
struct EventState {
    value: Cell<bool>,
    waiters: RefCell<VecDeque<Waiter>>,
}

impl Event {
    /// `asyncio.Event()`
    #[inline]
    pub fn new() -> Event {
        Event::default()
    }

    /// `loop=`, which asyncio has not looked at since 3.10.
    #[must_use]
    #[inline]
    pub fn loop_<L>(self, _: L) -> Event {
        self
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    #[inline]
    pub(crate) fn repr(&self) -> String {
        shown("Event", self.address(), if self.is_set() { "set" } else { "unset" }, self.0.waiters.borrow().len())
    }

    /// `event.is_set()`
    #[inline]
    pub fn is_set(&self) -> bool {
        self.0.value.get()
    }

    /// `event.set()`
    #[inline]
    pub fn set(&self) {
        if self.0.value.replace(true) {
            return;
        }
        for waiter in &*self.0.waiters.borrow() {
            waiter.finish_unless_done(());
        }
    }

    /// `event.clear()`
    #[inline]
    pub fn clear(&self) {
        self.0.value.set(false);
    }

    /// `await event.wait()`
    #[inline]
    pub fn wait(&self) -> impl Future<Output = PyResult<bool>> + use<> {
        let this = self.clone();
        async move {
            if !this.is_set() {
                wait_in(&this.0.waiters).await.1?;
            }
            Ok(true)
        }
    }
}

/// `asyncio.Lock`: a handle; a clone is the same lock.
#[derive(Clone, Default)]
pub struct Lock(Rc<LockState>);

#[derive(Default)]
struct LockState {
    locked: Cell<bool>,
    waiters: RefCell<VecDeque<Waiter>>,
}

impl Lock {
    /// `asyncio.Lock()`
    #[inline]
    pub fn new() -> Lock {
        Lock::default()
    }

    /// `loop=`, which asyncio has not looked at since 3.10.
    #[must_use]
    #[inline]
    pub fn loop_<L>(self, _: L) -> Lock {
        self
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    #[inline]
    pub(crate) fn repr(&self) -> String {
        let state = if self.locked() { "locked" } else { "unlocked" };
        shown("Lock", self.address(), state, self.0.waiters.borrow().len())
    }

    /// `lock.locked()`
    #[inline]
    pub fn locked(&self) -> bool {
        self.0.locked.get()
    }

    /// `await lock.acquire()`
    #[inline]
    pub fn acquire(&self) -> impl Future<Output = PyResult<bool>> + use<> {
        let this = self.clone();
        async move {
            let free = !this.locked() && this.0.waiters.borrow().iter().all(|waiter| waiter.core().is_cancelled());
            if free {
                this.0.locked.set(true);
                return Ok(true);
            }
            let (_, result) = wait_in(&this.0.waiters).await;
            if let Err(error) = result {
                if error.is::<CancelledError>() && !this.locked() {
                    this.wake_first();
                }
                return Err(error);
            }
            this.0.locked.set(true);
            Ok(true)
        }
    }

    /// `lock.release()`
    #[inline]
    pub fn release(&self) -> PyResult {
        if !self.0.locked.replace(false) {
            return Err(runtime_error("Lock is not acquired."));
        }
        self.wake_first();
        Ok(())
    }

    #[inline]
    fn wake_first(&self) {
        if let Some(first) = self.0.waiters.borrow().front() {
            first.finish_unless_done(());
        }
    }

    /// `async with lock:`
    #[inline]
    pub async fn aenter(&self) -> PyResult {
        self.acquire().await.map(drop)
    }

    /// The end of `async with lock:`; the block's outcome is passed on.
    #[inline]
    pub async fn aexit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        self.release()?;
        outcome
    }
}

/// `asyncio.Semaphore`: a handle; a clone is the same semaphore.
#[derive(Clone)]
pub struct Semaphore(Rc<SemaphoreState>);

struct SemaphoreState {
    value: Cell<i64>,
    /// The value that a bounded one may not exceed.
    bound: Option<i64>,
    waiters: RefCell<VecDeque<Waiter>>,
}

impl Semaphore {
    /// `asyncio.Semaphore(value)`
    #[inline]
    pub fn new(value: i64) -> PyResult<Semaphore> {
        Semaphore::of(value, None)
    }

    #[inline]
    fn of(value: i64, bound: Option<i64>) -> PyResult<Semaphore> {
        if value < 0 {
            return Err(ValueError::new("Semaphore initial value must be >= 0"));
        }
        Ok(Semaphore(Rc::new(SemaphoreState { value: Cell::new(value), bound, waiters: RefCell::default() })))
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    #[inline]
    pub(crate) fn repr(&self) -> String {
        let state = if self.locked() { "locked".to_owned() } else { format!("unlocked, value:{}", self.0.value.get()) };
        let kind = if self.0.bound.is_some() { "BoundedSemaphore" } else { "Semaphore" };
        shown(kind, self.address(), &state, self.0.waiters.borrow().len())
    }

    /// `loop=`, which asyncio has not looked at since 3.10.
    #[must_use]
    #[inline]
    pub fn loop_<L>(self, _: L) -> Semaphore {
        self
    }

    /// `semaphore.locked()`
    #[inline]
    pub fn locked(&self) -> bool {
        self.0.value.get() == 0 || self.0.waiters.borrow().iter().any(|waiter| !waiter.core().is_cancelled())
    }

    /// `await semaphore.acquire()`
    #[inline]
    pub fn acquire(&self) -> impl Future<Output = PyResult<bool>> + use<> {
        let this = self.clone();
        async move {
            let value = &this.0.value;
            if !this.locked() {
                value.set(value.get() - 1);
                return Ok(true);
            }
            let (waiter, result) = wait_in(&this.0.waiters).await;
            if result.is_err() && waiter.core().is_done() && !waiter.core().is_cancelled() {
                value.set(value.get() + 1);
            }
            // Whoever was woken may have left others a turn.
            while value.get() > 0 && this.wake_next() {}
            result.map(|()| true)
        }
    }

    /// `semaphore.release()`
    #[inline]
    pub fn release(&self) -> PyResult {
        let value = &self.0.value;
        if self.0.bound.is_some_and(|bound| value.get() >= bound) {
            return Err(ValueError::new("BoundedSemaphore released too many times"));
        }
        value.set(value.get() + 1);
        self.wake_next();
        Ok(())
    }

    #[inline]
    fn wake_next(&self) -> bool {
        let waiters = self.0.waiters.borrow();
        let Some(next) = waiters.iter().find(|waiter| !waiter.core().is_done()) else { return false };
        self.0.value.set(self.0.value.get() - 1);
        next.finish_unless_done(());
        true
    }

    /// `async with semaphore:`
    #[inline]
    pub async fn aenter(&self) -> PyResult {
        self.acquire().await.map(drop)
    }

    /// The end of `async with semaphore:`; the block's outcome is passed on.
    #[inline]
    pub async fn aexit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        self.release()?;
        outcome
    }
}

/// `asyncio.BoundedSemaphore`: one that is not released more often than it was acquired.
#[derive(Clone)]
pub struct BoundedSemaphore(Semaphore);

impl BoundedSemaphore {
    /// `asyncio.BoundedSemaphore(value)`
    #[inline]
    pub fn new(value: i64) -> PyResult<BoundedSemaphore> {
        Ok(BoundedSemaphore(Semaphore::of(value, Some(value))?))
    }
}

impl std::ops::Deref for BoundedSemaphore {
    type Target = Semaphore;

    #[inline]
    fn deref(&self) -> &Semaphore {
        &self.0
    }
}
