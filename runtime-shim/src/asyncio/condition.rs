//! `asyncio.Condition` and `asyncio.Barrier`.
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::core::{AnyFuture, Awaited};
use super::event_loop;
use super::exceptions::{BrokenBarrierError, CancelledError, runtime_error};
use super::future::{FutureState, Wait};
use super::locks::{Lock, shown};
use crate::error::PyResult;
use crate::exception::{ExceptionType, ValueError};
use crate::object::Object;

/// `asyncio.Condition`: a handle; a clone is the same condition.
#[derive(Clone)]
pub struct Condition(Rc<State>);

struct State {
    lock: Lock,
    waiters: RefCell<VecDeque<Rc<FutureState<()>>>>,
}

impl Condition {
    /// `asyncio.Condition(lock)`
    #[inline]
    pub fn new(lock: Option<Lock>) -> Condition {
        Condition(Rc::new(State { lock: lock.unwrap_or_default(), waiters: RefCell::default() }))
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    #[inline]
    pub(crate) fn repr(&self) -> String {
        let state = if self.locked() { "locked" } else { "unlocked" };
        shown("Condition", self.address(), state, self.0.waiters.borrow().len())
    }

    /// `loop=`, which asyncio has not looked at since 3.10.
    #[must_use]
    #[inline]
    pub fn loop_<L>(self, _: L) -> Condition {
        self
    }

    /// `condition.locked()`
    #[inline]
    pub fn locked(&self) -> bool {
        self.0.lock.locked()
    }

    /// `await condition.acquire()`
    #[inline]
    pub fn acquire(&self) -> impl Future<Output = PyResult<bool>> + use<> {
        let this = self.clone();
        async move { this.0.lock.acquire().await }
    }

    /// `condition.release()`
    #[inline]
    pub fn release(&self) -> PyResult {
        self.0.lock.release()
    }

    /// `await condition.wait()`
    #[inline]
    pub fn wait(&self) -> impl Future<Output = PyResult<bool>> + use<> {
        let this = self.clone();
        async move {
            if !this.locked() {
                return Err(runtime_error("cannot wait on un-acquired lock"));
            }
            this.release()?;
            let waiter = FutureState::new(event_loop::running()?);
            this.0.waiters.borrow_mut().push_back(waiter.clone());
            let waiting: Rc<dyn Awaited<()>> = waiter.clone();
            let result = Wait::new(waiting).await;
            super::locks::forget(&this.0.waiters, &waiter);
            // The lock must be taken again, however often one is cancelled meanwhile.
            let mut cancelled = None;
            loop {
                match this.acquire().await {
                    Ok(_) => break,
                    Err(error) if error.is::<CancelledError>() => cancelled = Some(error),
                    Err(error) => return Err(error),
                }
            }
            let result = result.and(cancelled.map_or(Ok(()), Err));
            if let Err(error) = result {
                if waiter.core().is_done() && !waiter.core().is_cancelled() {
                    // It was notified all the same: somebody else takes the turn.
                    this.wake(1);
                }
                return Err(error);
            }
            Ok(true)
        }
    }

    /// `await condition.wait_for(predicate)`
    #[inline]
    pub fn wait_for<T: Object + Clone, F: Fn() -> PyResult<T>>(
        &self,
        predicate: F,
    ) -> impl Future<Output = PyResult<T>> + use<T, F> {
        let this = self.clone();
        async move {
            let mut result = predicate()?;
            while !result.py_bool() {
                this.wait().await?;
                result = predicate()?;
            }
            Ok(result)
        }
    }

    #[inline]
    fn wake(&self, count: i64) {
        let waiters = self.0.waiters.borrow();
        let mut left = count;
        for waiter in waiters.iter() {
            if left <= 0 {
                break;
            }
            if !waiter.core().is_done() {
                left -= 1;
                waiter.finish_unless_done(());
            }
        }
    }

    /// `condition.notify(n)`
    #[inline]
    pub fn notify(&self, n: i64) -> PyResult {
        if !self.locked() {
            return Err(runtime_error("cannot notify on un-acquired lock"));
        }
        self.wake(n);
        Ok(())
    }

    /// `condition.notify_all()`
    #[inline]
    pub fn notify_all(&self) -> PyResult {
        let all = self.0.waiters.borrow().len();
        self.notify(i64::try_from(all).unwrap_or(i64::MAX))
    }

    /// `async with condition:`
    #[inline]
    pub async fn aenter(&self) -> PyResult {
        self.acquire().await.map(drop)
    }

    /// The end of `async with condition:`; the block's outcome is passed on.
    #[inline]
    pub async fn aexit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        self.release()?;
        outcome
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Filling,
    Draining,
    Resetting,
    Broken,
}

/// `asyncio.Barrier`: a handle; a clone is the same barrier.
#[derive(Clone)]
pub struct Barrier(Rc<BarrierState>);

struct BarrierState {
    condition: Condition,
    parties: i64,
    count: Cell<i64>,
    phase: Cell<Phase>,
}

impl Barrier {
    /// `asyncio.Barrier(parties)`
    #[inline]
    pub fn new(parties: i64) -> PyResult<Barrier> {
        if parties < 1 {
            return Err(ValueError::new("parties must be >= 1"));
        }
        Ok(Barrier(Rc::new(BarrierState {
            condition: Condition::new(None),
            parties,
            count: Cell::new(0),
            phase: Cell::new(Phase::Filling),
        })))
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    #[inline]
    pub(crate) fn repr(&self) -> String {
        let state = match self.0.phase.get() {
            Phase::Filling => "filling",
            Phase::Draining => "draining",
            Phase::Resetting => "resetting",
            Phase::Broken => "broken",
        };
        let waiters = match self.0.phase.get() {
            Phase::Broken => String::new(),
            _ => format!(", waiters:{}/{}", self.n_waiting(), self.0.parties),
        };
        shown("Barrier", self.address(), &format!("{state}{waiters}"), 0)
    }

    /// `barrier.parties`
    #[inline]
    pub fn parties(&self) -> i64 {
        self.0.parties
    }

    /// `barrier.n_waiting`
    #[inline]
    pub fn n_waiting(&self) -> i64 {
        if self.0.phase.get() == Phase::Filling { self.0.count.get() } else { 0 }
    }

    /// `barrier.broken`
    #[inline]
    pub fn broken(&self) -> bool {
        self.0.phase.get() == Phase::Broken
    }

    /// `await barrier.wait()`
    #[inline]
    pub fn wait(&self) -> impl Future<Output = PyResult<i64>> + use<> {
        let this = self.clone();
        async move {
            let state = &*this.0;
            state.condition.acquire().await?;
            let result = this.wait_locked().await;
            state.condition.release()?;
            result
        }
    }

    #[inline]
    async fn wait_locked(&self) -> PyResult<i64> {
        let state = &*self.0;
        // Those that leave go first.
        while matches!(state.phase.get(), Phase::Draining | Phase::Resetting) {
            state.condition.wait().await?;
        }
        self.check("Barrier aborted")?;
        let index = state.count.get();
        state.count.set(index + 1);
        let result = if index + 1 == state.parties {
            state.phase.set(Phase::Draining);
            state.condition.notify_all()
        } else {
            self.until_draining().await
        };
        state.count.set(state.count.get() - 1);
        if state.count.get() == 0 {
            if matches!(state.phase.get(), Phase::Resetting | Phase::Draining) {
                state.phase.set(Phase::Filling);
            }
            state.condition.notify_all()?;
        }
        result.map(|()| index)
    }

    #[inline]
    async fn until_draining(&self) -> PyResult {
        let state = &*self.0;
        while state.phase.get() == Phase::Filling {
            state.condition.wait().await?;
        }
        self.check("Abort or reset of barrier")
    }

    #[inline]
    fn check(&self, text: &str) -> PyResult {
        match self.0.phase.get() {
            Phase::Broken | Phase::Resetting => Err(BrokenBarrierError::new(text)),
            Phase::Filling | Phase::Draining => Ok(()),
        }
    }

    /// `await barrier.reset()`
    #[inline]
    pub fn reset(&self) -> impl Future<Output = PyResult> + use<> {
        let this = self.clone();
        async move {
            let state = &*this.0;
            state.condition.acquire().await?;
            let next = if state.count.get() > 0 { Phase::Resetting } else { Phase::Filling };
            state.phase.set(next);
            let told = state.condition.notify_all();
            state.condition.release()?;
            told
        }
    }

    /// `await barrier.abort()`
    #[inline]
    pub fn abort(&self) -> impl Future<Output = PyResult> + use<> {
        let this = self.clone();
        async move {
            let state = &*this.0;
            state.condition.acquire().await?;
            state.phase.set(Phase::Broken);
            let told = state.condition.notify_all();
            state.condition.release()?;
            told
        }
    }

    /// `async with barrier:`
    #[inline]
    pub async fn aenter(&self) -> PyResult<i64> {
        self.wait().await
    }

    /// The end of `async with barrier:`; the block's outcome is passed on.
    #[inline]
    pub async fn aexit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        outcome
    }
}
