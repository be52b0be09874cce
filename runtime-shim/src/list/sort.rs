//! Sorting: stable, in CPython's order, by comparisons that may raise.
use super::List;
use crate::error::PyResult;
use crate::exception::{ExceptionType, ValueError};
use crate::object::Compare;

/// The longest list that is sorted by insertion alone, as CPython does; there its order shows even when `<` is no order.
const SHORT: usize = 64;

/// Which way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Up,
    Down,
}

impl Direction {
    #[inline]
    pub(crate) fn of(reverse: bool) -> Direction {
        if reverse { Direction::Down } else { Direction::Up }
    }
}

/// Sorts by `<`.
#[inline]
pub(crate) fn sort_items<T: Compare>(items: &mut Vec<T>, direction: Direction) -> PyResult {
    if !T::ALIKE {
        return sort(items, |item| item, direction);
    }
    items.sort_unstable_by(T::py_cmp);
    if direction == Direction::Down {
        items.reverse();
    }
    Ok(())
}

/// Sorts by `<` of what `key` finds in each item.
#[inline]
pub(crate) fn sort<T, K: Compare>(items: &mut Vec<T>, key: impl Fn(&T) -> &K, direction: Direction) -> PyResult {
    // Reversed before and after: equal items keep their order.
    if direction == Direction::Down {
        items.reverse();
    }
    let outcome = if K::TOTAL {
        items.sort_by(|a, b| key(a).py_cmp(key(b)));
        Ok(())
    } else {
        by_less(items, &mut |a, b| key(a).py_lt(key(b)))
    };
    if direction == Direction::Down {
        items.reverse();
    }
    outcome
}

type Less<'a, T> = &'a mut dyn FnMut(&T, &T) -> PyResult<bool>;

/// Insertion for short runs, merging above; on an exception the items are all there, in some order.
#[inline]
fn by_less<T>(items: &mut Vec<T>, less: Less<'_, T>) -> PyResult {
    if items.len() < SHORT {
        return insertion(items, less);
    }
    let mut right = items.split_off(items.len() / 2);
    let mut outcome = by_less(items, less);
    if outcome.is_ok() {
        outcome = by_less(&mut right, less);
    }
    if outcome.is_err() {
        items.append(&mut right);
        return outcome;
    }
    merge(items, right, less)
}

#[inline]
fn merge<T>(items: &mut Vec<T>, right: Vec<T>, less: Less<'_, T>) -> PyResult {
    let mut outcome = Ok(());
    let mut left = std::mem::take(items).into_iter().peekable();
    let mut right = right.into_iter().peekable();
    items.reserve(left.len() + right.len());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let from_right = match less(b, a) {
            Ok(from_right) => from_right,
            Err(error) => {
                outcome = Err(error);
                break;
            }
        };
        items.extend(if from_right { right.next() } else { left.next() });
    }
    items.extend(left);
    items.extend(right);
    outcome
}

/// As CPython: the run that is there already (turned round when it falls), then binary insertion.
#[inline]
fn insertion<T>(items: &mut [T], less: Less<'_, T>) -> PyResult {
    let len = items.len();
    if len < 2 {
        return Ok(());
    }
    let mut run = 2;
    if less(&items[1], &items[0])? {
        while run < len && less(&items[run], &items[run - 1])? {
            run += 1;
        }
        items[..run].reverse();
    } else {
        while run < len && !less(&items[run], &items[run - 1])? {
            run += 1;
        }
    }
    for at in run..len {
        let (mut low, mut high) = (0, at);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(&items[at], &items[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        items[low..=at].rotate_right(1);
    }
    Ok(())
}

/// Sorts by keys that were computed before.
#[inline]
pub(crate) fn sort_by_key<T: Clone, K: Compare>(
    items: &mut Vec<T>,
    key: impl Fn(T) -> PyResult<K>,
    reverse: bool,
) -> PyResult {
    let keys = items.iter().map(|item| key(item.clone())).collect::<PyResult<Vec<K>>>()?;
    let mut pairs: Vec<(K, T)> = keys.into_iter().zip(std::mem::take(items)).collect();
    let outcome = sort(&mut pairs, |pair| &pair.0, Direction::of(reverse));
    items.extend(pairs.into_iter().map(|(_, item)| item));
    outcome
}

impl<T: Compare + Clone> List<T> {
    /// `xs.sort()`
    #[inline]
    pub fn sort(&self) -> PyResult {
        self.sort_reverse(false)
    }

    /// `xs.sort(reverse=reverse)`
    #[inline]
    pub fn sort_reverse(&self, reverse: bool) -> PyResult {
        self.sort_with(|items| sort_items(items, Direction::of(reverse)))
    }
}

impl<T: Clone + 'static> List<T> {
    /// `xs.sort(key=key)`
    #[inline]
    pub fn sort_by_key<K: Compare>(&self, key: impl Fn(T) -> PyResult<K>) -> PyResult {
        self.sort_by_key_reverse(key, false)
    }

    /// `xs.sort(key=key, reverse=reverse)`
    #[inline]
    pub fn sort_by_key_reverse<K: Compare>(&self, key: impl Fn(T) -> PyResult<K>, reverse: bool) -> PyResult {
        self.sort_with(|items| sort_by_key(items, key, reverse))
    }

    /// While it is sorted a list looks empty, as on CPython.
    #[inline]
    fn sort_with(&self, sort: impl FnOnce(&mut Vec<T>) -> PyResult) -> PyResult {
        let mut items = self.replace(Vec::new());
        let outcome = sort(&mut items);
        let meanwhile = self.replace(items);
        let modified = !meanwhile.is_empty();
        drop(meanwhile);
        outcome?;
        if modified { Err(ValueError::new("list modified during sort")) } else { Ok(()) }
    }
}
