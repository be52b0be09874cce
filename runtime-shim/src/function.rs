//! `Function`: a function as a value, with its name. Bound methods, closures and `partial`s are the same type.
use std::cell::Cell;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use crate::coroutine::Coroutine;
use crate::error::PyResult;
use crate::recursion;

struct State<A, R> {
    name: &'static str,
    call: Box<dyn Fn(A) -> PyResult<R>>,
    /// Two values that have this in common are the same function.
    identity: Cell<Option<usize>>,
    /// It was written with `async def`.
    is_coroutine: Cell<bool>,
}

/// A function that takes the tuple `A` and gives `R`: a handle; a clone is the same function.
pub struct Function<A, R>(Rc<State<A, R>>);

impl<A, R> Clone for Function<A, R> {
    #[inline]
    fn clone(&self) -> Self {
        Function(self.0.clone())
    }
}

impl<A: 'static, R: 'static> Function<A, R> {
    /// A function and its `__qualname__`.
    #[inline]
    pub fn new(name: &'static str, call: impl Fn(A) -> PyResult<R> + 'static) -> Function<A, R> {
        Function(Rc::new(State {
            name,
            call: Box::new(call),
            identity: Cell::new(None),
            is_coroutine: Cell::new(false),
        }))
    }

    /// The function of that name, a method of the object at that address: wherever it is named, it is the same.
    pub fn known_as(self, name: &'static str, object: usize) -> Function<A, R> {
        let mut hasher = DefaultHasher::new();
        (name, object).hash(&mut hasher);
        self.0.identity.set(Some(hasher.finish() as usize));
        self
    }

    /// The same function, for `iscoroutinefunction`: it was written with `async def`.
    pub fn as_coroutine_function(self) -> Function<A, R> {
        self.0.is_coroutine.set(true);
        self
    }

    /// `inspect.iscoroutinefunction(f)`
    #[inline]
    pub fn is_coroutine_function(&self) -> bool {
        self.0.is_coroutine.get()
    }

    /// `f(*args)`: counts towards the recursion limit.
    #[inline]
    pub fn call(&self, args: A) -> PyResult<R> {
        let _depth = recursion::enter()?;
        (self.0.call)(args)
    }

    /// The same function for other arguments or another result: what is converted is no other function to the program.
    pub fn adapted<B: 'static, S: 'static>(
        self,
        call: impl Fn(&Function<A, R>, B) -> PyResult<S> + 'static,
    ) -> Function<B, S> {
        let identity = Cell::new(Some(self.address()));
        let is_coroutine = self.0.is_coroutine.clone();
        let name = self.0.name;
        Function(Rc::new(State { name, call: Box::new(move |args| call(&self, args)), identity, is_coroutine }))
    }

    /// `f.__name__`
    #[inline]
    pub fn name(&self) -> &'static str {
        self.0.name.rsplit('.').next().unwrap_or(self.0.name)
    }

    /// `f.__qualname__`
    #[inline]
    pub fn qualname(&self) -> &'static str {
        self.0.name
    }

    /// Are both the same object?
    #[inline]
    pub fn is_same(&self, other: &Function<A, R>) -> bool {
        self.address() == other.address()
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        self.0.identity.get().unwrap_or_else(|| Rc::as_ptr(&self.0).cast::<()>() as usize)
    }
}

impl<A: 'static, T: 'static> Function<A, Coroutine<T>> {
    /// A coroutine function and its `__qualname__`.
    #[inline]
    pub fn coroutine<F>(name: &'static str, call: impl Fn(A) -> F + 'static) -> Function<A, Coroutine<T>>
    where
        F: Future<Output = PyResult<T>> + 'static,
    {
        Function::new(name, move |args| Ok(Coroutine::new(call(args))))
    }
}

impl<A, R> fmt::Display for Function<A, R> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = Rc::as_ptr(&self.0).cast::<()>() as usize;
        f.pad(&format!("<function {} at {address:#x}>", self.0.name))
    }
}
