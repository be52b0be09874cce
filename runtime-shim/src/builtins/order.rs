//! What goes by order: `sorted`, `min`, `max`.
use crate::error::PyResult;
use crate::exception::{ExceptionType, TypeError, ValueError};
use crate::iter::Iterable;
use crate::list::List;
use crate::list::sort::{Direction, sort_by_key, sort_items};
use crate::object::{Compare, Object};

/// `sorted(items)`
#[inline]
pub fn sorted<I: Iterable<Item: Compare> + ?Sized>(items: &I) -> PyResult<List<I::Item>> {
    sorted_reverse(items, false)
}

/// `sorted(items, reverse=reverse)`
#[inline]
pub fn sorted_reverse<I: Iterable<Item: Compare> + ?Sized>(items: &I, reverse: bool) -> PyResult<List<I::Item>> {
    let mut items = items.items().collect::<PyResult<Vec<_>>>()?;
    sort_items(&mut items, Direction::of(reverse))?;
    Ok(List::from(items))
}

/// `sorted(items, key=key)`
#[inline]
pub fn sorted_by_key<I, K>(items: &I, key: impl Fn(I::Item) -> PyResult<K>) -> PyResult<List<I::Item>>
where
    I: Iterable<Item: Clone> + ?Sized,
    K: Compare,
{
    sorted_by_key_reverse(items, key, false)
}

/// `sorted(items, key=key, reverse=reverse)`
#[inline]
pub fn sorted_by_key_reverse<I, K>(
    items: &I,
    key: impl Fn(I::Item) -> PyResult<K>,
    reverse: bool,
) -> PyResult<List<I::Item>>
where
    I: Iterable<Item: Clone> + ?Sized,
    K: Compare,
{
    let mut items = items.items().collect::<PyResult<Vec<_>>>()?;
    sort_by_key(&mut items, key, reverse)?;
    Ok(List::from(items))
}

/// The first item that none precedes: `better(item, best)` is asked of each.
#[inline]
fn best<T>(items: impl Iterator<Item = PyResult<T>>, better: impl Fn(&T, &T) -> PyResult<bool>) -> PyResult<Option<T>> {
    let mut best = None;
    for item in items {
        let item = item?;
        match &best {
            Some(best) if !better(&item, best)? => {}
            _ => best = Some(item),
        }
    }
    Ok(best)
}

/// `max(*items)`: one alone would be iterated.
fn several<T: Object>(name: &str, items: &[T]) -> PyResult {
    match items {
        [] => Err(TypeError::new(format!("{name} expected at least 1 argument, got 0"))),
        [one] => Err(TypeError::new(format!("'{}' object is not iterable", one.py_type()))),
        _ => Ok(()),
    }
}

macro_rules! extreme {
    ($name:literal, $less:ident, $plain:ident $or:ident $or_none:ident $by_key:ident $by_key_or:ident $by_key_or_none:ident $of:ident $of_by_key:ident) => {
        #[doc = concat!("`", $name, "(items)`")]
        pub fn $plain<I: Iterable<Item: Compare> + ?Sized>(items: &I) -> PyResult<I::Item> {
            $or_none(items)?.ok_or_else(|| ValueError::new(concat!($name, "() iterable argument is empty")))
        }

        #[doc = concat!("`", $name, "(items, default=default)`")]
        pub fn $or<I: Iterable<Item: Compare> + ?Sized>(items: &I, default: I::Item) -> PyResult<I::Item> {
            Ok($or_none(items)?.unwrap_or(default))
        }

        #[doc = concat!("`", $name, "(items, default=None)`")]
        pub fn $or_none<I: Iterable<Item: Compare> + ?Sized>(items: &I) -> PyResult<Option<I::Item>> {
            best(items.items(), |item, best| item.$less(best))
        }

        #[doc = concat!("`", $name, "(items, key=key)`")]
        pub fn $by_key<I, K>(items: &I, key: impl Fn(I::Item) -> PyResult<K>) -> PyResult<I::Item>
        where
            I: Iterable<Item: Clone> + ?Sized,
            K: Compare,
        {
            $by_key_or_none(items, key)?.ok_or_else(|| ValueError::new(concat!($name, "() iterable argument is empty")))
        }

        #[doc = concat!("`", $name, "(items, key=key, default=default)`")]
        pub fn $by_key_or<I, K>(items: &I, key: impl Fn(I::Item) -> PyResult<K>, default: I::Item) -> PyResult<I::Item>
        where
            I: Iterable<Item: Clone> + ?Sized,
            K: Compare,
        {
            Ok($by_key_or_none(items, key)?.unwrap_or(default))
        }

        #[doc = concat!("`", $name, "(items, key=key, default=None)`")]
        pub fn $by_key_or_none<I, K>(items: &I, key: impl Fn(I::Item) -> PyResult<K>) -> PyResult<Option<I::Item>>
        where
            I: Iterable<Item: Clone> + ?Sized,
            K: Compare,
        {
            let pairs = items.items().map(|item| {
                let item = item?;
                Ok((key(item.clone())?, item))
            });
            Ok(best(pairs, |item, best| item.0.$less(&best.0))?.map(|(_, item)| item))
        }

        #[doc = concat!("`", $name, "(a, b, c)`")]
        pub fn $of<T: Compare>(items: impl IntoIterator<Item = T> + AsRef<[T]>) -> PyResult<T> {
            several($name, items.as_ref())?;
            best(items.into_iter().map(Ok), |item, best| item.$less(best))?
                .ok_or_else(|| ValueError::new(concat!($name, "() iterable argument is empty")))
        }

        #[doc = concat!("`", $name, "(a, b, c, key=key)`")]
        pub fn $of_by_key<T: Clone + Object, K: Compare>(
            items: impl IntoIterator<Item = T> + AsRef<[T]>,
            key: impl Fn(T) -> PyResult<K>,
        ) -> PyResult<T> {
            several($name, items.as_ref())?;
            let pairs = items.into_iter().map(|item| Ok((key(item.clone())?, item)));
            best(pairs, |item, best| item.0.$less(&best.0))?
                .map(|(_, item)| item)
                .ok_or_else(|| ValueError::new(concat!($name, "() iterable argument is empty")))
        }
    };
}
extreme!("max", py_gt, max max_or max_or_none max_by_key max_by_key_or max_by_key_or_none max_of max_of_by_key);
extreme!("min", py_lt, min min_or min_or_none min_by_key min_by_key_or min_by_key_or_none min_of min_of_by_key);

/// `max(a, b)`: the first, unless the second is greater.
#[inline]
pub fn max_float(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

/// `min(a, b)`: the first, unless the second is less.
#[inline]
pub fn min_float(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}
