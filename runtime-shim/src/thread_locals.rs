//! What a thread keeps of the program's values, freed while it still holds the interpreter lock.

/// Drops this thread's loop, its tasks, and whatever else holds a value of the program.
#[inline]
pub(crate) fn clear() {
    crate::signals::forget();
    crate::contextvars::forget();
    crate::asyncio::event_loop::forget();
}
