//! What all files have in common.
use std::cell::RefCell;
use std::rc::Weak;

use super::file::Raw;
use crate::exception::builtin::class;
use crate::prelude::*;

/// What has lines that are read one by one.
pub(crate) trait Lines {
    /// A line.
    type Line;

    /// The lines that are left.
    fn lines(&self) -> Iter<Self::Line>;
}

class! {
    @ /// `io.UnsupportedOperation`
    UnsupportedOperation: OSError, "io";
}

/// How many bytes a character has, by its first.
pub(crate) fn utf8_width(first: u8) -> usize {
    match first {
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xff => 4,
        _ => 1,
    }
}

/// Files that are written to: what they hold back is written at the program's end.
static OPEN: Global<Rc<RefCell<Vec<Weak<Raw>>>>> = Global::new(|| {
    crate::exit::at_exit(flush_all);
    Rc::default()
});

/// A file is written to from now on.
pub(super) fn remember(raw: &Rc<Raw>) {
    let open = OPEN.get();
    let mut open = open.borrow_mut();
    open.retain(|raw| raw.strong_count() > 0);
    open.push(Rc::downgrade(raw));
}

fn flush_all() {
    let open = OPEN.get().take();
    for raw in open.iter().filter_map(Weak::upgrade) {
        // There is nobody left to tell.
        let _ = raw.flush();
    }
}

/// What all open files can do.
macro_rules! shared_methods {
    ($type:ident, |$this:ident| $raw:expr) => {
        impl $type {
            /// `f.tell()`
            #[inline]
            pub fn tell(&self) -> PyResult<i64> {
                let $this = self;
                $raw.tell()
            }

            /// `f.truncate(size)`
            #[inline]
            pub fn truncate(&self, size: Option<i64>) -> PyResult<i64> {
                let $this = self;
                $raw.truncate(size)
            }

            /// `f.flush()`
            #[inline]
            pub fn flush(&self) -> PyResult {
                let $this = self;
                if $raw.is_closed() {
                    return Err(ValueError::new("I/O operation on closed file."));
                }
                $raw.flush()
            }

            /// `f.close()`
            #[inline]
            pub fn close(&self) -> PyResult {
                let $this = self;
                $raw.close()
            }

            /// `f.closed`
            #[inline]
            pub fn closed(&self) -> bool {
                let $this = self;
                $raw.is_closed()
            }

            /// `f.mode`
            #[inline]
            pub fn mode(&self) -> Str {
                let $this = self;
                $raw.mode.clone()
            }

            /// `f.fileno()`
            #[inline]
            pub fn fileno(&self) -> PyResult<i64> {
                let $this = self;
                $raw.fileno()
            }

            /// `f.readable()`
            #[inline]
            pub fn readable(&self) -> bool {
                let $this = self;
                $raw.access.reads
            }

            /// `f.writable()`
            #[inline]
            pub fn writable(&self) -> bool {
                let $this = self;
                $raw.access.writes
            }

            /// `with open(…) as f:`
            #[inline]
            pub fn enter(&self) -> PyResult<$type> {
                if self.closed() {
                    return Err(ValueError::new("I/O operation on closed file."));
                }
                Ok(self.clone())
            }

            /// The end of the `with`; the block's outcome is passed on.
            #[inline]
            pub fn exit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
                self.close()?;
                outcome
            }
        }
    };
}
pub(super) use shared_methods;

/// What a file is as a value, and that it is iterated by lines.
macro_rules! file_object {
    ($type:ident: $name:expr, $line:ty) => {
        impl Object for $type {
            fn py_type(&self) -> &'static str {
                $name
            }

            #[inline]
            fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
                out.write_str(&self.shown())
            }
        }

        impl Key for $type {
            #[inline]
            fn py_eq(&self, other: &Self) -> PyResult<bool> {
                Ok(Rc::ptr_eq(&self.0, &other.0))
            }
        }

        impl Compare for $type {}

        impl PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                Rc::ptr_eq(&self.0, &other.0)
            }
        }

        impl From<$type> for Value {
            #[inline]
            fn from(file: $type) -> Value {
                Value::object(file)
            }
        }

        impl crate::iter::Iterable for $type {
            type Item = $line;

            #[inline]
            fn items(&self) -> impl Iterator<Item = PyResult<$line>> {
                super::Lines::lines(self)
            }
        }

        impl crate::iter::ToIter for $type {
            #[inline]
            fn to_iter(&self) -> Iter<$line> {
                super::Lines::lines(self)
            }
        }

        impl IntoIterator for &$type {
            type Item = PyResult<$line>;
            type IntoIter = Iter<$line>;

            #[inline]
            fn into_iter(self) -> Iter<$line> {
                super::Lines::lines(self)
            }
        }
    };
}
pub(super) use file_object;
