//! `sys`: the command line, the standard streams, leaving the program.

use crate::global::Global;
#[cfg(not(test))]
use crate::io;
use crate::prelude::*;

mod streams;

pub use streams::{ByteReader, ByteWriter, StdErr, StdIn, StdOut};

/// `sys.maxsize`
pub const MAXSIZE: i64 = i64::MAX;
/// `sys.maxunicode`
pub const MAXUNICODE: i64 = 0x10_ffff;
/// `sys.byteorder`
pub const BYTEORDER: Str = Str::literal(if cfg!(target_endian = "little") { "little" } else { "big" });
/// `sys.platform`
pub const PLATFORM: Str = Str::literal(if cfg!(target_os = "macos") { "darwin" } else { "linux" });
/// `sys.version`
pub const VERSION: Str = Str::literal("3.13.0 (aio2rust)");

static ARGV: Global<List<Str>> = Global::new(command_line);

/// `sys.argv`: one list for the whole program.
#[inline]
pub fn argv() -> List<Str> {
    // Each test of the crate is a thread and a program of its own: they must not share a list.
    if cfg!(test) { command_line() } else { ARGV.get() }
}

/// The first is the Python file's name, as far as it is known: a program started under another name is taken for the file
/// of that name.
#[inline]
fn command_line() -> List<Str> {
    let mut args: Vec<Str> = std::env::args_os().map(|arg| Str::from(arg.to_string_lossy().into_owned())).collect();
    if let Some(program) = args.first_mut()
        && !program.ends_with(".py")
    {
        *program = program.concat(".py");
    }
    List::from(args)
}

/// The name that argparse shows.
#[inline]
pub(crate) fn program_name() -> Str {
    let argv = argv();
    argv.item_at(0).map(|program| crate::os::path::basename(&program)).unwrap_or_default()
}

/// `sys.executable`
#[inline]
pub fn executable() -> Str {
    std::env::current_exe().map(|path| crate::os::text_of(&path)).unwrap_or_default()
}

/// `sys.exit(code)`: raises SystemExit.
#[inline]
pub fn exit(code: impl crate::exception::IntoArgs) -> PyResult<Infallible> {
    Err(SystemExit::new(code))
}

/// `sys.exit()`, `sys.exit(None)`
#[inline]
pub fn exit_none() -> PyResult<Infallible> {
    Err(SystemExit::new(()))
}

/// `sys.getrecursionlimit()`
#[inline]
pub fn getrecursionlimit() -> i64 {
    crate::recursion::limit() as i64
}

/// `sys.setrecursionlimit(limit)`
#[inline]
pub fn setrecursionlimit(limit: i64) -> PyResult {
    if limit < 1 {
        return Err(ValueError::new("recursion limit must be greater or equal than 1"));
    }
    crate::recursion::set_limit(limit as usize);
    Ok(())
}

/// `sys.intern(text)`
#[inline]
pub fn intern(text: &str) -> Str {
    Str::copy_of(text)
}

/// `sys.getdefaultencoding()`, `sys.getfilesystemencoding()`
#[inline]
pub fn getdefaultencoding() -> Str {
    Str::from("utf-8")
}

/// `sys.implementation`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Implementation;

impl Implementation {
    /// `name`
    #[inline]
    pub fn name(&self) -> Str {
        Str::literal("cpython")
    }

    /// `cache_tag`
    #[inline]
    pub fn cache_tag(&self) -> Str {
        Str::literal("cpython-313")
    }
}

/// `sys.float_info`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FloatInfo;

impl FloatInfo {
    /// `max`
    #[inline]
    pub fn max(&self) -> f64 {
        f64::MAX
    }

    /// `min`
    #[inline]
    pub fn min(&self) -> f64 {
        f64::MIN_POSITIVE
    }

    /// `epsilon`
    #[inline]
    pub fn epsilon(&self) -> f64 {
        f64::EPSILON
    }

    /// `dig`
    #[inline]
    pub fn dig(&self) -> i64 {
        15
    }

    /// `mant_dig`
    #[inline]
    pub fn mant_dig(&self) -> i64 {
        53
    }
}

crate::opaque::singleton! {
    Implementation: "types.SimpleNamespace", "namespace(name='cpython')";
    FloatInfo: "sys.float_info", "sys.float_info(max=1.7976931348623157e+308, max_exp=1024, max_10_exp=308, min=2.2250738585072014e-308, min_exp=-1021, min_10_exp=-307, dig=15, mant_dig=53, epsilon=2.220446049250313e-16, radix=2, rounds=1)";
}

/// `sys.stdout`
#[inline]
pub fn stdout() -> StdOut {
    StdOut
}

/// `sys.stderr`
#[inline]
pub fn stderr() -> StdErr {
    StdErr
}

/// `sys.stdin`
#[inline]
pub fn stdin() -> StdIn {
    StdIn
}

/// Messages of the library itself; one that cannot be written is lost, as argparse's are.
#[inline]
pub(crate) fn write_stdout(text: &str) {
    #[cfg(test)]
    PRINTED.with_borrow_mut(|(out, _)| out.push_str(text));
    #[cfg(not(test))]
    drop(io::write_stdout(text));
}

/// The same to stderr.
#[inline]
pub(crate) fn write_stderr(text: &str) {
    #[cfg(test)]
    PRINTED.with_borrow_mut(|(_, err)| err.push_str(text));
    #[cfg(not(test))]
    io::write_stderr(text);
}

#[cfg(test)]
thread_local! {
    /// What a test's thread printed: stdout, stderr.
    pub(crate) static PRINTED: std::cell::RefCell<(String, String)> = const { std::cell::RefCell::new((String::new(), String::new())) };
}
