//! `Function`: a function as a value, with its name. Bound methods, closures and `partial`s are the same type.
use std::fmt;
use std::rc::Rc;

use crate::coroutine::Coroutine;
use crate::error::PyResult;
use crate::recursion;

struct State<A, R> {
    name: &'static str,
    call: Box<dyn Fn(A) -> PyResult<R>>,
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
        Function(Rc::new(State { name, call: Box::new(call) }))
    }

    /// `f(*args)`: counts towards the recursion limit.
    #[inline]
    pub fn call(&self, args: A) -> PyResult<R> {
        let _depth = recursion::enter()?;
        (self.0.call)(args)
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
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
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
