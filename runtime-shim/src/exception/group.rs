//! Exception groups: made with a message and exceptions, split by class.
use std::cell::Cell;
use std::fmt::{self, Write};
use std::rc::Rc;

use super::args::{Args, Argument};
use super::builtin::*;
use super::class::{Classes, ExceptionClass, ExceptionType};
use crate::error::{PyErr, PyResult};
use crate::object::Object;
use crate::text::Str;
use crate::tuple::VarTuple;

/// The exceptions of a group, as its second argument: a list, or a tuple.
pub(crate) struct Members {
    pub(crate) all: Vec<PyErr>,
    is_tuple: bool,
}

impl Members {
    #[inline]
    pub(crate) fn list(all: Vec<PyErr>) -> Members {
        Members { all, is_tuple: false }
    }
}

impl Object for Members {
    #[inline]
    fn py_type(&self) -> &'static str {
        if self.is_tuple { "tuple" } else { "list" }
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        let members = self.all.iter().map(PyErr::repr).collect::<Vec<String>>().join(", ");
        match (self.is_tuple, self.all.len()) {
            (false, _) => write!(out, "[{members}]"),
            (true, 1) => write!(out, "({members},)"),
            (true, _) => write!(out, "({members})"),
        }
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
        PyErr::group_of(message, Members::list(members))
    }

    #[inline]
    fn group_of(message: &str, members: Members) -> PyErr {
        let ordinary = members.all.iter().all(|member| member.is::<Exception>());
        let class = if ordinary { ExceptionGroup::CLASS } else { BaseExceptionGroup::CLASS };
        let args: Vec<Argument> = vec![Rc::new(Str::from(message.to_owned())), Rc::new(members)];
        class.call(Args::of(args))
    }

    /// A plain exception that `except*` takes; the group was never raised itself.
    #[inline]
    pub(super) fn wrapping(error: PyErr) -> PyErr {
        let group = PyErr::group_of("", Members { all: vec![error], is_tuple: true });
        group.restore_trace(None);
        group
    }

    /// The members of a group.
    #[inline]
    pub(crate) fn members(&self) -> Vec<PyErr> {
        self.all_args().members()
    }

    /// `e.split(classes)`: the part that matches, and the rest.
    #[inline]
    pub fn split<C: Classes>(&self) -> (Option<PyErr>, Option<PyErr>) {
        self.split_if(&|error| error.is::<C>())
    }

    /// The same for a class that is a value.
    #[inline]
    pub fn split_class(&self, class: ExceptionClass) -> (Option<PyErr>, Option<PyErr>) {
        self.split_if(&|error| error.is_instance(class))
    }

    /// The same for several.
    #[inline]
    pub fn split_any(&self, classes: &VarTuple<ExceptionClass>) -> (Option<PyErr>, Option<PyErr>) {
        self.split_if(&|error| classes.iter().any(|class| error.is_instance(class)))
    }

    /// `e.subgroup(class)`
    #[inline]
    pub fn subgroup_class(&self, class: ExceptionClass) -> Option<PyErr> {
        self.split_class(class).0
    }

    /// `e.subgroup((class, class))`
    #[inline]
    pub fn subgroup_any(&self, classes: &VarTuple<ExceptionClass>) -> Option<PyErr> {
        self.split_any(classes).0
    }

    /// `e.subgroup(lambda e: …)`
    #[inline]
    pub fn subgroup_by(&self, test: impl Fn(PyErr) -> PyResult<bool>) -> PyResult<Option<PyErr>> {
        Ok(self.split_by(test)?.0)
    }

    /// `e.split(lambda e: …)`
    #[inline]
    pub fn split_by(&self, test: impl Fn(PyErr) -> PyResult<bool>) -> PyResult<(Option<PyErr>, Option<PyErr>)> {
        let failure = Cell::new(None);
        let parts = self.split_if(&|error| {
            test(error.clone()).unwrap_or_else(|error| {
                failure.set(Some(error));
                false
            })
        });
        failure.take().map_or(Ok(parts), Err)
    }

    #[inline]
    pub(super) fn split_if(&self, test: &dyn Fn(&PyErr) -> bool) -> (Option<PyErr>, Option<PyErr>) {
        if test(self) {
            return (Some(self.clone()), None);
        }
        if !self.is::<BaseExceptionGroup>() {
            return (None, Some(self.clone()));
        }
        let (mut matching, mut rest) = (Vec::new(), Vec::new());
        for member in self.members() {
            let (a, b) = member.split_if(test);
            matching.extend(a);
            rest.extend(b);
        }
        (self.derive(matching), self.derive(rest))
    }

    /// A group of some of its members: it has been where this one has.
    #[inline]
    fn derive(&self, members: Vec<PyErr>) -> Option<PyErr> {
        if members.is_empty() {
            return None;
        }
        let message = self.all_args().text(0).unwrap_or_default();
        let group = PyErr::group(&message, members);
        group.take_after(self);
        Some(group)
    }
}
