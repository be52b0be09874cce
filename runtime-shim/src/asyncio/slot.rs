//! A future that lives inside its task's allocation.
//!
//! Pinning: the only way to the future is `poll` and `clear`. `Slot` is a field of a task that is made inside an `Rc` and
//! never moved out of it; so from the first poll on the future stays where it is until `clear`, or the task's end, drops it.
use std::cell::{Cell, UnsafeCell};
use std::pin::Pin;
use std::task::{Context, Poll};

/// The future, until it is done.
pub(crate) struct Slot<F> {
    /// The future is being polled or dropped: neither happens inside the other.
    busy: Cell<bool>,
    future: UnsafeCell<Option<F>>,
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

impl<F> Slot<F> {
    #[inline]
    pub(crate) fn new(future: F) -> Slot<F> {
        Slot { busy: Cell::new(false), future: UnsafeCell::new(Some(future)) }
    }

    /// Drops the future in place.
    #[inline]
    pub(crate) fn clear(&self) {
        let Some(_busy) = Busy::new(&self.busy) else { return };
        // SAFETY: `busy` was not set, so no reference to the future exists; it is dropped where it is.
        unsafe { *self.future.get() = None };
    }
}

impl<F: Future> Slot<F> {
    /// Polls the future; `None` when it is gone, or is being polled.
    ///
    /// # Safety
    /// `self` must never move again.
    #[inline(always)]
    pub(crate) unsafe fn poll(&self, cx: &mut Context<'_>) -> Option<Poll<F::Output>> {
        let _busy = Busy::new(&self.busy)?;
        // SAFETY: `busy` was not set, so this is the only reference; the caller says that it does not move.
        let future = unsafe { (*self.future.get()).as_mut().map(|future| Pin::new_unchecked(future)) };
        Some(future?.poll(cx))
    }
}
