//! `asyncio.Runner`: one loop for several calls of `run`.
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::awaitable::Awaitable;
use super::event_loop::{self, AbstractEventLoop, new_event_loop, set_event_loop};
use super::exceptions::runtime_error;
use super::run::{close, run_main};
use crate::error::PyResult;

#[derive(Default)]
struct State {
    debug: Cell<Option<bool>>,
    owner: RefCell<Option<AbstractEventLoop>>,
    closed: Cell<bool>,
}

/// `asyncio.Runner`: a handle; a clone is the same runner.
#[derive(Clone, Default)]
pub struct Runner(Rc<State>);

impl Runner {
    /// `asyncio.Runner()`
    #[inline]
    pub fn new() -> Runner {
        Runner::default()
    }

    /// `debug=`
    #[must_use]
    #[inline]
    pub fn debug(self, on: Option<bool>) -> Runner {
        self.0.debug.set(on);
        self
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    /// `runner.get_loop()`
    #[inline]
    pub fn get_loop(&self) -> PyResult<AbstractEventLoop> {
        if self.0.closed.get() {
            return Err(runtime_error("Runner is closed"));
        }
        if let Some(owner) = &*self.0.owner.borrow() {
            return Ok(owner.clone());
        }
        let owner = new_event_loop();
        owner.set_debug(self.0.debug.get().unwrap_or(false));
        set_event_loop(Some(owner.clone()));
        self.0.owner.replace(Some(owner.clone()));
        Ok(owner)
    }

    /// `runner.run(main)`
    #[inline]
    pub fn run<A: Awaitable>(&self, main: A) -> PyResult<A::Output> {
        if event_loop::is_any_running() {
            let text = "Runner.run() cannot be called from a running event loop";
            return Err(runtime_error(text).holding(A::unbegun()));
        }
        run_main(&self.get_loop()?, main)
    }

    /// `runner.close()`
    #[inline]
    pub fn close(&self) -> PyResult {
        self.0.closed.set(true);
        let owner = self.0.owner.take();
        owner.map_or(Ok(()), |owner| close(&owner))
    }

    /// `with asyncio.Runner() as runner:`
    #[inline]
    pub fn enter(&self) -> PyResult<Runner> {
        self.get_loop()?;
        Ok(self.clone())
    }

    /// The end of the `with`; the block's outcome is passed on.
    #[inline]
    pub fn exit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        self.close()?;
        outcome
    }
}
