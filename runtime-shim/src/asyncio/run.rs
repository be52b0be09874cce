//! `asyncio.run`
use std::cell::Cell;
use std::rc::Rc;

use super::awaitable::Awaitable;
use super::core::AnyFuture;
use super::event_loop::{self, AbstractEventLoop, Loop, new_event_loop, set_event_loop};
use super::exceptions::{CancelledError, runtime_error};
use super::gather::Hub;
use super::trouble::entry;
use crate::error::PyResult;
use crate::signals;

/// `asyncio.run(main)`: a loop of its own, in which nothing is left behind.
pub fn run<A: Awaitable>(main: A) -> PyResult<A::Output> {
    run_with(main, None)
}

/// `asyncio.run(main, debug=…)`
pub fn run_with<A: Awaitable>(main: A, debug: Option<bool>) -> PyResult<A::Output> {
    if event_loop::is_any_running() {
        let text = "asyncio.run() cannot be called from a running event loop";
        return Err(runtime_error(text).holding(A::unbegun()));
    }
    let owner = new_event_loop();
    owner.set_debug(debug.unwrap_or(false));
    set_event_loop(Some(owner.clone()));
    let result = run_main(&owner, main);
    let closed = close(&owner);
    let result = result?;
    closed?;
    Ok(result)
}

pub(super) fn run_main<A: Awaitable>(owner: &AbstractEventLoop, main: A) -> PyResult<A::Output> {
    let task = main.into_task(owner);
    let interrupts = Rc::new(Cell::new(0_u32));
    let (counted, cancelled) = (interrupts.clone(), task.clone());
    let handler = move || {
        counted.set(counted.get() + 1);
        let first = counted.get() == 1 && !cancelled.done();
        if first {
            cancelled.cancel(None);
        }
        first
    };
    owner.0.on_interrupt.replace(Some(Box::new(handler)));
    let result = owner.run_until_complete(&task);
    let handler = owner.0.on_interrupt.take();
    drop(handler);
    if result.is_err() {
        // What left the loop by itself is on its way already.
        task.0.core().set_retrieved();
    }
    match result {
        Err(error) if error.is::<CancelledError>() && interrupts.get() > 0 && task.uncancel() == 0 => {
            Err(signals::interrupt().during(&error))
        }
        result => result,
    }
}

pub(super) fn close(owner: &AbstractEventLoop) -> PyResult {
    let cancelled = cancel_all(&owner.0);
    let generators = {
        let of = owner.clone();
        owner.run_until_complete(async move { of.shutdown_asyncgens().await })
    };
    let executor = {
        let of = owner.clone();
        owner.run_until_complete(async move { of.shutdown_default_executor().await })
    };
    set_event_loop(None);
    let closed = owner.close();
    cancelled.and(generators).and(executor).and(closed)
}

/// Cancels what the program left behind, and waits for it.
fn cancel_all(owner: &Rc<Loop>) -> PyResult {
    let tasks = owner.pending_tasks();
    if tasks.is_empty() {
        return Ok(());
    }
    for task in &tasks {
        task.cancel(None);
    }
    let children: Vec<Rc<dyn AnyFuture>> = tasks.iter().map(|task| task.clone().as_future()).collect();
    owner.run_until_complete(Hub::wait_all(owner, children))?;
    for task in &tasks {
        if task.core().is_cancelled() {
            continue;
        }
        if let Some(error) = task.core().peek_exception() {
            let of = entry("task", "Task", task.repr());
            owner.tell("unhandled exception during asyncio.run() shutdown", Some(&error), &[of]);
        }
    }
    Ok(())
}
