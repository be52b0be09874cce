//! `calendar`: years, months and weeks.
use crate::prelude::*;

const MONTHS: [&str; 13] = [
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// `MONDAY`
pub const MONDAY: i64 = 0;
/// `TUESDAY`
pub const TUESDAY: i64 = 1;
/// `WEDNESDAY`
pub const WEDNESDAY: i64 = 2;
/// `THURSDAY`
pub const THURSDAY: i64 = 3;
/// `FRIDAY`
pub const FRIDAY: i64 = 4;
/// `SATURDAY`
pub const SATURDAY: i64 = 5;
/// `SUNDAY`
pub const SUNDAY: i64 = 6;

static MONTH_NAME: Global<List<Str>> = Global::new(|| MONTHS.into_iter().map(Str::from).collect());
static MONTH_ABBR: Global<List<Str>> = Global::new(|| MONTHS.into_iter().map(short).collect());
static DAY_NAME: Global<List<Str>> = Global::new(|| DAYS.into_iter().map(Str::from).collect());
static DAY_ABBR: Global<List<Str>> = Global::new(|| DAYS.into_iter().map(short).collect());

fn short(name: &'static str) -> Str {
    Str::from(name.get(..3).unwrap_or_default())
}

/// `month_name`
#[inline]
pub fn month_name() -> List<Str> {
    MONTH_NAME.get()
}

/// `month_abbr`
#[inline]
pub fn month_abbr() -> List<Str> {
    MONTH_ABBR.get()
}

/// `day_name`
#[inline]
pub fn day_name() -> List<Str> {
    DAY_NAME.get()
}

/// `day_abbr`
#[inline]
pub fn day_abbr() -> List<Str> {
    DAY_ABBR.get()
}

/// `isleap(year)`
#[inline]
pub fn isleap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// `leapdays(y1, y2)`
pub fn leapdays(y1: i64, y2: i64) -> i64 {
    let before = |year: i64| (year - 1).div_euclid(4) - (year - 1).div_euclid(100) + (year - 1).div_euclid(400);
    before(y2) - before(y1)
}

/// Days since the first of January 1970.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// `weekday(year, month, day)`
pub fn weekday(year: i64, month: i64, day: i64) -> i64 {
    (days(year, month, day) + 3).rem_euclid(7)
}

fn length(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(isleap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `calendar.Day`: a weekday that shows its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(i64);

impl Day {
    /// `day.value`
    #[inline]
    pub fn value(&self) -> i64 {
        self.0
    }
}

impl Object for Day {
    fn py_type(&self) -> &'static str {
        "Day"
    }

    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        write!(out, "calendar.{}", DAYS[self.0 as usize].to_uppercase())
    }

    fn has_own_text() -> bool {
        true
    }

    fn py_str(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        write!(out, "{}", self.0)
    }
}

impl Key for Day {
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    fn py_hash(&self) -> PyResult<i64> {
        Ok(self.0)
    }
}

impl Compare for Day {}

/// `monthrange(year, month)`: the weekday of its first, and its days.
pub fn monthrange(year: i64, month: i64) -> PyResult<(Day, i64)> {
    range(year, month).map(|(first, count)| (Day(first), count))
}

fn range(year: i64, month: i64) -> PyResult<(i64, i64)> {
    if !(1..=12).contains(&month) {
        return Err(ValueError::new(format!("bad month number {month}; must be 1-12")));
    }
    Ok((weekday(year, month, 1), length(year, month)))
}

/// `monthcalendar(year, month)`: its weeks, zeros for days of other months.
pub fn monthcalendar(year: i64, month: i64) -> PyResult<List<List<i64>>> {
    let (first, count) = range(year, month)?;
    let weeks = (first + count + 6) / 7;
    let day = |week: i64, place: i64| {
        let day = week * 7 + place - first + 1;
        if (1..=count).contains(&day) { day } else { 0 }
    };
    Ok((0..weeks).map(|week| (0..7).map(|place| day(week, place)).collect()).collect())
}

/// `month(theyear, themonth)`
pub fn month(theyear: i64, themonth: i64) -> PyResult<Str> {
    let weeks = monthcalendar(theyear, themonth)?;
    let title = format!("{} {theyear}", MONTHS[themonth as usize]);
    let head = Str::from(title).center(20);
    let mut lines = vec![head.trim_end().to_string(), "Mo Tu We Th Fr Sa Su".to_string()];
    for week in &weeks {
        let shown: Vec<String> =
            week.iter().map(|day| if day == 0 { "  ".to_string() } else { format!("{day:2}") }).collect();
        lines.push(shown.join(" ").trim_end().to_string());
    }
    Ok(Str::from(lines.join("\n") + "\n"))
}

/// `timegm(tuple)`: the seconds of a moment in UTC.
pub fn timegm(tuple: &crate::time::StructTime) -> i64 {
    let day = days(tuple.tm_year(), tuple.tm_mon(), tuple.tm_mday());
    ((day * 24 + tuple.tm_hour()) * 60 + tuple.tm_min()) * 60 + tuple.tm_sec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months() -> PyResult {
        assert_eq!((monthrange(2024, 2)?, leapdays(2000, 2025), weekday(1970, 1, 1)), ((Day(3), 29), 7, 3));
        assert_eq!(repr(&monthcalendar(2024, 2)?.get_item(0)?), "[0, 0, 0, 1, 2, 3, 4]");
        assert!(monthrange(2024, 13).is_err() && month(2024, 2)?.starts_with("   February 2024\nMo Tu"));
        Ok(())
    }
}
