//! `datetime`: dates, times of day, moments, durations and fixed zones.
mod date;
mod delta;
mod iso;
mod moment;
mod parts;
mod zone;

pub use date::Date;
pub use delta::TimeDelta;
pub use moment::DateTime;
pub use parts::Time;
pub use zone::TimeZone;

/// `datetime.MINYEAR`
pub const MINYEAR: i64 = 1;
/// `datetime.MAXYEAR`
pub const MAXYEAR: i64 = 9999;
/// Microseconds of a second.
pub(crate) const SECOND: i64 = 1_000_000;
/// Microseconds of a day.
pub(crate) const DAY: i64 = 86_400 * SECOND;

/// What a class of the library is as a value: equality, hash, order and texts.
macro_rules! value {
    ($type:ident: $name:literal, |$this:ident, $other:ident| $compare:expr, $hash:expr) => {
        impl $crate::object::Object for $type {
            fn py_type(&self) -> &'static str {
                $name
            }

            #[inline]
            fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
                out.write_str(&self.repr())
            }

            fn has_own_text() -> bool {
                true
            }

            #[inline]
            fn py_str(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
                out.write_str(&self.text())
            }

            #[inline]
            fn py_bool(&self) -> bool {
                self.truth()
            }

            #[inline]
            fn py_format(&self, spec: &str) -> $crate::error::PyResult<$crate::text::Str> {
                self.formatted(spec)
            }
        }

        impl PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                let ($this, $other) = (self, other);
                $compare.is_ok_and(|order| order.is_eq())
            }
        }

        impl $crate::object::Key for $type {
            const PLAIN: bool = true;

            #[inline]
            fn py_eq(&self, other: &Self) -> $crate::error::PyResult<bool> {
                Ok(self == other)
            }

            #[inline]
            fn py_hash(&self) -> $crate::error::PyResult<i64> {
                let $this = self;
                $crate::object::Key::py_hash(&$hash)
            }
        }

        impl $crate::object::Compare for $type {
            #[inline]
            fn py_lt(&self, other: &Self) -> $crate::error::PyResult<bool> {
                let ($this, $other) = (self, other);
                $compare.map(std::cmp::Ordering::is_lt)
            }

            #[inline]
            fn py_le(&self, other: &Self) -> $crate::error::PyResult<bool> {
                let ($this, $other) = (self, other);
                $compare.map(std::cmp::Ordering::is_le)
            }
        }

        impl From<$type> for $crate::value::Value {
            #[inline]
            fn from(value: $type) -> $crate::value::Value {
                $crate::value::Value::object(value)
            }
        }
    };
}
pub(crate) use value;
