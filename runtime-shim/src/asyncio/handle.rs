//! `Handle` and `TimerHandle`: a call that was scheduled and may be cancelled.
use std::cell::Cell;
use std::cmp::Ordering;
use std::rc::Rc;

use super::event_loop::Loop;
use super::future::FutureState;
use crate::error::PyResult;

/// What is done when its time has come.
pub(crate) enum Action {
    /// A sleep is over.
    Wake(Rc<FutureState<()>>),
    /// The program's callback.
    Call(Box<dyn FnOnce() -> PyResult>),
}

/// A scheduled call.
pub(crate) struct HandleState {
    /// Not a number for a call that is made at once.
    when: f64,
    cancelled: Cell<bool>,
    /// It is in the heap of timers.
    pub(crate) scheduled: Cell<bool>,
    action: Cell<Option<Action>>,
    owner: Rc<Loop>,
}

impl HandleState {
    pub(crate) fn new(owner: Rc<Loop>, when: f64, action: Action) -> Rc<HandleState> {
        let (cancelled, scheduled) = (Cell::new(false), Cell::new(false));
        Rc::new(HandleState { when, cancelled, scheduled, action: Cell::new(Some(action)), owner })
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancelled.get()
    }

    pub(crate) fn when(&self) -> f64 {
        self.when
    }

    /// A timer that is cancelled stays in the heap until it is met there.
    pub(crate) fn cancel(&self) {
        if self.cancelled.replace(true) {
            return;
        }
        if self.scheduled.get() {
            self.owner.timer_cancelled();
        }
        drop(self.action.take());
    }

    /// `<Handle>`: the callback is a closure, whose name nobody knows.
    pub(crate) fn repr(&self) -> String {
        let is_timer = !self.when.is_nan();
        let kind = if is_timer { "TimerHandle" } else { "Handle" };
        let cancelled = if self.is_cancelled() { " cancelled" } else { "" };
        let when = if is_timer { format!(" when={}", crate::object::repr(&self.when)) } else { String::new() };
        format!("<{kind}{cancelled}{when}>")
    }

    pub(crate) fn take(&self) -> Option<Action> {
        self.action.take()
    }
}

/// An entry of the heap: the earliest first, then the one that was set first.
pub(crate) struct Timer {
    /// The handle's: the heap compares it without a look at the handle.
    pub(crate) when: f64,
    pub(crate) sequence: u64,
    pub(crate) handle: Rc<HandleState>,
}

impl Ord for Timer {
    fn cmp(&self, other: &Timer) -> Ordering {
        other.when.total_cmp(&self.when).then(other.sequence.cmp(&self.sequence))
    }
}

impl PartialOrd for Timer {
    fn partial_cmp(&self, other: &Timer) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Timer {
    fn eq(&self, other: &Timer) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Timer {}

/// `asyncio.Handle`
#[derive(Clone)]
pub struct Handle(pub(crate) Rc<HandleState>);

impl Handle {
    /// What `id()` is made of.
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    /// `handle.cancel()`
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// `handle.cancelled()`
    pub fn cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

/// `asyncio.TimerHandle`
#[derive(Clone)]
pub struct TimerHandle(pub(crate) Rc<HandleState>);

impl TimerHandle {
    /// What `id()` is made of.
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    /// `handle.cancel()`
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// `handle.cancelled()`
    pub fn cancelled(&self) -> bool {
        self.0.is_cancelled()
    }

    /// `handle.when()`
    pub fn when(&self) -> f64 {
        self.0.when()
    }
}
