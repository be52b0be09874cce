//! `except*`: what is left of an exception when each clause has taken its part, and what the clauses raised.
use super::builtin::BaseExceptionGroup;
use super::class::{Classes, ExceptionClass};
use crate::error::{PyErr, PyResult};

/// An exception on its way through the clauses.
pub struct Star {
    original: PyErr,
    rest: Option<PyErr>,
    /// The parts that were taken; raised again they join the rest.
    parts: Vec<PyErr>,
    again: Vec<PyErr>,
    raised: Vec<PyErr>,
}

impl PyErr {
    /// It meets `except*`.
    #[inline]
    #[must_use]
    pub fn star(&self) -> Star {
        let (parts, again, raised) = (Vec::new(), Vec::new(), Vec::new());
        Star { original: self.clone(), rest: Some(self.clone()), parts, again, raised }
    }

    #[inline]
    fn leaves(&self, into: &mut Vec<PyErr>) {
        if self.is::<BaseExceptionGroup>() {
            self.members().iter().for_each(|member| member.leaves(into));
        } else {
            into.push(self.clone());
        }
    }
}

impl Star {
    /// What `except* C` takes.
    #[inline]
    pub fn matching<C: Classes>(&mut self) -> Option<PyErr> {
        self.matching_if(&|error| error.is::<C>())
    }

    /// The same for classes that are values.
    #[inline]
    pub fn matching_any(&mut self, classes: &[ExceptionClass]) -> Option<PyErr> {
        self.matching_if(&|error| error.is_any(classes))
    }

    #[inline]
    fn matching_if(&mut self, test: &dyn Fn(&PyErr) -> bool) -> Option<PyErr> {
        let rest = self.rest.take()?;
        let part = if rest.is::<BaseExceptionGroup>() {
            let (part, rest) = rest.split_if(test);
            self.rest = rest;
            part
        } else if test(&rest) {
            Some(PyErr::wrapping(rest))
        } else {
            self.rest = Some(rest);
            None
        };
        self.parts.extend(part.clone());
        part
    }

    /// How a clause ended.
    #[inline]
    pub fn handled(&mut self, outcome: PyResult) {
        let Err(error) = outcome else { return };
        if self.parts.iter().any(|part| part.is_same(&error)) {
            self.again.push(error);
        } else {
            self.raised.push(error);
        }
    }

    /// What is raised in the end.
    #[inline]
    pub fn finish(self) -> PyResult {
        if !self.original.is::<BaseExceptionGroup>() {
            let left = self.raised.into_iter().chain(self.again).chain(self.rest).next();
            return left.map_or(Ok(()), Err);
        }
        let mut leaves = Vec::new();
        self.again.iter().chain(&self.rest).for_each(|part| part.leaves(&mut leaves));
        let (left, _) = self.original.split_if(&|error| leaves.iter().any(|leaf| leaf.is_same(error)));
        let mut raised = self.raised;
        if raised.is_empty() {
            return left.map_or(Ok(()), Err);
        }
        raised.extend(left);
        match raised.pop() {
            Some(only) if raised.is_empty() => Err(only),
            last => {
                raised.extend(last);
                Err(PyErr::group("", raised))
            }
        }
    }
}
