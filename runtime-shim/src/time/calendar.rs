//! The Gregorian calendar, extended to all years.

use crate::prelude::*;

/// The days of the week, Monday first.
pub(crate) const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The months.
pub(crate) const MONTHS: [&str; 12] = [
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

/// Whether the year has 366 days.
#[inline]
pub(crate) fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The days of a month, 1 to 12.
#[inline]
pub(crate) fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days before the month in its year.
#[inline]
pub(crate) fn days_before_month(year: i64, month: i64) -> i64 {
    (1..month).map(|month| days_in_month(year, month)).sum()
}

/// Day 1 is January 1 of year 1.
#[inline]
pub(crate) fn ordinal(year: i64, month: i64, day: i64) -> i64 {
    let y = year - 1;
    y * 365 + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + days_before_month(year, month) + day
}

/// Year, month and day of an ordinal.
#[inline]
pub(crate) fn from_ordinal(ordinal: i64) -> (i64, i64, i64) {
    let n = ordinal - 1;
    let (cycle, n) = (n.div_euclid(146_097), n.rem_euclid(146_097));
    let (century, n) = ((n / 36_524).min(3), n - (n / 36_524).min(3) * 36_524);
    let (four, n) = (n / 1461, n % 1461);
    let (one, mut n) = ((n / 365).min(3), n - (n / 365).min(3) * 365);
    let year = cycle * 400 + century * 100 + four * 4 + one + 1;
    let mut month = 1;
    while n >= days_in_month(year, month) {
        n -= days_in_month(year, month);
        month += 1;
    }
    (year, month, n + 1)
}

/// 0 is Monday.
#[inline]
pub(crate) fn weekday(ordinal: i64) -> i64 {
    (ordinal + 6).rem_euclid(7)
}

/// The Monday of the first week of an ISO year.
#[inline]
pub(crate) fn iso_start(year: i64) -> i64 {
    let first = ordinal(year, 1, 1);
    let monday = first - weekday(first);
    if weekday(first) > 3 { monday + 7 } else { monday }
}

/// The ordinal, or CPython's error.
#[inline]
pub(crate) fn checked_ordinal(year: i64, month: i64, day: i64) -> PyResult<i64> {
    if !(1..=9999).contains(&year) {
        return Err(ValueError::new(format!("year {year} is out of range")));
    }
    if !(1..=12).contains(&month) {
        return Err(ValueError::new("month must be in 1..12"));
    }
    if day < 1 || day > days_in_month(year, month) {
        return Err(ValueError::new("day is out of range for month"));
    }
    Ok(ordinal(year, month, day))
}
