//! `strptime`: a text and its format to fields.

use super::calendar::{self, DAYS, MONTHS};
use super::struct_time::StructTime;
use super::system;
use crate::prelude::*;

/// One part of a format.
enum Piece {
    Char(char),
    /// Any white space, at least one character.
    Space,
    Directive(char),
}

/// What the directives matched, by their letter.
type Found = Vec<(char, String)>;

/// Reads `text` by `format`, or raises CPython's ValueError.
#[inline]
pub(crate) fn parse(text: &str, format: &str) -> PyResult<StructTime> {
    let pieces = pieces(format)?;
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let Some(end) = matches(&pieces, &chars, 0, &mut found) else {
        let (text, format) = (repr(&Str::copy_of(text)), repr(&Str::copy_of(format)));
        return Err(ValueError::new(format!("time data {text} does not match format {format}")));
    };
    if end < chars.len() {
        let rest: String = chars[end..].iter().collect();
        return Err(ValueError::new(format!("unconverted data remains: {rest}")));
    }
    fields(&found)
}

#[inline]
fn pieces(format: &str) -> PyResult<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            while chars.next_if(|c| c.is_whitespace()).is_some() {}
            pieces.push(Piece::Space);
        } else if c != '%' {
            pieces.push(Piece::Char(c));
        } else {
            match chars.next() {
                Some('%') => pieces.push(Piece::Char('%')),
                Some('c') => pieces.extend(self::pieces("%a %b %d %H:%M:%S %Y")?),
                Some('x') => pieces.extend(self::pieces("%m/%d/%y")?),
                Some('X') => pieces.extend(self::pieces("%H:%M:%S")?),
                Some(c) if "dfHIGjmMSUWwuVyYzAaBbpZ".contains(c) => pieces.push(Piece::Directive(c)),
                Some(c) => {
                    let c = if c.is_whitespace() { '%' } else { c };
                    return Err(ValueError::new(format!("'{c}' is a bad directive in format '{format}'")));
                }
                None => return Err(ValueError::new(format!("stray % in format '{format}'"))),
            }
        }
    }
    Ok(pieces)
}

/// Where the match ends; tries a directive's alternatives in the order of CPython's regular expression.
#[inline]
fn matches(pieces: &[Piece], text: &[char], at: usize, found: &mut Found) -> Option<usize> {
    let Some((piece, rest)) = pieces.split_first() else { return Some(at) };
    match piece {
        Piece::Char(c) => {
            let same = text.get(at).is_some_and(|other| other == c || other.to_lowercase().eq(c.to_lowercase()));
            if same { matches(rest, text, at + 1, found) } else { None }
        }
        Piece::Space => {
            let spaces = text[at..].iter().take_while(|c| c.is_whitespace()).count();
            (1..=spaces).rev().find_map(|taken| matches(rest, text, at + taken, found))
        }
        Piece::Directive(directive) => candidates(*directive, &text[at..]).into_iter().find_map(|taken| {
            let before = found.len();
            found.push((*directive, text[at..at + taken].iter().collect()));
            let end = matches(rest, text, at + taken, found);
            if end.is_none() {
                found.truncate(before);
            }
            end
        }),
    }
}

/// How many characters a directive may take, the first choice first.
#[inline]
fn candidates(directive: char, text: &[char]) -> Vec<usize> {
    let digits = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let number = |len: usize| text[..len].iter().collect::<String>().parse::<i64>().ok();
    // The longest number in range wins.
    let in_range = |longest: usize, low: i64, high: i64| -> Vec<usize> {
        let lens = (1..=longest.min(digits)).rev();
        lens.filter(|len| number(*len).is_some_and(|n| (low..=high).contains(&n))).collect()
    };
    match directive {
        'd' => {
            let mut lens = in_range(2, 1, 31);
            if text.first() == Some(&' ') && text.get(1).is_some_and(|c| ('1'..='9').contains(c)) {
                lens.push(2);
            }
            lens
        }
        'f' => (1..=digits.min(6)).rev().collect(),
        'H' => in_range(2, 0, 23),
        'I' | 'm' => in_range(2, 1, 12),
        'j' => in_range(3, 1, 366),
        'M' => in_range(2, 0, 59),
        'S' => in_range(2, 0, 61),
        'U' | 'W' | 'V' => in_range(2, i64::from(directive == 'V'), 53),
        'w' => in_range(1, 0, 6),
        'u' => in_range(1, 1, 7),
        'y' if digits >= 2 => vec![2],
        'Y' | 'G' if digits >= 4 => vec![4],
        'z' => offsets(text),
        'A' => names(text, &DAYS, usize::MAX),
        'a' => names(text, &DAYS, 3),
        'B' => names(text, &MONTHS, usize::MAX),
        'b' => names(text, &MONTHS, 3),
        'p' => names(text, &["am", "pm"], 2),
        'Z' => {
            let zone = system::zone();
            names(text, &["utc", "gmt", &zone.name, &zone.name_in_summer], usize::MAX)
        }
        _ => Vec::new(),
    }
}

/// The longest of the names that the text starts with.
#[inline]
fn names(text: &[char], names: &[&str], cut: usize) -> Vec<usize> {
    let mut lens: Vec<usize> = Vec::new();
    for name in names {
        let name: Vec<char> = name.chars().take(cut).collect();
        let same = |(a, b): (&char, &char)| a.to_lowercase().eq(b.to_lowercase());
        if !name.is_empty() && name.len() <= text.len() && name.iter().zip(text).all(same) {
            lens.push(name.len());
        }
    }
    lens.sort_unstable_by(|a, b| b.cmp(a));
    lens.dedup();
    lens
}

/// `+0130`, `-01:30:10.5`, `Z`.
#[inline]
fn offsets(text: &[char]) -> Vec<usize> {
    if text.first() == Some(&'Z') {
        return vec![1];
    }
    if !matches!(text.first(), Some('+' | '-')) {
        return Vec::new();
    }
    let two = |at: usize, first: fn(char) -> bool| {
        text.get(at).is_some_and(|c| first(*c)) && text.get(at + 1).is_some_and(char::is_ascii_digit)
    };
    let colon = |at: usize| usize::from(text.get(at) == Some(&':'));
    if !two(1, |c| c.is_ascii_digit()) {
        return Vec::new();
    }
    let minutes = 3 + colon(3);
    if !two(minutes, |c| ('0'..='5').contains(&c)) {
        return Vec::new();
    }
    let mut lens = vec![minutes + 2];
    let seconds = minutes + 2 + colon(minutes + 2);
    if two(seconds, |c| ('0'..='5').contains(&c)) {
        lens.insert(0, seconds + 2);
        let digits = text.get(seconds + 3..).map_or(0, |rest| rest.iter().take_while(|c| c.is_ascii_digit()).count());
        if text.get(seconds + 2) == Some(&'.') && digits > 0 {
            lens.splice(0..0, (1..=digits.min(6)).rev().map(|digits| seconds + 3 + digits));
        }
    }
    lens
}

/// What a directive matched; the last one counts.
#[inline]
fn matched(found: &Found, directive: char) -> Option<&str> {
    found.iter().rev().find(|(d, _)| *d == directive).map(|(_, text)| text.as_str())
}

#[inline]
fn fields(found: &Found) -> PyResult<StructTime> {
    let text = |directive: char| matched(found, directive);
    let number = |directive: char| text(directive).and_then(|text| text.trim().parse::<i64>().ok());
    let place = |directive: char, names: &[&str]| {
        let text = text(directive)?.to_lowercase();
        names.iter().position(|name| name.to_lowercase().starts_with(&text)).map(|place| place as i64)
    };
    let mut year = number('y').map(|y| if y <= 68 { y + 2000 } else { y + 1900 });
    year = number('Y').or(year);
    let mut month = number('m').or(place('B', &MONTHS).or(place('b', &MONTHS)).map(|m| m + 1)).unwrap_or(1);
    let mut day = number('d').unwrap_or(1);
    let afternoon = text('p').is_some_and(|p| p.eq_ignore_ascii_case("pm"));
    let hour = match number('I') {
        Some(hour) => hour % 12 + if afternoon { 12 } else { 0 },
        None => number('H').unwrap_or(0),
    };
    let mut weekday = place('A', &DAYS).or(place('a', &DAYS));
    weekday = weekday.or(number('w').map(|w| (w + 6) % 7)).or(number('u').map(|u| u - 1));
    let mut julian = number('j');
    iso_rules(&text, weekday, julian, year)?;

    let leap_fix = year.is_none() && month == 2 && day == 29;
    let mut y = year.unwrap_or(if leap_fix { 1904 } else { 1900 });
    if let (None, Some(weekday)) = (julian, weekday) {
        if let Some(week) = number('U').or(number('W')) {
            julian = Some(day_of_week(y, week, weekday, text('U').is_none()));
        } else if let (Some(iso_year), Some(week)) = (number('G'), number('V')) {
            (y, month, day) = calendar::from_ordinal(calendar::iso_start(iso_year) + (week - 1) * 7 + weekday);
        }
        if let Some(before) = julian.filter(|julian| *julian <= 0) {
            y -= 1;
            julian = Some(before + if calendar::is_leap(y) { 366 } else { 365 });
        }
    }
    let ordinal = match julian {
        None => calendar::checked_ordinal(y, month, day)?,
        Some(julian) => calendar::checked_ordinal(y, 1, 1)? + julian - 1,
    };
    if julian.is_some() {
        (y, month, day) = calendar::from_ordinal(ordinal);
    }
    let offset = text('z').map(offset).transpose()?;
    Ok(StructTime {
        tm_year: if leap_fix { 1900 } else { y },
        tm_mon: month,
        tm_mday: day,
        tm_hour: hour,
        tm_min: number('M').unwrap_or(0),
        tm_sec: number('S').unwrap_or(0),
        tm_wday: weekday.unwrap_or_else(|| calendar::weekday(ordinal)),
        tm_yday: julian.unwrap_or(ordinal - calendar::ordinal(y, 1, 1) + 1),
        tm_isdst: text('Z').map_or(-1, zone_is_summer),
        tm_zone: text('Z').map(Str::copy_of),
        tm_gmtoff: offset.map(|offset| offset.div_euclid(1_000_000)),
    })
}

/// The ISO directives `%G` and `%V` need each other and a weekday.
#[inline]
fn iso_rules<'a>(
    text: &impl Fn(char) -> Option<&'a str>,
    weekday: Option<i64>,
    julian: Option<i64>,
    year: Option<i64>,
) -> PyResult {
    let message = match (text('G'), text('V')) {
        (Some(_), _) if julian.is_some() => {
            "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead."
        }
        (Some(_), week) if week.is_none() || weekday.is_none() => {
            "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', \
             '%a', '%w', or '%u')."
        }
        (None, Some(_)) if year.is_none() || weekday.is_none() => {
            "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', \
             '%a', '%w', or '%u')."
        }
        (None, Some(_)) => {
            "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead."
        }
        _ => return Ok(()),
    };
    Err(ValueError::new(message))
}

/// The day of the year of a weekday in a week that starts on Monday (`%W`) or on Sunday (`%U`).
#[inline]
fn day_of_week(year: i64, week: i64, weekday: i64, from_monday: bool) -> i64 {
    let shift = i64::from(!from_monday);
    let first = (calendar::weekday(calendar::ordinal(year, 1, 1)) + shift) % 7;
    let day = (weekday + shift) % 7;
    if week == 0 { 1 + day - first } else { 1 + (7 - first) % 7 + 7 * (week - 1) + day }
}

#[inline]
fn offset(text: &str) -> PyResult<i64> {
    if text == "Z" {
        return Ok(0);
    }
    let colons = text.matches(':').count();
    let bare: String = text[1..].chars().filter(|c| *c != ':').collect();
    if text.as_bytes().get(3) == Some(&b':') && bare.len() > 4 && colons == 1 {
        return Err(ValueError::new(format!("Inconsistent use of : in {text}")));
    }
    let number = |from: usize, to: usize| bare.get(from..to).and_then(|n| n.parse::<i64>().ok()).unwrap_or(0);
    let fraction = bare.get(7..).map_or(0, |digits| format!("{digits:0<6}").parse().unwrap_or(0));
    let size = (number(0, 2) * 3600 + number(2, 4) * 60 + number(4, 6)) * 1_000_000 + fraction;
    Ok(if text.starts_with('-') { -size } else { size })
}

#[inline]
fn zone_is_summer(name: &str) -> i64 {
    let zone = system::zone();
    let is = |other: &str| other.eq_ignore_ascii_case(name);
    if is("utc") || is("gmt") || (is(&zone.name) && !(is(&zone.name_in_summer) && zone.has_summer)) {
        0
    } else if is(&zone.name_in_summer) && !is(&zone.name) {
        1
    } else {
        -1
    }
}
