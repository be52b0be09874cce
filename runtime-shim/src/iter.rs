//! `Iter`: a Python iterator of any kind, behind one handle; and `Iterable`, what can be iterated.
use std::cell::RefCell;
use std::fmt::{self, Write};
use std::rc::Rc;

use crate::error::PyResult;
use crate::exception::{ExceptionType, StopIteration, ValueError};
use crate::object::{Compare, Key, Object, address};

type Source<T> = Box<dyn Iterator<Item = PyResult<T>>>;

/// A Python iterator; a clone is the same iterator.
pub struct Iter<T>(Rc<State<T>>);

struct State<T> {
    name: &'static str,
    /// Taken out while it runs, because it may run code of the program. `None` inside: it is at its end.
    source: RefCell<Step<T>>,
}

enum Step<T> {
    Ready(Source<T>),
    Running,
    Ended,
}

impl<T: 'static> Iter<T> {
    /// An iterator over what cannot fail.
    #[inline]
    pub fn new(items: impl Iterator<Item = T> + 'static) -> Iter<T> {
        Iter::fallible(items.map(Ok))
    }

    /// An iterator over what may raise.
    #[inline]
    pub fn fallible(items: impl Iterator<Item = PyResult<T>> + 'static) -> Iter<T> {
        Iter::named("iterator", items)
    }

    /// The same, with the name of its Python type.
    #[inline]
    pub fn named(name: &'static str, items: impl Iterator<Item = PyResult<T>> + 'static) -> Iter<T> {
        Iter(Rc::new(State { name, source: RefCell::new(Step::Ready(Box::new(items))) }))
    }

    /// The iterator that an object with `__next__` is: it ends where that raises StopIteration.
    #[inline]
    pub fn from_next(mut next: impl FnMut() -> PyResult<T> + 'static) -> Iter<T> {
        Iter::fallible(std::iter::from_fn(move || match next() {
            Err(error) if error.is::<StopIteration>() => None,
            item => Some(item),
        }))
    }

    /// `iter(list)`
    #[inline]
    pub fn from_list(list: &crate::list::List<T>) -> Iter<T>
    where
        T: Clone,
    {
        list.to_iter()
    }

    /// The next item; `None` at the end, from then on.
    #[inline]
    pub fn step(&self) -> Option<PyResult<T>> {
        let taken = self.0.source.replace(Step::Running);
        let mut source = match taken {
            Step::Ready(source) => source,
            Step::Ended => {
                self.0.source.replace(Step::Ended);
                return None;
            }
            Step::Running => return Some(Err(ValueError::new("generator already executing"))),
        };
        let item = source.next();
        let (next, ended) = match item {
            None => (Step::Ended, Some(source)),
            Some(_) => (Step::Ready(source), None),
        };
        self.0.source.replace(next);
        drop(ended);
        item
    }

    /// `next(it)`
    #[inline]
    pub fn next(&self) -> PyResult<T> {
        self.step().unwrap_or_else(|| Err(StopIteration::new(())))
    }

    /// For `for x in it.iter()`: items are `PyResult<T>`.
    #[inline]
    pub fn iter(&self) -> Iter<T> {
        self.clone()
    }
}

impl<T> Clone for Iter<T> {
    #[inline]
    fn clone(&self) -> Self {
        Iter(Rc::clone(&self.0))
    }
}

impl<T: 'static> Iterator for Iter<T> {
    type Item = PyResult<T>;

    #[inline]
    fn next(&mut self) -> Option<PyResult<T>> {
        self.step()
    }
}

impl<T: 'static> IntoIterator for &Iter<T> {
    type Item = PyResult<T>;
    type IntoIter = Iter<T>;

    #[inline]
    fn into_iter(self) -> Iter<T> {
        self.clone()
    }
}

impl<T: 'static> Object for Iter<T> {
    #[inline]
    fn py_type(&self) -> &'static str {
        self.0.name
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "<{} object at {:#x}>", self.0.name, address(&*self.0))
    }

    #[inline]
    fn py_id(&self) -> usize {
        address(&*self.0)
    }
}

impl<T: 'static> Key for Iter<T> {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(Rc::ptr_eq(&self.0, &other.0))
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(address(&*self.0) as i64 >> 4)
    }
}

impl<T: 'static> Compare for Iter<T> {}

/// What functions like `sum` take by reference.
pub trait Iterable {
    /// What it gives.
    type Item: 'static;

    /// Its items; each may be an exception.
    fn items(&self) -> impl Iterator<Item = PyResult<Self::Item>>;

    /// When it is a set: operations of sets with sets give another order than with other iterables.
    #[doc(hidden)]
    #[inline]
    fn as_set(&self) -> Option<crate::set::Handle<Self::Item>> {
        None
    }
}

/// What functions like `zip` take by reference: the iterator they give lives on.
pub trait ToIter: Iterable {
    /// `iter(self)`
    fn to_iter(&self) -> Iter<Self::Item>;
}

impl<T: 'static> Iterable for Iter<T> {
    type Item = T;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<T>> {
        self.clone()
    }
}

impl<T: 'static> ToIter for Iter<T> {
    #[inline]
    fn to_iter(&self) -> Iter<T> {
        self.clone()
    }
}

impl<I: Iterable + ?Sized> Iterable for &I {
    type Item = I::Item;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<I::Item>> {
        (**self).items()
    }

    #[inline]
    fn as_set(&self) -> Option<crate::set::Handle<I::Item>> {
        (**self).as_set()
    }
}

impl<I: ToIter + ?Sized> ToIter for &I {
    #[inline]
    fn to_iter(&self) -> Iter<I::Item> {
        (**self).to_iter()
    }
}

impl Iterable for std::ops::Range<i64> {
    type Item = i64;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<i64>> {
        self.clone().map(Ok)
    }
}

impl ToIter for std::ops::Range<i64> {
    #[inline]
    fn to_iter(&self) -> Iter<i64> {
        Iter::named("range_iterator", self.clone().map(Ok))
    }
}

/// A generator expression that is used up at once.
pub struct Lazy<I>(RefCell<Option<I>>);

/// A generator expression handed to a function: `builtins::sum(&lazy(xs.iter().map(…)))`.
#[inline]
pub fn lazy<I: Iterator>(items: I) -> Lazy<impl Iterator<Item = PyResult<I::Item>>> {
    try_lazy(items.map(Ok))
}

/// The same, when computing an item may raise.
#[inline]
pub fn try_lazy<T, I: IntoIterator<Item = PyResult<T>>>(items: I) -> Lazy<I::IntoIter> {
    Lazy(RefCell::new(Some(items.into_iter())))
}

impl<T: 'static, I: Iterator<Item = PyResult<T>>> Iterable for Lazy<I> {
    type Item = T;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<T>> {
        self.0.take().into_iter().flatten()
    }
}

impl<T: 'static, I: Iterator<Item = PyResult<T>> + 'static> ToIter for Lazy<I> {
    #[inline]
    fn to_iter(&self) -> Iter<T> {
        Iter::named("generator", self.0.take().into_iter().flatten())
    }
}
