//! A future that lives inside its task's allocation.
//!
//! Pinning: the only way to the future is `poll` and `clear`. `Slot` is a field of a task that is made inside an `Rc` and
//! never moved out of it; so from the first poll on the future stays where it is until `clear`, or the task's end, drops it.
use std::cell::{RefCell, UnsafeCell};
use std::pin::Pin;
use std::task::{Context, Poll};

/// The future, until it is done.
pub(crate) struct Slot<F> {
    /// Borrowed while the future is polled or dropped: neither happens inside the other.
    busy: RefCell<()>,
    future: UnsafeCell<Option<F>>,
}

impl<F> Slot<F> {
    pub(crate) fn new(future: F) -> Slot<F> {
        Slot { busy: RefCell::new(()), future: UnsafeCell::new(Some(future)) }
    }

    /// Drops the future in place.
    pub(crate) fn clear(&self) {
        let Ok(_busy) = self.busy.try_borrow_mut() else { return };
        // SAFETY: `busy` is borrowed by nobody else, so no reference to the future exists; it is dropped where it is.
        unsafe { *self.future.get() = None };
    }
}

impl<F: Future> Slot<F> {
    /// Polls the future; `None` when it is gone, or is being polled.
    ///
    /// # Safety
    /// `self` must never move again.
    pub(crate) unsafe fn poll(&self, cx: &mut Context<'_>) -> Option<Poll<F::Output>> {
        let _busy = self.busy.try_borrow_mut().ok()?;
        // SAFETY: `busy` is borrowed by nobody else, so this is the only reference; the caller says that it does not move.
        let future = unsafe { Pin::new_unchecked((*self.future.get()).as_mut()?) };
        Some(future.poll(cx))
    }
}
