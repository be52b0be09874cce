//! Event loop policies: there is one, the default.
use super::event_loop::{AbstractEventLoop, get_event_loop, new_event_loop, set_event_loop};
use crate::error::PyResult;

/// `asyncio.DefaultEventLoopPolicy`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DefaultEventLoopPolicy;

impl DefaultEventLoopPolicy {
    /// `asyncio.DefaultEventLoopPolicy()`
    #[inline]
    pub fn new() -> DefaultEventLoopPolicy {
        DefaultEventLoopPolicy
    }

    /// `policy.get_event_loop()`
    #[inline]
    pub fn get_event_loop(&self) -> PyResult<AbstractEventLoop> {
        get_event_loop()
    }

    /// `policy.new_event_loop()`
    #[inline]
    pub fn new_event_loop(&self) -> AbstractEventLoop {
        new_event_loop()
    }

    /// `policy.set_event_loop(loop)`
    #[inline]
    pub fn set_event_loop(&self, owner: Option<AbstractEventLoop>) {
        set_event_loop(owner);
    }
}

/// `asyncio.get_event_loop_policy()`
#[inline]
pub fn get_event_loop_policy() -> DefaultEventLoopPolicy {
    DefaultEventLoopPolicy
}

/// `asyncio.set_event_loop_policy(policy)`
#[inline]
pub fn set_event_loop_policy(_: Option<DefaultEventLoopPolicy>) {}

crate::opaque::singleton! {
    DefaultEventLoopPolicy: "_UnixDefaultEventLoopPolicy", "<asyncio.unix_events._UnixDefaultEventLoopPolicy object at 0x7f0000000020>";
}
