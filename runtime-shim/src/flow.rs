//! What `try` becomes: a block whose outcome is a value, and the ways to leave it.
use crate::error::PyResult;

/// How a block of a `try` statement ended, when it may also leave the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow<T = ()> {
    /// Ran to its end.
    Next,
    /// `return value`
    Return(T),
    /// `break`
    Break,
    /// `continue`
    Continue,
}

/// The block of a `try` in a coroutine. It is no `async fn`: each level of those doubles the size of the future.
#[inline]
pub fn attempt<T, F: Future<Output = PyResult<T>>>(body: F) -> F {
    body
}

/// The block of a `try` in a plain function.
#[inline]
pub fn try_<T>(body: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    body()
}
