//! Functions of the C library that Rust's standard library has not, or computes otherwise than CPython's C library.

use std::sync::OnceLock;

// SAFETY: these are the C standard's functions, with its signatures; each is defined for every argument and touches no
// memory of ours.
unsafe extern "C" {
    pub(super) safe fn acosh(x: f64) -> f64;
    pub(super) safe fn asinh(x: f64) -> f64;
    pub(super) safe fn atanh(x: f64) -> f64;
    pub(super) safe fn erf(x: f64) -> f64;
    pub(super) safe fn erfc(x: f64) -> f64;
    pub(super) safe fn ldexp(x: f64, exponent: i32) -> f64;
    pub(super) safe fn remainder(x: f64, y: f64) -> f64;
}

type Function = unsafe extern "C" fn(f64) -> f64;

/// The C library's cube root. Rust links one of its own under that name, which rounds some results otherwise.
#[inline]
pub(super) fn cbrt(x: f64) -> f64 {
    static CBRT: OnceLock<Option<Function>> = OnceLock::new();
    let cbrt = CBRT.get_or_init(|| {
        // SAFETY: the name ends in NUL.
        let symbol = unsafe { libc::dlsym(libc::RTLD_NEXT, c"cbrt".as_ptr()) };
        // SAFETY: the C standard gives every function of this name this signature; a null pointer becomes `None`.
        unsafe { std::mem::transmute::<*mut libc::c_void, Option<Function>>(symbol) }
    });
    match cbrt {
        // SAFETY: it is defined for every number and touches no memory of ours.
        Some(cbrt) => unsafe { cbrt(x) },
        None => x.cbrt(),
    }
}
