//! A look into a `RefCell`, or a change of what is in it, that leaves its flag alone.
//!
//! The flag is read, so that a borrow elsewhere is still met, and not written: in a loop each item would wait for the flag of the
//! one before. What is safe about it is the caller's: while the reference lives, no code of the program runs, and nothing else
//! touches the cell. To clone a value of ours is allowed: that counts a handle up, and no more; to drop one is not.
use std::cell::RefCell;

pub(crate) trait Peek<T> {
    /// # Safety
    /// While the reference lives, nothing borrows the cell mutably or changes it.
    unsafe fn peek(&self) -> &T;

    /// # Safety
    /// While the reference lives, nothing else looks into the cell.
    #[expect(clippy::mut_from_ref, reason = "it is the only reference, as the caller promises")]
    unsafe fn poke(&self) -> &mut T;
}

impl<T> Peek<T> for RefCell<T> {
    #[inline(always)]
    unsafe fn peek(&self) -> &T {
        // SAFETY: it is not borrowed mutably now, or this fails, and the caller says that it stays so.
        match unsafe { self.try_borrow_unguarded() } {
            Ok(value) => value,
            Err(_) => borrowed(),
        }
    }

    #[inline(always)]
    unsafe fn poke(&self) -> &mut T {
        if self.try_borrow_mut().is_err() {
            borrowed();
        }
        // SAFETY: nobody borrows it now, and the caller says that it stays so.
        unsafe { &mut *self.as_ptr() }
    }
}

#[cold]
#[inline(never)]
fn borrowed() -> ! {
    unreachable!("a container is looked at while it is changed")
}
