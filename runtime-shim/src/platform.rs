//! `platform`: what the program runs on.
use std::ffi::CStr;

use crate::prelude::*;

/// A part of `uname`.
fn uname(part: fn(&libc::utsname) -> &[libc::c_char]) -> Str {
    // SAFETY: the structure is arrays of characters, for which zeros are values.
    let mut found: libc::utsname = unsafe { std::mem::zeroed() };
    // SAFETY: the structure lives until the call returns.
    if unsafe { libc::uname(&raw mut found) } != 0 {
        return Str::new();
    }
    // SAFETY: uname ends each part with a NUL, inside of its array.
    let text = unsafe { CStr::from_ptr(part(&found).as_ptr()) };
    Str::from(text.to_string_lossy().into_owned())
}

/// `platform.system()`
pub fn system() -> Str {
    uname(|found| &found.sysname)
}

/// `platform.node()`
pub fn node() -> Str {
    uname(|found| &found.nodename)
}

/// `platform.release()`
pub fn release() -> Str {
    uname(|found| &found.release)
}

/// `platform.version()`
pub fn version() -> Str {
    uname(|found| &found.version)
}

/// `platform.machine()`
pub fn machine() -> Str {
    uname(|found| &found.machine)
}

/// `platform.python_implementation()`
pub fn python_implementation() -> Str {
    Str::literal("CPython")
}

/// `platform.python_version()`: that of the Python whose behaviour this is.
pub fn python_version() -> Str {
    crate::sys::VERSION.split(' ').next().map(Str::copy_of).unwrap_or_default()
}
