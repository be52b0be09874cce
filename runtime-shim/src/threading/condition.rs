//! `Condition`, `Event`, `Semaphore` and `Barrier`, as `threading` builds them on locks.
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use super::lock::{Lock, RLock};
use crate::clock;
use crate::prelude::*;

/// What a condition is around.
#[derive(Clone)]
enum Inner {
    Plain(Lock),
    Reentrant(RLock),
}

struct State {
    inner: Inner,
    waiters: RefCell<VecDeque<Lock>>,
}

/// `threading.Condition`: a handle.
#[derive(Clone)]
pub struct Condition(Rc<State>);

impl Default for Condition {
    #[inline]
    fn default() -> Condition {
        Condition::new()
    }
}

impl Condition {
    /// `threading.Condition()`
    #[inline]
    pub fn new() -> Condition {
        Condition::reentrant(&RLock::new())
    }

    /// `threading.Condition(lock)`
    #[inline]
    pub fn plain(lock: &Lock) -> Condition {
        Condition(Rc::new(State { inner: Inner::Plain(lock.clone()), waiters: RefCell::default() }))
    }

    /// `threading.Condition(rlock)`
    #[inline]
    pub fn reentrant(lock: &RLock) -> Condition {
        Condition(Rc::new(State { inner: Inner::Reentrant(lock.clone()), waiters: RefCell::default() }))
    }

    /// `condition.acquire(blocking, timeout)`
    #[inline]
    pub fn acquire(&self, blocking: bool, timeout: f64) -> PyResult<bool> {
        match &self.0.inner {
            Inner::Plain(lock) => lock.acquire(blocking, timeout),
            Inner::Reentrant(lock) => lock.acquire(blocking, timeout),
        }
    }

    /// `condition.release()`
    #[inline]
    pub fn release(&self) -> PyResult {
        match &self.0.inner {
            Inner::Plain(lock) => lock.release(),
            Inner::Reentrant(lock) => lock.release(),
        }
    }

    #[inline]
    fn is_owned(&self) -> bool {
        match &self.0.inner {
            Inner::Plain(lock) => lock.locked(),
            Inner::Reentrant(lock) => lock.is_owned(),
        }
    }

    /// `condition.wait(timeout)`
    #[inline]
    pub fn wait(&self, timeout: Option<f64>) -> PyResult<bool> {
        if !self.is_owned() {
            return Err(RuntimeError::new("cannot wait on un-acquired lock"));
        }
        let waiter = Lock::new();
        waiter.take(true, None);
        self.0.waiters.borrow_mut().push_back(waiter.clone());
        let count = match &self.0.inner {
            Inner::Plain(lock) => lock.release().map(|()| 1)?,
            Inner::Reentrant(lock) => lock.give_up()?,
        };
        let woken = match timeout {
            None => waiter.take(true, None),
            Some(timeout) if timeout > 0.0 => waiter.take(true, Some(timeout)),
            Some(_) => waiter.take(false, None),
        };
        match &self.0.inner {
            Inner::Plain(lock) => {
                lock.take(true, None);
            }
            Inner::Reentrant(lock) => lock.take_back(count),
        }
        if !woken {
            self.0.waiters.borrow_mut().retain(|other| !other.py_eq(&waiter).unwrap_or(false));
        }
        Ok(woken)
    }

    /// `condition.wait_for(predicate, timeout)`
    #[inline]
    pub fn wait_for<T: Truth>(&self, predicate: impl Fn() -> PyResult<T>, timeout: Option<f64>) -> PyResult<T> {
        let mut end = None;
        loop {
            let result = predicate()?;
            if result.truthy() {
                return Ok(result);
            }
            let Some(timeout) = timeout else {
                self.wait(None)?;
                continue;
            };
            let now = clock::monotonic();
            let left = *end.get_or_insert(now + timeout) - now;
            if left <= 0.0 {
                return Ok(result);
            }
            self.wait(Some(left))?;
        }
    }

    /// `condition.notify(n)`
    #[inline]
    pub fn notify(&self, count: i64) -> PyResult {
        if !self.is_owned() {
            return Err(RuntimeError::new("cannot notify on un-acquired lock"));
        }
        for _ in 0..count {
            let first = self.0.waiters.borrow_mut().pop_front();
            match first {
                Some(waiter) => waiter.release()?,
                None => break,
            }
        }
        Ok(())
    }

    /// `condition.notify_all()`
    #[inline]
    pub fn notify_all(&self) -> PyResult {
        let all = self.0.waiters.borrow().len();
        self.notify(all as i64)
    }

    /// `with condition:`
    #[inline]
    pub fn enter(&self) -> PyResult<bool> {
        self.acquire(true, -1.0)
    }

    /// The end of the `with`; the block's outcome is passed on.
    #[inline]
    pub fn exit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        self.release()?;
        outcome
    }

    /// Runs something while it is held.
    #[inline]
    pub(crate) fn holding<T>(&self, work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
        self.enter()?;
        self.exit(work())
    }
}

struct Flag {
    condition: Condition,
    set: Cell<bool>,
}

/// `threading.Event`: a handle.
#[derive(Clone)]
pub struct Event(Rc<Flag>);

impl Default for Event {
    #[inline]
    fn default() -> Event {
        Event::new()
    }
}

impl Event {
    /// `threading.Event()`
    #[inline]
    pub fn new() -> Event {
        Event(Rc::new(Flag { condition: Condition::plain(&Lock::new()), set: Cell::new(false) }))
    }

    /// `event.is_set()`
    #[inline]
    pub fn is_set(&self) -> bool {
        self.0.set.get()
    }

    /// `event.set()`
    #[inline]
    pub fn set(&self) -> PyResult {
        self.0.condition.holding(|| {
            self.0.set.set(true);
            self.0.condition.notify_all()
        })
    }

    /// `event.clear()`
    #[inline]
    pub fn clear(&self) -> PyResult {
        self.0.condition.holding(|| {
            self.0.set.set(false);
            Ok(())
        })
    }

    /// `event.wait(timeout)`
    #[inline]
    pub fn wait(&self, timeout: Option<f64>) -> PyResult<bool> {
        self.0.condition.holding(|| if self.is_set() { Ok(true) } else { self.0.condition.wait(timeout) })
    }
}

struct Counter {
    condition: Condition,
    value: Cell<i64>,
    most: Option<i64>,
}

/// `threading.Semaphore`, `threading.BoundedSemaphore`: a handle.
#[derive(Clone)]
pub struct Semaphore(Rc<Counter>);

impl Semaphore {
    #[inline]
    fn make(value: i64, most: Option<i64>) -> PyResult<Semaphore> {
        if value < 0 {
            return Err(ValueError::new("semaphore initial value must be >= 0"));
        }
        let condition = Condition::plain(&Lock::new());
        Ok(Semaphore(Rc::new(Counter { condition, value: Cell::new(value), most })))
    }

    /// `threading.Semaphore(value)`
    #[inline]
    pub fn new(value: i64) -> PyResult<Semaphore> {
        Semaphore::make(value, None)
    }

    /// `threading.BoundedSemaphore(value)`
    #[inline]
    pub fn bounded(value: i64) -> PyResult<Semaphore> {
        Semaphore::make(value, Some(value))
    }

    /// `semaphore.acquire(blocking, timeout)`
    #[inline]
    pub fn acquire(&self, blocking: bool, timeout: Option<f64>) -> PyResult<bool> {
        if !blocking && timeout.is_some() {
            return Err(ValueError::new("can't specify timeout for non-blocking acquire"));
        }
        self.0.condition.holding(|| {
            let (mut end, mut timeout) = (None, timeout);
            while self.0.value.get() == 0 {
                if !blocking {
                    return Ok(false);
                }
                if let Some(left) = timeout {
                    match end {
                        None => end = Some(clock::monotonic() + left),
                        Some(end) => {
                            let left = end - clock::monotonic();
                            if left <= 0.0 {
                                return Ok(false);
                            }
                            timeout = Some(left);
                        }
                    }
                }
                self.0.condition.wait(timeout)?;
            }
            self.0.value.set(self.0.value.get() - 1);
            Ok(true)
        })
    }

    /// `semaphore.release(n)`
    #[inline]
    pub fn release(&self, count: i64) -> PyResult {
        if count < 1 {
            return Err(ValueError::new("n must be one or more"));
        }
        self.0.condition.holding(|| {
            if self.0.most.is_some_and(|most| self.0.value.get() + count > most) {
                return Err(ValueError::new("Semaphore released too many times"));
            }
            self.0.value.set(self.0.value.get() + count);
            self.0.condition.notify(count)
        })
    }

    /// `with semaphore:`
    #[inline]
    pub fn enter(&self) -> PyResult<bool> {
        self.acquire(true, None)
    }

    /// The end of the `with`; the block's outcome is passed on.
    #[inline]
    pub fn exit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        self.release(1)?;
        outcome
    }
}

crate::opaque::opaque! {
    Condition: "threading", "Condition"; Event: "threading", "Event"; Semaphore: "threading", "Semaphore";
}
super::handle!(Condition, Event, Semaphore);
