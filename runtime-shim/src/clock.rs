//! The clock: seconds since the program began, real or virtual, and sleeping in a plain function.
use std::sync::OnceLock;
use std::time::{Instant, SystemTime};

use crate::error::PyResult;
use crate::{lock, signals};

/// 2020-01-01 00:00:00 UTC, when the virtual clock begins.
#[cfg(feature = "virtual-clock")]
const EPOCH: f64 = 1_577_836_800.0;

static START: OnceLock<Instant> = OnceLock::new();

/// Is the virtual clock on?
#[inline]
pub fn is_virtual() -> bool {
    #[cfg(feature = "virtual-clock")]
    return crate::virtual_clock::on();
    #[cfg(not(feature = "virtual-clock"))]
    return false;
}

/// Seconds of real time since the program began.
#[inline]
pub(crate) fn real() -> f64 {
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// `time.monotonic()`, `time.perf_counter()`, `loop.time()`
#[inline]
pub fn monotonic() -> f64 {
    #[cfg(feature = "virtual-clock")]
    if crate::virtual_clock::on() {
        return crate::virtual_clock::read();
    }
    real()
}

/// `time.time()`
#[inline]
pub fn epoch() -> f64 {
    #[cfg(feature = "virtual-clock")]
    if crate::virtual_clock::on() {
        return EPOCH + crate::virtual_clock::read();
    }
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}

/// `time.time()` without counting as a read of the clock: for `time.localtime()` and the like.
#[inline]
pub fn epoch_unread() -> f64 {
    #[cfg(feature = "virtual-clock")]
    if crate::virtual_clock::on() {
        return EPOCH + crate::virtual_clock::now();
    }
    epoch()
}

/// `time.sleep(seconds)`, `seconds` not negative: other threads run, and an interrupt ends it.
#[inline]
pub fn sleep(seconds: f64) -> PyResult {
    if is_virtual() {
        if seconds > 0.0 {
            let deadline = now_unread() + seconds;
            lock::park(Some(deadline));
        } else {
            pass();
        }
        return Ok(());
    }
    let deadline = real() + seconds;
    loop {
        signals::check()?;
        if !lock::park(Some(deadline)) {
            return Ok(());
        }
    }
}

#[inline]
pub(crate) fn now_unread() -> f64 {
    #[cfg(feature = "virtual-clock")]
    if crate::virtual_clock::on() {
        return crate::virtual_clock::now();
    }
    real()
}

#[inline]
fn pass() {
    #[cfg(feature = "virtual-clock")]
    crate::virtual_clock::pass(&lock::turn());
}
