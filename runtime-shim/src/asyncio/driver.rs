//! Whoever polls a coroutine, a task or a caller of `send`, and how the leaf of its awaits talks to it.
//!
//! There are no wakers inside: a leaf tells the driver what it waits for, as an asyncio future is yielded to its task.
use std::any::Any;
use std::cell::Cell;
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
    thrown: Cell<Option<PyErr>>,
}

/// One poll by a driver, on the stack of who polls.
struct Drive<'d> {
    driver: &'d Driver,
    /// What `send` sends.
    sent: Cell<Option<Box<dyn Any>>>,
    yielded: Cell<Option<Yielded>>,
    /// Somebody wants to know where the coroutine stands, and nothing else.
    probed: bool,
    place: Cell<Option<(&'static str, u32)>>,
}

thread_local! {
    static CURRENT: Cell<Option<NonNull<Drive<'static>>>> = const { Cell::new(None) };
}

/// Puts the poll before this one back, also when a poll panics.
struct Restore(Option<NonNull<Drive<'static>>>);

impl Drop for Restore {
    fn drop(&mut self) {
        CURRENT.set(self.0);
    }
}

impl Driver {
    /// Polls with this driver; gives what the coroutine has yielded too.
    #[inline]
    pub(crate) fn drive<R>(&self, input: Input, poll: impl FnOnce() -> R) -> (R, Option<Yielded>) {
        let sent = match input {
            Input::Nothing => None,
            Input::Sent(value) => Some(value),
            Input::Thrown(error) => {
                self.throw(error);
                None
            }
        };
        let drive = self.begin(sent, false);
        let result = drive.run(poll);
        (result, drive.yielded.into_inner())
    }

    #[inline]
    fn begin(&self, sent: Option<Box<dyn Any>>, probed: bool) -> Drive<'_> {
        Drive { driver: self, sent: Cell::new(sent), yielded: Cell::new(None), probed, place: Cell::new(None) }
    }

    /// The next resume raises `error`.
    pub(crate) fn throw(&self, error: PyErr) {
        drop(self.thrown.replace(Some(error)));
    }

    /// The line of Python at which the coroutine stands: it is polled, and its leaf stays suspended.
    pub(crate) fn probe(&self, poll: impl FnOnce()) -> Option<(&'static str, u32)> {
        let drive = self.begin(None, true);
        drive.run(|| probe_task_boundary(poll));
        drive.place.take()
    }
}

/// What a driver hands to the leaf.
pub(crate) enum Input {
    Nothing,
    /// `send`
    Sent(Box<dyn Any>),
    /// `throw`
    Thrown(PyErr),
}

impl From<Option<PyErr>> for Input {
    #[inline]
    fn from(thrown: Option<PyErr>) -> Input {
        thrown.map_or(Input::Nothing, Input::Thrown)
    }
}

impl Drive<'_> {
    #[inline]
    fn run<R>(&self, poll: impl FnOnce() -> R) -> R {
        let _restore = Restore(CURRENT.replace(Some(NonNull::from(self).cast())));
        poll()
    }
}

#[inline]
fn with<R>(with: impl FnOnce(&Drive<'_>) -> R) -> PyResult<R> {
    let Some(drive) = CURRENT.get() else { return Err(not_running()) };
    // SAFETY: `run` borrows the poll for as long as the pointer is in `CURRENT`; that it is `'static` there nobody is told.
    Ok(with(unsafe { drive.as_ref() }))
}

#[cold]
#[inline(never)]
fn not_running() -> PyErr {
    runtime_error("no running event loop")
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
    with(|drive| {
        if drive.probed {
            drive.place.set(traceback::outermost_line());
        }
        drive.probed
    })
    .unwrap_or(false)
}

/// A leaf is resumed: raises what was thrown into the coroutine.
#[inline]
pub(crate) fn resume() -> PyResult {
    match with(|drive| drive.driver.thrown.take())? {
        None => Ok(()),
        Some(error) => Err(error.thrown()),
    }
}

/// The same for a leaf that takes what was sent.
pub(crate) fn resume_with() -> PyResult<Option<Box<dyn Any>>> {
    resume()?;
    with(|drive| drive.sent.take())
}

/// A leaf suspends its coroutine.
#[inline]
pub(crate) fn suspend(on: Yielded) -> PyResult {
    with(|drive| drop(drive.yielded.replace(Some(on))))
}
