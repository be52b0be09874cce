//! `suppress`, `nullcontext`, `aclosing`.
use std::rc::Rc;

use super::Swallowed;
use crate::async_generator::AsyncGenerator;
use crate::error::PyResult;
use crate::exception::ExceptionClass;
use crate::generator::Sent;
use crate::opaque::opaque;

/// `contextlib.suppress`
#[derive(Clone)]
pub struct Suppress(Rc<Vec<ExceptionClass>>);

opaque! { Suppress: "contextlib", "suppress"; }

impl Suppress {
    /// `suppress(A, B)`
    #[inline]
    pub fn new(classes: impl IntoIterator<Item = ExceptionClass>) -> Suppress {
        Suppress(Rc::new(classes.into_iter().collect()))
    }

    /// `suppress.__enter__()`
    #[inline]
    pub fn enter(&self) {}

    /// The end of the block.
    #[inline]
    pub fn exit<X: Swallowed>(&self, outcome: PyResult<X>) -> PyResult<X> {
        match outcome {
            Err(error) if error.is_any(&self.0[..]) => Ok(X::swallowed()),
            outcome => outcome,
        }
    }
}

/// `contextlib.nullcontext`
#[derive(Clone)]
pub struct NullContext<T>(Rc<T>);

opaque! { NullContext<T>: "contextlib", "nullcontext", T; }

impl<T: Clone> NullContext<T> {
    /// `nullcontext(value)`
    #[inline]
    pub fn new(value: T) -> NullContext<T> {
        NullContext(Rc::new(value))
    }

    /// `manager.__enter__()`
    #[inline]
    pub fn enter(&self) -> T {
        (*self.0).clone()
    }

    /// The end of the block.
    #[inline]
    pub fn exit<X>(&self, outcome: PyResult<X>) -> PyResult<X> {
        outcome
    }

    /// `await manager.__aenter__()`
    #[inline]
    pub async fn aenter(&self) -> PyResult<T> {
        Ok(self.enter())
    }

    /// The end of the block.
    #[inline]
    pub async fn aexit<X>(&self, outcome: PyResult<X>) -> PyResult<X> {
        outcome
    }
}

/// `contextlib.aclosing` of an async generator.
#[derive(Clone)]
pub struct Aclosing<Y: 'static, S: Sent>(AsyncGenerator<Y, S>);

impl<Y: 'static, S: Sent> Aclosing<Y, S> {
    /// `aclosing(generator)`
    #[inline]
    pub fn new(generator: &AsyncGenerator<Y, S>) -> Aclosing<Y, S> {
        Aclosing(generator.clone())
    }

    /// `await manager.__aenter__()`
    #[inline]
    pub async fn aenter(&self) -> PyResult<AsyncGenerator<Y, S>> {
        Ok(self.0.clone())
    }

    /// The end of the block.
    #[inline]
    pub async fn aexit<X>(&self, outcome: PyResult<X>) -> PyResult<X> {
        self.0.aclose().await?;
        outcome
    }
}
