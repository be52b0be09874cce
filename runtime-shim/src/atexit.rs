//! `atexit`: what is called when the program has ended, the last first.
use std::cell::RefCell;

use crate::prelude::*;

type Call = Box<dyn Fn() -> PyResult>;

thread_local! {
    static CALLS: RefCell<Vec<Call>> = const { RefCell::new(Vec::new()) };
}

/// `atexit.register(func, *args, **kwargs)`
pub fn register<R: 'static>(func: impl Fn() -> PyResult<R> + 'static) {
    CALLS.with_borrow_mut(|calls| calls.push(Box::new(move || func().map(drop))));
}

/// Calls them; an exception is reported, and the others are called all the same.
pub(crate) fn run() {
    while let Some(call) = CALLS.with_borrow_mut(Vec::pop) {
        if let Err(error) = call() {
            let shown = crate::traceback::render(&error);
            crate::io::write_stderr(&format!("Exception ignored in atexit callback:\n{shown}"));
        }
    }
}
