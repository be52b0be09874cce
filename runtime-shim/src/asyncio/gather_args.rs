//! What `gather` and `as_completed` take: a tuple of awaitables, or a collection of them.
use std::rc::Rc;

use super::awaitable::{Awaitable, Payload};
use super::core::AnyFuture;
use super::event_loop::AbstractEventLoop;
use super::future::Future;
use crate::list::List;

/// Awaitables that give the same type.
pub trait GatherArgs {
    /// What each gives.
    type Output: Payload;

    /// Starts those that are coroutines.
    #[doc(hidden)]
    fn futures(self, owner: &AbstractEventLoop) -> Vec<Future<Self::Output>>;
}

/// Awaitables of any types.
pub trait TupleArgs {
    /// The tuple of what they give.
    type Outputs: Payload;

    #[doc(hidden)]
    #[expect(private_interfaces, reason = "only the runtime calls it")]
    #[expect(clippy::type_complexity, reason = "the children, and what collects their results")]
    fn start(self, owner: &AbstractEventLoop) -> (Vec<Rc<dyn AnyFuture>>, Box<dyn Fn() -> Self::Outputs>);
}

/// Awaitables whose results flow into one union.
pub trait UnionArgs<U: Payload> {
    #[doc(hidden)]
    fn futures(self, owner: &AbstractEventLoop) -> Vec<Future<U>>;
}

#[inline]
fn ensure<A: Awaitable>(awaitable: A, owner: &AbstractEventLoop) -> Future<A::Output> {
    let (future, made) = awaitable.ensure(owner);
    if made {
        future.0.set_quiet();
    }
    future
}

impl<A: Awaitable> GatherArgs for Vec<A> {
    type Output = A::Output;

    #[inline]
    fn futures(self, owner: &AbstractEventLoop) -> Vec<Future<A::Output>> {
        self.into_iter().map(|awaitable| ensure(awaitable, owner)).collect()
    }
}

impl<A: Awaitable, const N: usize> GatherArgs for [A; N] {
    type Output = A::Output;

    #[inline]
    fn futures(self, owner: &AbstractEventLoop) -> Vec<Future<A::Output>> {
        self.into_iter().map(|awaitable| ensure(awaitable, owner)).collect()
    }
}

impl<A: Awaitable + Clone + 'static> GatherArgs for &List<A> {
    type Output = A::Output;

    #[inline]
    fn futures(self, owner: &AbstractEventLoop) -> Vec<Future<A::Output>> {
        self.iter().map(|awaitable| ensure(awaitable, owner)).collect()
    }
}

impl<A: Awaitable + Clone + 'static> GatherArgs for List<A> {
    type Output = A::Output;

    #[inline]
    fn futures(self, owner: &AbstractEventLoop) -> Vec<Future<A::Output>> {
        (&self).futures(owner)
    }
}

/// Awaitables of several sources: `gather(*tasks, f(a))`.
pub struct Several<T: Payload>(Vec<Starter<T>>);

type Starter<T> = Box<dyn FnOnce(&AbstractEventLoop) -> Future<T>>;

impl<T: Payload> Default for Several<T> {
    fn default() -> Self {
        Several(Vec::new())
    }
}

impl<T: Payload> Several<T> {
    /// None yet.
    pub fn new() -> Several<T> {
        Several::default()
    }

    /// One more.
    #[must_use]
    pub fn one<A: Awaitable<Output = T> + 'static>(mut self, awaitable: A) -> Several<T> {
        self.0.push(Box::new(move |owner| ensure(awaitable, owner)));
        self
    }

    /// All of a collection.
    #[must_use]
    pub fn all<A: Awaitable<Output = T> + 'static>(self, all: impl IntoIterator<Item = A>) -> Several<T> {
        all.into_iter().fold(self, Several::one)
    }

    /// All of a collection, their results converted.
    #[must_use]
    pub fn all_as<A: Awaitable + 'static>(
        self,
        all: impl IntoIterator<Item = A>,
        convert: fn(A::Output) -> T,
    ) -> Several<T> {
        all.into_iter().fold(self, |several, awaitable| several.one(super::map(awaitable, convert)))
    }
}

impl<T: Payload> GatherArgs for Several<T> {
    type Output = T;

    fn futures(self, owner: &AbstractEventLoop) -> Vec<Future<T>> {
        self.0.into_iter().map(|start| start(owner)).collect()
    }
}

macro_rules! tuples {
    ($first:ident $($name:ident)*) => {
        impl<T: Payload, $first: Awaitable<Output = T>, $($name: Awaitable<Output = T>),*> GatherArgs for ($first, $($name,)*) {
            type Output = T;

            #[expect(non_snake_case, reason = "the names are those of the types")]
            #[inline]
            fn futures(self, owner: &AbstractEventLoop) -> Vec<Future<T>> {
                let ($first, $($name,)*) = self;
                vec![ensure($first, owner), $(ensure($name, owner)),*]
            }
        }

        impl<$first: Awaitable, $($name: Awaitable),*> TupleArgs for ($first, $($name,)*) {
            type Outputs = ($first::Output, $($name::Output,)*);

            #[expect(non_snake_case, reason = "the names are those of the types")]
            #[expect(private_interfaces, reason = "only the runtime calls it")]
            #[inline]
            fn start(self, owner: &AbstractEventLoop) -> (Vec<Rc<dyn AnyFuture>>, Box<dyn Fn() -> Self::Outputs>) {
                let ($first, $($name,)*) = self;
                let $first = ensure($first, owner);
                $(let $name = ensure($name, owner);)*
                let children = vec![$first.0.clone() as Rc<dyn AnyFuture>, $($name.0.clone()),*];
                (children, Box::new(move || ($first.0.value(), $($name.0.value(),)*)))
            }
        }

        impl<U: Payload, $first: Awaitable, $($name: Awaitable),*> UnionArgs<U> for ($first, $($name,)*)
        where
            U: From<$first::Output> $(+ From<$name::Output>)*,
        {
            #[expect(non_snake_case, reason = "the names are those of the types")]
            #[inline]
            fn futures(self, owner: &AbstractEventLoop) -> Vec<Future<U>> {
                let ($first, $($name,)*) = self;
                vec![converted($first, owner), $(converted($name, owner)),*]
            }
        }
    };
}
tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
tuples!(A B C D E F G);
tuples!(A B C D E F G H);
tuples!(A B C D E F G H I);
tuples!(A B C D E F G H I J);
tuples!(A B C D E F G H I J K);
tuples!(A B C D E F G H I J K L);

/// A task whose result is converted at its end, so that no hop is added.
#[inline]
fn converted<U: Payload + From<A::Output>, A: Awaitable>(awaitable: A, owner: &AbstractEventLoop) -> Future<U> {
    ensure(awaitable, owner).map(U::from)
}
