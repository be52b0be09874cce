//! What every object of a plain class does: it is equal to itself alone and has no order.

/// Makes a struct a Python object without special methods: named as given, shown by its address, equal to itself alone.
#[macro_export]
macro_rules! object {
    ($class:ident, $python:literal) => {
        impl $crate::prelude::Object for $class {
            fn py_type(&self) -> &'static str {
                $python
            }
        }

        $crate::identity!($class);
    };
}

/// The part of [`object!`] that compares: for a struct that stands for several classes, or that has a text of its own.
#[macro_export]
macro_rules! identity {
    ($class:ident) => {
        impl $crate::prelude::Key for $class {}

        impl $crate::prelude::Compare for $class {}

        impl PartialEq for $class {
            fn eq(&self, other: &Self) -> bool {
                std::ptr::eq(self, other)
            }
        }
    };
}
