//! `threading`: threads of the program, which take turns under the interpreter lock.
use std::cell::RefCell;

use crate::prelude::*;

thread_local! {
    static NAME: RefCell<Option<Str>> = const { RefCell::new(None) };
}

/// The name of the thread that runs.
#[inline]
pub(crate) fn current_name() -> Str {
    NAME.with_borrow(|name| name.clone()).unwrap_or(Str::literal("MainThread"))
}

/// `threading.get_ident()`
#[inline]
pub fn get_ident() -> i64 {
    // SAFETY: `pthread_self` has no preconditions.
    let ident = unsafe { libc::pthread_self() };
    ident as i64
}
