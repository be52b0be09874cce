//! `concurrent`: what `asyncio` hands work to.

/// `concurrent.futures`
pub mod futures {
    use crate::exception::builtin::{Exception, class};

    pub use crate::asyncio::ThreadPoolExecutor;
    /// `concurrent.futures.TimeoutError`
    pub use crate::exception::TimeoutError;

    class! {
        @ /// `concurrent.futures.CancelledError`
        CancelledError: Exception, "concurrent.futures._base";
    }
    class! {
        @ /// `concurrent.futures.InvalidStateError`
        InvalidStateError: Exception, "concurrent.futures._base";
    }
}
