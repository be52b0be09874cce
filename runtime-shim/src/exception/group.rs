//! Exception groups: made with a message and exceptions, split by class.
use std::fmt::{self, Write};
use std::rc::Rc;

use super::args::{Args, Argument};
use super::builtin::*;
use super::class::{Classes, ExceptionType};
use crate::error::PyErr;
use crate::object::Object;
use crate::text::Str;

/// The exceptions of a group, as its second argument.
pub(crate) struct Members(pub(crate) Vec<PyErr>);

impl Object for Members {
    #[inline]
    fn py_type(&self) -> &'static str {
        "list"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        let members: Vec<String> = self.0.iter().map(PyErr::repr).collect();
        write!(out, "[{}]", members.join(", "))
    }
}

#[inline]
pub(super) fn text(error: &PyErr) -> String {
    let message = error.all_args().text(0).unwrap_or_default();
    let count = error.members().len();
    format!("{message} ({count} sub-exception{})", if count == 1 { "" } else { "s" })
}

impl PyErr {
    /// An exception group; it is an `ExceptionGroup` when all members are `Exception`s.
    #[inline]
    pub fn group(message: &str, members: Vec<PyErr>) -> PyErr {
        let ordinary = members.iter().all(|member| member.is::<Exception>());
        let class = if ordinary { ExceptionGroup::CLASS } else { BaseExceptionGroup::CLASS };
        let args: Vec<Argument> = vec![Rc::new(Str::from(message.to_owned())), Rc::new(Members(members))];
        class.call(Args::of(args))
    }

    /// The members of a group.
    #[inline]
    pub(crate) fn members(&self) -> Vec<PyErr> {
        self.all_args().members()
    }

    /// `e.split(classes)`: the part that matches, and the rest.
    #[inline]
    pub fn split<C: Classes>(&self) -> (Option<PyErr>, Option<PyErr>) {
        if self.is::<C>() {
            return (Some(self.clone()), None);
        }
        if !self.is::<BaseExceptionGroup>() {
            return (None, Some(self.clone()));
        }
        let (mut matching, mut rest) = (Vec::new(), Vec::new());
        for member in self.members() {
            let (a, b) = member.split::<C>();
            matching.extend(a);
            rest.extend(b);
        }
        (self.derive(matching), self.derive(rest))
    }

    #[inline]
    fn derive(&self, members: Vec<PyErr>) -> Option<PyErr> {
        if members.is_empty() {
            return None;
        }
        let message = self.all_args().text(0).unwrap_or_default();
        Some(PyErr::group(&message, members))
    }
}
