//! Indices and slices: where `x[i]`, `x[a:b]` and `x[a:b:c]` point in a sequence of some length.
use crate::error::PyResult;
use crate::exception::{ExceptionType, ValueError};

/// The place of an index, from the end when negative; `None`: out of range.
#[inline]
pub fn position(index: i64, len: usize) -> Option<usize> {
    let at = if index < 0 { index.wrapping_add(len as i64) } else { index };
    usize::try_from(at).ok().filter(|&at| at < len)
}

/// An end of a slice, brought into `0..=len`.
#[inline]
pub fn clamp(index: i64, len: usize) -> usize {
    let at = if index < 0 { index.saturating_add(len as i64).max(0) } else { index };
    (at as usize).min(len)
}

/// The ends of `[start:stop]`; an empty slice when the first is not before the second.
#[inline]
pub fn bounds(start: Option<i64>, stop: Option<i64>, len: usize) -> (usize, usize) {
    (start.map_or(0, |start| clamp(start, len)), stop.map_or(len, |stop| clamp(stop, len)))
}

/// The places of `[start:stop:step]`, in order.
#[inline]
pub fn stepped(start: Option<i64>, stop: Option<i64>, step: Option<i64>, len: usize) -> PyResult<Places> {
    let (start, count, step) = indices(start, stop, step, len)?;
    Ok(Places { at: start, left: count, step })
}

/// The places that a slice names, in order.
pub struct Places {
    at: i64,
    left: usize,
    step: i64,
}

impl Iterator for Places {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        self.left = self.left.checked_sub(1)?;
        let at = self.at;
        self.at = at.wrapping_add(self.step);
        Some(at as usize)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Places {}

/// First place, number of places and step of `[start:stop:step]`.
#[inline]
pub fn indices(start: Option<i64>, stop: Option<i64>, step: Option<i64>, len: usize) -> PyResult<(i64, usize, i64)> {
    let step = step.unwrap_or(1);
    let len = len as i64;
    let fit =
        |index: i64, low: i64, high: i64| if index < 0 { index.saturating_add(len).max(low) } else { index.min(high) };
    let (start, stop) = match step {
        0 => return Err(ValueError::new("slice step cannot be zero")),
        1.. => (start.map_or(0, |start| fit(start, 0, len)), stop.map_or(len, |stop| fit(stop, 0, len))),
        _ => (start.map_or(len - 1, |start| fit(start, -1, len - 1)), stop.map_or(-1, |stop| fit(stop, -1, len - 1))),
    };
    let distance = if step > 0 { stop - start } else { start - stop };
    let count = if distance <= 0 { 0 } else { (distance - 1) / step.saturating_abs() + 1 };
    Ok((start, count as usize, step))
}
