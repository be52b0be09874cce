//! stdout and stderr: `print`'s buffer, block-buffered unless it is a terminal, and the macros that write to it.
mod byte_file;
mod common;
mod file;
mod memory;
mod redirected;
mod text_file;

pub use byte_file::{ByteFile, open_bytes};
pub use common::UnsupportedOperation;
use common::{Lines, file_object, remember, shared_methods, utf8_width};
pub use memory::{BytesIO, StringIO};
pub use redirected::{Redirected, STDERR_TARGET, STDOUT_TARGET, Target};
pub use text_file::{TextFile, open};

use std::cell::Cell;
use std::fmt::{self, Write};
use std::sync::{Mutex, MutexGuard, TryLockError};

use crate::error::PyErr;
use crate::escape::escape;
use crate::exception::os_error;
use crate::exception::{ExceptionType, SystemError};
use crate::object::take_raised;
use crate::turns::locked;

/// `io.SEEK_SET`
pub const SEEK_SET: i64 = 0;
/// `io.SEEK_CUR`
pub const SEEK_CUR: i64 = 1;
/// `io.SEEK_END`
pub const SEEK_END: i64 = 2;

/// CPython's buffer size.
const SIZE: usize = 8192;

struct Stdout {
    buffer: Vec<u8>,
    line_buffered: Option<bool>,
}

static STDOUT: Mutex<Stdout> = Mutex::new(Stdout { buffer: Vec::new(), line_buffered: None });

thread_local! {
    /// The text of one `print` is made before any of it is written: `__str__` may print too.
    static SCRATCH: Cell<String> = const { Cell::new(String::new()) };
}

#[inline]
fn write_all(fd: libc::c_int, mut bytes: &[u8]) -> std::io::Result<()> {
    while !bytes.is_empty() {
        // SAFETY: the pointer and the length are those of a slice that lives until the call returns.
        let n = unsafe { libc::write(fd, bytes.as_ptr().cast(), bytes.len()) };
        match usize::try_from(n) {
            Ok(n) => bytes = &bytes[n..],
            Err(_) => {
                let error = std::io::Error::last_os_error();
                if error.kind() != std::io::ErrorKind::Interrupted {
                    return Err(error);
                }
            }
        }
    }
    Ok(())
}

impl Stdout {
    #[inline]
    fn flush(&mut self) -> std::io::Result<()> {
        let result = write_all(1, &self.buffer);
        if result.is_ok() {
            self.buffer.clear();
        }
        result
    }

    #[inline]
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        // SAFETY: `isatty` only takes a number.
        let line_buffered = *self.line_buffered.get_or_insert_with(|| unsafe { libc::isatty(1) } == 1);
        if self.buffer.len() + bytes.len() > SIZE && !self.buffer.is_empty() {
            self.flush()?;
        }
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= SIZE || (line_buffered && bytes.contains(&b'\n')) {
            self.flush()?;
        }
        Ok(())
    }
}

/// `sys.stdout.write(text)`
#[inline]
pub fn write_stdout(text: &str) -> Result<(), PyErr> {
    if let Some(target) = STDOUT_TARGET.target() {
        return target.write_text(text);
    }
    locked(&STDOUT).write(text.as_bytes()).map_err(|error| os_error::from_io(&error, None))
}

/// `sys.stdout.buffer.write(bytes)`. What `print` wrote before goes first: both share one buffer.
#[inline]
pub fn write_stdout_bytes(bytes: &[u8]) -> Result<(), PyErr> {
    locked(&STDOUT).write(bytes).map_err(|error| os_error::from_io(&error, None))
}

/// `sys.stderr.buffer.write(bytes)`
#[inline]
pub fn write_stderr_bytes(bytes: &[u8]) {
    let _ = write_all(2, bytes);
}

/// `sys.stdout.flush()`
#[inline]
pub fn flush_stdout() -> Result<(), PyErr> {
    locked(&STDOUT).flush().map_err(|error| os_error::from_io(&error, None))
}

/// `sys.stderr.write(text)`: never buffered, and never fails.
#[inline]
pub fn write_stderr(text: &str) {
    let _ = write_all(2, text.as_bytes());
}

/// `print(text, file=sys.stderr)`
#[inline]
pub(crate) fn print_stderr(text: &str) -> Result<(), PyErr> {
    if let Some(target) = STDERR_TARGET.target() {
        return target.write_text(text);
    }
    write_stderr(text);
    Ok(())
}

/// At the program's end; `false` when stdout is gone, which is reported as CPython does.
#[inline]
pub(crate) fn flush_at_exit() -> bool {
    let Err(error) = locked(&STDOUT).flush() else { return true };
    let error = os_error::from_io(&error, None);
    let stream = "<_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>";
    write_stderr(&format!("Exception ignored in: {stream}\n{}: {error}\n", error.class().full_name()));
    false
}

/// Forgets what could not be written.
#[inline]
pub(crate) fn discard_stdout() {
    locked(&STDOUT).buffer.clear();
}

/// The same from a thread that must not wait for the one that prints.
#[inline]
pub(crate) fn flush_if_free() {
    let free: Result<MutexGuard<'_, Stdout>, TryLockError<_>> = STDOUT.try_lock();
    if let Ok(mut stdout) = free {
        let _ = stdout.flush();
    }
}

#[inline]
fn formatted(args: fmt::Arguments<'_>, end: &str, write: impl FnOnce(&str) -> Result<(), PyErr>) {
    let mut text = SCRATCH.take();
    text.clear();
    if text.write_fmt(args).is_err() {
        escape(take_raised().unwrap_or_else(|| SystemError::new("a value could not be formatted")));
    }
    text.push_str(end);
    let result = write(&text);
    SCRATCH.set(text);
    if let Err(error) = result {
        escape(error);
    }
    crate::lock::checkpoint();
}

/// A text stream that can be written to: `print(file=…)`, a handler's stream.
pub trait TextStream {
    /// `write(text)`
    fn write_text(&self, text: &str) -> Result<(), PyErr>;

    /// `flush()`
    fn flush_text(&self) -> Result<(), PyErr> {
        Ok(())
    }

    /// `name`, where it has one.
    fn stream_name(&self) -> crate::text::Str {
        crate::text::Str::new()
    }
}

#[doc(hidden)]
#[inline]
pub fn print(args: fmt::Arguments<'_>, end: &str) {
    formatted(args, end, write_stdout);
}

#[doc(hidden)]
#[inline]
pub fn eprint(args: fmt::Arguments<'_>, end: &str) {
    formatted(args, end, print_stderr);
}

/// `print(…)`
#[macro_export]
macro_rules! println {
    () => { $crate::io::print(::std::format_args!(""), "\n") };
    ($($arg:tt)*) => { $crate::io::print(::std::format_args!($($arg)*), "\n") };
}

/// `print(…, end="")`
#[macro_export]
macro_rules! print {
    ($($arg:tt)*) => { $crate::io::print(::std::format_args!($($arg)*), "") };
}

/// `print(…, file=sys.stderr)`
#[macro_export]
macro_rules! eprintln {
    () => { $crate::io::eprint(::std::format_args!(""), "\n") };
    ($($arg:tt)*) => { $crate::io::eprint(::std::format_args!($($arg)*), "\n") };
}

/// `print(…, end="", file=sys.stderr)`
#[macro_export]
macro_rules! eprint {
    ($($arg:tt)*) => { $crate::io::eprint(::std::format_args!($($arg)*), "") };
}
