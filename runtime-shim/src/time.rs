//! `time`: the clocks, sleeping, and dates as struct_time.

use crate::clock;
use crate::prelude::*;

pub(crate) mod calendar;
mod parse;
mod struct_time;
mod system;

pub use struct_time::{StructTime, TimeTuple};

/// `time.sleep(seconds)`: blocks this thread; other threads run.
#[inline]
pub fn sleep(seconds: f64) -> PyResult {
    if seconds.is_nan() {
        return Err(ValueError::new("Invalid value NaN (not a number)"));
    }
    // CPython counts in nanoseconds of 64 bits.
    if seconds.abs() >= 9_223_372_036.854_776 {
        return Err(OverflowError::new("timestamp out of range for platform time_t"));
    }
    if seconds < 0.0 {
        return Err(ValueError::new("sleep length must be non-negative"));
    }
    clock::sleep(seconds)
}

/// Seconds since 1970, UTC.
#[inline]
pub fn time() -> f64 {
    clock::epoch()
}

/// Seconds of a clock that never goes back.
#[inline]
pub fn monotonic() -> f64 {
    clock::monotonic()
}

/// Seconds of the clock with the highest resolution.
#[inline]
pub fn perf_counter() -> f64 {
    clock::monotonic()
}

/// Seconds of processor time that the process used.
#[inline]
pub fn process_time() -> f64 {
    system::process_time() as f64 / 1e9
}

/// Seconds of processor time that the thread used.
#[inline]
pub fn thread_time() -> f64 {
    system::thread_time() as f64 / 1e9
}

/// [`time`] in nanoseconds.
#[inline]
pub fn time_ns() -> i64 {
    nanoseconds(clock::epoch())
}

/// [`monotonic`] in nanoseconds.
#[inline]
pub fn monotonic_ns() -> i64 {
    nanoseconds(clock::monotonic())
}

/// [`perf_counter`] in nanoseconds.
#[inline]
pub fn perf_counter_ns() -> i64 {
    nanoseconds(clock::monotonic())
}

/// [`process_time`] in nanoseconds.
#[inline]
pub fn process_time_ns() -> i64 {
    system::process_time()
}

/// [`thread_time`] in nanoseconds.
#[inline]
pub fn thread_time_ns() -> i64 {
    system::thread_time()
}

#[inline]
fn nanoseconds(seconds: f64) -> i64 {
    (seconds * 1e9) as i64
}

/// UTC's fields of a moment; of now, without one.
#[inline]
pub fn gmtime(seconds: Option<f64>) -> PyResult<StructTime> {
    Ok(system::utc(moment(seconds)?))
}

/// The local fields of a moment; of now, without one.
#[inline]
pub fn localtime(seconds: Option<f64>) -> PyResult<StructTime> {
    Ok(system::local(moment(seconds)?))
}

#[inline]
fn moment(seconds: Option<f64>) -> PyResult<i64> {
    let seconds = seconds.unwrap_or_else(clock::epoch_unread).floor();
    if seconds.is_nan() {
        return Err(ValueError::new("Invalid value NaN (not a number)"));
    }
    // The year must fit into 32 bits.
    if seconds.abs() > 6.7e16 {
        return Err(OverflowError::new("timestamp out of range for platform time_t"));
    }
    Ok(seconds as i64)
}

/// The moment of local fields.
#[inline]
pub fn mktime(t: &impl TimeTuple) -> PyResult<f64> {
    system::moment(&t.fields())
        .map(|moment| moment as f64)
        .ok_or_else(|| OverflowError::new("mktime argument out of range"))
}

/// A moment as `Thu Jan  1 00:00:00 1970`; now, without one.
#[inline]
pub fn ctime(seconds: Option<f64>) -> PyResult<Str> {
    asctime_of(&localtime(seconds)?)
}

/// Now as `Thu Jan  1 00:00:00 1970`.
#[inline]
pub fn asctime() -> PyResult<Str> {
    ctime(None)
}

/// A struct_time as `Thu Jan  1 00:00:00 1970`.
#[inline]
pub fn asctime_of(t: &impl TimeTuple) -> PyResult<Str> {
    let t = t.fields().checked()?;
    Ok(Str::from(format!(
        "{} {}{:3} {:02}:{:02}:{:02} {}",
        calendar::DAYS[t.tm_wday.rem_euclid(7) as usize].get(..3).unwrap_or_default(),
        calendar::MONTHS[(t.tm_mon - 1) as usize].get(..3).unwrap_or_default(),
        t.tm_mday,
        t.tm_hour,
        t.tm_min,
        t.tm_sec,
        t.tm_year
    )))
}

/// Now, by a format: `%Y-%m-%d %H:%M:%S`.
#[inline]
pub fn strftime(format: &str) -> PyResult<Str> {
    strftime_of(format, &localtime(None)?)
}

/// A struct_time, by a format.
#[inline]
pub fn strftime_of(format: &str, t: &impl TimeTuple) -> PyResult<Str> {
    let fields = t.fields().checked()?;
    if format.contains('\0') {
        return Err(ValueError::new("embedded null character"));
    }
    Ok(Str::from(system::format(format, &fields)))
}

/// A text as struct_time, by the format that `strftime` would write it with.
#[inline]
pub fn strptime(string: &str, format: &str) -> PyResult<StructTime> {
    parse::parse(string, format)
}

/// Reads the time zone from the environment again.
#[inline]
pub fn tzset() {
    system::zone();
}

/// Seconds west of UTC, without daylight saving.
#[inline]
pub fn timezone() -> i64 {
    system::zone().west
}

/// Seconds west of UTC, with daylight saving.
#[inline]
pub fn altzone() -> i64 {
    system::zone().west_in_summer
}

/// Whether the zone has daylight saving.
#[inline]
pub fn daylight() -> i64 {
    i64::from(system::zone().has_summer)
}

/// The names of the zone, without and with daylight saving.
#[inline]
pub fn tzname() -> (Str, Str) {
    let zone = system::zone();
    (Str::from(zone.name), Str::from(zone.name_in_summer))
}

#[cfg(test)]
mod tests;
