//! Which operand of an operator is asked first: the right one, when its class derives from the left one's and overrides
//! the reflected method.

use super::Binder;
use crate::hir::ClassId;
use crate::types::Ty;

/// Who is asked first.
#[derive(Clone, Copy, PartialEq)]
pub enum First {
    Left,
    Right,
    /// It depends on the objects.
    Either,
}

impl Binder<'_, '_> {
    /// Tells by the types of the operands. `reflected`: `__radd__`, `__gt__` for `<`, `__eq__`.
    pub fn asked_first(&self, left: &Ty, right: &Ty, reflected: &str) -> First {
        let (Ty::Class(left), Ty::Class(right)) = (left, right) else { return First::Left };
        let hierarchy = &self.s.slots.hierarchy;
        let overrides = |one: ClassId, other: ClassId| {
            one != other
                && hierarchy.is_subclass_of(other, one)
                && self.s.find_method(other, reflected).is_some()
                && self.s.find_method(other, reflected) != self.s.find_method(one, reflected)
        };
        let pairs = hierarchy.below(*left).iter().flat_map(|one| {
            let others = hierarchy.below(*right);
            others.iter().map(move |other| overrides(*one, *other))
        });
        let (mut yes, mut no) = (false, false);
        for one in pairs {
            yes |= one;
            no |= !one;
        }
        match (yes, no) {
            (true, false) => First::Right,
            (true, true) => First::Either,
            (false, _) => First::Left,
        }
    }
}
