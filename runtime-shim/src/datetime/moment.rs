//! `datetime`: a day and a time of day, with or without a zone.
use std::cmp::Ordering;

use super::date::LAST;
use super::{DAY, Date, SECOND, Time, TimeDelta, TimeZone, delta, iso, parts, zone};
use crate::prelude::*;
use crate::time::{self, StructTime};

/// `datetime.datetime`
#[derive(Clone, Debug)]
pub struct DateTime {
    pub(super) date: Date,
    pub(super) micros: i64,
    pub(super) zone: Option<TimeZone>,
}

/// The day 1970-01-01.
const EPOCH: i64 = 719_163;

super::value! { DateTime: "datetime", |a, b| order((a.wall(), &a.zone), (b.wall(), &b.zone), "datetimes"),
a.wall_utc() as i64 }

/// The order of two of them, whose zones may differ; with and without a zone there is none.
pub(super) fn order(
    (a, a_zone): (i128, &Option<TimeZone>),
    (b, b_zone): (i128, &Option<TimeZone>),
    what: &str,
) -> PyResult<Ordering> {
    let utc = |wall: i128, zone: &TimeZone| wall - i128::from(zone.offset);
    match (a_zone, b_zone) {
        (None, None) => Ok(a.cmp(&b)),
        (Some(a_zone), Some(b_zone)) => Ok(utc(a, a_zone).cmp(&utc(b, b_zone))),
        _ => Err(TypeError::new(format!("can't compare offset-naive and offset-aware {what}"))),
    }
}

impl DateTime {
    /// `datetime(year, month, day, hour, minute, second, microsecond, tzinfo)`
    #[inline]
    #[expect(clippy::too_many_arguments, reason = "they are Python's")]
    pub fn new(
        year: i64,
        month: i64,
        day: i64,
        hour: i64,
        minute: i64,
        second: i64,
        microsecond: i64,
        zone: Option<TimeZone>,
    ) -> PyResult<DateTime> {
        let date = Date::new(year, month, day)?;
        Ok(DateTime::combine(&date, &Time::new(hour, minute, second, microsecond, zone)?))
    }

    /// `datetime.combine(date, time)`
    #[inline]
    pub fn combine(date: &Date, time: &Time) -> DateTime {
        DateTime { date: *date, micros: time.micros, zone: time.zone.clone() }
    }

    fn of_wall(wall: i128, zone: Option<TimeZone>) -> PyResult<DateTime> {
        let days = wall.div_euclid(i128::from(DAY));
        if !(1..=i128::from(LAST)).contains(&days) {
            return Err(OverflowError::new("date value out of range"));
        }
        let micros = wall.rem_euclid(i128::from(DAY)) as i64;
        Ok(DateTime { date: Date { ordinal: days as i64 }, micros, zone })
    }

    fn wall(&self) -> i128 {
        i128::from(self.date.ordinal) * i128::from(DAY) + i128::from(self.micros)
    }

    fn wall_utc(&self) -> i128 {
        self.wall() - i128::from(self.zone.as_ref().map_or(0, |zone| zone.offset))
    }

    /// `datetime.now(tz)`
    #[inline]
    pub fn now(zone: Option<TimeZone>) -> PyResult<DateTime> {
        DateTime::fromtimestamp(crate::clock::epoch(), zone)
    }

    /// `datetime.utcnow()`
    #[inline]
    pub fn utcnow() -> PyResult<DateTime> {
        DateTime::utcfromtimestamp(crate::clock::epoch())
    }

    /// `datetime.utcfromtimestamp(t)`
    #[inline]
    pub fn utcfromtimestamp(timestamp: f64) -> PyResult<DateTime> {
        let moment = DateTime::fromtimestamp(timestamp, Some(TimeZone::UTC))?;
        Ok(DateTime { zone: None, ..moment })
    }

    /// `datetime.fromtimestamp(t, tz)`
    #[inline]
    pub fn fromtimestamp(timestamp: f64, zone: Option<TimeZone>) -> PyResult<DateTime> {
        if timestamp.is_nan() {
            return Err(ValueError::new("cannot convert float NaN to integer"));
        }
        let whole = timestamp.floor();
        let micros = whole as i128 * i128::from(SECOND) + delta::rounded((timestamp - whole) * 1e6);
        let offset = match &zone {
            Some(zone) => zone.offset,
            None => TimeZone::local(whole as i64)?.offset,
        };
        let wall = i128::from(EPOCH) * i128::from(DAY) + micros + i128::from(offset);
        DateTime::of_wall(wall, zone).map_err(|_| {
            let year = 1970 + (whole / 31_556_952.0) as i64;
            ValueError::new(format!("year {year} is out of range"))
        })
    }

    /// `datetime.fromordinal(n)`
    #[inline]
    pub fn fromordinal(ordinal: i64) -> PyResult<DateTime> {
        Date::fromordinal(ordinal).map(Date::at_midnight)
    }

    /// `datetime.fromisoformat(text)`
    #[inline]
    pub fn fromisoformat(text: &str) -> PyResult<DateTime> {
        let parsed = || {
            let at = match text.get(4..5)? {
                "-" if text.get(5..6) != Some("W") => 10,
                "-" => text[6..].find(['T', ' ']).map_or(text.len(), |at| at + 6),
                _ => text.find(['T', ' ']).unwrap_or(text.len()),
            };
            let date = iso::date(text.get(..at)?)?;
            let rest = text.get(at..)?;
            if rest.is_empty() {
                return Some(date.map(Date::at_midnight));
            }
            let mut rest = rest.chars();
            rest.next();
            let time = iso::time(rest.as_str())?;
            Some(date.and_then(|date| Ok(DateTime::combine(&date, &time?))))
        };
        parsed().ok_or_else(|| iso::invalid(text))?
    }

    /// `datetime.strptime(text, format)`
    #[inline]
    pub fn strptime(text: &str, format: &str) -> PyResult<DateTime> {
        let (format, fraction, text) = take_fraction(text, format);
        let t = time::strptime(&text, &format)?;
        let zone = t.tm_gmtoff.map(|offset| TimeZone { offset: offset * SECOND, name: None });
        DateTime::new(t.tm_year, t.tm_mon, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec.min(59), fraction, zone)
    }

    /// `d.date()`
    #[inline]
    pub fn date(&self) -> Date {
        self.date
    }

    /// `d.time()`
    #[inline]
    pub fn time(&self) -> Time {
        Time { micros: self.micros, zone: None }
    }

    /// `d.timetz()`
    #[inline]
    pub fn timetz(&self) -> Time {
        Time { micros: self.micros, zone: self.zone.clone() }
    }

    /// `d.year`
    #[inline]
    pub fn year(&self) -> i64 {
        self.date.year()
    }

    /// `d.month`
    #[inline]
    pub fn month(&self) -> i64 {
        self.date.month()
    }

    /// `d.day`
    #[inline]
    pub fn day(&self) -> i64 {
        self.date.day()
    }

    /// `d.hour`
    #[inline]
    pub fn hour(&self) -> i64 {
        self.timetz().hour()
    }

    /// `d.minute`
    #[inline]
    pub fn minute(&self) -> i64 {
        self.timetz().minute()
    }

    /// `d.second`
    #[inline]
    pub fn second(&self) -> i64 {
        self.timetz().second()
    }

    /// `d.microsecond`
    #[inline]
    pub fn microsecond(&self) -> i64 {
        self.micros % SECOND
    }

    /// `d.tzinfo`
    #[inline]
    pub fn tzinfo(&self) -> Option<TimeZone> {
        self.zone.clone()
    }

    /// `d.utcoffset()`
    #[inline]
    pub fn utcoffset(&self) -> Option<TimeDelta> {
        self.zone.as_ref().map(TimeZone::utcoffset)
    }

    /// `d.tzname()`
    #[inline]
    pub fn tzname(&self) -> Option<Str> {
        self.zone.as_ref().map(TimeZone::tzname)
    }

    /// `d.weekday()`
    #[inline]
    pub fn weekday(&self) -> i64 {
        self.date.weekday()
    }

    /// `d.isoweekday()`
    #[inline]
    pub fn isoweekday(&self) -> i64 {
        self.date.isoweekday()
    }

    /// `d.isocalendar()`
    #[inline]
    pub fn isocalendar(&self) -> (i64, i64, i64) {
        self.date.isocalendar()
    }

    /// `d.toordinal()`
    #[inline]
    pub fn toordinal(&self) -> i64 {
        self.date.ordinal
    }

    /// `d.replace(year=…, …)`: what is not given stays.
    #[inline]
    #[expect(clippy::too_many_arguments, reason = "they are Python's")]
    pub fn replace(
        &self,
        year: Option<i64>,
        month: Option<i64>,
        day: Option<i64>,
        hour: Option<i64>,
        minute: Option<i64>,
        second: Option<i64>,
        microsecond: Option<i64>,
    ) -> PyResult<DateTime> {
        let date = self.date.replace(year, month, day)?;
        let old = self.timetz();
        let time = Time::new(
            hour.unwrap_or(old.hour()),
            minute.unwrap_or(old.minute()),
            second.unwrap_or(old.second()),
            microsecond.unwrap_or(old.microsecond()),
            self.zone.clone(),
        )?;
        Ok(DateTime::combine(&date, &time))
    }

    /// `d.replace(tzinfo=…)`
    #[inline]
    pub fn replace_tzinfo(&self, zone: Option<TimeZone>) -> DateTime {
        DateTime { zone, ..self.clone() }
    }

    fn local_zone(&self) -> PyResult<TimeZone> {
        let guess = (self.date.ordinal - EPOCH) * 86_400 + self.micros.div_euclid(SECOND);
        let first = TimeZone::local(guess)?;
        TimeZone::local(guess - first.offset / SECOND)
    }

    /// `d.astimezone(tz)`
    #[inline]
    pub fn astimezone(&self, zone: Option<TimeZone>) -> PyResult<DateTime> {
        let own = match &self.zone {
            Some(zone) => zone.clone(),
            None => self.local_zone()?,
        };
        let utc = self.wall() - i128::from(own.offset);
        let zone = match zone {
            Some(zone) => zone,
            None => TimeZone::local(((utc - i128::from(EPOCH) * i128::from(DAY)) / i128::from(SECOND)) as i64)?,
        };
        DateTime::of_wall(utc + i128::from(zone.offset), Some(zone))
    }

    /// `d.timestamp()`
    #[inline]
    pub fn timestamp(&self) -> PyResult<f64> {
        let offset = match &self.zone {
            Some(zone) => zone.offset,
            None => self.local_zone()?.offset,
        };
        let micros = self.wall() - i128::from(offset) - i128::from(EPOCH) * i128::from(DAY);
        Ok(micros as f64 / 1e6)
    }

    /// `d.timetuple()`
    #[inline]
    pub fn timetuple(&self) -> StructTime {
        let time = self.timetz();
        StructTime {
            tm_year: self.year(),
            tm_mon: self.month(),
            tm_mday: self.day(),
            tm_hour: time.hour(),
            tm_min: time.minute(),
            tm_sec: time.second(),
            tm_wday: self.weekday(),
            tm_yday: self.date.ordinal - Date::new(self.year(), 1, 1).map_or(0, |first| first.ordinal) + 1,
            tm_isdst: -1,
            tm_zone: None,
            tm_gmtoff: None,
        }
    }

    /// `d.isoformat(sep, timespec)`
    #[inline]
    pub fn isoformat(&self, sep: &str, timespec: &str) -> PyResult<Str> {
        let clock = parts::clock(self.micros, timespec)?;
        Ok(Str::from(format!("{}{sep}{clock}{}", self.date.text(), parts::offset(&self.zone))))
    }

    /// `d.ctime()`
    #[inline]
    pub fn ctime(&self) -> PyResult<Str> {
        time::asctime_of(&self.timetuple())
    }

    /// `d.strftime(format)`
    #[inline]
    pub fn strftime(&self, format: &str) -> PyResult<Str> {
        let mut plain = String::with_capacity(format.len());
        let mut chars = format.chars();
        while let Some(c) = chars.next() {
            if c != '%' {
                plain.push(c);
                continue;
            }
            match chars.next() {
                Some('f') => plain.push_str(&format!("{:06}", self.microsecond())),
                Some('z') => {
                    plain.push_str(&self.zone.as_ref().map(|zone| zone::plain(zone.offset)).unwrap_or_default())
                }
                Some('Z') => plain.push_str(&self.tzname().unwrap_or_default().replace_str("%", "%%")),
                Some(':') if chars.as_str().starts_with('z') => {
                    chars.next();
                    plain.push_str(&parts::offset(&self.zone));
                }
                Some(c) => plain.extend(['%', c]),
                None => plain.push('%'),
            }
        }
        time::strftime_of(&plain, &self.timetuple())
    }

    /// `d + delta`
    #[inline]
    pub fn add(&self, delta: &TimeDelta) -> PyResult<DateTime> {
        DateTime::of_wall(self.wall() + delta.0, self.zone.clone())
    }

    /// `d - delta`
    #[inline]
    pub fn sub(&self, delta: &TimeDelta) -> PyResult<DateTime> {
        DateTime::of_wall(self.wall() - delta.0, self.zone.clone())
    }

    /// `a - b`
    #[inline]
    pub fn since(&self, other: &DateTime) -> PyResult<TimeDelta> {
        match (&self.zone, &other.zone) {
            (None, None) => Ok(TimeDelta(self.wall() - other.wall())),
            (Some(_), Some(_)) => Ok(TimeDelta(self.wall_utc() - other.wall_utc())),
            _ => Err(TypeError::new("can't subtract offset-naive and offset-aware datetimes")),
        }
    }

    pub(super) fn truth(&self) -> bool {
        true
    }

    pub(super) fn formatted(&self, spec: &str) -> PyResult<Str> {
        if spec.is_empty() { Ok(Str::from(self.text())) } else { self.strftime(spec) }
    }

    pub(super) fn repr(&self) -> String {
        let (year, month, day) = self.date.parts();
        let time = self.timetz();
        let mut parts = vec![year, month, day, time.hour(), time.minute()];
        if self.micros % (60 * SECOND) != 0 {
            parts.push(time.second());
        }
        if self.microsecond() != 0 {
            parts.push(self.microsecond());
        }
        let parts: Vec<String> = parts.iter().map(i64::to_string).collect();
        let zone = self.zone.as_ref().map(|zone| format!(", tzinfo={}", zone.repr())).unwrap_or_default();
        format!("datetime.datetime({}{zone})", parts.join(", "))
    }

    pub(super) fn text(&self) -> String {
        self.isoformat(" ", "auto").map(|text| text.to_string()).unwrap_or_default()
    }
}

/// `%f` is no directive of `time.strptime`: the digits behind it are taken out of both.
fn take_fraction(text: &str, format: &str) -> (String, i64, String) {
    let plain = || (format.to_owned(), 0, text.to_owned());
    let Some(at) = format.find("%f") else { return plain() };
    // What stands before it is one character that is written as it is: a point, as a rule.
    let Some(mark) = format[..at].chars().last().filter(|c| !c.is_alphanumeric() && *c != '%') else { return plain() };
    let Some(start) = text.rfind(mark).map(|start| start + mark.len_utf8()) else { return plain() };
    let digits: String = text[start..].chars().take_while(char::is_ascii_digit).take(6).collect();
    if digits.is_empty() {
        return plain();
    }
    let fraction = format!("{digits:0<6}").parse().unwrap_or(0);
    let text = format!("{}{}", &text[..start], &text[start + digits.len()..]);
    (format.replacen("%f", "", 1), fraction, text)
}
