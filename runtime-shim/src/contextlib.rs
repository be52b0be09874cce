//! `contextlib`: managers made of generators, `suppress`, `nullcontext`, `aclosing`.
mod generators;
mod simple;

pub use generators::{
    AsyncContextManager, AsyncSwallowingContextManager, ContextManager, SwallowingContextManager, async_manager,
    async_swallowing_manager, manager, swallowing_manager,
};
pub use simple::{Aclosing, NullContext, Suppress};

use crate::flow::Flow;

/// What the block of a `with` gives, when an exception in it was swallowed.
pub trait Swallowed {
    /// The block is left by its end.
    fn swallowed() -> Self;
}

impl Swallowed for () {
    #[inline]
    fn swallowed() {}
}

impl<T> Swallowed for Flow<T> {
    #[inline]
    fn swallowed() -> Flow<T> {
        Flow::Next
    }
}
