//! What may stand after `except` as a value: a class, or a tuple of such.
use super::ExceptionClass;
use crate::tuple::VarTuple;

/// A class, or a tuple of classes, at any depth.
pub trait ExceptionClasses {
    /// Does one of them pass the test?
    fn any(&self, test: &mut dyn FnMut(ExceptionClass) -> bool) -> bool;
}

impl ExceptionClasses for ExceptionClass {
    #[inline]
    fn any(&self, test: &mut dyn FnMut(ExceptionClass) -> bool) -> bool {
        test(*self)
    }
}

impl<C: ExceptionClasses + Clone + 'static> ExceptionClasses for VarTuple<C> {
    #[inline]
    fn any(&self, test: &mut dyn FnMut(ExceptionClass) -> bool) -> bool {
        self.into_iter().any(|class| class.any(test))
    }
}

impl<C: ExceptionClasses> ExceptionClasses for [C] {
    #[inline]
    fn any(&self, test: &mut dyn FnMut(ExceptionClass) -> bool) -> bool {
        self.iter().any(|class| class.any(test))
    }
}

impl<C: ExceptionClasses, const N: usize> ExceptionClasses for [C; N] {
    #[inline]
    fn any(&self, test: &mut dyn FnMut(ExceptionClass) -> bool) -> bool {
        self.iter().any(|class| class.any(test))
    }
}

macro_rules! tuples {
    ($(($($name:ident $at:tt),*)),*) => {$(
        impl<$($name: ExceptionClasses),*> ExceptionClasses for ($($name,)*) {
            #[inline]
            fn any(&self, test: &mut dyn FnMut(ExceptionClass) -> bool) -> bool {
                $(self.$at.any(test))||*
            }
        }
    )*};
}

tuples!((A 0), (A 0, B 1), (A 0, B 1, C 2), (A 0, B 1, C 2, D 3), (A 0, B 1, C 2, D 3, E 4), (A 0, B 1, C 2, D 3, E 4, F 5));
