//! What runs when a future is done, and what is ready to run.
use std::rc::{Rc, Weak};

use super::core::AnyFuture;
use super::event_loop::Loop;
use super::gather::Hub;
use super::handle::HandleState;
use super::task::TaskObject;
use super::wait::Waiter;
use crate::error::PyResult;

/// A done callback.
pub(crate) enum Callback {
    /// A task waits for the future.
    Wake(Rc<dyn TaskObject>),
    /// A gather waits for its child.
    Child(Rc<Hub>, usize),
    /// `run_until_complete` waits.
    Stop(Rc<Loop>),
    /// `wait` waits for it, among others.
    Waited(Rc<Waiter>, Weak<dyn AnyFuture>),
    /// Anything else, and its name.
    Call(&'static str, Box<dyn FnOnce() -> PyResult>),
}

/// An entry of the loop's queue.
pub(crate) enum Ready {
    /// A task goes on.
    Step(Rc<dyn TaskObject>),
    Child(Rc<Hub>, usize),
    Stop(Rc<Loop>),
    Call(Box<dyn FnOnce() -> PyResult>),
    /// `call_soon`, or a timer that is due.
    Handle(Rc<HandleState>),
}

impl Callback {
    pub(crate) fn ready(self) -> Ready {
        match self {
            Callback::Wake(task) => Ready::Step(task),
            Callback::Child(hub, index) => Ready::Child(hub, index),
            Callback::Stop(owner) => Ready::Stop(owner),
            Callback::Waited(waiter, child) => Ready::Call(Box::new(move || {
                if let Some(child) = child.upgrade() {
                    waiter.child_done(&*child);
                }
                Ok(())
            })),
            Callback::Call(_, call) => Ready::Call(call),
        }
    }

    pub(crate) fn repr(&self) -> String {
        match self {
            Callback::Wake(_) => "Task.task_wakeup()".to_owned(),
            Callback::Child(..) => "gather.<locals>._done_callback()".to_owned(),
            Callback::Stop(_) => "_run_until_complete_cb()".to_owned(),
            Callback::Waited(..) => "_wait.<locals>._on_completion()".to_owned(),
            Callback::Call(name, _) => format!("{name}()"),
        }
    }
}
