//! What handles of the library's classes do as Python objects: identity, and a repr with their address.

/// `opaque! { Random: "random", "Random" }`: a handle around an `Rc`; equality is identity.
macro_rules! opaque {
    ($($type:ty: $module:literal, $name:literal $(, $generic:ident)*;)*) => { $(
        impl<$($generic: 'static),*> $crate::object::Object for $type {
            fn py_type(&self) -> &'static str {
                $name
            }

            #[inline]
            fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
                write!(out, concat!("<", $module, ".", $name, " object at {:#x}>"), $crate::object::address(&*self.0))
            }

            #[inline]
            fn py_id(&self) -> usize {
                $crate::object::address(&*self.0)
            }
        }

        impl<$($generic: 'static),*> $crate::object::Key for $type {
            #[inline]
            fn py_eq(&self, other: &Self) -> $crate::error::PyResult<bool> {
                Ok(std::rc::Rc::ptr_eq(&self.0, &other.0))
            }

            #[inline]
            fn py_hash(&self) -> $crate::error::PyResult<i64> {
                Ok(($crate::object::address(&*self.0) >> 4) as i64)
            }
        }

        impl<$($generic: 'static),*> $crate::object::Compare for $type {}
    )* };
}
pub(crate) use opaque;

/// The same for handles without state of their own: all are equal, and the repr is a text.
macro_rules! singleton {
    ($($type:ty: $name:literal, $repr:literal;)*) => { $(
        impl $crate::object::Object for $type {
            fn py_type(&self) -> &'static str {
                $name
            }

            #[inline]
            fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
                out.write_str($repr)
            }
        }

        impl $crate::object::Key for $type {
            #[inline]
            fn py_eq(&self, other: &Self) -> $crate::error::PyResult<bool> {
                Ok(self == other)
            }
        }

        impl $crate::object::Compare for $type {}
    )* };
}
pub(crate) use singleton;
