//! `date`: a day of the calendar.
use super::{DAY, DateTime, Time, TimeDelta, iso};
use crate::prelude::*;
use crate::time::{self, StructTime, calendar};

/// `datetime.date`
#[derive(Clone, Copy, Debug)]
pub struct Date {
    pub(super) ordinal: i64,
}

super::value! { Date: "date", |a, b| Ok::<_, PyErr>(a.ordinal.cmp(&b.ordinal)), a.ordinal }

/// The last day there is.
pub(super) const LAST: i64 = 3_652_059;

impl Date {
    /// `date(year, month, day)`
    #[inline]
    pub fn new(year: i64, month: i64, day: i64) -> PyResult<Date> {
        if !(1..=9999).contains(&year) {
            return Err(ValueError::new(format!("year {year} is out of range")));
        }
        if !(1..=12).contains(&month) {
            return Err(ValueError::new("month must be in 1..12"));
        }
        if !(1..=calendar::days_in_month(year, month)).contains(&day) {
            return Err(ValueError::new("day is out of range for month"));
        }
        Ok(Date { ordinal: calendar::ordinal(year, month, day) })
    }

    /// `date.fromordinal(n)`
    #[inline]
    pub fn fromordinal(ordinal: i64) -> PyResult<Date> {
        if ordinal < 1 {
            return Err(ValueError::new("ordinal must be >= 1"));
        }
        if ordinal > LAST {
            return Err(ValueError::new("year is out of range"));
        }
        Ok(Date { ordinal })
    }

    /// `date.today()`
    #[inline]
    pub fn today() -> PyResult<Date> {
        Date::fromtimestamp(crate::clock::epoch())
    }

    /// `date.fromtimestamp(t)`
    #[inline]
    pub fn fromtimestamp(timestamp: f64) -> PyResult<Date> {
        let t = time::localtime(Some(timestamp))?;
        Date::new(t.tm_year, t.tm_mon, t.tm_mday)
    }

    /// `date.fromisoformat(text)`
    #[inline]
    pub fn fromisoformat(text: &str) -> PyResult<Date> {
        iso::date(text).ok_or_else(|| iso::invalid(text))?
    }

    #[inline]
    pub(super) fn parts(&self) -> (i64, i64, i64) {
        calendar::from_ordinal(self.ordinal)
    }

    /// `d.year`
    #[inline]
    pub fn year(&self) -> i64 {
        self.parts().0
    }

    /// `d.month`
    #[inline]
    pub fn month(&self) -> i64 {
        self.parts().1
    }

    /// `d.day`
    #[inline]
    pub fn day(&self) -> i64 {
        self.parts().2
    }

    /// `d.replace(year=…, month=…, day=…)`
    #[inline]
    pub fn replace(&self, year: Option<i64>, month: Option<i64>, day: Option<i64>) -> PyResult<Date> {
        let parts = self.parts();
        Date::new(year.unwrap_or(parts.0), month.unwrap_or(parts.1), day.unwrap_or(parts.2))
    }

    /// `d.toordinal()`
    #[inline]
    pub fn toordinal(&self) -> i64 {
        self.ordinal
    }

    /// `d.weekday()`: 0 is Monday.
    #[inline]
    pub fn weekday(&self) -> i64 {
        calendar::weekday(self.ordinal)
    }

    /// `d.isoweekday()`: 1 is Monday.
    #[inline]
    pub fn isoweekday(&self) -> i64 {
        self.weekday() + 1
    }

    /// `d.isocalendar()`
    #[inline]
    pub fn isocalendar(&self) -> (i64, i64, i64) {
        let mut year = self.year();
        let mut start = calendar::iso_start(year);
        if self.ordinal < start {
            year -= 1;
            start = calendar::iso_start(year);
        } else if self.ordinal >= calendar::iso_start(year + 1) {
            year += 1;
            start = calendar::iso_start(year);
        }
        (year, (self.ordinal - start) / 7 + 1, self.isoweekday())
    }

    /// `d.isoformat()`
    #[inline]
    pub fn isoformat(&self) -> Str {
        Str::from(self.text())
    }

    /// `d.ctime()`
    #[inline]
    pub fn ctime(&self) -> PyResult<Str> {
        time::asctime_of(&self.timetuple())
    }

    /// `d.strftime(format)`
    #[inline]
    pub fn strftime(&self, format: &str) -> PyResult<Str> {
        self.at_midnight().strftime(format)
    }

    /// `d.timetuple()`
    #[inline]
    pub fn timetuple(&self) -> StructTime {
        self.at_midnight().timetuple()
    }

    pub(super) fn at_midnight(self) -> DateTime {
        DateTime::combine(&self, &Time::MIDNIGHT)
    }

    /// `d + delta`
    #[inline]
    pub fn add(&self, delta: &TimeDelta) -> PyResult<Date> {
        self.later(delta.days_part())
    }

    /// `d - delta`
    #[inline]
    pub fn sub(&self, delta: &TimeDelta) -> PyResult<Date> {
        self.later(-delta.days_part())
    }

    #[inline]
    fn later(self, days: i64) -> PyResult<Date> {
        let ordinal = self.ordinal + days;
        if (1..=LAST).contains(&ordinal) {
            Ok(Date { ordinal })
        } else {
            Err(OverflowError::new("date value out of range"))
        }
    }

    /// `a - b`
    #[inline]
    pub fn since(&self, other: &Date) -> TimeDelta {
        TimeDelta(i128::from(self.ordinal - other.ordinal) * i128::from(DAY))
    }

    pub(super) fn truth(&self) -> bool {
        true
    }

    pub(super) fn formatted(&self, spec: &str) -> PyResult<Str> {
        if spec.is_empty() { Ok(self.isoformat()) } else { self.strftime(spec) }
    }

    pub(super) fn repr(&self) -> String {
        let (year, month, day) = self.parts();
        format!("datetime.date({year}, {month}, {day})")
    }

    pub(super) fn text(&self) -> String {
        let (year, month, day) = self.parts();
        format!("{year:04}-{month:02}-{day:02}")
    }
}
