//! Ctrl-C: a flag that the program's first thread looks at wherever it waits, and the end of one that never looks.
//!
//! The process's initial thread runs none of the program. It waits here for the program's end and for SIGINT, which only it
//! lets through; so the work of a signal is done outside the handler, which writes one byte to a pipe.
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, KeyboardInterrupt, ValueError};
use crate::lock;
use crate::turns::{self, Turn, locked};

/// How long a program may compute without looking at the flag.
const PATIENCE: Duration = Duration::from_millis(200);

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static PIPE: AtomicI32 = AtomicI32::new(-1);
static MAIN: Mutex<Option<Arc<Turn>>> = Mutex::new(None);

thread_local! {
    static IS_MAIN: std::cell::Cell<bool> = const { std::cell::Cell::new(true) };
}

/// Signals that came and that the program has a handler for: a bit each.
static PENDING: AtomicU64 = AtomicU64::new(0);
/// Signals that the program has a handler for.
static HANDLED: AtomicU64 = AtomicU64::new(0);

/// What the program does about a signal.
pub(crate) type Handler = Rc<dyn Fn(i32) -> PyResult>;

thread_local! {
    static HANDLERS: RefCell<BTreeMap<i32, Handler>> = const { RefCell::new(BTreeMap::new()) };
}

const fn bit(number: i32) -> u64 {
    1 << (number as u32 & 63)
}

/// The program handles a signal from now on.
#[inline]
pub(crate) fn handle(number: i32, handler: Handler) {
    let old = HANDLERS.with_borrow_mut(|handlers| handlers.insert(number, handler));
    drop(old);
    HANDLED.fetch_or(bit(number), Ordering::AcqRel);
    if number != libc::SIGINT {
        act(number, on_signal as extern "C" fn(libc::c_int) as usize);
    }
}

/// The program no longer handles a signal: the system does, as before.
#[inline]
pub(crate) fn reset(number: i32) {
    let old = HANDLERS.with_borrow_mut(|handlers| handlers.remove(&number));
    drop(old);
    HANDLED.fetch_and(!bit(number), Ordering::AcqRel);
    if number == libc::SIGINT {
        mask(libc::SIG_UNBLOCK);
    }
    act(number, libc::SIG_DFL);
}

/// The same for the loop's handlers: Ctrl-C is KeyboardInterrupt again.
#[inline]
pub(crate) fn restore(number: i32) {
    if number != libc::SIGINT {
        return reset(number);
    }
    let old = HANDLERS.with_borrow_mut(|handlers| handlers.remove(&number));
    drop(old);
    HANDLED.fetch_and(!bit(number), Ordering::AcqRel);
}

/// A signal has no effect.
#[inline]
pub(crate) fn ignore(number: i32) {
    reset(number);
    act(number, libc::SIG_IGN);
}

fn act(number: i32, action: usize) {
    // SAFETY: the handler only does what `note` says; mask and action are initialised by `sigemptyset` before they are read.
    unsafe {
        let mut new: libc::sigaction = std::mem::zeroed();
        new.sa_sigaction = action;
        libc::sigemptyset(&mut new.sa_mask);
        new.sa_flags = libc::SA_RESTART;
        libc::sigaction(number, &new, std::ptr::null_mut());
    }
}

extern "C" fn on_signal(number: libc::c_int) {
    note(0x80 | (number as u8 & 0x3f));
}

/// `signal.alarm`
#[inline]
pub(crate) fn alarm(seconds: i64) -> i64 {
    let seconds = libc::c_uint::try_from(seconds.max(0)).unwrap_or(libc::c_uint::MAX);
    // SAFETY: alarm only takes a number.
    i64::from(unsafe { libc::alarm(seconds) })
}

/// ValueError in any thread but the program's first.
#[inline]
pub(crate) fn check_main() -> PyResult {
    if is_main() {
        return Ok(());
    }
    Err(ValueError::new("signal only works in main thread of the main interpreter"))
}

/// The process sends itself a signal: what handles it does so at once. `false`: the system is to do it.
pub(crate) fn raised_here(number: i32) -> bool {
    if HANDLED.load(Ordering::Acquire) & bit(number) != 0 {
        PENDING.fetch_or(bit(number), Ordering::AcqRel);
        return true;
    }
    if number == libc::SIGINT {
        INTERRUPTED.store(true, Ordering::Release);
        return true;
    }
    false
}

/// Runs the handlers of the signals that came; only the program's first thread does.
#[inline]
pub(crate) fn dispatch() -> PyResult {
    if PENDING.load(Ordering::Relaxed) == 0 || !is_main() {
        return Ok(());
    }
    let pending = PENDING.swap(0, Ordering::AcqRel);
    for number in (1..64).filter(|number| pending & bit(*number) != 0) {
        let handler = HANDLERS.with_borrow(|handlers| handlers.get(&number).cloned());
        if let Some(handler) = handler {
            handler(number)?;
        }
    }
    Ok(())
}

/// The program ends: its handlers are freed.
pub(crate) fn forget() {
    let handlers = HANDLERS.take();
    drop(handlers);
}

/// Has Ctrl-C been pressed since the last look? Only the program's first thread is told.
#[inline]
pub(crate) fn take() -> bool {
    INTERRUPTED.load(Ordering::Relaxed) && IS_MAIN.get() && INTERRUPTED.swap(false, Ordering::AcqRel)
}

/// KeyboardInterrupt, if Ctrl-C has been pressed.
#[inline]
pub fn check() -> PyResult {
    dispatch()?;
    if take() { Err(interrupt()) } else { Ok(()) }
}

#[cold]
pub(crate) fn interrupt() -> PyErr {
    KeyboardInterrupt::new(())
}

/// This thread is not the program's first.
pub(crate) fn not_main() {
    IS_MAIN.set(false);
}

/// Is this the program's first thread?
pub(crate) fn is_main() -> bool {
    IS_MAIN.get()
}

/// This thread, about to run the program, is its first.
pub(crate) fn this_is_main() {
    *locked(&MAIN) = Some(lock::turn());
}

extern "C" fn on_interrupt(_: libc::c_int) {
    note(b'i');
}

/// Tells the waiting thread something; nothing here may lock or allocate, for a signal handler calls it.
fn note(what: u8) {
    // SAFETY: `write` is async-signal-safe, and the byte lives until it returns.
    unsafe { libc::write(PIPE.load(Ordering::Relaxed), std::ptr::from_ref(&what).cast(), 1) };
}

/// The program has ended.
pub(crate) fn ended() {
    note(b'e');
}

/// The end of the pipe that the initial thread reads.
pub(crate) struct Watch(libc::c_int);

/// Installs the handler, and blocks the signal in this thread and those it starts from now on.
pub(crate) fn install() -> Watch {
    let mut ends = [-1; 2];
    // SAFETY: `pipe2` fills the array; the handler only does what `note` says; the masks and the action are initialised by
    // `sigemptyset` before they are read.
    unsafe {
        libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC);
        PIPE.store(ends[1], Ordering::Relaxed);
        let mut old: libc::sigaction = std::mem::zeroed();
        libc::sigaction(libc::SIGINT, std::ptr::null(), &mut old);
        if old.sa_sigaction != libc::SIG_IGN {
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = on_interrupt as extern "C" fn(libc::c_int) as usize;
            libc::sigemptyset(&mut action.sa_mask);
            action.sa_flags = libc::SA_RESTART;
            libc::sigaction(libc::SIGINT, &action, std::ptr::null_mut());
        }
    }
    mask(libc::SIG_BLOCK);
    Watch(ends[0])
}

fn mask(how: libc::c_int) {
    // SAFETY: the set is initialised by `sigemptyset` before it is read.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        libc::sigaddset(&mut set, libc::SIGINT);
        libc::pthread_sigmask(how, &set, std::ptr::null_mut());
    }
}

/// Waits for the program's end, and passes interrupts on to it.
pub(crate) fn watch(pipe: &Watch) {
    mask(libc::SIG_UNBLOCK);
    let mut waiting = false;
    loop {
        match next(pipe, waiting.then_some(PATIENCE)) {
            Some(b'e') => return,
            Some(signal) if signal >= 0x80 || HANDLED.load(Ordering::Acquire) & bit(libc::SIGINT) != 0 => {
                let number = if signal >= 0x80 { i32::from(signal & 0x3f) } else { libc::SIGINT };
                PENDING.fetch_or(bit(number), Ordering::AcqRel);
                if let Some(main) = &*locked(&MAIN) {
                    turns::wake(main);
                }
            }
            Some(_) => {
                INTERRUPTED.store(true, Ordering::Release);
                if let Some(main) = &*locked(&MAIN) {
                    turns::wake(main);
                }
                waiting = true;
            }
            None if INTERRUPTED.load(Ordering::Acquire) => {
                crate::io::flush_if_free();
                crate::io::write_stderr("Traceback (most recent call last):\nKeyboardInterrupt\n");
                die_of_interrupt();
            }
            None => waiting = false,
        }
    }
}

/// The next byte; `None` after the timeout.
fn next(pipe: &Watch, timeout: Option<Duration>) -> Option<u8> {
    let milliseconds = timeout.map_or(-1, |timeout| timeout.as_millis() as libc::c_int);
    loop {
        let mut poll = libc::pollfd { fd: pipe.0, events: libc::POLLIN, revents: 0 };
        let mut byte = 0_u8;
        // SAFETY: `poll` and `byte` live until the calls return.
        let got = unsafe {
            match libc::poll(&mut poll, 1, milliseconds) {
                0 => return None,
                n if n < 0 => continue,
                _ => libc::read(pipe.0, std::ptr::from_mut(&mut byte).cast(), 1),
            }
        };
        if got == 1 {
            return Some(byte);
        }
    }
}

/// Ends the process as the signal would have, so that its parent sees what happened.
pub(crate) fn die_of_interrupt() -> ! {
    // SAFETY: both calls only take numbers.
    unsafe {
        libc::signal(libc::SIGINT, libc::SIG_DFL);
        mask(libc::SIG_UNBLOCK);
        libc::kill(libc::getpid(), libc::SIGINT);
    }
    std::thread::sleep(Duration::from_secs(1));
    std::process::exit(130)
}
