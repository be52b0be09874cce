//! `timedelta`: a duration in microseconds.
use std::fmt::Write;

use super::DAY;
use crate::object::no_order;
use crate::prelude::*;

/// `datetime.timedelta`
#[derive(Clone, Copy, Debug, Default)]
pub struct TimeDelta(pub(super) i128);

super::value! { TimeDelta: "timedelta", |a, b| Ok::<_, PyErr>(a.0.cmp(&b.0)), a_hash(a) }

fn a_hash(delta: &TimeDelta) -> (i64, i64) {
    (delta.days_part(), delta.seconds_part() * 1_000_000 + delta.micros_part())
}

/// Half to even, as Python rounds.
pub(super) fn rounded(value: f64) -> i128 {
    value.round_ties_even() as i128
}

impl TimeDelta {
    /// `timedelta()`
    #[inline]
    pub fn new() -> TimeDelta {
        TimeDelta(0)
    }

    /// `timedelta(days, seconds, microseconds)`
    #[inline]
    pub fn of(days: f64, seconds: f64, microseconds: f64) -> PyResult<TimeDelta> {
        TimeDelta::new().days(days).seconds(seconds).microseconds(microseconds).checked()
    }

    #[inline]
    fn plus(self, count: f64, micros: i64) -> TimeDelta {
        // The whole part is exact; only the rest is rounded.
        let whole = count.trunc();
        TimeDelta(self.0 + whole as i128 * i128::from(micros) + rounded((count - whole) * micros as f64))
    }

    /// `weeks=`
    #[inline]
    #[must_use]
    pub fn weeks(self, weeks: f64) -> TimeDelta {
        self.plus(weeks, 7 * DAY)
    }

    /// `days=`
    #[inline]
    #[must_use]
    pub fn days(self, days: f64) -> TimeDelta {
        self.plus(days, DAY)
    }

    /// `hours=`
    #[inline]
    #[must_use]
    pub fn hours(self, hours: f64) -> TimeDelta {
        self.plus(hours, 3_600_000_000)
    }

    /// `minutes=`
    #[inline]
    #[must_use]
    pub fn minutes(self, minutes: f64) -> TimeDelta {
        self.plus(minutes, 60_000_000)
    }

    /// `seconds=`
    #[inline]
    #[must_use]
    pub fn seconds(self, seconds: f64) -> TimeDelta {
        self.plus(seconds, 1_000_000)
    }

    /// `milliseconds=`
    #[inline]
    #[must_use]
    pub fn milliseconds(self, milliseconds: f64) -> TimeDelta {
        self.plus(milliseconds, 1000)
    }

    /// `microseconds=`
    #[inline]
    #[must_use]
    pub fn microseconds(self, microseconds: f64) -> TimeDelta {
        self.plus(microseconds, 1)
    }

    #[inline]
    pub(super) fn checked(self) -> PyResult<TimeDelta> {
        let days = self.0.div_euclid(i128::from(DAY));
        if days.abs() > 999_999_999 {
            return Err(OverflowError::new(format!("days={days}; must have magnitude <= 999999999")));
        }
        Ok(self)
    }

    /// `d.days`
    #[inline]
    pub fn days_part(&self) -> i64 {
        self.0.div_euclid(i128::from(DAY)) as i64
    }

    #[inline]
    fn in_day(&self) -> i64 {
        self.0.rem_euclid(i128::from(DAY)) as i64
    }

    /// `d.seconds`
    #[inline]
    pub fn seconds_part(&self) -> i64 {
        self.in_day() / 1_000_000
    }

    /// `d.microseconds`
    #[inline]
    pub fn micros_part(&self) -> i64 {
        self.in_day() % 1_000_000
    }

    /// `d.total_seconds()`
    #[inline]
    pub fn total_seconds(&self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// `a + b`
    #[inline]
    pub fn add(&self, other: &TimeDelta) -> PyResult<TimeDelta> {
        TimeDelta(self.0 + other.0).checked()
    }

    /// `a - b`
    #[inline]
    pub fn sub(&self, other: &TimeDelta) -> PyResult<TimeDelta> {
        TimeDelta(self.0 - other.0).checked()
    }

    /// `-d`
    #[inline]
    pub fn neg(&self) -> PyResult<TimeDelta> {
        TimeDelta(-self.0).checked()
    }

    /// `abs(d)`
    #[inline]
    pub fn abs(&self) -> PyResult<TimeDelta> {
        TimeDelta(self.0.abs()).checked()
    }

    /// `d * n`
    #[inline]
    pub fn mul(&self, times: i64) -> PyResult<TimeDelta> {
        TimeDelta(self.0.saturating_mul(i128::from(times))).checked()
    }

    /// `d * x`
    #[inline]
    pub fn mul_float(&self, times: f64) -> PyResult<TimeDelta> {
        TimeDelta(rounded(self.0 as f64 * times)).checked()
    }

    /// `a / b`
    #[inline]
    pub fn ratio(&self, other: &TimeDelta) -> PyResult<f64> {
        if other.0 == 0 {
            return Err(ZeroDivisionError::new("division by zero"));
        }
        Ok(self.0 as f64 / other.0 as f64)
    }

    /// `d / x`
    #[inline]
    pub fn div(&self, by: f64) -> PyResult<TimeDelta> {
        if by == 0.0 {
            return Err(ZeroDivisionError::new("division by zero"));
        }
        if by.fract() == 0.0 && by.abs() < 9e15 {
            // As Python: exact, half to even.
            let by = by as i128;
            let (whole, rest) = (self.0.div_euclid(by), self.0.rem_euclid(by));
            let twice = (rest * 2).cmp(&by.abs());
            let up = twice.is_gt() || twice.is_eq() && whole % 2 != 0;
            return TimeDelta(whole + i128::from(up) * by.signum()).checked();
        }
        TimeDelta(rounded(self.0 as f64 / by)).checked()
    }

    /// `d // n`
    #[inline]
    pub fn floor_div(&self, by: i64) -> PyResult<TimeDelta> {
        if by == 0 {
            return Err(ZeroDivisionError::new("integer division or modulo by zero"));
        }
        let by = i128::from(by);
        let whole = self.0.div_euclid(by) - i128::from(by < 0 && self.0.rem_euclid(by) != 0);
        TimeDelta(whole).checked()
    }

    /// `a // b`
    #[inline]
    pub fn floor_ratio(&self, other: &TimeDelta) -> PyResult<i64> {
        if other.0 == 0 {
            return Err(ZeroDivisionError::new("integer division or modulo by zero"));
        }
        let whole = self.0.div_euclid(other.0) - i128::from(other.0 < 0 && self.0.rem_euclid(other.0) != 0);
        Ok(whole as i64)
    }

    /// `a % b`
    #[inline]
    pub fn modulo(&self, other: &TimeDelta) -> PyResult<TimeDelta> {
        let whole = self.floor_ratio(other)?;
        TimeDelta(self.0 - i128::from(whole) * other.0).checked()
    }

    pub(super) fn truth(&self) -> bool {
        self.0 != 0
    }

    pub(super) fn formatted(&self, spec: &str) -> PyResult<Str> {
        if spec.is_empty() {
            return Ok(Str::from(self.text()));
        }
        Err(TypeError::new("unsupported format string passed to datetime.timedelta.__format__"))
    }

    pub(super) fn repr(&self) -> String {
        let parts =
            [("days", self.days_part()), ("seconds", self.seconds_part()), ("microseconds", self.micros_part())];
        let shown: Vec<String> =
            parts.iter().filter(|(_, part)| *part != 0).map(|(name, part)| format!("{name}={part}")).collect();
        format!("datetime.timedelta({})", if shown.is_empty() { "0".to_owned() } else { shown.join(", ") })
    }

    pub(super) fn text(&self) -> String {
        let (days, seconds, micros) = (self.days_part(), self.seconds_part(), self.micros_part());
        let mut out = String::new();
        if days != 0 {
            let plural = if days.abs() == 1 { "" } else { "s" };
            let _ = write!(out, "{days} day{plural}, ");
        }
        let _ = write!(out, "{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        if micros != 0 {
            let _ = write!(out, ".{micros:06}");
        }
        out
    }

    /// `a < 5`
    #[cold]
    pub fn no_order(operator: &str, other: &str) -> PyErr {
        no_order(operator, "datetime.timedelta", other)
    }
}
