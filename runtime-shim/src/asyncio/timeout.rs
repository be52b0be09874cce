//! `asyncio.timeout`
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::event_loop::{self, AbstractEventLoop};
use super::exceptions::{CancelledError, runtime_error};
use super::handle::TimerHandle;
use super::task::{self, TaskObject};
use crate::error::PyResult;
use crate::exception::{ExceptionType, TimeoutError};
use crate::object::repr;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Created,
    Entered,
    Expiring,
    Expired,
    Exited,
}

/// `asyncio.Timeout`: a handle; a clone is the same timeout.
#[derive(Clone)]
pub struct Timeout(Rc<Inner>);

struct Inner {
    state: Cell<State>,
    when: Cell<Option<f64>>,
    task: RefCell<Option<Weak<dyn TaskObject>>>,
    /// How often the task had been cancelled when the block was entered.
    before: Cell<u32>,
    timer: RefCell<Option<TimerHandle>>,
}

/// `asyncio.timeout(delay)`
#[inline]
pub fn timeout(delay: Option<f64>) -> PyResult<Timeout> {
    let now = AbstractEventLoop(event_loop::running()?).time();
    Ok(timeout_at(delay.map(|delay| now + delay)))
}

/// `asyncio.timeout_at(when)`
#[inline]
pub fn timeout_at(when: Option<f64>) -> Timeout {
    Timeout(Rc::new(Inner {
        state: Cell::new(State::Created),
        when: Cell::new(when),
        task: RefCell::new(None),
        before: Cell::new(0),
        timer: RefCell::new(None),
    }))
}

impl Timeout {
    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    #[inline]
    pub(crate) fn repr(&self) -> String {
        let word = match self.0.state.get() {
            State::Created => "created",
            State::Entered => {
                let when = self.0.when.get().map(|when| (when * 1000.0).round() / 1000.0);
                return format!("<Timeout [active] when={}>", repr(&when));
            }
            State::Expiring => "expiring",
            State::Expired => "expired",
            State::Exited => "finished",
        };
        format!("<Timeout [{word}]>")
    }

    /// `timeout.when()`
    #[inline]
    pub fn when(&self) -> Option<f64> {
        self.0.when.get()
    }

    /// `timeout.expired()`
    #[inline]
    pub fn expired(&self) -> bool {
        matches!(self.0.state.get(), State::Expiring | State::Expired)
    }

    /// `timeout.reschedule(when)`
    #[inline]
    pub fn reschedule(&self, when: Option<f64>) -> PyResult {
        let word = match self.0.state.get() {
            State::Entered => return self.schedule(when),
            State::Created => return Err(runtime_error("Timeout has not been entered")),
            State::Expiring => "expiring",
            State::Expired => "expired",
            State::Exited => "finished",
        };
        Err(runtime_error(format!("Cannot change state of {word} Timeout")))
    }

    #[inline]
    fn schedule(&self, when: Option<f64>) -> PyResult {
        self.0.when.set(when);
        self.stop_timer();
        let Some(when) = when else { return Ok(()) };
        let owner = AbstractEventLoop(event_loop::running()?);
        let me = self.clone();
        let expire = move || {
            let task = me.0.task.borrow().as_ref().and_then(Weak::upgrade);
            if let Some(task) = task {
                task.cancel(None);
            }
            me.0.state.set(State::Expiring);
            drop(me.0.timer.take());
            Ok(())
        };
        let timer =
            if when <= owner.time() { TimerHandle(owner.call_soon(expire)?.0) } else { owner.call_at(when, expire)? };
        self.0.timer.replace(Some(timer));
        Ok(())
    }

    #[inline]
    fn stop_timer(&self) {
        if let Some(timer) = self.0.timer.take() {
            timer.cancel();
        }
    }

    /// `async with asyncio.timeout(…):`
    #[inline]
    pub async fn aenter(&self) -> PyResult<Timeout> {
        if self.0.state.get() != State::Created {
            return Err(runtime_error("Timeout has already been entered"));
        }
        let Some(task) = task::current() else { return Err(runtime_error("Timeout should be used inside a task")) };
        self.0.state.set(State::Entered);
        self.0.before.set(task.state().cancel_requests());
        self.0.task.replace(Some(Rc::downgrade(&task)));
        self.schedule(self.0.when.get())?;
        Ok(self.clone())
    }

    /// The end of the block: a cancellation by the timer becomes TimeoutError.
    #[inline]
    pub async fn aexit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        self.stop_timer();
        match self.0.state.get() {
            State::Expiring => {
                self.0.state.set(State::Expired);
                let task = self.0.task.borrow().as_ref().and_then(Weak::upgrade);
                let ours = task.is_some_and(|task| task.state().uncancel() <= self.0.before.get());
                match outcome {
                    Err(error) if ours && error.is::<CancelledError>() => Err(TimeoutError::new(()).with_cause(error)),
                    outcome => outcome,
                }
            }
            State::Entered => {
                self.0.state.set(State::Exited);
                outcome
            }
            State::Created | State::Expired | State::Exited => outcome,
        }
    }
}
