//! `StringIO` and `BytesIO`: files in memory.
use std::cell::{Cell, RefCell};

use super::{Lines, TextStream};
use crate::iter::Iterable;
use crate::prelude::*;

/// Items and a place among them.
struct State<T> {
    items: RefCell<Vec<T>>,
    at: Cell<usize>,
    closed: Cell<bool>,
}

impl<T: Clone + PartialEq> State<T> {
    fn new(items: Vec<T>) -> Rc<State<T>> {
        Rc::new(State { items: RefCell::new(items), at: Cell::new(0), closed: Cell::new(false) })
    }

    fn check(&self) -> PyResult {
        if self.closed.get() { Err(ValueError::new("I/O operation on closed file")) } else { Ok(()) }
    }

    fn take(&self, count: i64) -> PyResult<Vec<T>> {
        self.check()?;
        let items = self.items.borrow();
        let start = self.at.get().min(items.len());
        let end = usize::try_from(count).map_or(items.len(), |count| items.len().min(start + count));
        self.at.set(end);
        Ok(items[start..end].to_vec())
    }

    fn line(&self, end: &T) -> PyResult<Vec<T>> {
        let count = {
            let items = self.items.borrow();
            let start = self.at.get().min(items.len());
            items[start..].iter().position(|item| item == end).map_or(-1, |at| at as i64 + 1)
        };
        self.take(count)
    }

    fn put(&self, new: impl Iterator<Item = T>, zero: T) -> PyResult<i64> {
        self.check()?;
        let mut items = self.items.borrow_mut();
        let mut at = self.at.get();
        if items.len() < at {
            items.resize(at, zero);
        }
        let start = at;
        for item in new {
            if at < items.len() {
                items[at] = item;
            } else {
                items.push(item);
            }
            at += 1;
        }
        self.at.set(at);
        Ok((at - start) as i64)
    }

    fn seek(&self, offset: i64, whence: i64) -> PyResult<i64> {
        self.check()?;
        let base = match whence {
            0 => 0,
            1 => self.at.get() as i64,
            _ => self.items.borrow().len() as i64,
        };
        let at = usize::try_from(base + offset)
            .map_err(|_| ValueError::new(format!("negative seek value {}", base + offset)))?;
        self.at.set(at);
        Ok(at as i64)
    }

    fn truncate(&self, size: Option<i64>) -> PyResult<i64> {
        self.check()?;
        let size = size.unwrap_or(self.at.get() as i64);
        self.items.borrow_mut().truncate(size as usize);
        Ok(size)
    }
}

/// `io.StringIO`: a handle.
#[derive(Clone)]
pub struct StringIO(Rc<State<char>>);

/// `io.BytesIO`: a handle.
#[derive(Clone)]
pub struct BytesIO(Rc<State<u8>>);

impl StringIO {
    /// `io.StringIO(initial)`
    #[inline]
    pub fn new(initial: &str) -> StringIO {
        StringIO(State::new(initial.chars().collect()))
    }

    /// `f.getvalue()`
    #[inline]
    pub fn getvalue(&self) -> PyResult<Str> {
        self.0.check()?;
        Ok(Str::from(self.0.items.borrow().iter().collect::<String>()))
    }

    /// `f.write(text)`
    #[inline]
    pub fn write(&self, text: &str) -> PyResult<i64> {
        self.0.put(text.chars(), '\0')
    }

    /// `f.writelines(lines)`
    #[inline]
    pub fn writelines(&self, lines: &impl Iterable<Item = Str>) -> PyResult {
        lines.items().try_for_each(|line| self.write(&line?).map(drop))
    }

    /// `f.read()`
    #[inline]
    pub fn read(&self) -> PyResult<Str> {
        self.read_count(-1)
    }

    /// `f.read(n)`
    #[inline]
    pub fn read_count(&self, count: i64) -> PyResult<Str> {
        self.0.take(count).map(|text| Str::from(text.into_iter().collect::<String>()))
    }

    /// `f.readline()`
    #[inline]
    pub fn readline(&self) -> PyResult<Str> {
        self.0.line(&'\n').map(|text| Str::from(text.into_iter().collect::<String>()))
    }
}

impl TextStream for StringIO {
    #[inline]
    fn write_text(&self, text: &str) -> PyResult {
        self.write(text).map(drop)
    }
}

impl BytesIO {
    /// `io.BytesIO(initial)`
    #[inline]
    pub fn new(initial: &[u8]) -> BytesIO {
        BytesIO(State::new(initial.to_vec()))
    }

    /// `f.getvalue()`
    #[inline]
    pub fn getvalue(&self) -> PyResult<Bytes> {
        self.0.check()?;
        Ok(Bytes::from(self.0.items.borrow().clone()))
    }

    /// `f.write(bytes)`
    #[inline]
    pub fn write(&self, bytes: &[u8]) -> PyResult<i64> {
        self.0.put(bytes.iter().copied(), 0)
    }

    /// `f.read()`
    #[inline]
    pub fn read(&self) -> PyResult<Bytes> {
        self.read_count(-1)
    }

    /// `f.read(n)`
    #[inline]
    pub fn read_count(&self, count: i64) -> PyResult<Bytes> {
        self.0.take(count).map(Bytes::from)
    }

    /// `f.readline()`
    #[inline]
    pub fn readline(&self) -> PyResult<Bytes> {
        self.0.line(&b'\n').map(Bytes::from)
    }
}

macro_rules! memory {
    ($($type:ident, $line:ty;)*) => {$(
        impl $type {
            /// `f.readlines()`
            #[inline]
            pub fn readlines(&self) -> PyResult<List<$line>> {
                self.iter().collect::<PyResult<Vec<$line>>>().map(List::from)
            }

            /// `for line in f`
            #[inline]
            pub fn iter(&self) -> Iter<$line> {
                let this = self.clone();
                Iter::fallible(std::iter::from_fn(move || {
                    this.readline().map(|line| (!line.is_empty()).then_some(line)).transpose()
                }))
            }

            /// `f.seek(offset, whence)`
            #[inline]
            pub fn seek(&self, offset: i64, whence: i64) -> PyResult<i64> {
                self.0.seek(offset, whence)
            }

            /// `f.tell()`
            #[inline]
            pub fn tell(&self) -> PyResult<i64> {
                Ok(self.0.at.get() as i64)
            }

            /// `f.truncate(size)`
            #[inline]
            pub fn truncate(&self, size: Option<i64>) -> PyResult<i64> {
                self.0.truncate(size)
            }

            /// `f.flush()`
            #[inline]
            pub fn flush(&self) -> PyResult {
                self.0.check()
            }

            /// `f.close()`
            #[inline]
            pub fn close(&self) -> PyResult {
                self.0.closed.set(true);
                Ok(())
            }

            /// `f.closed`
            #[inline]
            pub fn closed(&self) -> bool {
                self.0.closed.get()
            }

            /// `with f:`
            #[inline]
            pub fn enter(&self) -> PyResult<$type> {
                self.0.check()?;
                Ok(self.clone())
            }

            /// The end of the `with`; the block's outcome is passed on.
            #[inline]
            pub fn exit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
                self.close()?;
                outcome
            }

            fn shown(&self) -> String {
                format!(concat!("<_io.", stringify!($type), " object at {:#x}>"), crate::object::address(&*self.0))
            }
        }

        super::file_object!($type: stringify!($type), $line);

        impl Lines for $type {
            type Line = $line;

            #[inline]
            fn lines(&self) -> Iter<$line> {
                self.iter()
            }
        }
    )*};
}
memory! {
    StringIO, Str;
    BytesIO, Bytes;
}
