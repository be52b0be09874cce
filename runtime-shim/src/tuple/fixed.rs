//! Rust's tuples of one to twelve items, and the empty one.
use std::cmp::Ordering;
use std::fmt::{self, Write};
use std::rc::Rc;

use super::{EmptyTuple, Repr, write_tuple};
use crate::error::PyResult;
use crate::iter::{Iter, Iterable, ToIter};
use crate::number::hash::TupleHash;
use crate::object::{Compare, Key, Object};

macro_rules! tuple {
    ($last:tt $($name:ident $index:tt)*) => {
        impl<$($name: Object),*> Object for ($($name,)*) {
            fn py_type(&self) -> &'static str {
                "tuple"
            }

            #[inline]
            fn py_copied(self, copier: &mut crate::copy::Copier) -> Self {
                if !copier.is_deep() {
                    return self;
                }
                ($(self.$index.py_copied(copier),)*)
            }

            #[inline]
            fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
                let items: &[&dyn Repr] = &[$(&self.$index),*];
                write_tuple(out, items.iter().copied())
            }

            #[inline]
            fn into_arguments(self) -> Vec<Rc<dyn Object>> {
                vec![$(Rc::new(self.$index)),*]
            }
        }

        impl<$($name: Key),*> Key for ($($name,)*) {
            const PLAIN: bool = $($name::PLAIN)&&*;

            #[inline]
            fn py_eq(&self, other: &Self) -> PyResult<bool> {
                $(if !self.$index.py_eq(&other.$index)? {
                    return Ok(false);
                })*
                Ok(true)
            }

            #[inline]
            fn py_hash(&self) -> PyResult<i64> {
                let mut hash = TupleHash::new();
                $(hash.add(self.$index.py_hash()?);)*
                Ok(hash.finish())
            }
        }

        // The first items that are not equal decide, by their own order.
        impl<$($name: Compare + Key),*> Compare for ($($name,)*) {
            const TOTAL: bool = $($name::TOTAL)&&*;
            const ALIKE: bool = $($name::ALIKE)&&*;

            #[inline]
            fn py_cmp(&self, other: &Self) -> Ordering {
                let order = Ordering::Equal;
                $(let order = order.then_with(|| self.$index.py_cmp(&other.$index));)*
                order
            }

            #[inline]
            fn py_lt(&self, other: &Self) -> PyResult<bool> {
                $(if $index == $last || !self.$index.py_eq(&other.$index)? {
                    return self.$index.py_lt(&other.$index);
                })*
                Ok(false)
            }

            #[inline]
            fn py_le(&self, other: &Self) -> PyResult<bool> {
                $(if !self.$index.py_eq(&other.$index)? {
                    return self.$index.py_le(&other.$index);
                })*
                Ok(true)
            }

            #[inline]
            fn py_gt(&self, other: &Self) -> PyResult<bool> {
                $(if !self.$index.py_eq(&other.$index)? {
                    return self.$index.py_gt(&other.$index);
                })*
                Ok(false)
            }

            #[inline]
            fn py_ge(&self, other: &Self) -> PyResult<bool> {
                $(if !self.$index.py_eq(&other.$index)? {
                    return self.$index.py_ge(&other.$index);
                })*
                Ok(true)
            }
        }
    };
}
tuple!(0 A 0);
tuple!(1 A 0 B 1);
tuple!(2 A 0 B 1 C 2);
tuple!(3 A 0 B 1 C 2 D 3);
tuple!(4 A 0 B 1 C 2 D 3 E 4);
tuple!(5 A 0 B 1 C 2 D 3 E 4 F 5);
tuple!(6 A 0 B 1 C 2 D 3 E 4 F 5 G 6);
tuple!(7 A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
tuple!(8 A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8);
tuple!(9 A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9);
tuple!(10 A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10);
tuple!(11 A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);

/// A tuple whose items are of one type can be iterated.
macro_rules! iterable {
    ($($type:ident)*, $($index:tt)*) => {
        impl<T: Clone + 'static> Iterable for ($($type,)*) {
            type Item = T;

            #[inline]
            fn items(&self) -> impl Iterator<Item = PyResult<T>> {
                [$(self.$index.clone()),*].into_iter().map(Ok)
            }
        }

        impl<T: Clone + 'static> ToIter for ($($type,)*) {
            #[inline]
            fn to_iter(&self) -> Iter<T> {
                Iter::named("tuple_iterator", [$(self.$index.clone()),*].into_iter().map(Ok))
            }
        }

        impl<T: Clone + 'static> From<($($type,)*)> for super::VarTuple<T> {
            #[inline]
            fn from(items: ($($type,)*)) -> Self {
                super::VarTuple::from([$(items.$index),*])
            }
        }
    };
}
iterable!(T, 0);
iterable!(T T, 0 1);
iterable!(T T T, 0 1 2);
iterable!(T T T T, 0 1 2 3);
iterable!(T T T T T, 0 1 2 3 4);
iterable!(T T T T T T, 0 1 2 3 4 5);
iterable!(T T T T T T T, 0 1 2 3 4 5 6);
iterable!(T T T T T T T T, 0 1 2 3 4 5 6 7);
iterable!(T T T T T T T T T, 0 1 2 3 4 5 6 7 8);
iterable!(T T T T T T T T T T, 0 1 2 3 4 5 6 7 8 9);
iterable!(T T T T T T T T T T T, 0 1 2 3 4 5 6 7 8 9 10);
iterable!(T T T T T T T T T T T T, 0 1 2 3 4 5 6 7 8 9 10 11);

impl Object for EmptyTuple {
    #[inline]
    fn py_type(&self) -> &'static str {
        "tuple"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str("()")
    }

    #[inline]
    fn py_bool(&self) -> bool {
        false
    }
}

impl Key for EmptyTuple {
    const PLAIN: bool = true;

    #[inline]
    fn py_eq(&self, _: &Self) -> PyResult<bool> {
        Ok(true)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(TupleHash::new().finish())
    }
}

impl Compare for EmptyTuple {
    const TOTAL: bool = true;

    #[inline]
    fn py_lt(&self, _: &Self) -> PyResult<bool> {
        Ok(false)
    }

    #[inline]
    fn py_le(&self, _: &Self) -> PyResult<bool> {
        Ok(true)
    }
}

impl<T: 'static> From<EmptyTuple> for super::VarTuple<T> {
    #[inline]
    fn from(_: EmptyTuple) -> Self {
        super::VarTuple::new()
    }
}
