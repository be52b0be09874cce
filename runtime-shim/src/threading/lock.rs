//! `Lock` and `RLock`.
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::sync::Arc;

use super::get_ident;
use crate::prelude::*;
use crate::turns::{self, Turn};
use crate::{clock, lock};

#[derive(Default)]
struct State {
    locked: Cell<bool>,
    waiters: RefCell<VecDeque<Arc<Turn>>>,
}

/// `threading.Lock`: a handle. A release hands it to nobody: whoever comes first takes it.
#[derive(Clone, Default)]
pub struct Lock(Rc<State>);

/// The clock's instant at which a timeout is over; negative or none: never.
#[inline]
pub(super) fn deadline(timeout: Option<f64>) -> Option<f64> {
    timeout.filter(|timeout| *timeout >= 0.0).map(|timeout| clock::now_unread() + timeout)
}

impl Lock {
    /// `threading.Lock()`
    #[inline]
    pub fn new() -> Lock {
        Lock::default()
    }

    /// `lock.acquire(blocking, timeout)`
    #[inline]
    pub fn acquire(&self, blocking: bool, timeout: f64) -> PyResult<bool> {
        if !blocking && timeout != -1.0 {
            return Err(ValueError::new("can't specify a timeout for a non-blocking call"));
        }
        Ok(self.take(blocking, Some(timeout)))
    }

    /// Takes it, or does not in the time it has.
    #[inline]
    pub(crate) fn take(&self, blocking: bool, timeout: Option<f64>) -> bool {
        let deadline = deadline(timeout);
        while self.0.locked.get() {
            if !blocking {
                return false;
            }
            let me = lock::turn();
            self.0.waiters.borrow_mut().push_back(me.clone());
            if !lock::park(deadline) {
                self.0.waiters.borrow_mut().retain(|other| !Arc::ptr_eq(other, &me));
                return false;
            }
        }
        self.0.locked.set(true);
        true
    }

    /// `lock.release()`
    #[inline]
    pub fn release(&self) -> PyResult {
        if !self.0.locked.replace(false) {
            return Err(RuntimeError::new("release unlocked lock"));
        }
        let first = self.0.waiters.borrow_mut().pop_front();
        if let Some(first) = first {
            turns::wake(&first);
        }
        Ok(())
    }

    /// `lock.locked()`
    #[inline]
    pub fn locked(&self) -> bool {
        self.0.locked.get()
    }

    /// `with lock:`
    #[inline]
    pub fn enter(&self) -> PyResult<bool> {
        Ok(self.take(true, None))
    }

    /// The end of the `with`; the block's outcome is passed on.
    #[inline]
    pub fn exit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        self.release()?;
        outcome
    }
}

#[derive(Default)]
struct Reentrant {
    block: Lock,
    owner: Cell<Option<i64>>,
    count: Cell<i64>,
}

/// `threading.RLock`: a handle. Its owner may take it again.
#[derive(Clone, Default)]
pub struct RLock(Rc<Reentrant>);

impl RLock {
    /// `threading.RLock()`
    #[inline]
    pub fn new() -> RLock {
        RLock::default()
    }

    /// `lock.acquire(blocking, timeout)`
    #[inline]
    pub fn acquire(&self, blocking: bool, timeout: f64) -> PyResult<bool> {
        Ok(self.take(blocking, Some(timeout)))
    }

    #[inline]
    pub(crate) fn take(&self, blocking: bool, timeout: Option<f64>) -> bool {
        let me = Some(get_ident());
        if self.0.owner.get() == me {
            self.0.count.set(self.0.count.get() + 1);
            return true;
        }
        let taken = self.0.block.take(blocking, timeout);
        if taken {
            self.0.owner.set(me);
            self.0.count.set(1);
        }
        taken
    }

    /// `lock.release()`
    #[inline]
    pub fn release(&self) -> PyResult {
        if self.0.owner.get() != Some(get_ident()) {
            return Err(RuntimeError::new("cannot release un-acquired lock"));
        }
        let count = self.0.count.get() - 1;
        self.0.count.set(count);
        if count == 0 {
            self.0.owner.set(None);
            return self.0.block.release();
        }
        Ok(())
    }

    /// Gives it up, however often it was taken; how often that was.
    #[inline]
    pub(super) fn give_up(&self) -> PyResult<i64> {
        let count = self.0.count.replace(0);
        self.0.owner.set(None);
        self.0.block.release()?;
        Ok(count)
    }

    /// Takes it as often as it was.
    #[inline]
    pub(super) fn take_back(&self, count: i64) {
        self.0.block.take(true, None);
        self.0.owner.set(Some(get_ident()));
        self.0.count.set(count);
    }

    /// Does this thread have it?
    #[inline]
    pub(super) fn is_owned(&self) -> bool {
        self.0.owner.get() == Some(get_ident())
    }

    /// `with lock:`
    #[inline]
    pub fn enter(&self) -> PyResult<bool> {
        Ok(self.take(true, None))
    }

    /// The end of the `with`; the block's outcome is passed on.
    #[inline]
    pub fn exit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        self.release()?;
        outcome
    }
}

crate::opaque::opaque! { Lock: "_thread", "lock"; RLock: "_thread", "RLock"; }
super::handle!(Lock, RLock);
