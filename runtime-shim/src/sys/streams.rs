//! The standard streams as text streams, and their `buffer`s.

use std::io::Read;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::exception::os_error;
use crate::iter::{Iterable, ToIter};
use crate::prelude::*;
use crate::{io, lock, os};

/// What was read from stdin and not taken yet.
static STDIN: Mutex<Vec<u8>> = Mutex::new(Vec::new());

#[inline]
fn waiting() -> MutexGuard<'static, Vec<u8>> {
    STDIN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Declares an output stream.
macro_rules! output {
    ($(#[$doc:meta])* $name:ident, $stream:literal, $fd:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name;

        impl $name {
            /// `write(text)`: the number of characters.
            #[inline]
            pub fn write(self, text: &str) -> PyResult<i64> {
                self.put(text)?;
                Ok(text.chars().count() as i64)
            }

            /// `writelines(lines)`
            #[inline]
            pub fn writelines(self, lines: &impl Iterable<Item = Str>) -> PyResult {
                lines.items().try_for_each(|line| self.put(&line?))
            }

            /// `isatty()`
            #[inline]
            pub fn isatty(self) -> bool {
                os::isatty($fd)
            }

            /// `fileno()`
            #[inline]
            pub fn fileno(self) -> i64 {
                $fd
            }

            /// `buffer`
            #[inline]
            pub fn buffer(self) -> ByteWriter {
                ByteWriter { fd: $fd }
            }

            /// `name`
            #[inline]
            pub fn name(self) -> Str {
                Str::from($stream)
            }

            /// `encoding`
            #[inline]
            pub fn encoding(self) -> Str {
                Str::from("utf-8")
            }
        }
    };
}

output! {
    /// `sys.stdout`
    StdOut, "<stdout>", 1
}
output! {
    /// `sys.stderr`
    StdErr, "<stderr>", 2
}

impl StdOut {
    #[inline]
    fn put(self, text: &str) -> PyResult {
        io::write_stdout(text)
    }

    /// `flush()`
    #[inline]
    pub fn flush(self) -> PyResult {
        io::flush_stdout()
    }
}

impl StdErr {
    #[inline]
    fn put(self, text: &str) -> PyResult {
        io::print_stderr(text)
    }

    /// `flush()`: nothing waits.
    #[inline]
    pub fn flush(self) -> PyResult {
        Ok(())
    }
}

macro_rules! text_streams {
    ($($name:ident),*) => {$(
        impl io::TextStream for $name {
            #[inline]
            fn write_text(&self, text: &str) -> PyResult {
                self.put(text)
            }

            #[inline]
            fn flush_text(&self) -> PyResult {
                self.flush()
            }

            #[inline]
            fn stream_name(&self) -> Str {
                self.name()
            }
        }
    )*};
}
text_streams!(StdOut, StdErr);

/// `sys.stdout.buffer`, `sys.stderr.buffer`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteWriter {
    fd: i64,
}

impl ByteWriter {
    /// `write(bytes)`: their number.
    #[inline]
    pub fn write(self, bytes: &[u8]) -> PyResult<i64> {
        if self.fd == 1 {
            io::write_stdout_bytes(bytes)?
        } else {
            io::write_stderr_bytes(bytes)
        }
        Ok(bytes.len() as i64)
    }

    /// `flush()`
    #[inline]
    pub fn flush(self) -> PyResult {
        if self.fd == 1 { io::flush_stdout() } else { Ok(()) }
    }
}

/// `sys.stdin`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StdIn;

/// `sys.stdin.buffer`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteReader;

/// Reads more; false at the end.
#[inline]
fn fill() -> PyResult<bool> {
    let mut chunk = [0; 8192];
    let read = lock::blocking(|| std::io::stdin().lock().read(&mut chunk));
    let count = read.map_err(|error| os_error::from_io(&error, None))?;
    waiting().extend_from_slice(&chunk[..count]);
    Ok(count > 0)
}

/// Bytes up to a line's end, or to the end.
#[inline]
fn line() -> PyResult<Vec<u8>> {
    loop {
        let end = waiting().iter().position(|byte| *byte == b'\n');
        if let Some(end) = end {
            return Ok(waiting().drain(..=end).collect());
        }
        if !fill()? {
            return Ok(std::mem::take(&mut *waiting()));
        }
    }
}

#[inline]
fn everything() -> PyResult<Vec<u8>> {
    while fill()? {}
    Ok(std::mem::take(&mut *waiting()))
}

/// UTF-8, with `\r\n` and `\r` read as `\n`.
#[inline]
fn text(bytes: Vec<u8>) -> PyResult<Str> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() as i64;
        let byte = error.as_bytes()[error.utf8_error().valid_up_to()];
        let message = format!("'utf-8' codec can't decode byte 0x{byte:02x} in position {at}: invalid start byte");
        UnicodeDecodeError::new(message)
    })?;
    Ok(Str::from(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }))
}

impl StdIn {
    /// `readline()`: empty at the end.
    #[inline]
    pub fn readline(self) -> PyResult<Str> {
        text(line()?)
    }

    /// `read()`
    #[inline]
    pub fn read(self) -> PyResult<Str> {
        text(everything()?)
    }

    /// `readlines()`
    #[inline]
    pub fn readlines(self) -> PyResult<List<Str>> {
        self.iter().collect::<PyResult<Vec<Str>>>().map(List::from)
    }

    /// `for line in sys.stdin`
    #[inline]
    pub fn iter(self) -> Iter<Str> {
        Iter::fallible(std::iter::from_fn(move || {
            self.readline().map(|line| (!line.is_empty()).then_some(line)).transpose()
        }))
    }

    /// `isatty()`
    #[inline]
    pub fn isatty(self) -> bool {
        os::isatty(0)
    }

    /// `fileno()`
    #[inline]
    pub fn fileno(self) -> i64 {
        0
    }

    /// `buffer`
    #[inline]
    pub fn buffer(self) -> ByteReader {
        ByteReader
    }
}

impl ByteReader {
    /// `read()`
    #[inline]
    pub fn read(self) -> PyResult<Bytes> {
        everything().map(Bytes::from)
    }

    /// `readline()`
    #[inline]
    pub fn readline(self) -> PyResult<Bytes> {
        line().map(Bytes::from)
    }
}

crate::opaque::singleton! {
    StdOut: "TextIOWrapper", "<_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>";
    StdErr: "TextIOWrapper", "<_io.TextIOWrapper name='<stderr>' mode='w' encoding='utf-8'>";
    StdIn: "TextIOWrapper", "<_io.TextIOWrapper name='<stdin>' mode='r' encoding='utf-8'>";
    ByteWriter: "BufferedWriter", "<_io.BufferedWriter>";
    ByteReader: "BufferedReader", "<_io.BufferedReader name='<stdin>'>";
}

impl Iterable for StdIn {
    type Item = Str;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<Str>> {
        self.iter()
    }
}

impl ToIter for StdIn {
    #[inline]
    fn to_iter(&self) -> Iter<Str> {
        self.iter()
    }
}

impl IntoIterator for &StdIn {
    type Item = PyResult<Str>;
    type IntoIter = Iter<Str>;

    #[inline]
    fn into_iter(self) -> Iter<Str> {
        self.iter()
    }
}
