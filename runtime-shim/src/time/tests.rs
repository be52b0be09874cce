//! Tables that CPython 3.13 printed, in UTC.

use super::*;

fn show<T: Object>(result: PyResult<T>) -> String {
    match result {
        Ok(value) => repr(&value).to_string(),
        Err(error) => format!("{}: {error}", error.class().name()),
    }
}

#[test]
fn moments() {
    assert_eq!(
        show(gmtime(Some(0.0))),
        "time.struct_time(tm_year=1970, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=3, tm_yday=1, tm_isdst=0)"
    );
    assert_eq!(
        show(gmtime(Some(1577836800.0))),
        "time.struct_time(tm_year=2020, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=2, tm_yday=1, tm_isdst=0)"
    );
    assert_eq!(
        show(gmtime(Some(-1.0))),
        "time.struct_time(tm_year=1969, tm_mon=12, tm_mday=31, tm_hour=23, tm_min=59, tm_sec=59, tm_wday=2, tm_yday=365, tm_isdst=0)"
    );
    assert_eq!(
        show(gmtime(Some(951782400.5))),
        "time.struct_time(tm_year=2000, tm_mon=2, tm_mday=29, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=1, tm_yday=60, tm_isdst=0)"
    );
    assert_eq!(
        show(gmtime(Some(10000000000.0))),
        "time.struct_time(tm_year=2286, tm_mon=11, tm_mday=20, tm_hour=17, tm_min=46, tm_sec=40, tm_wday=5, tm_yday=324, tm_isdst=0)"
    );
    assert_eq!(
        show(gmtime(Some(253402300800.0))),
        "time.struct_time(tm_year=10000, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=5, tm_yday=1, tm_isdst=0)"
    );
    assert_eq!(
        show(gmtime(Some(-62135596800.0))),
        "time.struct_time(tm_year=1, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=1, tm_isdst=0)"
    );
    assert_eq!(
        show(gmtime(Some(-100000000000.0))),
        "time.struct_time(tm_year=-1199, tm_mon=2, tm_mday=15, tm_hour=14, tm_min=13, tm_sec=20, tm_wday=3, tm_yday=46, tm_isdst=0)"
    );
    assert_eq!(show(gmtime(Some(f64::NAN))), "ValueError: Invalid value NaN (not a number)");
    assert_eq!(show(gmtime(Some(1e+30))), "OverflowError: timestamp out of range for platform time_t");
    assert_eq!(show(mktime(&(2020, 1, 1, 0, 0, 0, 0, 0, 0))), "1577836800.0");
    assert_eq!(show(mktime(&(2020, 2, 30, 25, 61, 61, 0, 0, 0))), "1583114521.0");
    assert_eq!(show(mktime(&(1969, 12, 31, 23, 59, 59, 0, 0, 0))), "-1.0");
    assert_eq!(show(ctime(Some(0.0))), "'Thu Jan  1 00:00:00 1970'");
    assert_eq!(show(asctime_of(&(2020, 1, 1, 0, 0, 0, 0, 0, 0))), "'Mon Jan  1 00:00:00 2020'");
    assert_eq!(show(asctime_of(&(2020, 12, 31, 23, 59, 59, 3, 366, 0))), "'Thu Dec 31 23:59:59 2020'");
    assert_eq!(show(asctime_of(&(2020, 13, 1, 0, 0, 0, 0, 0, 0))), "ValueError: month out of range");
}

#[test]
fn formats() -> PyResult {
    assert_eq!(show(strftime_of("%Y-%m-%d %H:%M:%S", &gmtime(Some(0.0))?)), "'1970-01-01 00:00:00'");
    assert_eq!(
        show(strftime_of("%a %A %b %B %j %U %w %W %y %% %p %I %c %x %X %D %F %T %e", &gmtime(Some(0.0))?)),
        "'Thu Thursday Jan January 001 00 4 00 70 % AM 12 Thu Jan  1 00:00:00 1970 01/01/70 00:00:00 01/01/70 1970-01-01 00:00:00  1'"
    );
    assert_eq!(show(strftime_of("", &gmtime(Some(0.0))?)), "''");
    assert_eq!(show(strftime_of("é %Y %", &gmtime(Some(0.0))?)), "'é 1970 %'");
    assert_eq!(show(strftime_of("%q %-d %_d", &gmtime(Some(0.0))?)), "'%q 1  1'");
    assert_eq!(show(strftime_of("a\0b%Y", &gmtime(Some(0.0))?)), "ValueError: embedded null character");
    assert_eq!(show(strftime_of("%G-W%V-%u", &gmtime(Some(0.0))?)), "'1970-W01-4'");
    assert_eq!(show(strftime_of("%Y-%m-%d %H:%M:%S", &gmtime(Some(3891661.0))?)), "'1970-02-15 01:01:01'");
    assert_eq!(
        show(strftime_of("%a %A %b %B %j %U %w %W %y %% %p %I %c %x %X %D %F %T %e", &gmtime(Some(3891661.0))?)),
        "'Sun Sunday Feb February 046 07 0 06 70 % AM 01 Sun Feb 15 01:01:01 1970 02/15/70 01:01:01 02/15/70 1970-02-15 01:01:01 15'"
    );
    assert_eq!(show(strftime_of("", &gmtime(Some(3891661.0))?)), "''");
    assert_eq!(show(strftime_of("é %Y %", &gmtime(Some(3891661.0))?)), "'é 1970 %'");
    assert_eq!(show(strftime_of("%q %-d %_d", &gmtime(Some(3891661.0))?)), "'%q 15 15'");
    assert_eq!(show(strftime_of("a\0b%Y", &gmtime(Some(3891661.0))?)), "ValueError: embedded null character");
    assert_eq!(show(strftime_of("%G-W%V-%u", &gmtime(Some(3891661.0))?)), "'1970-W07-7'");
    assert_eq!(show(strftime_of("%Y-%m-%d %H:%M:%S", &gmtime(Some(1577836799.0))?)), "'2019-12-31 23:59:59'");
    assert_eq!(
        show(strftime_of("%a %A %b %B %j %U %w %W %y %% %p %I %c %x %X %D %F %T %e", &gmtime(Some(1577836799.0))?)),
        "'Tue Tuesday Dec December 365 52 2 52 19 % PM 11 Tue Dec 31 23:59:59 2019 12/31/19 23:59:59 12/31/19 2019-12-31 23:59:59 31'"
    );
    assert_eq!(show(strftime_of("", &gmtime(Some(1577836799.0))?)), "''");
    assert_eq!(show(strftime_of("é %Y %", &gmtime(Some(1577836799.0))?)), "'é 2019 %'");
    assert_eq!(show(strftime_of("%q %-d %_d", &gmtime(Some(1577836799.0))?)), "'%q 31 31'");
    assert_eq!(show(strftime_of("a\0b%Y", &gmtime(Some(1577836799.0))?)), "ValueError: embedded null character");
    assert_eq!(show(strftime_of("%G-W%V-%u", &gmtime(Some(1577836799.0))?)), "'2020-W01-2'");
    assert_eq!(show(strftime_of("%Y %m %d %w", &(0, 0, 0, 0, 0, 0, 0, 0, 0))), "'0 01 01 1'");
    assert_eq!(show(strftime_of("%Y %m %d %w", &(2020, 13, 1, 0, 0, 0, 0, 0, 0))), "ValueError: month out of range");
    assert_eq!(
        show(strftime_of("%Y %m %d %w", &(2020, 1, 32, 0, 0, 0, 0, 0, 0))),
        "ValueError: day of month out of range"
    );
    assert_eq!(show(strftime_of("%Y %m %d %w", &(2020, 1, 1, 24, 0, 0, 0, 0, 0))), "ValueError: hour out of range");
    assert_eq!(show(strftime_of("%Y %m %d %w", &(2020, 1, 1, 0, 60, 0, 0, 0, 0))), "ValueError: minute out of range");
    assert_eq!(show(strftime_of("%Y %m %d %w", &(2020, 1, 1, 0, 0, 62, 0, 0, 0))), "ValueError: seconds out of range");
    assert_eq!(
        show(strftime_of("%Y %m %d %w", &(2020, 1, 1, 0, 0, 0, -2, 0, 0))),
        "ValueError: day of week out of range"
    );
    assert_eq!(
        show(strftime_of("%Y %m %d %w", &(2020, 1, 1, 0, 0, 0, 0, 367, 0))),
        "ValueError: day of year out of range"
    );
    Ok(())
}

#[test]
fn parsing() {
    assert_eq!(
        show(strptime("2020-01-02", "%Y-%m-%d")),
        "time.struct_time(tm_year=2020, tm_mon=1, tm_mday=2, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=3, tm_yday=2, tm_isdst=-1)",
        "{}",
        "2020-01-02 by %Y-%m-%d"
    );
    assert_eq!(
        show(strptime("x2020-01-02", "%Y-%m-%d")),
        "ValueError: time data 'x2020-01-02' does not match format '%Y-%m-%d'",
        "{}",
        "x2020-01-02 by %Y-%m-%d"
    );
    assert_eq!(
        show(strptime("2020-01-02x", "%Y-%m-%d")),
        "ValueError: unconverted data remains: x",
        "{}",
        "2020-01-02x by %Y-%m-%d"
    );
    assert_eq!(show(strptime("2020", "%K")), "ValueError: 'K' is a bad directive in format '%K'", "{}", "2020 by %K");
    assert_eq!(show(strptime("2020", "%")), "ValueError: stray % in format '%'", "{}", "2020 by %");
    assert_eq!(
        show(strptime("Mon Jan  5 2015", "%a %b %d %Y")),
        "time.struct_time(tm_year=2015, tm_mon=1, tm_mday=5, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=5, tm_isdst=-1)",
        "{}",
        "Mon Jan  5 2015 by %a %b %d %Y"
    );
    assert_eq!(
        show(strptime("monday 5 january 2015", "%A %d %B %Y")),
        "time.struct_time(tm_year=2015, tm_mon=1, tm_mday=5, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=5, tm_isdst=-1)",
        "{}",
        "monday 5 january 2015 by %A %d %B %Y"
    );
    assert_eq!(
        show(strptime("10:11:12 PM", "%I:%M:%S %p")),
        "time.struct_time(tm_year=1900, tm_mon=1, tm_mday=1, tm_hour=22, tm_min=11, tm_sec=12, tm_wday=0, tm_yday=1, tm_isdst=-1)",
        "{}",
        "10:11:12 PM by %I:%M:%S %p"
    );
    assert_eq!(
        show(strptime("12:00 am", "%I:%M %p")),
        "time.struct_time(tm_year=1900, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=1, tm_isdst=-1)",
        "{}",
        "12:00 am by %I:%M %p"
    );
    assert_eq!(
        show(strptime("30/12/99", "%d/%m/%y")),
        "time.struct_time(tm_year=1999, tm_mon=12, tm_mday=30, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=3, tm_yday=364, tm_isdst=-1)",
        "{}",
        "30/12/99 by %d/%m/%y"
    );
    assert_eq!(
        show(strptime("30/12/68", "%d/%m/%y")),
        "time.struct_time(tm_year=2068, tm_mon=12, tm_mday=30, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=6, tm_yday=365, tm_isdst=-1)",
        "{}",
        "30/12/68 by %d/%m/%y"
    );
    assert_eq!(
        show(strptime("200", "%j")),
        "time.struct_time(tm_year=1900, tm_mon=7, tm_mday=19, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=3, tm_yday=200, tm_isdst=-1)",
        "{}",
        "200 by %j"
    );
    assert_eq!(
        show(strptime("12.5", "%S.%f")),
        "time.struct_time(tm_year=1900, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=12, tm_wday=0, tm_yday=1, tm_isdst=-1)",
        "{}",
        "12.5 by %S.%f"
    );
    assert_eq!(
        show(strptime("2020-02-30", "%Y-%m-%d")),
        "ValueError: day is out of range for month",
        "{}",
        "2020-02-30 by %Y-%m-%d"
    );
    assert_eq!(
        show(strptime("+0130", "%z")),
        "time.struct_time(tm_year=1900, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=1, tm_isdst=-1)",
        "{}",
        "+0130 by %z"
    );
    assert_eq!(
        show(strptime("-01:30:10.5", "%z")),
        "time.struct_time(tm_year=1900, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=1, tm_isdst=-1)",
        "{}",
        "-01:30:10.5 by %z"
    );
    assert_eq!(
        show(strptime("+01:3010", "%z")),
        "ValueError: Inconsistent use of : in +01:3010",
        "{}",
        "+01:3010 by %z"
    );
    assert_eq!(
        show(strptime("Z", "%z")),
        "time.struct_time(tm_year=1900, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=1, tm_isdst=-1)",
        "{}",
        "Z by %z"
    );
    assert_eq!(
        show(strptime("UTC", "%Z")),
        "time.struct_time(tm_year=1900, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=1, tm_isdst=0)",
        "{}",
        "UTC by %Z"
    );
    assert_eq!(
        show(strptime("29 Feb", "%d %b")),
        "time.struct_time(tm_year=1900, tm_mon=2, tm_mday=29, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=60, tm_isdst=-1)",
        "{}",
        "29 Feb by %d %b"
    );
    assert_eq!(
        show(strptime("1 2020", "%U %Y")),
        "time.struct_time(tm_year=2020, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=2, tm_yday=1, tm_isdst=-1)",
        "{}",
        "1 2020 by %U %Y"
    );
    assert_eq!(
        show(strptime("2020 10 1", "%Y %W %w")),
        "time.struct_time(tm_year=2020, tm_mon=3, tm_mday=9, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=69, tm_isdst=-1)",
        "{}",
        "2020 10 1 by %Y %W %w"
    );
    assert_eq!(
        show(strptime("2020 0 1", "%Y %U %w")),
        "time.struct_time(tm_year=2019, tm_mon=12, tm_mday=30, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=364, tm_isdst=-1)",
        "{}",
        "2020 0 1 by %Y %U %w"
    );
    assert_eq!(
        show(strptime("2020 53 5", "%G %V %u")),
        "time.struct_time(tm_year=2021, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=4, tm_yday=1, tm_isdst=-1)",
        "{}",
        "2020 53 5 by %G %V %u"
    );
    assert_eq!(
        show(strptime("2020 53", "%G %V")),
        "ValueError: ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').",
        "{}",
        "2020 53 by %G %V"
    );
    assert_eq!(
        show(strptime("53 1", "%V %u")),
        "ValueError: ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', '%a', '%w', or '%u').",
        "{}",
        "53 1 by %V %u"
    );
    assert_eq!(
        show(strptime("111", "%d%m")),
        "time.struct_time(tm_year=1900, tm_mon=1, tm_mday=11, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=3, tm_yday=11, tm_isdst=-1)",
        "{}",
        "111 by %d%m"
    );
    assert_eq!(
        show(strptime("1231", "%m%d")),
        "time.struct_time(tm_year=1900, tm_mon=12, tm_mday=31, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=365, tm_isdst=-1)",
        "{}",
        "1231 by %m%d"
    );
    assert_eq!(
        show(strptime("1 1", "%d%t%m")),
        "ValueError: 't' is a bad directive in format '%d%t%m'",
        "{}",
        "1 1 by %d%t%m"
    );
    assert_eq!(
        show(strptime("a  b", "a b")),
        "time.struct_time(tm_year=1900, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=1, tm_isdst=-1)",
        "{}",
        "a  b by a b"
    );
    assert_eq!(
        show(strptime("10%", "%d%%")),
        "time.struct_time(tm_year=1900, tm_mon=1, tm_mday=10, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=2, tm_yday=10, tm_isdst=-1)",
        "{}",
        "10% by %d%%"
    );
    assert_eq!(
        show(strptime("2020-1-2T3:4:5", "%Y-%m-%dT%H:%M:%S")),
        "time.struct_time(tm_year=2020, tm_mon=1, tm_mday=2, tm_hour=3, tm_min=4, tm_sec=5, tm_wday=3, tm_yday=2, tm_isdst=-1)",
        "{}",
        "2020-1-2T3:4:5 by %Y-%m-%dT%H:%M:%S"
    );
    assert_eq!(
        show(strptime("Thu Jan  1 00:00:00 1970", "%c")),
        "time.struct_time(tm_year=1970, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=3, tm_yday=1, tm_isdst=-1)",
        "{}",
        "Thu Jan  1 00:00:00 1970 by %c"
    );
    assert_eq!(
        show(strptime("01/02/20", "%x")),
        "time.struct_time(tm_year=2020, tm_mon=1, tm_mday=2, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=3, tm_yday=2, tm_isdst=-1)",
        "{}",
        "01/02/20 by %x"
    );
    assert_eq!(
        show(strptime("5", "%d\n")),
        "ValueError: time data '5' does not match format '%d\\n'",
        "{}",
        "5 by %d\n"
    );
    assert_eq!(show(strptime("00", "%d")), "ValueError: time data '00' does not match format '%d'", "{}", "00 by %d");
    assert_eq!(show(strptime("13", "%m")), "ValueError: unconverted data remains: 3", "{}", "13 by %m");
    assert_eq!(show(strptime("0", "%I")), "ValueError: time data '0' does not match format '%I'", "{}", "0 by %I");
    assert_eq!(show(strptime("", "%Y")), "ValueError: time data '' does not match format '%Y'", "{}", " by %Y");
    assert_eq!(
        show(strptime("2020 200", "%Y %j")),
        "time.struct_time(tm_year=2020, tm_mon=7, tm_mday=18, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=5, tm_yday=200, tm_isdst=-1)",
        "{}",
        "2020 200 by %Y %j"
    );
    assert_eq!(
        show(strptime("", "")),
        "time.struct_time(tm_year=1900, tm_mon=1, tm_mday=1, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=0, tm_yday=1, tm_isdst=-1)",
        "{}",
        " by "
    );
}

#[test]
fn struct_times_are_tuples() -> PyResult {
    let t = gmtime(Some(0.0))?;
    assert_eq!((t.get_item(0)?, t.get_item(-1)?, t.tm_yday), (1970, 0, 1));
    assert_eq!(show(t.get_item(9)), "IndexError: tuple index out of range");
    assert_eq!(repr(&t.slice(None, Some(3))), "(1970, 1, 1)");
    assert_eq!(t, StructTime::new(&(1970, 1, 1, 0, 0, 0, 3, 1, 0)));
    Ok(())
}

#[test]
fn sleeping_refuses_what_cpython_refuses() {
    assert_eq!(show(sleep(-1.0)), "ValueError: sleep length must be non-negative");
    assert_eq!(show(sleep(f64::NAN)), "ValueError: Invalid value NaN (not a number)");
    assert_eq!(show(sleep(f64::INFINITY)), "OverflowError: timestamp out of range for platform time_t");
    assert_eq!(show(sleep(-0.0)), "None");
}

#[test]
fn the_calendar_has_no_gaps() {
    for day in -800_000..800_000 {
        let (year, month, date) = calendar::from_ordinal(day);
        assert_eq!(calendar::ordinal(year, month, date), day);
    }
}
