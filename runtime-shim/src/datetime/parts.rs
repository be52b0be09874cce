//! `time`: a time of day.
use super::{SECOND, TimeDelta, TimeZone, iso, moment, zone};
use crate::prelude::*;

/// `datetime.time`
#[derive(Clone, Debug)]
pub struct Time {
    /// Microseconds since midnight.
    pub(super) micros: i64,
    pub(super) zone: Option<TimeZone>,
}

super::value! { Time: "time", |a, b| moment::order(
(i128::from(a.micros), &a.zone), (i128::from(b.micros), &b.zone), "times"), a.micros }

impl Time {
    /// `time()`
    pub const MIDNIGHT: Time = Time { micros: 0, zone: None };

    /// `time(hour, minute, second, microsecond, tzinfo)`
    #[inline]
    pub fn new(hour: i64, minute: i64, second: i64, microsecond: i64, zone: Option<TimeZone>) -> PyResult<Time> {
        let ranges =
            [("hour", hour, 23), ("minute", minute, 59), ("second", second, 59), ("microsecond", microsecond, 999_999)];
        for (name, value, last) in ranges {
            if !(0..=last).contains(&value) {
                return Err(ValueError::new(format!("{name} must be in 0..{last}")));
            }
        }
        Ok(Time { micros: ((hour * 60 + minute) * 60 + second) * SECOND + microsecond, zone })
    }

    /// `time.fromisoformat(text)`
    #[inline]
    pub fn fromisoformat(text: &str) -> PyResult<Time> {
        iso::time(text.strip_prefix('T').unwrap_or(text)).ok_or_else(|| iso::invalid(text))?
    }

    /// `t.hour`
    #[inline]
    pub fn hour(&self) -> i64 {
        self.micros / (3600 * SECOND)
    }

    /// `t.minute`
    #[inline]
    pub fn minute(&self) -> i64 {
        self.micros / (60 * SECOND) % 60
    }

    /// `t.second`
    #[inline]
    pub fn second(&self) -> i64 {
        self.micros / SECOND % 60
    }

    /// `t.microsecond`
    #[inline]
    pub fn microsecond(&self) -> i64 {
        self.micros % SECOND
    }

    /// `t.tzinfo`
    #[inline]
    pub fn tzinfo(&self) -> Option<TimeZone> {
        self.zone.clone()
    }

    /// `t.utcoffset()`
    #[inline]
    pub fn utcoffset(&self) -> Option<TimeDelta> {
        self.zone.as_ref().map(TimeZone::utcoffset)
    }

    /// `t.isoformat(timespec)`
    #[inline]
    pub fn isoformat(&self, timespec: &str) -> PyResult<Str> {
        Ok(Str::from(format!("{}{}", clock(self.micros, timespec)?, offset(&self.zone))))
    }

    /// `t.strftime(format)`
    #[inline]
    pub fn strftime(&self, format: &str) -> PyResult<Str> {
        let day = super::Date::new(1900, 1, 1)?;
        super::DateTime::combine(&day, self).strftime(format)
    }

    pub(super) fn truth(&self) -> bool {
        true
    }

    pub(super) fn formatted(&self, spec: &str) -> PyResult<Str> {
        if spec.is_empty() { Ok(Str::from(self.text())) } else { self.strftime(spec) }
    }

    pub(super) fn repr(&self) -> String {
        let mut parts = vec![self.hour(), self.minute()];
        if self.micros % (60 * SECOND) != 0 {
            parts.push(self.second());
        }
        if self.microsecond() != 0 {
            parts.push(self.microsecond());
        }
        let parts: Vec<String> = parts.iter().map(i64::to_string).collect();
        let zone = self.zone.as_ref().map(|zone| format!(", tzinfo={}", zone.repr())).unwrap_or_default();
        format!("datetime.time({}{zone})", parts.join(", "))
    }

    pub(super) fn text(&self) -> String {
        self.isoformat("auto").map(|text| text.to_string()).unwrap_or_default()
    }
}

/// `12:30:00.250000`, as exact as `timespec` says.
pub(super) fn clock(micros: i64, timespec: &str) -> PyResult<String> {
    let (hours, minutes) = (micros / (3600 * SECOND), micros / (60 * SECOND) % 60);
    let (seconds, rest) = (micros / SECOND % 60, micros % SECOND);
    Ok(match timespec {
        "hours" => format!("{hours:02}"),
        "minutes" => format!("{hours:02}:{minutes:02}"),
        "milliseconds" => format!("{hours:02}:{minutes:02}:{seconds:02}.{:03}", rest / 1000),
        "microseconds" => format!("{hours:02}:{minutes:02}:{seconds:02}.{rest:06}"),
        "auto" if rest != 0 => format!("{hours:02}:{minutes:02}:{seconds:02}.{rest:06}"),
        "auto" | "seconds" => format!("{hours:02}:{minutes:02}:{seconds:02}"),
        _ => return Err(ValueError::new("Unknown timespec value")),
    })
}

/// `+00:00`, when there is a zone.
pub(super) fn offset(zone: &Option<TimeZone>) -> String {
    zone.as_ref().map(|zone| zone::colons(zone.offset)).unwrap_or_default()
}
