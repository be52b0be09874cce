//! Python's recursion limit: deep recursion is RecursionError, never a stack overflow.
use std::cell::Cell;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, RecursionError};

static LIMIT: AtomicUsize = AtomicUsize::new(1000);

/// Stack that is left for the runtime and for what a frame of the program calls without counting.
const RESERVE: usize = 512 * 1024;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    /// The lowest address this thread's stack may reach; 0 when it is not known.
    static FLOOR: Cell<usize> = const { Cell::new(0) };
}

/// `sys.getrecursionlimit()`
pub fn limit() -> usize {
    LIMIT.load(Ordering::Relaxed)
}

/// `sys.setrecursionlimit(limit)`
pub fn set_limit(limit: usize) {
    LIMIT.store(limit, Ordering::Relaxed);
}

/// Tells how much stack this thread has, from here on.
pub(crate) fn set_stack_size(bytes: usize) {
    let here = here();
    FLOOR.set(here.saturating_sub(bytes).saturating_add(RESERVE));
}

fn here() -> usize {
    let local = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&local)) as usize
}

/// One level of recursion, for as long as it lives.
#[derive(Debug)]
pub struct Depth(());

impl Drop for Depth {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}

/// The first line of a plain function that may recur: `let _depth = recursion::enter()?;`.
#[inline]
pub fn enter() -> PyResult<Depth> {
    let depth = DEPTH.get() + 1;
    if depth > LIMIT.load(Ordering::Relaxed) || here() < FLOOR.get() {
        return Err(too_deep());
    }
    DEPTH.set(depth);
    Ok(Depth(()))
}

#[cold]
#[inline(never)]
fn too_deep() -> PyErr {
    RecursionError::new("maximum recursion depth exceeded")
}

/// A coroutine that recurs: boxed, and counted while it is polled.
pub struct Recursive<F>(Pin<Box<F>>);

/// `await` of a coroutine function in a cycle of the call graph: `recursive(f(n - 1)).await?`.
pub fn recursive<T, F: Future<Output = PyResult<T>>>(body: F) -> Recursive<F> {
    Recursive(Box::pin(body))
}

impl<T, F: Future<Output = PyResult<T>>> Future for Recursive<F> {
    type Output = PyResult<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<PyResult<T>> {
        let _depth = match enter() {
            Ok(depth) => depth,
            Err(error) => return Poll::Ready(Err(error)),
        };
        self.0.as_mut().poll(cx)
    }
}
