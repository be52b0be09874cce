//! Exceptions raised where Rust's form of an operation has no `?`: they end the program with their traceback.
use std::cell::RefCell;

use crate::error::PyErr;

thread_local! {
    static ESCAPED: RefCell<Option<PyErr>> = const { RefCell::new(None) };
}

/// What the unwinding carries; the exception itself cannot be sent.
pub struct Escaped;

/// Unwinds to the top of the thread, which reports the exception as uncaught.
#[cold]
#[inline(never)]
pub fn escape(error: PyErr) -> ! {
    ESCAPED.with(|escaped| escaped.replace(Some(error)));
    std::panic::resume_unwind(Box::new(Escaped))
}

/// The exception that [`escape`] was given on this thread.
#[inline]
pub fn take() -> Option<PyErr> {
    ESCAPED.with(|escaped| escaped.take())
}

/// The value, or [`escape`].
pub trait OrEscape<T> {
    /// The value, or [`escape`].
    fn or_escape(self) -> T;
}

impl<T> OrEscape<T> for Result<T, PyErr> {
    #[inline]
    fn or_escape(self) -> T {
        match self {
            Ok(value) => value,
            Err(error) => escape(error),
        }
    }
}
