//! `fromisoformat`: dates and times as ISO 8601 writes them.
use super::{Date, SECOND, Time, TimeZone};
use crate::object::repr;
use crate::prelude::*;
use crate::time::calendar;

#[cold]
pub(super) fn invalid(text: &str) -> PyErr {
    ValueError::new(format!("Invalid isoformat string: {}", repr(&Str::copy_of(text))))
}

fn number(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// `2024-02-29`, `20240229`, `2024-W09-4`; `None`: it is written otherwise.
pub(super) fn date(text: &str) -> Option<PyResult<Date>> {
    if !text.is_ascii() {
        return None;
    }
    let year = number(text.get(..4)?)?;
    let rest = text.get(4..)?;
    if let Some(week) = rest.strip_prefix("-W").or_else(|| rest.strip_prefix('W')) {
        let number_of = number(week.get(..2)?)?;
        let day = match week.get(2..)?.trim_start_matches('-') {
            "" => 1,
            day => number(day)?,
        };
        return Some(Ok(Date { ordinal: calendar::iso_start(year) + (number_of - 1) * 7 + day - 1 }));
    }
    let (month, day) = match rest.strip_prefix('-') {
        Some(rest) => {
            let (month, day) = rest.split_once('-')?;
            (month, day)
        }
        None => rest.split_at_checked(2)?,
    };
    if month.len() != 2 || day.len() != 2 {
        return None;
    }
    Some(Date::new(year, number(month)?, number(day)?))
}

/// `12`, `12:30`, `12:30:45`, `12:30:45.123`, with `Z` or an offset behind.
pub(super) fn time(text: &str) -> Option<PyResult<Time>> {
    let (clock, zone) = match text.find(['+', '-', 'Z', 'z']) {
        Some(at) => (&text[..at], Some(&text[at..])),
        None => (text, None),
    };
    let zone = match zone {
        None => None,
        Some("Z" | "z") => Some(TimeZone::UTC),
        Some(offset) => {
            let micros = micros(&offset[1..])?;
            Some(TimeZone { offset: if offset.starts_with('-') { -micros } else { micros }, name: None })
        }
    };
    let micros = micros(clock)?;
    let (hours, minutes) = (micros / (3600 * SECOND), micros / (60 * SECOND) % 60);
    Some(Time::new(hours, minutes, micros / SECOND % 60, micros % SECOND, zone))
}

fn micros(text: &str) -> Option<i64> {
    let (whole, fraction) = match text.find(['.', ',']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let parts: Vec<&str> = if whole.contains(':') {
        whole.split(':').collect()
    } else {
        (0..whole.len()).step_by(2).map(|at| whole.get(at..at + 2)).collect::<Option<_>>()?
    };
    if parts.is_empty() || parts.len() > 3 || parts.iter().any(|part| part.len() != 2) {
        return None;
    }
    let mut seconds = 0;
    for (part, (unit, last)) in parts.iter().zip([(3600, 23), (60, 59), (1, 59)]) {
        let value = number(part)?;
        if value > last {
            return None;
        }
        seconds += value * unit;
    }
    let fraction = match fraction {
        None => 0,
        Some(digits) => number(&format!("{digits:0<6}")[..6])?,
    };
    Some(seconds * SECOND + fraction)
}
