//! `ExitStack` and `AsyncExitStack`: what was entered is left in reverse, each with what the last has left of the exception.
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use super::{AsyncContextManager, AsyncSwallowingContextManager, ContextManager, Swallowed, SwallowingContextManager};
use crate::coroutine::Coroutine;
use crate::error::{PyErr, PyResult};
use crate::exception::ExceptionClass;
use crate::handled::handled;
use crate::object::Object;
use crate::opaque::opaque;

type Left = Pin<Box<dyn Future<Output = PyResult>>>;

/// How one thing is left: it gets the outcome so far, and gives the outcome from there.
enum Exit {
    Plain(Box<dyn FnOnce(PyResult) -> PyResult>),
    Async(Box<dyn FnOnce(PyResult) -> Left>),
}

/// A manager that a stack enters and leaves.
pub trait Managed {
    /// What entering gives.
    type Given;
    /// `manager.__enter__()`
    fn enter(&self) -> PyResult<Self::Given>;
    /// The end of the block.
    fn leave(&self, outcome: PyResult) -> PyResult;
}

/// A manager that a stack enters and leaves with `await`.
pub trait AsyncManaged {
    /// What entering gives.
    type Given;
    /// `await manager.__aenter__()`
    fn aenter(&self) -> impl Future<Output = PyResult<Self::Given>>;
    /// The end of the block.
    fn aleave(&self, outcome: PyResult) -> impl Future<Output = PyResult>;
}

macro_rules! managed {
    ($($plain:ident, $async:ident;)*) => { $(
        impl<T: 'static> Managed for $plain<T> {
            type Given = T;

            fn enter(&self) -> PyResult<T> {
                $plain::enter(self)
            }

            fn leave(&self, outcome: PyResult) -> PyResult {
                self.exit(outcome)
            }
        }

        impl<T: 'static> AsyncManaged for $async<T> {
            type Given = T;

            async fn aenter(&self) -> PyResult<T> {
                $async::aenter(self).await
            }

            async fn aleave(&self, outcome: PyResult) -> PyResult {
                self.aexit(outcome).await
            }
        }
    )* };
}

managed! {
    ContextManager, AsyncContextManager;
    SwallowingContextManager, AsyncSwallowingContextManager;
}

/// What is to be left.
#[derive(Default)]
struct Exits(RefCell<Vec<Exit>>);

impl Exits {
    fn plain(&self, exit: impl FnOnce(PyResult) -> PyResult + 'static) {
        self.0.borrow_mut().push(Exit::Plain(Box::new(exit)));
    }

    fn awaiting<F: Future<Output = PyResult> + 'static>(&self, exit: impl FnOnce(PyResult) -> F + 'static) {
        self.0.borrow_mut().push(Exit::Async(Box::new(|outcome| Box::pin(exit(outcome)))));
    }

    fn enter<M: Managed + Clone + 'static>(&self, manager: &M) -> PyResult<M::Given> {
        let given = manager.enter()?;
        let manager = manager.clone();
        self.plain(move |outcome| manager.leave(outcome));
        Ok(given)
    }

    /// A callback runs whatever happened; what it raises takes the place of what was raised before.
    fn callback(&self, callback: impl FnOnce() -> PyResult + 'static) {
        self.plain(move |outcome| {
            let _handling = handled(&outcome);
            callback()?;
            outcome
        });
    }

    /// A function that is called as `__exit__` is.
    fn push<R: Object>(&self, exit: impl FnOnce(Option<ExceptionClass>, Option<PyErr>, ()) -> PyResult<R> + 'static) {
        self.plain(move |outcome| {
            let _handling = handled(&outcome);
            let error = outcome.as_ref().err();
            let done = exit(error.map(PyErr::class), error.cloned(), ())?.py_bool();
            if done { Ok(()) } else { outcome }
        });
    }

    fn pop(&self) -> Option<Exit> {
        self.0.borrow_mut().pop()
    }

    fn take(&self) -> Exits {
        Exits(RefCell::new(self.0.take()))
    }

    fn leave(&self, mut outcome: PyResult) -> PyResult {
        while let Some(exit) = self.pop() {
            if let Exit::Plain(exit) = exit {
                outcome = exit(outcome);
            }
        }
        outcome
    }

    async fn aleave(&self, mut outcome: PyResult) -> PyResult {
        while let Some(exit) = self.pop() {
            outcome = match exit {
                Exit::Plain(exit) => exit(outcome),
                Exit::Async(exit) => exit(outcome).await,
            };
        }
        outcome
    }
}

/// The value of a block and what was raised in it, apart.
fn apart<X>(outcome: PyResult<X>) -> (Option<X>, PyResult) {
    match outcome {
        Ok(value) => (Some(value), Ok(())),
        Err(error) => (None, Err(error)),
    }
}

fn swallowed<X: Swallowed>() -> PyResult<X> {
    Ok(X::swallowed())
}

fn not_swallowed<X>() -> PyResult<X> {
    unreachable!("the translator saw that nothing in the program swallows exceptions")
}

macro_rules! stacks {
    ($(#[$doc:meta])* $name:ident, $python:literal;) => {
        $(#[$doc])*
        #[derive(Clone, Default)]
        pub struct $name(Rc<Exits>);

        opaque! { $name: "contextlib", $python; }

        impl $name {
            /// An empty stack.
            pub fn new() -> $name {
                $name::default()
            }

            /// `stack.enter_context(manager)`
            pub fn enter_context<M: Managed + Clone + 'static>(&self, manager: &M) -> PyResult<M::Given> {
                self.0.enter(manager)
            }

            /// `stack.callback(f, a, k=b)`
            pub fn callback(&self, callback: impl FnOnce() -> PyResult + 'static) {
                self.0.callback(callback);
            }

            /// `stack.push(exit)` of a function
            pub fn push<R: Object>(
                &self,
                exit: impl FnOnce(Option<ExceptionClass>, Option<PyErr>, ()) -> PyResult<R> + 'static,
            ) {
                self.0.push(exit);
            }

            /// `stack.pop_all()`
            pub fn pop_all(&self) -> $name {
                $name(Rc::new(self.0.take()))
            }
        }
    };
    (plain $name:ident, [$($bound:tt)*], $swallowed:path;) => {
        impl $name {
            /// `stack.__enter__()`
            pub fn enter(&self) -> $name {
                self.clone()
            }

            /// The end of the block.
            pub fn exit<X $($bound)*>(&self, outcome: PyResult<X>) -> PyResult<X> {
                let (value, outcome) = apart(outcome);
                self.0.leave(outcome)?;
                value.map_or_else($swallowed, Ok)
            }

            /// `stack.close()`
            pub fn close(&self) -> PyResult {
                self.0.leave(Ok(()))
            }
        }
    };
    (async $name:ident, [$($bound:tt)*], $swallowed:path;) => {
        impl $name {
            /// `await stack.enter_async_context(manager)`
            pub async fn enter_async_context<M: AsyncManaged + Clone + 'static>(&self, manager: &M) -> PyResult<M::Given> {
                let given = manager.aenter().await?;
                let manager = manager.clone();
                self.0.awaiting(move |outcome| async move { manager.aleave(outcome).await });
                Ok(given)
            }

            /// `stack.push_async_callback(f)`
            pub fn push_async_callback<R: 'static>(
                &self,
                callback: impl FnOnce() -> PyResult<Coroutine<R>> + 'static,
            ) {
                self.0.awaiting(move |outcome| async move {
                    let _handling = handled(&outcome);
                    callback()?.await?;
                    outcome
                });
            }

            /// `await stack.__aenter__()`
            pub async fn aenter(&self) -> PyResult<$name> {
                Ok(self.clone())
            }

            /// The end of the block.
            pub async fn aexit<X $($bound)*>(&self, outcome: PyResult<X>) -> PyResult<X> {
                let (value, outcome) = apart(outcome);
                self.0.aleave(outcome).await?;
                value.map_or_else($swallowed, Ok)
            }

            /// `await stack.aclose()`
            pub async fn aclose(&self) -> PyResult {
                self.0.aleave(Ok(())).await
            }
        }
    };
}

stacks! {
    /// `contextlib.ExitStack` of a program in which no manager swallows exceptions.
    ExitStack, "ExitStack";
}
stacks! { plain ExitStack, [], not_swallowed; }

stacks! {
    /// `contextlib.ExitStack` of any other program.
    SwallowingExitStack, "ExitStack";
}
stacks! { plain SwallowingExitStack, [: Swallowed], swallowed; }

stacks! {
    /// `contextlib.AsyncExitStack` of a program in which no manager swallows exceptions.
    AsyncExitStack, "AsyncExitStack";
}
stacks! { async AsyncExitStack, [], not_swallowed; }

stacks! {
    /// `contextlib.AsyncExitStack` of any other program.
    AsyncSwallowingExitStack, "AsyncExitStack";
}
stacks! { async AsyncSwallowingExitStack, [: Swallowed], swallowed; }
