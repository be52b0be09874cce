//! The interpreter lock: one thread at a time runs translated code.
//!
//! The handles of the runtime are `Rc`s and `RefCell`s, and Python's threads share them. That is sound because
//! 1. translated code, and every drop of one of its values, runs only in a thread that holds this lock;
//! 2. it is given up only inside the runtime's blocking calls (`blocking`, `park`) and at `checkpoint`s, where no borrow is
//!    held and nothing is half written; giving it up and taking it are a mutex's unlock and lock, so they order memory;
//! 3. a thread of ours takes it before it looks at the closure it was given, and drops that, and its thread locals with
//!    handles in them, before it gives it up for the last time; a panic in it is caught inside the lock and ends the process;
//! 4. foreign threads (a waker called from one) only touch what is `Send`: they put a token into a queue of the loop.
//!
//! `UnderLock` is the only place where a value crosses threads by this argument.
use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::turns::{self, Turn};

/// How long a thread may keep the lock when another one wants it.
const SLICE: Duration = Duration::from_millis(5);

/// Threads that run translated code; while there is one, the lock costs nothing.
static THREADS: AtomicUsize = AtomicUsize::new(1);

/// What a thread knows of itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    /// Nothing yet: the first thread that asks is the program's.
    Unknown,
    Yes,
    No,
}

static CLAIMED: AtomicBool = AtomicBool::new(false);

thread_local! {
    static HELD: Cell<Held> = const { Cell::new(Held::Unknown) };
    static SINCE: Cell<Option<Instant>> = const { Cell::new(None) };
    static TURN: RefCell<Option<Arc<Turn>>> = const { RefCell::new(None) };
}

/// A value that a thread hands to another: both use it only under the interpreter lock.
pub(crate) struct UnderLock<T>(T);

// SAFETY: `into_inner` checks that this thread holds the lock, and the rules above say that so does who drops it.
unsafe impl<T> Send for UnderLock<T> {}

impl<T> UnderLock<T> {
    pub(crate) fn new(value: T) -> UnderLock<T> {
        assert_held();
        UnderLock(value)
    }

    pub(crate) fn get(&self) -> &T {
        assert_held();
        &self.0
    }

    pub(crate) fn into_inner(self) -> T {
        assert_held();
        self.0
    }
}

/// This thread's turn.
pub(crate) fn turn() -> Arc<Turn> {
    TURN.with_borrow_mut(|turn| turn.get_or_insert_with(Turn::new).clone())
}

/// Is there more than one thread?
pub(crate) fn is_shared() -> bool {
    THREADS.load(Ordering::Relaxed) > 1
}

/// Panics when this thread may not touch the program's values.
#[inline]
pub(crate) fn assert_held() {
    assert!(is_held(), "a thread touches the program's values without the interpreter lock");
}

/// May this thread touch the program's values?
#[inline]
pub(crate) fn is_held() -> bool {
    match HELD.get() {
        Held::Yes => true,
        Held::No => false,
        Held::Unknown => claim(),
    }
}

/// Each test of the crate is a thread and a program of its own.
#[cold]
fn claim() -> bool {
    let first = !CLAIMED.swap(true, Ordering::Relaxed) || cfg!(test);
    HELD.set(if first { Held::Yes } else { Held::No });
    first
}

/// Runs something that may take long and touches nothing of the program's, while other threads run.
pub fn blocking<R>(work: impl FnOnce() -> R) -> R {
    if !is_shared() {
        return work();
    }
    turns::leave();
    HELD.set(Held::No);
    let result = work();
    turns::come_back(&turn());
    now_held();
    result
}

/// Waits until somebody wakes this thread's turn, or for the deadline; `true` when it was woken.
pub(crate) fn park(deadline: Option<f64>) -> bool {
    let me = turn();
    HELD.set(Held::No);
    let woken = turns::park(&me, deadline, is_shared());
    now_held();
    woken
}

/// A place where another thread may take over.
#[inline]
pub(crate) fn checkpoint() {
    if is_shared() {
        checkpoint_shared();
    }
}

#[cold]
fn checkpoint_shared() {
    if turns::wanted() && SINCE.get().is_some_and(|since| since.elapsed() >= SLICE) {
        HELD.set(Held::No);
        turns::hand_on(&turn());
        now_held();
    }
}

pub(crate) fn now_held() {
    CLAIMED.store(true, Ordering::Relaxed);
    HELD.set(Held::Yes);
    SINCE.set(Some(Instant::now()));
}

/// Starts a thread that runs `work` under the lock; it runs at once, and this one goes on when it first blocks.
pub(crate) fn start_thread(name: String, work: impl FnOnce() + 'static) -> std::io::Result<Arc<Turn>> {
    let started = Turn::new();
    let work = UnderLock::new(work);
    let theirs = started.clone();
    THREADS.fetch_add(1, Ordering::Relaxed);
    turns::begin_sharing();
    SINCE.set(Some(Instant::now()));
    let thread = std::thread::Builder::new().name(name).stack_size(crate::exit::THREAD_STACK).spawn(move || {
        HELD.set(Held::No);
        TURN.set(Some(theirs.clone()));
        turns::first(&theirs);
        now_held();
        crate::recursion::set_stack_size(crate::exit::THREAD_STACK);
        crate::traceback::frame_pointers::begin();
        crate::exit::guard(work);
        crate::thread_locals::clear();
        HELD.set(Held::No);
        TURN.set(None);
        THREADS.fetch_sub(1, Ordering::Relaxed);
        turns::end(&theirs);
    });
    match thread {
        Ok(_) => {
            let me = turn();
            HELD.set(Held::No);
            turns::started(&me, &started);
            now_held();
            Ok(started)
        }
        Err(error) => {
            THREADS.fetch_sub(1, Ordering::Relaxed);
            Err(error)
        }
    }
}

/// Waits until a thread has ended.
pub(crate) fn join(thread: &Arc<Turn>, deadline: Option<f64>) -> bool {
    while !thread.is_done() {
        thread.add_joiner(&turn());
        if !park(deadline) && deadline.is_some() {
            return thread.is_done();
        }
    }
    true
}

/// A loop's wait for what is ready.
pub(crate) fn select(timeout: Option<f64>, ready: &Arc<std::sync::atomic::AtomicBool>) {
    let (me, shared) = (turn(), is_shared());
    HELD.set(Held::No);
    turns::select(&me, timeout, ready, shared);
    now_held();
}
