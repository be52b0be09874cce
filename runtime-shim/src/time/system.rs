//! What `time` asks of the C library: time zones, processor time, strftime.

use std::ffi::CStr;

use super::struct_time::StructTime;
use crate::clock;
use crate::prelude::*;

/// The local time zone.
pub(super) struct Zone {
    /// Seconds west of UTC, without daylight saving.
    pub(super) west: i64,
    /// The same with it.
    pub(super) west_in_summer: i64,
    /// There is daylight saving.
    pub(super) has_summer: bool,
    /// The name without daylight saving.
    pub(super) name: String,
    /// The name with it.
    pub(super) name_in_summer: String,
}

/// The zone, found as CPython finds it: by January and July of this year.
#[inline]
pub(super) fn zone() -> Zone {
    let year = super::calendar::from_ordinal(719_163 + (clock::epoch_unread() as i64).div_euclid(86_400)).0;
    let at = |month| local((super::calendar::ordinal(year, month, 1) - 719_163) * 86_400);
    let (january, july) = (at(1), at(7));
    let west = |t: &StructTime| -t.tm_gmtoff.unwrap_or_default();
    let name = |t: &StructTime| t.tm_zone.as_ref().map(|zone| zone.to_string()).unwrap_or_default();
    let south = west(&january) < west(&july);
    let (winter, summer) = if south { (july, january) } else { (january, july) };
    Zone {
        west: west(&winter),
        west_in_summer: west(&summer),
        has_summer: west(&winter) != west(&summer),
        name: name(&winter),
        name_in_summer: name(&summer),
    }
}

/// UTC's fields of a moment.
#[inline]
pub(super) fn utc(moment: i64) -> StructTime {
    let mut tm = empty();
    // SAFETY: both pointers are to live values of the right types, and gmtime_r keeps neither.
    unsafe { libc::gmtime_r(&moment, &mut tm) };
    StructTime { tm_zone: Some(Str::from("UTC")), ..fields(&tm) }
}

/// The local fields of a moment. Under the virtual clock, the zone is UTC.
#[inline]
pub(super) fn local(moment: i64) -> StructTime {
    if clock::is_virtual() {
        return utc(moment);
    }
    let mut tm = empty();
    // SAFETY: as above; localtime_r reads the environment, which the runtime never writes.
    unsafe { libc::localtime_r(&moment, &mut tm) };
    fields(&tm)
}

/// The moment of local fields.
#[inline]
pub(super) fn moment(t: &StructTime) -> Option<i64> {
    let mut tm = to_c(t);
    tm.tm_wday = -1;
    // SAFETY: the pointer is to a live value, which mktime changes and does not keep.
    let moment = if clock::is_virtual() { unsafe { libc::timegm(&mut tm) } } else { unsafe { libc::mktime(&mut tm) } };
    // -1 is also a second of 1969: only a failure leaves the weekday alone.
    if moment == -1 && tm.tm_wday == -1 { None } else { Some(moment) }
}

/// `strftime` of fields that were checked, by a format without NUL.
#[inline]
pub(super) fn format(format: &str, t: &StructTime) -> String {
    let zone = t.tm_zone.as_ref().map(|zone| format!("{zone}\0"));
    let mut tm = to_c(t);
    match &zone {
        Some(zone) => tm.tm_zone = zone.as_ptr().cast(),
        None => tm.tm_zone = c"UTC".as_ptr(),
    }
    if t.tm_zone.is_none() && !clock::is_virtual() {
        // A tuple has no zone of its own.
        let zone = local_zone(t);
        tm.tm_gmtoff = zone.tm_gmtoff.unwrap_or_default();
        let name = format!("{}\0", zone.tm_zone.as_ref().map(|zone| zone.to_string()).unwrap_or_default());
        tm.tm_zone = name.as_ptr().cast();
        return written(format, &tm);
    }
    written(format, &tm)
}

#[inline]
fn local_zone(t: &StructTime) -> StructTime {
    local(moment(t).unwrap_or_default())
}

#[inline]
fn written(format: &str, tm: &libc::tm) -> String {
    if format.is_empty() {
        return String::new();
    }
    let pattern = format!("{format}\0");
    let Ok(pattern) = CStr::from_bytes_until_nul(pattern.as_bytes()) else { return String::new() };
    let mut buffer = vec![0_u8; 1024];
    loop {
        // SAFETY: the buffer is as long as it says, the pattern ends in NUL, and tm_zone points to a text that the
        // caller keeps until this returns.
        let written = unsafe { libc::strftime(buffer.as_mut_ptr().cast(), buffer.len(), pattern.as_ptr(), tm) };
        // Nothing written: too small, or nothing to write. CPython, too, gives up at 256 times the format.
        if written > 0 || buffer.len() >= 256 * format.len() {
            buffer.truncate(written);
            return String::from_utf8_lossy(&buffer).into_owned();
        }
        buffer.resize(buffer.len() * 2, 0);
    }
}

/// Nanoseconds of processor time of this process.
#[inline]
pub(super) fn process_time() -> i64 {
    processor_time(libc::CLOCK_PROCESS_CPUTIME_ID)
}

/// Nanoseconds of processor time of this thread.
#[inline]
pub(super) fn thread_time() -> i64 {
    processor_time(libc::CLOCK_THREAD_CPUTIME_ID)
}

#[inline]
fn processor_time(clock: libc::clockid_t) -> i64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a live value.
    unsafe { libc::clock_gettime(clock, &mut time) };
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}

#[inline]
fn empty() -> libc::tm {
    // SAFETY: a tm is numbers and a pointer; all zero is a valid value of it.
    unsafe { std::mem::zeroed() }
}

#[inline]
fn fields(tm: &libc::tm) -> StructTime {
    // SAFETY: gmtime_r and localtime_r let tm_zone point to a text that lives as long as the process, or to nothing.
    let zone = (!tm.tm_zone.is_null()).then(|| unsafe { CStr::from_ptr(tm.tm_zone) });
    StructTime {
        tm_year: i64::from(tm.tm_year) + 1900,
        tm_mon: i64::from(tm.tm_mon) + 1,
        tm_mday: i64::from(tm.tm_mday),
        tm_hour: i64::from(tm.tm_hour),
        tm_min: i64::from(tm.tm_min),
        tm_sec: i64::from(tm.tm_sec),
        tm_wday: (i64::from(tm.tm_wday) + 6) % 7,
        tm_yday: i64::from(tm.tm_yday) + 1,
        tm_isdst: i64::from(tm.tm_isdst),
        tm_zone: zone.map(|zone| Str::from(zone.to_string_lossy().into_owned())),
        tm_gmtoff: Some(tm.tm_gmtoff),
    }
}

#[inline]
fn to_c(t: &StructTime) -> libc::tm {
    let narrow = |field: i64| field.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
    let mut tm = empty();
    tm.tm_year = narrow(t.tm_year - 1900);
    tm.tm_mon = narrow(t.tm_mon - 1);
    tm.tm_mday = narrow(t.tm_mday);
    tm.tm_hour = narrow(t.tm_hour);
    tm.tm_min = narrow(t.tm_min);
    tm.tm_sec = narrow(t.tm_sec);
    tm.tm_wday = narrow((t.tm_wday + 1) % 7);
    tm.tm_yday = narrow(t.tm_yday - 1);
    tm.tm_isdst = narrow(t.tm_isdst);
    tm.tm_gmtoff = t.tm_gmtoff.unwrap_or_default();
    tm
}
