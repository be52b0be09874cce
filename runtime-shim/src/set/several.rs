//! Methods of sets that are given several iterables.
use super::{FrozenSet, Set};
use crate::error::PyResult;
use crate::iter::Iterable;
use crate::object::{Key, Object};

macro_rules! both {
    ($Set:ident) => {
        impl<T: Key + Object + Clone> $Set<T> {
            /// `s.union(a, b)`
            pub fn union2(&self, a: &impl Iterable<Item = T>, b: &impl Iterable<Item = T>) -> PyResult<$Set<T>> {
                let all = self.0.union(a)?;
                all.update(b)?;
                Ok($Set(all))
            }

            /// `s.union(a, b, c)`
            pub fn union3(
                &self,
                a: &impl Iterable<Item = T>,
                b: &impl Iterable<Item = T>,
                c: &impl Iterable<Item = T>,
            ) -> PyResult<$Set<T>> {
                let all = self.union2(a, b)?;
                all.0.update(c)?;
                Ok(all)
            }

            /// `s.intersection(a, b)`
            pub fn intersection2(&self, a: &impl Iterable<Item = T>, b: &impl Iterable<Item = T>) -> PyResult<$Set<T>> {
                self.intersection(a)?.intersection(b)
            }

            /// `s.intersection(a, b, c)`
            pub fn intersection3(
                &self,
                a: &impl Iterable<Item = T>,
                b: &impl Iterable<Item = T>,
                c: &impl Iterable<Item = T>,
            ) -> PyResult<$Set<T>> {
                self.intersection2(a, b)?.intersection(c)
            }

            /// `s.difference(a, b)`
            pub fn difference2(&self, a: &impl Iterable<Item = T>, b: &impl Iterable<Item = T>) -> PyResult<$Set<T>> {
                let rest = self.difference(a)?;
                rest.0.difference_update(b)?;
                Ok(rest)
            }

            /// `s.difference(a, b, c)`
            pub fn difference3(
                &self,
                a: &impl Iterable<Item = T>,
                b: &impl Iterable<Item = T>,
                c: &impl Iterable<Item = T>,
            ) -> PyResult<$Set<T>> {
                let rest = self.difference2(a, b)?;
                rest.0.difference_update(c)?;
                Ok(rest)
            }
        }
    };
}
both!(Set);
both!(FrozenSet);

impl<T: Key + Object + Clone> Set<T> {
    /// `s.update(a, b)`
    pub fn update2(&self, a: &impl Iterable<Item = T>, b: &impl Iterable<Item = T>) -> PyResult {
        self.update(a)?;
        self.update(b)
    }

    /// `s.update(a, b, c)`
    pub fn update3(
        &self,
        a: &impl Iterable<Item = T>,
        b: &impl Iterable<Item = T>,
        c: &impl Iterable<Item = T>,
    ) -> PyResult {
        self.update2(a, b)?;
        self.update(c)
    }

    /// `s.difference_update(a, b)`
    pub fn difference_update2(&self, a: &impl Iterable<Item = T>, b: &impl Iterable<Item = T>) -> PyResult {
        self.difference_update(a)?;
        self.difference_update(b)
    }

    /// `s.intersection_update(a, b)`
    pub fn intersection_update2(&self, a: &impl Iterable<Item = T>, b: &impl Iterable<Item = T>) -> PyResult {
        let both = self.intersection(a)?;
        self.intersection_update(&both.intersection(b)?)
    }
}
