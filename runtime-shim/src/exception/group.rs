//! Exception groups: made with a message and exceptions, split by class.
use std::rc::Rc;

use super::args::{Args, Argument};
use super::builtin::*;
use super::class::{Classes, ExceptionType};
use crate::error::PyErr;

/// The exceptions of a group, as its second argument.
pub(crate) struct Members(pub(crate) Vec<PyErr>);

impl Argument for Members {
    fn repr(&self) -> String {
        let members: Vec<String> = self.0.iter().map(PyErr::repr).collect();
        format!("[{}]", members.join(", "))
    }

    fn text(&self) -> String {
        self.repr()
    }
}

pub(super) fn text(error: &PyErr) -> String {
    let message = error.arg(0).map(|message| message.text()).unwrap_or_default();
    let count = error.exceptions().len();
    format!("{message} ({count} sub-exception{})", if count == 1 { "" } else { "s" })
}

impl PyErr {
    /// An exception group; it is an `ExceptionGroup` when all members are `Exception`s.
    pub fn group(message: &str, members: Vec<PyErr>) -> PyErr {
        let ordinary = members.iter().all(|member| member.is::<Exception>());
        let class = if ordinary { ExceptionGroup::CLASS } else { BaseExceptionGroup::CLASS };
        let args: Vec<Rc<dyn Argument>> = vec![Rc::new(message.to_owned()), Rc::new(Members(members))];
        class.call(Args::of(args))
    }

    /// `e.exceptions`: the members of a group.
    pub fn exceptions(&self) -> Vec<PyErr> {
        self.arg(1).map(|members| members.members()).unwrap_or_default()
    }

    /// `e.split(classes)`: the part that matches, and the rest.
    pub fn split<C: Classes>(&self) -> (Option<PyErr>, Option<PyErr>) {
        if self.is::<C>() {
            return (Some(self.clone()), None);
        }
        if !self.is::<BaseExceptionGroup>() {
            return (None, Some(self.clone()));
        }
        let (mut matching, mut rest) = (Vec::new(), Vec::new());
        for member in self.exceptions() {
            let (a, b) = member.split::<C>();
            matching.extend(a);
            rest.extend(b);
        }
        (self.derive(matching), self.derive(rest))
    }

    fn derive(&self, members: Vec<PyErr>) -> Option<PyErr> {
        if members.is_empty() {
            return None;
        }
        let message = self.arg(0).map(|message| message.text()).unwrap_or_default();
        Some(PyErr::group(&message, members))
    }
}
