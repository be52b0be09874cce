//! `copy`: objects again, and with all that they hold.
use std::any::Any;
use std::collections::HashMap;

use crate::prelude::*;

/// A copy that is being made.
pub struct Copier {
    deep: bool,
    /// What was copied already, by where it was.
    made: HashMap<usize, Box<dyn Any>>,
    /// Containers that are still to be filled: what holds them must be known before what is inside is copied.
    unfilled: Vec<Filling>,
}

type Filling = Box<dyn FnOnce(&mut Copier)>;

/// `copy.copy(x)`
pub fn copy<T: Object + Clone>(x: &T) -> T {
    x.clone().py_copied(&mut Copier { deep: false, made: HashMap::new(), unfilled: Vec::new() })
}

/// `copy.deepcopy(x)`
pub fn deepcopy<T: Object + Clone>(x: &T) -> T {
    let mut copier = Copier { deep: true, made: HashMap::new(), unfilled: Vec::new() };
    let copy = x.clone().py_copied(&mut copier);
    while let Some(fill) = copier.unfilled.pop() {
        fill(&mut copier);
    }
    copy
}

impl Copier {
    /// What is inside as it is to be in the copy.
    #[inline]
    pub fn of<T: Object + Clone>(&mut self, inside: &T) -> T {
        if self.deep { inside.clone().py_copied(self) } else { inside.clone() }
    }

    /// Whether what is inside is copied, too.
    #[inline]
    pub fn is_deep(&self) -> bool {
        self.deep
    }

    /// Something that is inside is copied when what is around is known.
    #[inline]
    pub(crate) fn later(&mut self, fill: impl FnOnce(&mut Copier) + 'static) {
        self.unfilled.push(Box::new(fill));
    }

    /// The copy of an object that was made already.
    #[inline]
    pub fn known<T: Clone + 'static>(&self, address: usize) -> Option<T> {
        self.made.get(&address)?.downcast_ref::<T>().cloned()
    }

    /// Makes the copy known, before what is inside is copied: it may hold the object itself.
    #[inline]
    pub fn remember<T: Clone + 'static>(&mut self, address: usize, copy: &T) {
        self.made.insert(address, Box::new(copy.clone()));
    }
}

/// A field that can be assigned, in a copy.
pub trait CopiedField: Sized {
    /// The same value.
    fn shallow(&self) -> Self;
    /// A copy of the value, when what is inside is copied, too.
    fn deepen(&self, _copier: &mut Copier) {}
}

impl<T: Copy> CopiedField for Cell<T> {
    fn shallow(&self) -> Self {
        Cell::new(self.get())
    }
}

impl<T: Object + Clone> CopiedField for Field<T> {
    fn shallow(&self) -> Self {
        Field::new(self.get())
    }

    fn deepen(&self, copier: &mut Copier) {
        if copier.is_deep() {
            self.set(copier.of(&self.get()));
        }
    }
}

impl<T: Object + Clone> CopiedField for Late<T> {
    fn shallow(&self) -> Self {
        if self.is_set() { Late::with(self.get()) } else { Late::new() }
    }

    fn deepen(&self, copier: &mut Copier) {
        if copier.is_deep() && self.is_set() {
            self.set(copier.of(&self.get()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_lists() -> PyResult {
        let a = List::from([List::from([1]), List::from([2])]);
        a.append(a.get_item(0)?);
        let (shallow, deep) = (copy(&a), deepcopy(&a));
        a.get_item(0)?.append(5);
        a.append(List::new());
        assert_eq!(repr(&shallow), "[[1, 5], [2], [1, 5]]");
        deep.get_item(0)?.append(7);
        assert_eq!(repr(&deep), "[[1, 7], [2], [1, 7]]");
        assert_eq!(repr(&deepcopy(&(List::from([1]), Some(Str::from("x"))))), "([1], 'x')");
        Ok(())
    }
}
