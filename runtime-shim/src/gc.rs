//! `gc`: there is nothing to collect; what is not referred to any more is gone at once.
use std::cell::Cell;

thread_local! {
    static ENABLED: Cell<bool> = const { Cell::new(true) };
}

/// `gc.collect(generation)`: how many unreachable objects were found.
#[inline]
pub fn collect(_generation: i64) -> i64 {
    0
}

/// `gc.enable()`
#[inline]
pub fn enable() {
    ENABLED.set(true);
}

/// `gc.disable()`
#[inline]
pub fn disable() {
    ENABLED.set(false);
}

/// `gc.isenabled()`
#[inline]
pub fn isenabled() -> bool {
    ENABLED.get()
}

/// `gc.freeze()`
#[inline]
pub fn freeze() {}
