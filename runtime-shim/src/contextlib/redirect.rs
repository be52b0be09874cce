//! `redirect_stdout` and `redirect_stderr`: what `print` writes goes elsewhere while the block runs.
use std::cell::RefCell;
use std::rc::Rc;

use crate::error::PyResult;
use crate::io::{Redirected, STDERR_TARGET, STDOUT_TARGET, Target, TextStream};
use crate::opaque::opaque;

struct State<T> {
    stream: &'static Redirected,
    target: T,
    /// Where it went before, one for each time it was entered.
    before: RefCell<Vec<Target>>,
}

/// `contextlib.redirect_stdout`, `contextlib.redirect_stderr`
pub struct Redirect<T>(Rc<State<T>>);

impl<T> Clone for Redirect<T> {
    fn clone(&self) -> Self {
        Redirect(self.0.clone())
    }
}

opaque! { Redirect<T>: "contextlib", "redirect_stdout", T; }

/// `redirect_stdout(target)`
pub fn redirect_stdout<T: TextStream + Clone + 'static>(target: &T) -> Redirect<T> {
    Redirect::of(&STDOUT_TARGET, target)
}

/// `redirect_stderr(target)`
pub fn redirect_stderr<T: TextStream + Clone + 'static>(target: &T) -> Redirect<T> {
    Redirect::of(&STDERR_TARGET, target)
}

impl<T: TextStream + Clone + 'static> Redirect<T> {
    fn of(stream: &'static Redirected, target: &T) -> Redirect<T> {
        Redirect(Rc::new(State { stream, target: target.clone(), before: RefCell::default() }))
    }

    /// `redirect.__enter__()`
    pub fn enter(&self) -> T {
        let before = self.0.stream.replace(Some(Rc::new(self.0.target.clone())));
        self.0.before.borrow_mut().push(before);
        self.0.target.clone()
    }

    /// The end of the block.
    pub fn exit<X>(&self, outcome: PyResult<X>) -> PyResult<X> {
        let before = self.0.before.borrow_mut().pop();
        if let Some(before) = before {
            self.0.stream.replace(before);
        }
        outcome
    }
}
