//! `bisect`: places in sorted lists.

use crate::prelude::*;

#[inline]
fn search<T: Clone + 'static>(
    a: &List<T>,
    lo: i64,
    hi: Option<i64>,
    is_right: impl Fn(T) -> PyResult<bool>,
) -> PyResult<i64> {
    if lo < 0 {
        return Err(ValueError::new("lo must be non-negative"));
    }
    let (mut lo, mut hi) = (lo, hi.unwrap_or_else(|| a.len()));
    while lo < hi {
        let middle = lo + (hi - lo) / 2;
        if is_right(a.get_item(middle)?)? {
            lo = middle + 1;
        } else {
            hi = middle;
        }
    }
    Ok(lo)
}

/// `bisect_left(a, x, lo, hi)`
#[inline]
pub fn bisect_left<T: Compare + Clone>(a: &List<T>, x: &T, lo: i64, hi: Option<i64>) -> PyResult<i64> {
    search(a, lo, hi, |item| item.py_lt(x))
}

/// `bisect_right(a, x, lo, hi)`
#[inline]
pub fn bisect_right<T: Compare + Clone>(a: &List<T>, x: &T, lo: i64, hi: Option<i64>) -> PyResult<i64> {
    search(a, lo, hi, |item| x.py_lt(&item).map(|less| !less))
}

/// `insort_left(a, x, lo, hi)`
#[inline]
pub fn insort_left<T: Compare + Clone>(a: &List<T>, x: T, lo: i64, hi: Option<i64>) -> PyResult {
    let place = bisect_left(a, &x, lo, hi)?;
    a.insert(place, x);
    Ok(())
}

/// `insort_right(a, x, lo, hi)`
#[inline]
pub fn insort_right<T: Compare + Clone>(a: &List<T>, x: T, lo: i64, hi: Option<i64>) -> PyResult {
    let place = bisect_right(a, &x, lo, hi)?;
    a.insert(place, x);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_a_sorted_list() -> PyResult {
        let a = List::from([1, 2, 2, 4]);
        assert_eq!((bisect_left(&a, &2, 0, None)?, bisect_right(&a, &2, 0, None)?), (1, 3));
        assert_eq!(bisect_right(&a, &9, 0, Some(2))?, 2);
        insort_right(&a, 3, 0, None)?;
        assert_eq!(repr(&a), "[1, 2, 2, 3, 4]");
        let refused = bisect_left(&a, &2, -1, None).err().map(|error| error.to_string());
        assert_eq!(refused.as_deref(), Some("lo must be non-negative"));
        Ok(())
    }
}
