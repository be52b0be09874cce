//! Whoever polls a coroutine, a task or a caller of `send`, and how the leaf of its awaits talks to it.
//!
//! There are no wakers inside: a leaf tells the driver what it waits for, as an asyncio future is yielded to its task.
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::ptr::NonNull;
use std::rc::Rc;

use super::core::AnyFuture;
use super::exceptions::runtime_error;
use crate::error::{PyErr, PyResult};
use crate::object::{Object, repr};
use crate::traceback;

/// What a coroutine yielded when it was suspended.
pub(crate) enum Yielded {
    /// `await future`
    Future(Rc<dyn AnyFuture>),
    /// `yield`: go on with the next pass of the loop.
    Bare,
    /// `yield value`, in a coroutine that is driven by hand.
    Value(Handed),
}

/// A value of any type on its way to whoever drives the coroutine by hand.
pub(crate) struct Handed {
    value: Box<dyn Any>,
    repr: fn(&dyn Any) -> String,
}

impl Handed {
    pub(crate) fn new<T: Object + 'static>(value: T) -> Handed {
        let repr =
            |value: &dyn Any| value.downcast_ref::<T>().map_or_else(String::new, |value| repr(value).to_string());
        Handed { value: Box::new(value), repr }
    }

    pub(crate) fn take<T: 'static>(self) -> Option<T> {
        self.value.downcast::<T>().ok().map(|value| *value)
    }

    pub(crate) fn repr(&self) -> String {
        (self.repr)(&*self.value)
    }
}

/// One driver.
#[derive(Default)]
pub(crate) struct Driver {
    /// The exception that the leaf raises when it is resumed.
    thrown: RefCell<Option<PyErr>>,
    /// What `send` sends.
    sent: RefCell<Option<Box<dyn Any>>>,
    yielded: RefCell<Option<Yielded>>,
    /// Somebody wants to know where the coroutine stands, and nothing else.
    probed: Cell<bool>,
    place: Cell<Option<(&'static str, u32)>>,
}

thread_local! {
    static CURRENT: Cell<Option<NonNull<Driver>>> = const { Cell::new(None) };
}

/// Puts the driver before this one back, also when a poll panics.
struct Restore(Option<NonNull<Driver>>);

impl Drop for Restore {
    fn drop(&mut self) {
        CURRENT.set(self.0);
    }
}

impl Driver {
    /// Polls with this driver; `thrown` is raised at the leaf.
    pub(crate) fn drive<R>(&self, thrown: Option<PyErr>, poll: impl FnOnce() -> R) -> R {
        if thrown.is_some() {
            self.thrown.replace(thrown);
        }
        let _restore = Restore(CURRENT.replace(Some(NonNull::from(self))));
        poll()
    }

    /// The next resume raises `error`.
    pub(crate) fn throw(&self, error: PyErr) {
        drop(self.thrown.replace(Some(error)));
    }

    /// The line of Python at which the coroutine stands: it is polled, and its leaf stays suspended.
    pub(crate) fn probe(&self, poll: impl FnOnce()) -> Option<(&'static str, u32)> {
        self.probed.set(true);
        self.drive(None, || probe_task_boundary(poll));
        self.probed.set(false);
        self.place.take()
    }

    pub(crate) fn send(&self, value: Option<Box<dyn Any>>) {
        drop(self.sent.replace(value));
    }

    pub(crate) fn take_yielded(&self) -> Option<Yielded> {
        self.yielded.take()
    }
}

fn with<R>(with: impl FnOnce(&Driver) -> R) -> PyResult<R> {
    let Some(driver) = CURRENT.get() else { return Err(runtime_error("no running event loop")) };
    // SAFETY: `drive` borrows the driver for as long as the pointer is in `CURRENT`.
    Ok(with(unsafe { driver.as_ref() }))
}

/// Below it are the frames of whoever asks; the name is what ends a traceback.
#[inline(never)]
fn probe_task_boundary(poll: impl FnOnce()) {
    poll();
}

thread_local! {
    static CLOSING: Cell<bool> = const { Cell::new(false) };
}

/// Drops a coroutine that will not begin any more: it is closed, and nobody minds.
pub(crate) fn closing(drop: impl FnOnce()) {
    let before = CLOSING.replace(true);
    drop();
    CLOSING.set(before);
}

pub(crate) fn is_closing() -> bool {
    CLOSING.get()
}

/// A leaf that is polled again: whether it is to stay suspended, because only its place is asked for.
#[inline]
pub(crate) fn is_probe() -> bool {
    with(|driver| {
        if driver.probed.get() {
            driver.place.set(traceback::outermost_line());
        }
        driver.probed.get()
    })
    .unwrap_or(false)
}

/// A leaf is resumed: raises what was thrown into the coroutine.
#[inline]
pub(crate) fn resume() -> PyResult {
    match with(|driver| driver.thrown.take())? {
        None => Ok(()),
        Some(error) => Err(error.thrown()),
    }
}

/// The same for a leaf that takes what was sent.
pub(crate) fn resume_with() -> PyResult<Option<Box<dyn Any>>> {
    resume()?;
    with(|driver| driver.sent.take())
}

/// A leaf suspends its coroutine.
#[inline]
pub(crate) fn suspend(on: Yielded) -> PyResult {
    with(|driver| drop(driver.yielded.replace(Some(on))))
}
