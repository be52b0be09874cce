//! The bytes of an open file: a buffer for what is read, one for what is written.
use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};

use crate::exception::os_error;
use crate::lock;
use crate::prelude::*;

/// As much is read or written at once.
const CHUNK: usize = 8192;

/// What a mode allows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Access {
    pub(super) reads: bool,
    pub(super) writes: bool,
    appends: bool,
}

/// An open file.
pub(super) struct Raw {
    pub(super) name: Str,
    pub(super) mode: Str,
    pub(super) access: Access,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    file: Option<File>,
    /// What was read and not taken.
    ahead: Vec<u8>,
    /// What was written and is not in the file.
    behind: Vec<u8>,
}

#[cold]
fn unsupported(what: &str) -> PyErr {
    super::UnsupportedOperation::new(what)
}

#[cold]
fn closed() -> PyErr {
    ValueError::new("I/O operation on closed file.")
}

/// Reads a mode; `t` and `b` are the caller's.
fn access(mode: &str) -> PyResult<Access> {
    let kinds = mode.chars().filter(|c| "rwax".contains(*c)).count();
    if mode.chars().any(|c| !"rwaxbt+".contains(c)) {
        return Err(ValueError::new(format!("invalid mode: {}", repr(&Str::copy_of(mode)))));
    }
    if kinds != 1 {
        return Err(ValueError::new("must have exactly one of create/read/write/append mode"));
    }
    let plus = mode.contains('+');
    Ok(Access { reads: mode.contains('r') || plus, writes: !mode.contains('r') || plus, appends: mode.contains('a') })
}

impl Raw {
    pub(super) fn open(name: &str, mode: &str) -> PyResult<Rc<Raw>> {
        let access = access(mode)?;
        let mut options = OpenOptions::new();
        options.read(access.reads).write(access.writes && !access.appends).append(access.appends);
        match mode.chars().find(|c| "wxa".contains(*c)) {
            Some('w') => options.create(true).truncate(true),
            Some('x') => options.create_new(true),
            Some(_) => options.create(true),
            None => &mut options,
        };
        let failed = |error: std::io::Error| os_error::from_io(&error, Some(name));
        let file = lock::blocking(|| options.open(name)).map_err(failed)?;
        if file.metadata().is_ok_and(|data| data.is_dir()) {
            return Err(failed(std::io::Error::from_raw_os_error(libc::EISDIR)));
        }
        let state = RefCell::new(State { file: Some(file), ..State::default() });
        let raw = Rc::new(Raw { name: Str::copy_of(name), mode: Str::copy_of(mode), access, state });
        if access.writes {
            super::remember(&raw);
        }
        Ok(raw)
    }

    fn run<R>(&self, work: impl FnOnce(&mut File) -> std::io::Result<R>) -> PyResult<R> {
        let taken = self.state.borrow_mut().file.take();
        let Some(mut file) = taken else { return Err(closed()) };
        let result = lock::blocking(|| work(&mut file));
        self.state.borrow_mut().file = Some(file);
        result.map_err(|error| os_error::from_io(&error, None))
    }

    pub(super) fn is_closed(&self) -> bool {
        self.state.borrow().file.is_none()
    }

    pub(super) fn check_readable(&self) -> PyResult {
        if self.is_closed() {
            return Err(closed());
        }
        if self.access.reads { Ok(()) } else { Err(unsupported("not readable")) }
    }

    pub(super) fn check_writable(&self) -> PyResult {
        if self.is_closed() {
            return Err(closed());
        }
        if self.access.writes { Ok(()) } else { Err(unsupported("not writable")) }
    }

    /// Looks at what was read ahead.
    pub(super) fn ahead<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        look(&self.state.borrow().ahead)
    }

    /// Takes bytes that were read ahead.
    pub(super) fn take(&self, count: usize) -> Vec<u8> {
        let mut state = self.state.borrow_mut();
        let count = count.min(state.ahead.len());
        state.ahead.drain(..count).collect()
    }

    /// Reads a chunk more; what came, or nothing at the end.
    pub(super) fn fill(&self) -> PyResult<usize> {
        self.flush()?;
        let mut chunk = vec![0; CHUNK];
        let count = self.run(|file| file.read(&mut chunk))?;
        self.state.borrow_mut().ahead.extend_from_slice(&chunk[..count]);
        Ok(count)
    }

    /// Reads to the end.
    pub(super) fn fill_all(&self) -> PyResult {
        self.flush()?;
        let mut all = Vec::new();
        self.run(|file| file.read_to_end(&mut all))?;
        self.state.borrow_mut().ahead.append(&mut all);
        Ok(())
    }

    /// The bytes to a line's end, or to the end of the file.
    pub(super) fn line(&self, end: impl Fn(&[u8]) -> Option<usize>) -> PyResult<Vec<u8>> {
        loop {
            if let Some(count) = self.ahead(&end) {
                return Ok(self.take(count));
            }
            if self.fill()? == 0 {
                return Ok(self.take(usize::MAX));
            }
        }
    }

    pub(super) fn write(&self, bytes: &[u8]) -> PyResult {
        // What was read ahead was not read, for who writes now.
        let ahead = self.take(usize::MAX).len();
        if ahead > 0 {
            self.run(|file| file.seek(SeekFrom::Current(-(ahead as i64))))?;
        }
        let full = {
            let mut state = self.state.borrow_mut();
            state.behind.extend_from_slice(bytes);
            state.behind.len() >= CHUNK
        };
        if full { self.flush() } else { Ok(()) }
    }

    pub(super) fn flush(&self) -> PyResult {
        let behind = std::mem::take(&mut self.state.borrow_mut().behind);
        if behind.is_empty() {
            return Ok(());
        }
        self.run(|file| file.write_all(&behind))
    }

    pub(super) fn seek(&self, to: SeekFrom) -> PyResult<i64> {
        self.flush()?;
        let ahead = self.take(usize::MAX).len() as i64;
        let to = match to {
            SeekFrom::Current(by) => SeekFrom::Current(by - ahead),
            to => to,
        };
        self.run(|file| file.seek(to)).map(|at| at as i64)
    }

    pub(super) fn tell(&self) -> PyResult<i64> {
        self.flush()?;
        let ahead = self.ahead(<[u8]>::len) as i64;
        self.run(|file| file.stream_position()).map(|at| at as i64 - ahead)
    }

    pub(super) fn truncate(&self, size: Option<i64>) -> PyResult<i64> {
        let size = match size {
            Some(size) => size,
            None => self.tell()?,
        };
        self.flush()?;
        self.run(|file| file.set_len(size as u64))?;
        Ok(size)
    }

    pub(super) fn close(&self) -> PyResult {
        let result = if self.is_closed() { Ok(()) } else { self.flush() };
        let file = self.state.borrow_mut().file.take();
        drop(file);
        result
    }

    pub(super) fn fileno(&self) -> PyResult<i64> {
        use std::os::fd::AsRawFd;
        self.run(|file| Ok(i64::from(file.as_raw_fd())))
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // CPython tells nobody either.
        let _ = self.close();
    }
}
