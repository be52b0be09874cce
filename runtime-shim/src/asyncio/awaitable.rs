//! What can be awaited and handed to `gather`, `wait_for`, `run` and the like.
use std::rc::Rc;

use super::event_loop::AbstractEventLoop;
use super::future::Future;
use super::task::{Task, spawn};
use crate::coroutine::Coroutine;
use crate::error::PyResult;
use crate::object::Object;

/// What a coroutine may give: any Python value.
pub trait Payload: Object + Clone {}

impl<T: Object + Clone> Payload for T {}

/// A coroutine, a task or a future.
pub trait Awaitable: Sized {
    /// What awaiting it gives.
    type Output: Payload;

    /// A task that runs it.
    #[doc(hidden)]
    fn into_task(self, owner: &AbstractEventLoop) -> Task<Self::Output>;

    /// `ensure_future`: a task or future stays what it is, anything else becomes a task; `true` says that it did.
    #[doc(hidden)]
    #[inline]
    fn ensure(self, owner: &AbstractEventLoop) -> (Future<Self::Output>, bool) {
        (self.into_task(owner).into(), true)
    }

    /// The type of a coroutine that would not tell by itself that it never began.
    #[doc(hidden)]
    #[inline]
    fn unbegun() -> Option<&'static str> {
        None
    }
}

impl<T: Payload, F: std::future::Future<Output = PyResult<T>> + 'static> Awaitable for F {
    type Output = T;

    #[inline]
    fn into_task(self, owner: &AbstractEventLoop) -> Task<T> {
        spawn(self, &owner.0, std::any::type_name::<F>())
    }

    #[inline]
    fn unbegun() -> Option<&'static str> {
        Some(std::any::type_name::<F>())
    }
}

impl<T: Payload> Awaitable for Future<T> {
    type Output = T;

    #[inline]
    fn into_task(self, owner: &AbstractEventLoop) -> Task<T> {
        spawn(self.into_future(), &owner.0, "future")
    }

    #[inline]
    fn ensure(self, _: &AbstractEventLoop) -> (Future<T>, bool) {
        (self, false)
    }
}

impl<T: Payload> Awaitable for Task<T> {
    type Output = T;

    #[inline]
    fn into_task(self, _: &AbstractEventLoop) -> Task<T> {
        self
    }

    #[inline]
    fn ensure(self, _: &AbstractEventLoop) -> (Future<T>, bool) {
        (self.into(), false)
    }
}

/// Handles may be lent.
macro_rules! lent {
    ($($type:ident),*) => {$(
        impl<T: Payload> Awaitable for &$type<T> {
            type Output = T;

            #[inline]
            fn into_task(self, owner: &AbstractEventLoop) -> Task<T> {
                self.clone().into_task(owner)
            }

            #[inline]
            fn ensure(self, owner: &AbstractEventLoop) -> (Future<T>, bool) {
                self.clone().ensure(owner)
            }
        }
    )*};
}
lent!(Future, Task, Coroutine);

impl<T: Payload> Awaitable for Coroutine<T> {
    type Output = T;

    #[inline]
    fn into_task(self, owner: &AbstractEventLoop) -> Task<T> {
        let name = self.type_name();
        spawn(self.into_future(), &owner.0, name)
    }
}

impl<T> From<Task<T>> for Future<T> {
    #[inline]
    fn from(task: Task<T>) -> Future<T> {
        let task: Rc<dyn super::task::TaskOf<T>> = task.0;
        Future(task)
    }
}
