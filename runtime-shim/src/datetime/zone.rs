//! `timezone`: a fixed distance from UTC.
use super::{DAY, TimeDelta};
use crate::object::repr;
use crate::prelude::*;

/// `datetime.timezone`
#[derive(Clone, Debug)]
pub struct TimeZone {
    /// Microseconds east of UTC.
    pub(super) offset: i64,
    pub(super) name: Option<Str>,
}

super::value! { TimeZone: "timezone", |a, b| Ok::<_, PyErr>(a.offset.cmp(&b.offset)), a.offset }

impl TimeZone {
    /// `timezone.utc`
    pub const UTC: TimeZone = TimeZone { offset: 0, name: None };

    /// `timezone(offset)`
    #[inline]
    pub fn new(offset: &TimeDelta, name: Option<Str>) -> PyResult<TimeZone> {
        if offset.0.abs() >= i128::from(DAY) {
            return Err(ValueError::new(format!(
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {}.",
                offset.repr()
            )));
        }
        Ok(TimeZone { offset: offset.0 as i64, name })
    }

    /// The local zone at a moment.
    pub(super) fn local(seconds: i64) -> PyResult<TimeZone> {
        let fields = crate::time::localtime(Some(seconds as f64))?;
        Ok(TimeZone { offset: fields.tm_gmtoff.unwrap_or_default() * 1_000_000, name: fields.tm_zone })
    }

    /// `zone.utcoffset(None)`
    #[inline]
    pub fn utcoffset(&self) -> TimeDelta {
        TimeDelta(i128::from(self.offset))
    }

    /// `zone.tzname(None)`
    #[inline]
    pub fn tzname(&self) -> Str {
        match &self.name {
            Some(name) => name.clone(),
            None if self.offset == 0 => Str::literal("UTC"),
            None => Str::from(format!("UTC{}", colons(self.offset))),
        }
    }

    pub(super) fn truth(&self) -> bool {
        true
    }

    pub(super) fn formatted(&self, _spec: &str) -> PyResult<Str> {
        Ok(self.tzname())
    }

    pub(super) fn text(&self) -> String {
        self.tzname().to_string()
    }

    pub(super) fn repr(&self) -> String {
        match &self.name {
            None if self.offset == 0 => "datetime.timezone.utc".to_owned(),
            None => format!("datetime.timezone({})", self.utcoffset().repr()),
            Some(name) => format!("datetime.timezone({}, {})", self.utcoffset().repr(), repr(name)),
        }
    }
}

/// `+05:30`, with seconds and microseconds where there are some.
pub(super) fn colons(offset: i64) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let micros = offset.abs();
    let seconds = micros / 1_000_000;
    let mut out = format!("{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds % 60 != 0 || micros % 1_000_000 != 0 {
        out.push_str(&format!(":{:02}", seconds % 60));
    }
    if micros % 1_000_000 != 0 {
        out.push_str(&format!(".{:06}", micros % 1_000_000));
    }
    out
}

/// `+0530`: what `%z` writes.
pub(super) fn plain(offset: i64) -> String {
    colons(offset).replace(':', "")
}
