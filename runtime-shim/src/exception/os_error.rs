//! `OSError`: which subclass an error number is, and its text.
use super::args::{Args, IntoArgs};
use super::builtin::*;
use super::class::{ExceptionClass, ExceptionType};
use crate::error::PyErr;
use crate::object::repr;
use crate::text::Str;

/// `OSError(errno, …)` is an instance of the subclass of that number.
#[inline]
pub(super) fn new(args: Args) -> PyErr {
    let class = if args.len() >= 2 { args.int(0).map_or(OSError::CLASS, class_of) } else { OSError::CLASS };
    class.call(args)
}

#[inline]
fn class_of(errno: i64) -> ExceptionClass {
    let Ok(errno) = i32::try_from(errno) else { return OSError::CLASS };
    match errno {
        libc::EAGAIN | libc::EALREADY | libc::EINPROGRESS => BlockingIOError::CLASS,
        libc::EPIPE | libc::ESHUTDOWN => BrokenPipeError::CLASS,
        libc::ECHILD => ChildProcessError::CLASS,
        libc::ECONNABORTED => ConnectionAbortedError::CLASS,
        libc::ECONNREFUSED => ConnectionRefusedError::CLASS,
        libc::ECONNRESET => ConnectionResetError::CLASS,
        libc::EEXIST => FileExistsError::CLASS,
        libc::ENOENT => FileNotFoundError::CLASS,
        libc::EISDIR => IsADirectoryError::CLASS,
        libc::ENOTDIR => NotADirectoryError::CLASS,
        libc::EINTR => InterruptedError::CLASS,
        libc::EACCES | libc::EPERM => PermissionError::CLASS,
        libc::ESRCH => ProcessLookupError::CLASS,
        libc::ETIMEDOUT => TimeoutError::CLASS,
        _ => OSError::CLASS,
    }
}

#[inline]
pub(super) fn text(error: &PyErr) -> String {
    let args = error.all_args();
    let (Some(errno), Some(strerror)) = (args.text(0), args.text(1)) else { return BaseException::plain_str(error) };
    let name = |index| args.get(index).map(|name| repr(&*name)).filter(|name| &**name != "None");
    match (name(2), name(4)) {
        (Some(a), Some(b)) => format!("[Errno {errno}] {strerror}: {a} -> {b}"),
        (Some(a), None) => format!("[Errno {errno}] {strerror}: {a}"),
        (None, _) if args.len() == 2 || args.len() <= 5 => format!("[Errno {errno}] {strerror}"),
        (None, _) => BaseException::plain_str(error),
    }
}

/// The exception that a failed system call raises.
#[cold]
pub fn from_io(error: &std::io::Error, filename: Option<&str>) -> PyErr {
    let Some(errno) = error.raw_os_error() else { return OSError::new(error.to_string()) };
    let args = (i64::from(errno), message(errno));
    match filename {
        Some(filename) => OSError::new((args.0, args.1, Str::from(filename.to_owned()))),
        None => OSError::new(args),
    }
}

/// `os.strerror(errno)`
#[inline]
pub(crate) fn message(errno: i32) -> String {
    let text = std::io::Error::from_raw_os_error(errno).to_string();
    match text.rfind(" (os error ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

impl Args {
    /// `e.args`: of an `OSError`, the file names are left out.
    #[inline]
    pub(crate) fn visible(self, class: ExceptionClass) -> Args {
        if class.is_subclass(OSError::CLASS) && (3..=5).contains(&self.len()) {
            return Args::of(self.iter().take(2).cloned().collect());
        }
        self
    }
}

impl From<std::io::Error> for PyErr {
    #[inline]
    fn from(error: std::io::Error) -> PyErr {
        from_io(&error, None)
    }
}

impl IntoArgs for &std::io::Error {
    #[inline]
    fn into_args(self) -> Args {
        self.to_string().into_args()
    }
}
