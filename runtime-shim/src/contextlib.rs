//! `contextlib`: managers made of generators, `suppress`, `nullcontext`, `aclosing`, stacks of managers.
mod generators;
mod redirect;
mod simple;
mod stack;

pub use generators::{
    AsyncContextManager, AsyncSwallowingContextManager, ContextManager, SwallowingContextManager, async_manager,
    async_swallowing_manager, manager, swallowing_manager,
};
pub use redirect::{Redirect, redirect_stderr, redirect_stdout};
pub use simple::{Aclosing, NullContext, Suppress};
pub use stack::{AsyncExitStack, AsyncManaged, AsyncSwallowingExitStack, ExitStack, Managed, SwallowingExitStack};

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
