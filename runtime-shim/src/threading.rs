//! `threading`: threads of the program, which take turns under the interpreter lock.
use std::cell::RefCell;

use crate::prelude::*;

/// A class whose handles are values.
macro_rules! handle {
    ($($type:ident),*) => {$(
        impl PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                std::rc::Rc::ptr_eq(&self.0, &other.0)
            }
        }

        impl From<$type> for $crate::value::Value {
            #[inline]
            fn from(handle: $type) -> $crate::value::Value {
                $crate::value::Value::object(handle)
            }
        }
    )*};
}
pub(crate) use handle;

mod condition;
mod lock;
mod thread;

pub use condition::{Condition, Event, Semaphore};
pub use lock::{Lock, RLock};
pub use thread::{Thread, active_count, current_thread, enumerate, main_thread};

/// `threading.TIMEOUT_MAX`
pub const TIMEOUT_MAX: f64 = 9_223_372_036.0;

thread_local! {
    /// No handle: it is dropped when the thread no longer holds the interpreter lock.
    static NAME: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The name of the thread that runs.
#[inline]
pub(crate) fn current_name() -> Str {
    NAME.with_borrow(|name| name.clone()).map_or(Str::literal("MainThread"), Str::from)
}

/// A pool names its threads.
#[inline]
pub(crate) fn set_current_name(name: String) {
    NAME.replace(Some(name));
}

/// The first thread is about to be made: the program's end waits for all.
#[inline]
fn prepare() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| crate::exit::at_exit(thread::join_all));
    main_thread();
}

/// `threading.get_ident()`
#[inline]
pub fn get_ident() -> i64 {
    // SAFETY: `pthread_self` has no preconditions.
    let ident = unsafe { libc::pthread_self() };
    ident as i64
}
