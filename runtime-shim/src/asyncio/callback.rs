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
    Waited(Box<Waited>),
    /// Anything else.
    Call(Box<Call>),
}

/// One of the futures that a `wait` waits for.
pub(crate) struct Waited {
    pub(crate) waiter: Rc<Waiter>,
    pub(crate) child: Weak<dyn AnyFuture>,
}

/// A done callback and its name.
pub(crate) struct Call {
    name: &'static str,
    call: Box<dyn FnOnce() -> PyResult>,
}

/// An entry of the loop's queue.
pub(crate) enum Ready {
    /// A task goes on.
    Step(Rc<dyn TaskObject>),
    Child(Rc<Hub>, usize),
    Stop(Rc<Loop>),
    Waited(Box<Waited>),
    Call(Box<dyn FnOnce() -> PyResult>),
    /// `call_soon`, or a timer that is due.
    Handle(Rc<HandleState>),
}

impl Waited {
    /// The future is done.
    pub(crate) fn done(&self) {
        if let Some(child) = self.child.upgrade() {
            self.waiter.child_done(&*child);
        }
    }
}

impl Callback {
    /// Any call, by the name that it is shown with.
    pub(crate) fn call(name: &'static str, call: Box<dyn FnOnce() -> PyResult>) -> Callback {
        Callback::Call(Box::new(Call { name, call }))
    }

    pub(crate) fn ready(self) -> Ready {
        match self {
            Callback::Wake(task) => Ready::Step(task),
            Callback::Child(hub, index) => Ready::Child(hub, index),
            Callback::Stop(owner) => Ready::Stop(owner),
            Callback::Waited(waited) => Ready::Waited(waited),
            Callback::Call(call) => Ready::Call(call.call),
        }
    }

    pub(crate) fn repr(&self) -> String {
        match self {
            Callback::Wake(_) => "Task.task_wakeup()".to_owned(),
            Callback::Child(..) => "gather.<locals>._done_callback()".to_owned(),
            Callback::Stop(_) => "_run_until_complete_cb()".to_owned(),
            Callback::Waited(..) => "_wait.<locals>._on_completion()".to_owned(),
            Callback::Call(call) => format!("{}()", call.name),
        }
    }
}
