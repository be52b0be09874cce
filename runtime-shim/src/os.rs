//! `os`: the process, its environment, files and folders.

use std::fs;
use std::path::Path;

use crate::exception::os_error;
use crate::lock;
use crate::prelude::*;
use crate::signal::IntoSignal;
use crate::signals;

mod environ;
pub mod path;
mod walk;

pub use environ::{Environ, environ, getenv, getenv_or, putenv, unsetenv};
pub use walk::{walk, walk_with};

/// `os.name`
pub const NAME: Str = Str::literal("posix");
/// `os.sep`
pub const SEP: Str = Str::literal("/");
/// `os.linesep`
pub const LINESEP: Str = Str::literal("\n");
/// `os.pathsep`
pub const PATHSEP: Str = Str::literal(":");
/// `os.curdir`
pub const CURDIR: Str = Str::literal(".");
/// `os.pardir`
pub const PARDIR: Str = Str::literal("..");
/// `os.extsep`
pub const EXTSEP: Str = Str::literal(".");
/// `os.devnull`
pub const DEVNULL: Str = Str::literal("/dev/null");
/// `os.F_OK`, for `access`.
pub const F_OK: i64 = 0;
/// `os.R_OK`
pub const R_OK: i64 = 4;
/// `os.W_OK`
pub const W_OK: i64 = 2;
/// `os.X_OK`
pub const X_OK: i64 = 1;

/// `os.urandom(size)`
#[inline]
pub fn urandom(size: i64) -> PyResult<Bytes> {
    let size = usize::try_from(size).map_err(|_| ValueError::new("negative argument not allowed"))?;
    let mut bytes = vec![0; size];
    crate::entropy::fill(&mut bytes);
    Ok(Bytes::from(bytes))
}

/// `os.getpid()`
#[inline]
pub fn getpid() -> i64 {
    i64::from(std::process::id())
}

/// `os.getppid()`
#[inline]
pub fn getppid() -> i64 {
    i64::from(std::os::unix::process::parent_id())
}

/// `os.cpu_count()`. Under the virtual clock there are 4, on every machine.
#[inline]
pub fn cpu_count() -> Option<i64> {
    if crate::clock::is_virtual() {
        return Some(4);
    }
    // SAFETY: sysconf only takes a number.
    let count = unsafe { libc::sysconf(libc::_SC_NPROCESSORS_ONLN) };
    (count > 0).then_some(count)
}

/// `os.getcwd()`
#[inline]
pub fn getcwd() -> PyResult<Str> {
    std::env::current_dir().map(|path| text_of(&path)).map_err(|error| os_error::from_io(&error, None))
}

/// `os.chdir(path)`
#[inline]
pub fn chdir(path: &str) -> PyResult {
    named(path, |path| std::env::set_current_dir(path))
}

/// `os.listdir(path)`, in the order of the file system.
#[inline]
pub fn listdir(path: &str) -> PyResult<List<Str>> {
    named(path, |path| {
        let names = fs::read_dir(path)?.map(|entry| entry.map(|entry| text_of(entry.file_name().as_ref())));
        names.collect::<std::io::Result<List<Str>>>()
    })
}

/// `os.mkdir(path, mode)`
#[inline]
pub fn mkdir(path: &str, mode: i64) -> PyResult {
    use std::os::unix::fs::DirBuilderExt;
    named(path, |path| fs::DirBuilder::new().mode(mode as u32).create(path))
}

/// `os.makedirs(name, mode, exist_ok)`
#[inline]
pub fn makedirs(name: &str, mode: i64, exist_ok: bool) -> PyResult {
    let (mut head, mut tail) = path::split(name);
    if tail.is_empty() {
        (head, tail) = path::split(&head);
    }
    if !head.is_empty() && !tail.is_empty() && !path::exists(&head) {
        match makedirs(&head, 0o777, exist_ok) {
            Err(error) if error.is::<FileExistsError>() => {}
            outcome => outcome?,
        }
        if *tail == *"." {
            return Ok(());
        }
    }
    match mkdir(name, mode) {
        Err(error) if error.is::<OSError>() && exist_ok && path::isdir(name) => Ok(()),
        outcome => outcome,
    }
}

/// `os.remove(path)`
#[inline]
pub fn remove(path: &str) -> PyResult {
    named(path, |path| fs::remove_file(path))
}

/// `os.rmdir(path)`
#[inline]
pub fn rmdir(path: &str) -> PyResult {
    named(path, |path| fs::remove_dir(path))
}

/// `os.removedirs(name)`: the folder, then those above it that are empty.
#[inline]
pub fn removedirs(name: &str) -> PyResult {
    rmdir(name)?;
    let (mut head, tail) = path::split(name);
    if tail.is_empty() {
        head = path::split(&head).0;
    }
    while !head.is_empty() && rmdir(&head).is_ok() {
        head = path::split(&head).0;
    }
    Ok(())
}

/// `os.rename(src, dst)`; `os.replace` is the same on POSIX.
#[inline]
pub fn rename(src: &str, dst: &str) -> PyResult {
    let renamed = lock::blocking(|| fs::rename(src, dst));
    renamed.map_err(|error| match error.raw_os_error() {
        Some(errno) => OSError::new((i64::from(errno), os_error::message(errno), src.to_owned(), (), dst.to_owned())),
        None => os_error::from_io(&error, Some(src)),
    })
}

/// `os.stat(path)`
#[inline]
pub fn stat(path: &str) -> PyResult<StatResult> {
    named(path, |path| fs::metadata(path)).map(|found| StatResult(Rc::new(found)))
}

/// `os.lstat(path)`
#[inline]
pub fn lstat(path: &str) -> PyResult<StatResult> {
    named(path, |path| fs::symlink_metadata(path)).map(|found| StatResult(Rc::new(found)))
}

/// `os.access(path, mode)`
#[inline]
pub fn access(path: &str, mode: i64) -> bool {
    let Ok(path) = std::ffi::CString::new(path) else { return false };
    // SAFETY: the pointer is to a text that ends in NUL and lives until the call returns.
    unsafe { libc::access(path.as_ptr(), mode as i32) == 0 }
}

/// `os.chmod(path, mode)`
#[inline]
pub fn chmod(path: &str, mode: i64) -> PyResult {
    use std::os::unix::fs::PermissionsExt;
    named(path, |path| fs::set_permissions(path, fs::Permissions::from_mode(mode as u32)))
}

/// `os.symlink(src, dst)`
#[inline]
pub fn symlink(src: &str, dst: &str) -> PyResult {
    let made = std::os::unix::fs::symlink(src, dst);
    made.map_err(|error| os_error::from_io(&error, Some(src)))
}

/// `os.readlink(path)`
#[inline]
pub fn readlink(path: &str) -> PyResult<Str> {
    named(path, |path| fs::read_link(path)).map(|path| text_of(&path))
}

/// `os.isatty(fd)`
#[inline]
pub fn isatty(fd: i64) -> bool {
    // SAFETY: isatty only takes a number.
    unsafe { libc::isatty(fd as i32) == 1 }
}

/// `os.strerror(code)`
#[inline]
pub fn strerror(code: i64) -> Str {
    Str::from(os_error::message(code as i32))
}

/// `os.kill(pid, signal)`; what the process sends itself is handled before it returns.
#[inline]
pub fn kill(pid: i64, signal: impl IntoSignal) -> PyResult {
    let signal = signal.number()?;
    if pid == getpid() && signals::raised_here(signal) {
        return crate::asyncio::event_loop::interrupted();
    }
    // SAFETY: kill only takes numbers.
    match unsafe { libc::kill(pid as i32, signal) } {
        0 => Ok(()),
        _ => Err(os_error::from_io(&std::io::Error::last_os_error(), None)),
    }
}

/// `os._exit(status)`: at once, nothing is flushed.
#[inline]
pub fn exit_now(status: i64) -> PyResult<Infallible> {
    // SAFETY: _exit only takes a number, and does not return.
    unsafe { libc::_exit(status as i32) }
}

/// `os.getlogin()`
#[inline]
pub fn getlogin() -> PyResult<Str> {
    getenv("LOGNAME").ok_or_else(|| OSError::new((6, Str::from("No such device or address"))))
}

/// `os.fspath(path)` of a text.
#[inline]
pub fn fspath(path: &str) -> Str {
    Str::copy_of(path)
}

/// The width that help texts have: `shutil.get_terminal_size().columns`.
#[inline]
pub(crate) fn terminal_columns() -> i64 {
    let set = getenv("COLUMNS").and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    set.or_else(|| get_terminal_size(1).ok().map(|(columns, _)| columns)).filter(|columns| *columns > 0).unwrap_or(80)
}

/// `os.get_terminal_size(fd)`: columns and lines.
#[inline]
pub fn get_terminal_size(fd: i64) -> PyResult<(i64, i64)> {
    let mut size = libc::winsize { ws_row: 0, ws_col: 0, ws_xpixel: 0, ws_ypixel: 0 };
    // SAFETY: TIOCGWINSZ writes a winsize to the pointer, which is to one.
    match unsafe { libc::ioctl(fd as i32, libc::TIOCGWINSZ, &mut size) } {
        0 => Ok((i64::from(size.ws_col), i64::from(size.ws_row))),
        _ => Err(os_error::from_io(&std::io::Error::last_os_error(), None)),
    }
}

/// A path as text.
#[inline]
pub(crate) fn text_of(path: &Path) -> Str {
    Str::from(path.to_string_lossy().into_owned())
}

/// Does something with a file; an error names it.
#[inline]
fn named<T>(path: &str, work: impl FnOnce(&Path) -> std::io::Result<T>) -> PyResult<T> {
    if path.contains('\0') {
        return Err(ValueError::new("embedded null byte"));
    }
    lock::blocking(|| work(Path::new(path))).map_err(|error| os_error::from_io(&error, Some(path)))
}

/// `os.stat_result`
#[derive(Clone)]
pub struct StatResult(Rc<fs::Metadata>);

/// Declares the fields of a [`StatResult`].
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident $type:ident $read:expr;)*) => { impl StatResult { $(
        $(#[$doc])*
        pub fn $name(&self) -> $type {
            use std::os::unix::fs::MetadataExt;
            let read: fn(&fs::Metadata) -> $type = $read;
            read(&self.0)
        }
    )* } };
}

fields! {
    /// Protection and kind.
    st_mode i64 |m| i64::from(m.mode());
    /// The number of the inode.
    st_ino i64 |m| m.ino() as i64;
    /// The device.
    st_dev i64 |m| m.dev() as i64;
    /// The number of hard links.
    st_nlink i64 |m| m.nlink() as i64;
    /// The owner.
    st_uid i64 |m| i64::from(m.uid());
    /// The owner's group.
    st_gid i64 |m| i64::from(m.gid());
    /// The size in bytes.
    st_size i64 |m| m.size() as i64;
    /// When it was last read.
    st_atime f64 |m| m.atime() as f64 + 1e-9 * m.atime_nsec() as f64;
    /// When it was last written.
    st_mtime f64 |m| m.mtime() as f64 + 1e-9 * m.mtime_nsec() as f64;
    /// When it was last changed.
    st_ctime f64 |m| m.ctime() as f64 + 1e-9 * m.ctime_nsec() as f64;
    /// When it was last written, in nanoseconds.
    st_mtime_ns i64 |m| m.mtime() * 1_000_000_000 + m.mtime_nsec();
}

crate::opaque::opaque! {
    StatResult: "os", "stat_result";
}

#[cfg(test)]
mod tests;
