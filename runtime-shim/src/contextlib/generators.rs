//! Managers made of generators: entered by the first `yield`, left by what follows it.
use std::rc::Rc;

use super::Swallowed;
use crate::async_generator::AsyncGenerator;
use crate::coroutine::Coroutine;
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, RuntimeError, StopAsyncIteration, StopIteration};
use crate::generator::{Generator, Sent};
use crate::object::Object;
use crate::opaque::opaque;

/// A generator, what it is sent and returns forgotten.
trait Source<T> {
    fn next(&self) -> PyResult<T>;
    fn throw(&self, error: PyErr) -> PyResult<T>;
}

impl<T: 'static, S: Sent, R: Object> Source<T> for Generator<T, S, R> {
    #[inline]
    fn next(&self) -> PyResult<T> {
        Generator::next(self)
    }

    #[inline]
    fn throw(&self, error: PyErr) -> PyResult<T> {
        Generator::throw(self, error)
    }
}

trait AsyncSource<T> {
    fn next(&self) -> Coroutine<T>;
    fn throw(&self, error: PyErr) -> Coroutine<T>;
}

impl<T: 'static, S: Sent> AsyncSource<T> for AsyncGenerator<T, S> {
    #[inline]
    fn next(&self) -> Coroutine<T> {
        Coroutine::new(AsyncGenerator::next(self))
    }

    #[inline]
    fn throw(&self, error: PyErr) -> Coroutine<T> {
        Coroutine::new(AsyncGenerator::athrow(self, error))
    }
}

/// What is left of an exception that was thrown into the generator: `None` when it was swallowed.
fn thrown<T, Stop: ExceptionType>(
    given: PyErr,
    result: PyResult<T>,
    didnt_stop: &str,
    is_stop: impl Fn(&PyErr) -> bool,
) -> Option<PyErr> {
    match result {
        Ok(_) => Some(RuntimeError::new(didnt_stop)),
        Err(error) if error.is_same(&given) => Some(given),
        Err(error) if error.is::<Stop>() => None,
        // What stops an iteration becomes a RuntimeError on its way through a generator.
        Err(error)
            if error.is::<RuntimeError>()
                && is_stop(&given)
                && error.cause().is_some_and(|cause| cause.is_same(&given)) =>
        {
            Some(given)
        }
        Err(error) => Some(error),
    }
}

macro_rules! managers {
    ($(#[$doc:meta])* $name:ident, $(#[$made_doc:meta])* $made:ident, [$($bound:tt)*], $outcome:expr;) => {
        $(#[$doc])*
        pub struct $name<T: 'static>(Rc<Box<dyn Source<T>>>);

        impl<T: 'static> Clone for $name<T> {
            fn clone(&self) -> Self {
                $name(self.0.clone())
            }
        }

        opaque! { $name<T>: "contextlib", "_GeneratorContextManager", T; }

        $(#[$made_doc])*
        pub fn $made<T: 'static, S: Sent, R: Object>(generator: &Generator<T, S, R>) -> $name<T> {
            $name(Rc::new(Box::new(generator.clone())))
        }

        impl<T: 'static> $name<T> {
            /// `manager.__enter__()`
            pub fn enter(&self) -> PyResult<T> {
                self.0.next().map_err(didnt_yield::<StopIteration>)
            }

            /// The end of the block.
            pub fn exit<X $($bound)*>(&self, outcome: PyResult<X>) -> PyResult<X> {
                let given = match outcome {
                    Ok(value) => return match self.0.next() {
                        Ok(_) => Err(RuntimeError::new("generator didn't stop")),
                        Err(error) if error.is::<StopIteration>() => Ok(value),
                        Err(error) => Err(error),
                    },
                    Err(given) => given,
                };
                let result = self.0.throw(given.clone());
                let stop = |error: &PyErr| error.is::<StopIteration>();
                let left = thrown::<T, StopIteration>(given, result, "generator didn't stop after throw()", stop);
                let outcome: fn(Option<PyErr>) -> PyResult<X> = $outcome;
                outcome(left)
            }
        }
    };
    (async $(#[$doc:meta])* $name:ident, $(#[$made_doc:meta])* $made:ident, [$($bound:tt)*], $outcome:expr;) => {
        $(#[$doc])*
        pub struct $name<T: 'static>(Rc<Box<dyn AsyncSource<T>>>);

        impl<T: 'static> Clone for $name<T> {
            fn clone(&self) -> Self {
                $name(self.0.clone())
            }
        }

        opaque! { $name<T>: "contextlib", "_AsyncGeneratorContextManager", T; }

        $(#[$made_doc])*
        pub fn $made<T: 'static, S: Sent>(generator: &AsyncGenerator<T, S>) -> $name<T> {
            $name(Rc::new(Box::new(generator.clone())))
        }

        impl<T: 'static> $name<T> {
            /// `await manager.__aenter__()`
            pub async fn aenter(&self) -> PyResult<T> {
                self.0.next().await.map_err(didnt_yield::<StopAsyncIteration>)
            }

            /// The end of the block.
            pub async fn aexit<X $($bound)*>(&self, outcome: PyResult<X>) -> PyResult<X> {
                let given = match outcome {
                    Ok(value) => return match self.0.next().await {
                        Ok(_) => Err(RuntimeError::new("generator didn't stop")),
                        Err(error) if error.is::<StopAsyncIteration>() => Ok(value),
                        Err(error) => Err(error),
                    },
                    Err(given) => given,
                };
                let result = self.0.throw(given.clone()).await;
                let stop = |error: &PyErr| error.is::<(StopIteration, StopAsyncIteration)>();
                let left =
                    thrown::<T, StopAsyncIteration>(given, result, "generator didn't stop after athrow()", stop);
                let outcome: fn(Option<PyErr>) -> PyResult<X> = $outcome;
                outcome(left)
            }
        }
    };
}

fn didnt_yield<Stop: ExceptionType>(error: PyErr) -> PyErr {
    if error.is::<Stop>() { RuntimeError::new("generator didn't yield") } else { error }
}

managers! {
    /// What `@contextmanager` makes of a generator without `except` around its `yield`: it swallows nothing.
    ContextManager,
    /// The manager of a generator.
    manager, [], |left| Err(left.unwrap_or_else(|| RuntimeError::new("generator swallowed an exception")));
}

managers! {
    /// What `@contextmanager` makes of any other generator.
    SwallowingContextManager,
    /// The manager of a generator that may swallow exceptions.
    swallowing_manager, [: Swallowed], |left| left.map_or_else(|| Ok(X::swallowed()), Err);
}

managers! {
    async
    /// What `@asynccontextmanager` makes of an async generator without `except` around its `yield`.
    AsyncContextManager,
    /// The manager of an async generator.
    async_manager, [], |left| Err(left.unwrap_or_else(|| RuntimeError::new("generator swallowed an exception")));
}

managers! {
    async
    /// What `@asynccontextmanager` makes of any other async generator.
    AsyncSwallowingContextManager,
    /// The manager of an async generator that may swallow exceptions.
    async_swallowing_manager, [: Swallowed], |left| left.map_or_else(|| Ok(X::swallowed()), Err);
}
