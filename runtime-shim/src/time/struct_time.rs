//! `time.struct_time`: nine numbers and a zone.

use std::fmt;

use crate::iter::Iterable;
use crate::prelude::*;

/// A moment as fields, as CPython's `struct_time`.
#[derive(Debug, Clone, Default)]
pub struct StructTime {
    /// The year.
    pub tm_year: i64,
    /// 1 to 12.
    pub tm_mon: i64,
    /// 1 to 31.
    pub tm_mday: i64,
    /// 0 to 23.
    pub tm_hour: i64,
    /// 0 to 59.
    pub tm_min: i64,
    /// 0 to 61.
    pub tm_sec: i64,
    /// 0 is Monday.
    pub tm_wday: i64,
    /// 1 to 366.
    pub tm_yday: i64,
    /// 1 with daylight saving, 0 without, -1 unknown.
    pub tm_isdst: i64,
    /// The name of the zone.
    pub tm_zone: Option<Str>,
    /// Seconds east of UTC.
    pub tm_gmtoff: Option<i64>,
}

/// Declares how emitted code reads the fields.
macro_rules! read {
    ($($name:ident: $type:ty),*) => { impl StructTime { $(
        #[doc = concat!("`t.", stringify!($name), "`")]
        pub fn $name(&self) -> $type {
            self.$name.clone()
        }
    )* } };
}

read! {
    tm_year: i64, tm_mon: i64, tm_mday: i64, tm_hour: i64, tm_min: i64, tm_sec: i64, tm_wday: i64, tm_yday: i64,
    tm_isdst: i64, tm_zone: Option<Str>, tm_gmtoff: Option<i64>
}

/// Nine numbers, as a tuple.
pub type Nine = (i64, i64, i64, i64, i64, i64, i64, i64, i64);

impl StructTime {
    /// `struct_time((y, m, d, …))`.
    #[inline]
    pub fn new(fields: &Nine) -> StructTime {
        let [tm_year, tm_mon, tm_mday, tm_hour, tm_min, tm_sec, tm_wday, tm_yday, tm_isdst] = fields.array();
        let (tm_zone, tm_gmtoff) = (None, None);
        StructTime { tm_year, tm_mon, tm_mday, tm_hour, tm_min, tm_sec, tm_wday, tm_yday, tm_isdst, tm_zone, tm_gmtoff }
    }

    /// The nine numbers.
    #[inline]
    pub fn array(&self) -> [i64; 9] {
        [
            self.tm_year,
            self.tm_mon,
            self.tm_mday,
            self.tm_hour,
            self.tm_min,
            self.tm_sec,
            self.tm_wday,
            self.tm_yday,
            self.tm_isdst,
        ]
    }

    /// `t[i]`.
    #[inline]
    pub fn get_item(&self, index: i64) -> PyResult<i64> {
        let place = if index < 0 { index + 9 } else { index };
        let item = usize::try_from(place).ok().and_then(|place| self.array().get(place).copied());
        item.ok_or_else(|| IndexError::new("tuple index out of range"))
    }

    /// `len(t)`
    #[inline]
    pub fn len(&self) -> i64 {
        9
    }

    /// It never is.
    #[inline]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Its items.
    #[inline]
    pub fn iter(&self) -> Iter<i64> {
        Iter::new(self.array().into_iter())
    }

    /// `t[start:stop]`
    #[inline]
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>) -> VarTuple<i64> {
        VarTuple::from(self.array()).slice(start, stop)
    }

    /// The fields in range, as the C library needs them, or CPython's ValueError.
    #[inline]
    pub(super) fn checked(&self) -> PyResult<StructTime> {
        let mut t = self.clone();
        // Zero is taken for one: CPython allows tuples that are only partly filled.
        for field in [&mut t.tm_mon, &mut t.tm_mday, &mut t.tm_yday] {
            if *field == 0 {
                *field = 1;
            }
        }
        let ranges = [
            (t.tm_mon, 1, 12, "month"),
            (t.tm_mday, 1, 31, "day of month"),
            (t.tm_hour, 0, 23, "hour"),
            (t.tm_min, 0, 59, "minute"),
            (t.tm_sec, 0, 61, "seconds"),
            (t.tm_wday, -1, i64::MAX, "day of week"),
            (t.tm_yday, 1, 366, "day of year"),
        ];
        for (field, low, high, name) in ranges {
            if field < low || field > high {
                return Err(ValueError::new(format!("{name} out of range")));
            }
        }
        Ok(t)
    }
}

/// What the functions of `time` take for a struct_time: one, or a tuple of nine numbers.
pub trait TimeTuple {
    /// Its fields.
    fn fields(&self) -> StructTime;
}

impl TimeTuple for StructTime {
    #[inline]
    fn fields(&self) -> StructTime {
        self.clone()
    }
}

impl TimeTuple for Nine {
    #[inline]
    fn fields(&self) -> StructTime {
        StructTime::new(self)
    }
}

trait Array {
    fn array(&self) -> [i64; 9];
}

impl Array for Nine {
    #[inline]
    fn array(&self) -> [i64; 9] {
        let (a, b, c, d, e, f, g, h, i) = *self;
        [a, b, c, d, e, f, g, h, i]
    }
}

impl PartialEq for StructTime {
    #[inline]
    fn eq(&self, other: &StructTime) -> bool {
        self.array() == other.array()
    }
}

impl Eq for StructTime {}

impl PartialOrd for StructTime {
    #[inline]
    fn partial_cmp(&self, other: &StructTime) -> Option<std::cmp::Ordering> {
        Some(self.array().cmp(&other.array()))
    }
}

impl fmt::Display for StructTime {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [year, mon, mday, hour, min, sec, wday, yday, isdst] = self.array();
        write!(
            f,
            "time.struct_time(tm_year={year}, tm_mon={mon}, tm_mday={mday}, tm_hour={hour}, tm_min={min}, \
             tm_sec={sec}, tm_wday={wday}, tm_yday={yday}, tm_isdst={isdst})"
        )
    }
}

impl Object for StructTime {
    #[inline]
    fn py_type(&self) -> &'static str {
        "struct_time"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl Key for StructTime {
    #[inline]
    fn py_eq(&self, other: &StructTime) -> PyResult<bool> {
        Ok(self == other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        VarTuple::from(self.array()).py_hash()
    }
}

impl Compare for StructTime {
    #[inline]
    fn py_lt(&self, other: &StructTime) -> PyResult<bool> {
        Ok(self < other)
    }

    #[inline]
    fn py_le(&self, other: &StructTime) -> PyResult<bool> {
        Ok(self <= other)
    }
}

impl Iterable for StructTime {
    type Item = i64;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<i64>> {
        self.array().into_iter().map(Ok)
    }
}
