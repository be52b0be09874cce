//! How a program runs and ends: its thread, its last words, its exit status.
use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Mutex;

use crate::error::{PyErr, PyResult};
use crate::escape::{self, Escaped};
use crate::exception::{ExceptionType, KeyboardInterrupt, OverflowError, SystemExit};
use crate::lock::UnderLock;
use crate::object::repr;
use crate::turns::locked;
use crate::{io, lock, memory, signals, thread_locals, traceback};

/// Stack of the thread that runs the program; it is mapped, not filled.
const MAIN_STACK: usize = 1 << 30;
/// Stack of every other thread.
pub(crate) const THREAD_STACK: usize = 64 << 20;
/// Status of a program in which a panic, a mistake of ours, surfaced.
const PANICKED: u8 = 101;
/// Status when stdout could not be flushed at the end.
const FLUSH_FAILED: u8 = 120;

/// How a program ended.
enum End {
    Status(u8),
    Interrupt,
}

/// What a program's `script` gives back.
pub trait Ended {
    /// As a result.
    fn result(self) -> PyResult;
}

impl Ended for () {
    fn result(self) -> PyResult {
        Ok(())
    }
}

impl<T> Ended for PyResult<T> {
    fn result(self) -> PyResult {
        self.map(drop)
    }
}

/// Runs the program to its end, as CPython would: uncaught exceptions are printed with Python's lines, which `map` knows.
pub fn exit_code<R: Ended>(script: impl FnOnce() -> R + Send + 'static, map: &'static str) -> ExitCode {
    traceback::set_map(map);
    panic::set_hook(Box::new(note_panic));
    memory::prepare();
    let watch = signals::install();
    let end = std::sync::Arc::new(Mutex::new(None));
    let theirs = end.clone();
    let mut program = Some(move || {
        lock::now_held();
        signals::this_is_main();
        let ended = run(move || script().result());
        *locked(&theirs) = Some(ended);
        signals::ended();
    });
    let mut stack = MAIN_STACK;
    while let Some(body) = program.take() {
        // A thread that could not be started drops its closure: it is handed over in a cell.
        let cell = std::sync::Arc::new(Mutex::new(Some(body)));
        let handed = cell.clone();
        let started = std::thread::Builder::new().name("MainThread".into()).stack_size(stack).spawn(move || {
            crate::recursion::set_stack_size(stack);
            crate::traceback::frame_pointers::begin();
            crate::memory::begin();
            let body = locked(&handed).take();
            if let Some(body) = body {
                body();
            }
        });
        if started.is_err() && stack > THREAD_STACK / 16 {
            program = locked(&cell).take();
            stack /= 4;
        } else if let Err(error) = started {
            io::write_stderr(&format!("aio2rust: cannot start the program's thread: {error}\n"));
            return ExitCode::from(PANICKED);
        }
    }
    signals::watch(&watch);
    let end = locked(&end).take();
    match end {
        Some(End::Status(status)) => ExitCode::from(status),
        Some(End::Interrupt) => signals::die_of_interrupt(),
        None => ExitCode::from(PANICKED),
    }
}

fn run(script: impl FnOnce() -> PyResult) -> End {
    let ended = panic::catch_unwind(AssertUnwindSafe(script));
    let mut end = match ended {
        Ok(Ok(())) => End::Status(0),
        Ok(Err(error)) => uncaught(&error),
        Err(payload) => after_panic(payload),
    };
    let finished = panic::catch_unwind(AssertUnwindSafe(finish));
    if let Err(payload) = finished {
        end = after_panic(payload);
    }
    if !io::flush_at_exit() && matches!(end, End::Status(_)) {
        end = End::Status(FLUSH_FAILED);
    }
    end
}

/// What modules do at the end.
static AT_EXIT: Mutex<Vec<fn()>> = Mutex::new(Vec::new());

/// Something is to be done at the end.
pub(crate) fn at_exit(work: fn()) {
    locked(&AT_EXIT).push(work);
}

/// What the interpreter does at its end: waits for its threads, frees what is left.
fn finish() {
    crate::asyncio::executor::join_all();
    let all = || locked(&AT_EXIT).clone().into_iter().for_each(|work| work());
    all();
    // What the program wants to be called may start threads and write to files.
    crate::atexit::run();
    all();
    thread_locals::clear();
}

/// Prints an uncaught exception; gives the exit status it means.
fn uncaught(error: &PyErr) -> End {
    if error.is::<SystemExit>() {
        return End::Status(exit_status(error));
    }
    let _ = io::flush_stdout().inspect_err(|_| io::discard_stdout());
    io::write_stderr(&traceback::render(error));
    if error.is::<KeyboardInterrupt>() { End::Interrupt } else { End::Status(1) }
}

/// `sys.exit(code)`: a number is the status, `None` is 0, anything else is printed and means 1.
fn exit_status(error: &PyErr) -> u8 {
    let args = error.all_args();
    let Some(code) = args.get(0) else { return 0 };
    if args.len() == 1 {
        if let Some(number) = args.int(0) {
            return (number & 0xff) as u8;
        }
        match &*repr(&*code) {
            "None" | "False" => return 0,
            "True" => return 1,
            _ => {}
        }
    }
    io::write_stderr(&format!("{error}\n"));
    1
}

thread_local! {
    static PANIC: RefCell<Option<Panic>> = const { RefCell::new(None) };
}

/// What the panic hook saw.
struct Panic {
    message: String,
    place: String,
    trace: traceback::Capture,
}

fn note_panic(info: &panic::PanicHookInfo<'_>) {
    let message = info.payload_as_str().unwrap_or("a panic without a message").to_owned();
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let trace = traceback::Capture::now();
    PANIC.set(Some(Panic { message, place, trace }));
}

fn after_panic(payload: Box<dyn Any + Send>) -> End {
    if payload.is::<Escaped>()
        && let Some(error) = escape::take()
    {
        return uncaught(&error);
    }
    let _ = io::flush_stdout().inspect_err(|_| io::discard_stdout());
    let Some(panic) = PANIC.take() else {
        drop(payload);
        io::write_stderr("aio2rust: internal error, please report it\n");
        return End::Status(PANICKED);
    };
    if panic.message.ends_with("with overflow") {
        let error = OverflowError::new("the result does not fit into 64 bits");
        error.set_trace(panic.trace);
        io::write_stderr(&traceback::render(&error));
        io::write_stderr("hint: translate with `--int=big`: integers of any size\n");
        return End::Status(1);
    }
    io::write_stderr(&format!(
        "aio2rust: internal error, please report it: {}\n  at {}\n{}",
        panic.message,
        panic.place,
        traceback::frames_of(&panic.trace)
    ));
    End::Status(PANICKED)
}

/// Runs what a thread was started for; a panic in it ends the process.
pub(crate) fn guard(work: UnderLock<impl FnOnce()>) {
    signals::not_main();
    let work = work.into_inner();
    if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(work)) {
        let end = after_panic(payload);
        io::flush_at_exit();
        match end {
            End::Status(status) => std::process::exit(i32::from(status)),
            End::Interrupt => signals::die_of_interrupt(),
        }
    }
}
