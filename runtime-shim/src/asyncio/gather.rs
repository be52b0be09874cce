//! `asyncio.gather`
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::awaitable::Payload;
use super::callback::Callback;
use super::core::{AnyFuture, Status};
use super::event_loop::{self, AbstractEventLoop, Loop};
use super::exceptions::CancelledError;
use super::future::{Future, FutureState};
use super::gather_args::{GatherArgs, TupleArgs, UnionArgs};
use crate::escape::OrEscape;
use crate::exception::{ExceptionType, TypeError};
use crate::list::List;
use crate::outcome::Outcome;

/// What waits for all children, their types forgotten.
pub(crate) struct Hub {
    children: Rc<dyn Children>,
    /// The same with their type, a `Vec<Future<T>>`.
    typed: Option<Rc<dyn Any>>,
    /// How many different ones there are.
    count: Cell<usize>,
    finished: Cell<usize>,
    return_exceptions: Cell<bool>,
    cancel_requested: Cell<bool>,
    outer: RefCell<Option<Outer>>,
}

/// The children, seen without their type.
pub(crate) trait Children {
    fn count(&self) -> usize;
    fn at(&self, index: usize) -> &dyn AnyFuture;
}

impl Children for Vec<Rc<dyn AnyFuture>> {
    fn count(&self) -> usize {
        self.len()
    }

    fn at(&self, index: usize) -> &dyn AnyFuture {
        &*self[index]
    }
}

impl<T: Payload> Children for Vec<Future<T>> {
    fn count(&self) -> usize {
        self.len()
    }

    fn at(&self, index: usize) -> &dyn AnyFuture {
        &*self[index].0
    }
}

/// Those of its indices at which a child is that was not before.
fn different(children: &dyn Children, mut each: impl FnMut(usize)) {
    for at in 0..children.count() {
        if children.at(at).core().meet() {
            each(at);
        }
    }
    for at in 0..children.count() {
        children.at(at).core().forget_meeting();
    }
}

/// The future that `gather` gives. The hub lets go of it when it is done: each holds the other until then.
struct Outer {
    future: Rc<dyn AnyFuture>,
    finish: Box<dyn Fn()>,
}

impl Hub {
    /// Registers with the children; those that are done already count at once.
    #[inline]
    fn new(children: Rc<dyn Children>, typed: Option<Rc<dyn Any>>) -> Rc<Hub> {
        let hub = Rc::new(Hub {
            count: Cell::new(0),
            children,
            typed,
            finished: Cell::new(0),
            return_exceptions: Cell::new(false),
            cancel_requested: Cell::new(false),
            outer: RefCell::new(None),
        });
        different(&*hub.children, |at| {
            hub.count.set(hub.count.get() + 1);
            let child = hub.children.at(at).core();
            if !child.is_done() {
                child.add_callback(Callback::Child(hub.clone(), at));
            }
        });
        hub
    }

    #[inline]
    fn set_outer<T: Payload>(self: &Rc<Self>, outer: &Rc<FutureState<T>>, collect: impl Fn() -> T + 'static) {
        outer.set_children(self.clone());
        let finished = outer.clone();
        let finish = Box::new(move || finished.finish_unless_done(collect()));
        let old = self.outer.replace(Some(Outer { future: outer.clone(), finish }));
        drop(old);
    }

    /// Children that were done when the gather began.
    #[inline]
    fn count_done(&self) {
        self.finished.set(0);
        if self.children.count() == 0
            && let Some(outer) = self.outer.take()
        {
            return (outer.finish)();
        }
        different(&*self.children, |at| {
            let child = self.children.at(at);
            if child.core().is_done() {
                self.one_done(child);
            }
        });
    }

    #[inline]
    pub(crate) fn child_done(&self, index: usize) {
        self.one_done(self.children.at(index));
    }

    #[inline]
    fn one_done(&self, child: &dyn AnyFuture) {
        self.finished.set(self.finished.get() + 1);
        let outer = self.outer.take();
        let Some(outer) = outer.filter(|outer| !outer.future.core().is_done()) else {
            if !child.core().is_cancelled() {
                child.core().peek_exception();
            }
            return;
        };
        if !self.return_exceptions.get() {
            let error = match child.core().status() {
                Status::Cancelled => Some(child.core().cancelled_error()),
                Status::Pending | Status::Finished => child.core().peek_exception(),
            };
            if let Some(error) = error {
                return outer.future.core().fail(error);
            }
        }
        if self.finished.get() < self.count.get() {
            self.outer.replace(Some(outer));
            return;
        }
        for at in 0..self.children.count() {
            self.children.at(at).core().set_retrieved();
        }
        if self.cancel_requested.get() {
            outer.future.core().fail(child.core().cancelled_error());
        } else {
            (outer.finish)();
        }
    }

    /// Cancels the children; the gather ends when they have ended.
    #[inline]
    pub(crate) fn cancel(&self, message: Option<&str>) -> bool {
        let mut any = false;
        for at in 0..self.children.count() {
            any |= self.children.at(at).cancel(message);
        }
        if any {
            self.cancel_requested.set(true);
        }
        any
    }

    /// A future that is done when all of them are, however they end.
    #[inline]
    pub(crate) fn wait_all(owner: &Rc<Loop>, children: Vec<Rc<dyn AnyFuture>>) -> Future<()> {
        let outer = FutureState::new(owner.clone());
        let hub = Hub::new(Rc::new(children), None);
        hub.return_exceptions.set(true);
        hub.set_outer(&outer, || ());
        hub.count_done();
        Future::of(outer)
    }
}

/// `asyncio.gather(…)`
#[inline]
pub fn gather<A: GatherArgs>(args: A) -> Future<List<A::Output>> {
    let owner = AbstractEventLoop(event_loop::current().or_escape());
    start(&owner, args.futures(&owner))
}

/// `asyncio.gather(…)` of different types that flow into one union.
#[inline]
pub fn gather_into<U: Payload, A: UnionArgs<U>>(args: A) -> Future<List<U>> {
    let owner = AbstractEventLoop(event_loop::current().or_escape());
    start(&owner, args.futures(&owner))
}

/// `a, b = await asyncio.gather(…)`: results of different types, unpacked at once.
#[inline]
pub fn gather_tuple<A: TupleArgs>(args: A) -> Future<A::Outputs> {
    let owner = AbstractEventLoop(event_loop::current().or_escape());
    let (children, collect) = args.start(&owner);
    let outer = FutureState::new(owner.0);
    let hub = Hub::new(Rc::new(children), None);
    hub.set_outer(&outer, collect);
    hub.count_done();
    Future::of(outer)
}

#[inline]
fn start<T: Payload>(owner: &AbstractEventLoop, children: Vec<Future<T>>) -> Future<List<T>> {
    let outer = FutureState::new(owner.0.clone());
    let children = Rc::new(children);
    let hub = Hub::new(children.clone(), Some(children.clone()));
    hub.set_outer(&outer, move || children.iter().map(|child| child.0.value()).collect::<Vec<T>>().into());
    hub.count_done();
    Future::of(outer)
}

impl<T: Payload> Future<List<T>> {
    /// `return_exceptions=True`, of the future that `gather` has just given.
    #[must_use]
    #[inline]
    pub fn return_exceptions(self) -> Future<List<Outcome<T>>> {
        let outer = FutureState::new(self.0.core().owner().clone());
        let hub = self.0.hub();
        let typed = hub.as_ref().and_then(|hub| hub.typed.clone()?.downcast::<Vec<Future<T>>>().ok());
        let (Some(hub), Some(children)) = (hub, typed) else {
            outer.core().fail(TypeError::new("return_exceptions belongs to gather"));
            return Future::of(outer);
        };
        hub.return_exceptions.set(true);
        hub.set_outer(&outer, move || children.iter().map(outcome).collect::<Vec<Outcome<T>>>().into());
        self.0.core().set_retrieved();
        hub.count_done();
        Future::of(outer)
    }
}

#[inline]
fn outcome<T: Payload>(child: &Future<T>) -> Outcome<T> {
    let core = child.0.core();
    match core.status() {
        // A new one, with an empty text where there was none: as CPython.
        Status::Cancelled => Outcome::Exception(CancelledError::new(core.message().as_deref().unwrap_or_default())),
        Status::Pending | Status::Finished => match core.peek_exception() {
            Some(error) => Outcome::Exception(error),
            None => Outcome::Value(child.0.value()),
        },
    }
}
