//! `loop.add_signal_handler`: a callback that the loop runs when the process gets a signal.
use std::rc::Rc;

use super::callback::Ready;
use super::event_loop::{AbstractEventLoop, Loop};
use super::exceptions::runtime_error;
use crate::error::PyResult;
use crate::exception::{ExceptionType, ValueError};
use crate::signal::IntoSignal;
use crate::signals;

/// What is called for a signal.
pub(crate) type SignalHandler = Rc<dyn Fn() -> PyResult>;

impl Loop {
    /// The signal has come: its handler is a call like any other, one pass later, as with CPython's pipe to itself.
    #[inline]
    pub(crate) fn signalled(self: &Rc<Self>, number: i32) {
        let this = self.clone();
        let call = move || {
            if let Some(handler) = this.signal_handlers.borrow().get(&number).cloned() {
                this.schedule(Ready::Call(Box::new(move || handler())));
            }
            Ok(())
        };
        self.schedule(Ready::Call(Box::new(call)));
    }
}

impl AbstractEventLoop {
    /// `loop.add_signal_handler(signal, callback)`
    #[inline]
    pub fn add_signal_handler(&self, signal: impl IntoSignal, callback: impl Fn() -> PyResult + 'static) -> PyResult {
        let number = signal.number()?;
        self.0.check_open()?;
        if !signals::is_main() {
            return Err(ValueError::new("set_wakeup_fd only works in main thread of the main interpreter"));
        }
        if matches!(number, libc::SIGKILL | libc::SIGSTOP) {
            return Err(runtime_error(format!("sig {number} cannot be caught")));
        }
        self.0.signal_handlers.borrow_mut().insert(number, Rc::new(callback));
        let owner = Rc::downgrade(&self.0);
        signals::handle(
            number,
            Rc::new(move |number| {
                if let Some(owner) = owner.upgrade() {
                    owner.signalled(number);
                }
                Ok(())
            }),
        );
        Ok(())
    }

    /// `loop.remove_signal_handler(signal)`
    #[inline]
    pub fn remove_signal_handler(&self, signal: impl IntoSignal) -> PyResult<bool> {
        let number = signal.number()?;
        let old = self.0.signal_handlers.borrow_mut().remove(&number);
        if old.is_some() {
            signals::restore(number);
        }
        Ok(old.is_some())
    }
}
