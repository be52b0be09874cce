//! A future that lives inside its task's allocation, and its result, which takes its place.
//!
//! Pinning: the only way to the future is `poll`, `clear` and `finish`. `Slot` is a field of a task that is made inside an `Rc` and
//! never moved out of it; so from the first poll on the future stays where it is until one of the latter two, or the task's end, drops it.
use std::cell::{Cell, UnsafeCell};
use std::pin::Pin;
use std::task::{Context, Poll};

/// The future, until it is done, then what it gave.
pub(crate) struct Slot<F, T> {
    /// The future is being polled or dropped, or the value cloned: none of these happens inside another.
    busy: Cell<bool>,
    stage: UnsafeCell<Stage<F, T>>,
}

enum Stage<F, T> {
    Future(F),
    Value(T),
    Gone,
}

/// Holds a slot; also when what it does unwinds.
struct Busy<'s>(&'s Cell<bool>);

impl Busy<'_> {
    #[inline]
    fn new(busy: &Cell<bool>) -> Option<Busy<'_>> {
        (!busy.replace(true)).then_some(Busy(busy))
    }
}

impl Drop for Busy<'_> {
    #[inline]
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl<F, T> Slot<F, T> {
    #[inline]
    pub(crate) fn new(future: F) -> Slot<F, T> {
        Slot { busy: Cell::new(false), stage: UnsafeCell::new(Stage::Future(future)) }
    }

    /// Drops the future in place.
    #[inline]
    pub(crate) fn clear(&self) {
        self.set(Stage::Gone);
    }

    /// The future is done: it is dropped in place, and its value kept.
    #[inline]
    pub(crate) fn finish(&self, value: T) {
        self.set(Stage::Value(value));
    }

    #[inline]
    fn set(&self, stage: Stage<F, T>) {
        let Some(_busy) = Busy::new(&self.busy) else { return };
        // SAFETY: `busy` was not set, so no reference to what is there exists; it is dropped where it is.
        unsafe { *self.stage.get() = stage };
    }
}

impl<F, T: Clone> Slot<F, T> {
    /// What it gave.
    #[inline]
    pub(crate) fn value(&self) -> Option<T> {
        let _busy = Busy::new(&self.busy)?;
        // SAFETY: `busy` was not set, so nobody changes what is there, and is set until the value is cloned.
        match unsafe { &*self.stage.get() } {
            Stage::Value(value) => Some(value.clone()),
            Stage::Future(_) | Stage::Gone => None,
        }
    }
}

impl<F: Future, T> Slot<F, T> {
    /// Polls the future; `None` when it is gone, or is being polled.
    ///
    /// # Safety
    /// `self` must never move again.
    #[inline(always)]
    pub(crate) unsafe fn poll(&self, cx: &mut Context<'_>) -> Option<Poll<F::Output>> {
        let _busy = Busy::new(&self.busy)?;
        // SAFETY: `busy` was not set, so this is the only reference.
        match unsafe { &mut *self.stage.get() } {
            // SAFETY: the caller says that it does not move.
            Stage::Future(future) => Some(unsafe { Pin::new_unchecked(future) }.poll(cx)),
            Stage::Value(_) | Stage::Gone => None,
        }
    }
}
