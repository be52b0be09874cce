//! `heapq`: a list as a heap, compared as CPython compares, in the same order.

use crate::iter::Iterable;
use crate::prelude::*;

/// `heappush(heap, item)`
#[inline]
pub fn heappush<T: Compare + Clone>(heap: &List<T>, item: T) -> PyResult {
    heap.append(item);
    sift_down(heap, 0, heap.len() - 1)
}

/// `heappop(heap)`
#[inline]
pub fn heappop<T: Compare + Clone>(heap: &List<T>) -> PyResult<T> {
    if heap.is_empty() {
        return Err(IndexError::new("index out of range"));
    }
    let last = heap.pop()?;
    if heap.is_empty() { Ok(last) } else { exchange(heap, last) }
}

/// `heapreplace(heap, item)`
#[inline]
pub fn heapreplace<T: Compare + Clone>(heap: &List<T>, item: T) -> PyResult<T> {
    if heap.is_empty() {
        return Err(IndexError::new("index out of range"));
    }
    exchange(heap, item)
}

/// `heappushpop(heap, item)`
#[inline]
pub fn heappushpop<T: Compare + Clone>(heap: &List<T>, item: T) -> PyResult<T> {
    if heap.is_empty() || !heap.get_item(0)?.py_lt(&item)? { Ok(item) } else { exchange(heap, item) }
}

/// `heapify(heap)`
#[inline]
pub fn heapify<T: Compare + Clone>(heap: &List<T>) -> PyResult {
    (0..heap.len() / 2).rev().try_for_each(|place| sift_up(heap, place))
}

/// Takes the first item out and puts another one in its place.
#[inline]
fn exchange<T: Compare + Clone>(heap: &List<T>, item: T) -> PyResult<T> {
    let first = heap.get_item(0)?;
    heap.set_item(0, item)?;
    sift_up(heap, 0)?;
    Ok(first)
}

/// Moves the item at `place` towards the start until its parent is not greater.
#[inline]
fn sift_down<T: Compare + Clone>(heap: &List<T>, start: i64, mut place: i64) -> PyResult {
    let item = heap.get_item(place)?;
    while place > start {
        let above = (place - 1) / 2;
        let parent = heap.get_item(above)?;
        if !item.py_lt(&parent)? {
            break;
        }
        heap.set_item(place, parent)?;
        heap.set_item(above, item.clone())?;
        place = above;
    }
    Ok(())
}

/// Moves smaller children up to a leaf, then the item down from there: fewer comparisons than stopping early.
#[inline]
fn sift_up<T: Compare + Clone>(heap: &List<T>, start: i64) -> PyResult {
    let end = heap.len();
    let (mut place, item) = (start, heap.get_item(start)?);
    let mut child = 2 * place + 1;
    while child < end {
        let right = child + 1;
        if right < end && !heap.get_item(child)?.py_lt(&heap.get_item(right)?)? {
            child = right;
        }
        heap.set_item(place, heap.get_item(child)?)?;
        place = child;
        child = 2 * place + 1;
    }
    heap.set_item(place, item)?;
    sift_down(heap, start, place)
}

/// `nsmallest(n, iterable)`
#[inline]
pub fn nsmallest<T: Compare + Clone>(n: i64, iterable: &impl Iterable<Item = T>) -> PyResult<List<T>> {
    let all: List<T> = List::from(iterable.items().collect::<PyResult<Vec<T>>>()?);
    all.sort()?;
    Ok(all.slice(None, Some(n.max(0))))
}

/// `nsmallest(n, iterable, key)`
#[inline]
pub fn nsmallest_by_key<T: Clone + 'static, K: Compare>(
    n: i64,
    iterable: &impl Iterable<Item = T>,
    key: impl Fn(T) -> PyResult<K>,
) -> PyResult<List<T>> {
    let all: List<T> = List::from(iterable.items().collect::<PyResult<Vec<T>>>()?);
    all.sort_by_key_reverse(key, false)?;
    Ok(all.slice(None, Some(n.max(0))))
}

/// `nlargest(n, iterable)`
#[inline]
pub fn nlargest<T: Compare + Clone>(n: i64, iterable: &impl Iterable<Item = T>) -> PyResult<List<T>> {
    let all: List<T> = List::from(iterable.items().collect::<PyResult<Vec<T>>>()?);
    all.sort_reverse(true)?;
    Ok(all.slice(None, Some(n.max(0))))
}

/// `nlargest(n, iterable, key)`
#[inline]
pub fn nlargest_by_key<T: Clone + 'static, K: Compare>(
    n: i64,
    iterable: &impl Iterable<Item = T>,
    key: impl Fn(T) -> PyResult<K>,
) -> PyResult<List<T>> {
    let all: List<T> = List::from(iterable.items().collect::<PyResult<Vec<T>>>()?);
    all.sort_by_key_reverse(key, true)?;
    Ok(all.slice(None, Some(n.max(0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heap_is_cpythons_to_the_place() -> PyResult {
        let heap = List::from([5, 1, 8, 3, 9, 2, 7]);
        heapify(&heap)?;
        assert_eq!(repr(&heap), "[1, 3, 2, 5, 9, 8, 7]");
        heappush(&heap, 0)?;
        assert_eq!(repr(&heap), "[0, 1, 2, 3, 9, 8, 7, 5]");
        assert_eq!((heappop(&heap)?, heapreplace(&heap, 6)?, heappushpop(&heap, 4)?), (0, 1, 2));
        assert_eq!(repr(&heap), "[3, 4, 6, 5, 9, 8, 7]");
        let xs = List::from([4, 1, 3]);
        assert_eq!((repr(&nsmallest(2, &xs)?), repr(&nlargest(2, &xs)?)), (Str::from("[1, 3]"), Str::from("[4, 3]")));
        let empty = heappop(&List::<i64>::new()).err().map(|error| error.to_string());
        assert_eq!(empty.as_deref(), Some("index out of range"));
        Ok(())
    }
}
