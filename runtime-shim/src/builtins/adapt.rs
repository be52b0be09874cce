//! Iterators made of iterables: `map`, `filter`, `zip`, `enumerate`, `reversed`, `iter`, `next`.
use crate::error::PyResult;
use crate::exception::{ExceptionType, StopAsyncIteration, StopIteration, TypeError, ValueError};
use crate::iter::{Iter, Iterable, ToIter};
use crate::object::{Key, Object, Truth};
use crate::value::Value;

/// `iter(x)`
#[inline]
pub fn iter<I: ToIter + ?Sized>(items: &I) -> Iter<I::Item> {
    items.to_iter()
}

/// `iter(function, sentinel)`
#[inline]
pub fn iter_until<T: Key + 'static>(function: impl Fn() -> PyResult<T> + 'static, sentinel: T) -> Iter<T> {
    let mut ended = false;
    let next = move || {
        if ended {
            return None;
        }
        match function().and_then(|item| Ok((item.py_eq(&sentinel)?, item))) {
            Ok((false, item)) => Some(Ok(item)),
            Ok((true, _)) => {
                ended = true;
                None
            }
            Err(error) if error.is::<StopIteration>() => {
                ended = true;
                None
            }
            Err(error) => Some(Err(error)),
        }
    };
    Iter::named("callable_iterator", std::iter::from_fn(next))
}

/// `iter(function, None)`
#[inline]
pub fn iter_until_none<T: 'static>(function: impl Fn() -> PyResult<Option<T>> + 'static) -> Iter<T> {
    let next = move || match function() {
        Err(error) if error.is::<StopIteration>() => None,
        item => item.transpose(),
    };
    Iter::named("callable_iterator", std::iter::from_fn(next).fuse())
}

/// `next(it)`
#[inline]
pub fn next<I: Iterable + ?Sized>(items: &I) -> PyResult<I::Item> {
    items.items().next().unwrap_or_else(|| Err(StopIteration::new(())))
}

/// `next(it, default)`
#[inline]
pub fn next_or<I: Iterable + ?Sized>(items: &I, default: I::Item) -> PyResult<I::Item> {
    items.items().next().unwrap_or(Ok(default))
}

/// `next(it, None)`
#[inline]
pub fn next_or_none<I: Iterable + ?Sized>(items: &I) -> PyResult<Option<I::Item>> {
    items.items().next().transpose()
}

/// `item in items`, of what says by its iteration alone what is in it.
pub fn is_in<T: Key>(item: &T, items: &(impl Iterable<Item = T> + ?Sized)) -> PyResult<bool> {
    for other in items.items() {
        if other?.py_eq(item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `anext(it, default)`
#[inline]
pub async fn anext_or<T>(next: impl Future<Output = PyResult<T>>, default: T) -> PyResult<T> {
    match next.await {
        Err(error) if error.is::<StopAsyncIteration>() => Ok(default),
        outcome => outcome,
    }
}

/// `anext(it, None)`
#[inline]
pub async fn anext_or_none<T>(next: impl Future<Output = PyResult<T>>) -> PyResult<Option<T>> {
    match next.await {
        Err(error) if error.is::<StopAsyncIteration>() => Ok(None),
        outcome => outcome.map(Some),
    }
}

/// `enumerate(items)`
#[inline]
pub fn enumerate<I: ToIter + ?Sized>(items: &I) -> Iter<(i64, I::Item)> {
    enumerate_from(items, 0)
}

/// `enumerate(items, start)`
#[inline]
pub fn enumerate_from<I: ToIter + ?Sized>(items: &I, start: i64) -> Iter<(i64, I::Item)> {
    Iter::named("enumerate", (start..).zip(items.to_iter()).map(|(i, item)| Ok((i, item?))))
}

/// `map(function, items)`
#[inline]
pub fn map<I, R>(function: impl Fn(I::Item) -> PyResult<R> + 'static, items: &I) -> Iter<R>
where
    I: ToIter + ?Sized,
    R: 'static,
{
    Iter::named("map", items.to_iter().map(move |item| function(item?)))
}

/// `map(function, a, b)`
#[inline]
pub fn map2<I, J, R>(function: impl Fn(I::Item, J::Item) -> PyResult<R> + 'static, a: &I, b: &J) -> Iter<R>
where
    I: ToIter + ?Sized,
    J: ToIter + ?Sized,
    R: 'static,
{
    Iter::named("map", a.to_iter().zip(b.to_iter()).map(move |(a, b)| function(a?, b?)))
}

/// `map(function, a, b, c)`
#[inline]
pub fn map3<I, J, K, R>(
    function: impl Fn(I::Item, J::Item, K::Item) -> PyResult<R> + 'static,
    a: &I,
    b: &J,
    c: &K,
) -> Iter<R>
where
    I: ToIter + ?Sized,
    J: ToIter + ?Sized,
    K: ToIter + ?Sized,
    R: 'static,
{
    let items = a.to_iter().zip(b.to_iter()).zip(c.to_iter());
    Iter::named("map", items.map(move |((a, b), c)| function(a?, b?, c?)))
}

/// `filter(function, items)`
#[inline]
pub fn filter<I, R>(function: impl Fn(I::Item) -> PyResult<R> + 'static, items: &I) -> Iter<I::Item>
where
    I: ToIter<Item: Clone> + ?Sized,
    R: Truth,
{
    let keep = move |item: PyResult<I::Item>| match item {
        Ok(item) => match function(item.clone()) {
            Ok(keep) => keep.truthy().then_some(Ok(item)),
            Err(error) => Some(Err(error)),
        },
        Err(error) => Some(Err(error)),
    };
    Iter::named("filter", items.to_iter().filter_map(keep))
}

/// `filter(None, items)`
#[inline]
pub fn filter_true<I: ToIter<Item: Truth> + ?Sized>(items: &I) -> Iter<I::Item> {
    Iter::named("filter", items.to_iter().filter(|item| item.as_ref().map_or(true, Truth::truthy)))
}

/// `zip(a)`
#[inline]
pub fn zip1<I: ToIter + ?Sized>(a: &I) -> Iter<(I::Item,)> {
    Iter::named("zip", a.to_iter().map(|a| Ok((a?,))))
}

/// `zip(a, b)`
#[inline]
pub fn zip2<I: ToIter + ?Sized, J: ToIter + ?Sized>(a: &I, b: &J) -> Iter<(I::Item, J::Item)> {
    Iter::named("zip", a.to_iter().zip(b.to_iter()).map(|(a, b)| Ok((a?, b?))))
}

/// `zip(a, b, c)`
#[inline]
pub fn zip3<I, J, K>(a: &I, b: &J, c: &K) -> Iter<(I::Item, J::Item, K::Item)>
where
    I: ToIter + ?Sized,
    J: ToIter + ?Sized,
    K: ToIter + ?Sized,
{
    let items = a.to_iter().zip(b.to_iter()).zip(c.to_iter());
    Iter::named("zip", items.map(|((a, b), c)| Ok((a?, b?, c?))))
}

/// An item of each.
type Four<I, J, K, L> = (<I as Iterable>::Item, <J as Iterable>::Item, <K as Iterable>::Item, <L as Iterable>::Item);

/// `zip(a, b, c, d)`
#[inline]
pub fn zip4<I, J, K, L>(a: &I, b: &J, c: &K, d: &L) -> Iter<Four<I, J, K, L>>
where
    I: ToIter + ?Sized,
    J: ToIter + ?Sized,
    K: ToIter + ?Sized,
    L: ToIter + ?Sized,
{
    let items = a.to_iter().zip(b.to_iter()).zip(c.to_iter()).zip(d.to_iter());
    Iter::named("zip", items.map(|(((a, b), c), d)| Ok((a?, b?, c?, d?))))
}

/// `zip(a, b, strict=strict)`
#[inline]
pub fn zip2_strict<I: ToIter + ?Sized, J: ToIter + ?Sized>(a: &I, b: &J, strict: bool) -> Iter<(I::Item, J::Item)> {
    if !strict {
        return zip2(a, b);
    }
    let (a, b) = (a.to_iter(), b.to_iter());
    let next = move || match (a.step(), b.step()) {
        (Some(Ok(a)), Some(Ok(b))) => Some(Ok((a, b))),
        (Some(Err(error)), _) | (_, Some(Err(error))) => Some(Err(error)),
        (None, None) => None,
        (Some(_), None) => Some(Err(ValueError::new("zip() argument 2 is shorter than argument 1"))),
        (None, Some(_)) => Some(Err(ValueError::new("zip() argument 2 is longer than argument 1"))),
    };
    Iter::named("zip", std::iter::from_fn(next))
}

/// `zip(a, b, c, strict=strict)`
#[inline]
pub fn zip3_strict<I, J, K>(a: &I, b: &J, c: &K, strict: bool) -> Iter<(I::Item, J::Item, K::Item)>
where
    I: ToIter + ?Sized,
    J: ToIter + ?Sized,
    K: ToIter + ?Sized,
{
    if !strict {
        return zip3(a, b, c);
    }
    let (a, b, c) = (a.to_iter(), b.to_iter(), c.to_iter());
    let next = move || {
        let wrong = |text: &str| Some(Err(ValueError::new(format!("zip() {text}"))));
        match (a.step(), b.step(), c.step()) {
            (Some(Ok(a)), Some(Ok(b)), Some(Ok(c))) => Some(Ok((a, b, c))),
            (Some(Err(error)), ..) | (_, Some(Err(error)), _) | (.., Some(Err(error))) => Some(Err(error)),
            (None, None, None) => None,
            (Some(_), None, _) => wrong("argument 2 is shorter than argument 1"),
            (Some(_), Some(_), None) => wrong("argument 3 is shorter than arguments 1-2"),
            (None, Some(_), _) => wrong("argument 2 is longer than argument 1"),
            (None, None, Some(_)) => wrong("argument 3 is longer than arguments 1-2"),
        }
    };
    Iter::named("zip", std::iter::from_fn(next))
}

/// What has an order to turn round.
pub trait Reversible {
    /// What it gives.
    type Item;
    /// `reversed(self)`
    fn backwards(&self) -> Iter<Self::Item>;
}

macro_rules! reversible {
    ($([$($bound:tt)*] $type:ty => $item:ty;)*) => {$(
        impl<$($bound)*> Reversible for $type {
            type Item = $item;

            #[inline]
            fn backwards(&self) -> Iter<$item> {
                self.reversed()
            }
        }
    )*};
}
reversible! {
    [T: Clone + 'static] crate::list::List<T> => T;
    [T: Clone + 'static] crate::tuple::VarTuple<T> => T;
    [T: Clone + 'static] crate::collections::Deque<T> => T;
    [] crate::text::Str => crate::text::Str;
    [] crate::range::Range => i64;
    [K: crate::object::Key + Clone, V: Clone + 'static] crate::dict::Dict<K, V> => K;
    [K: crate::object::Key + Clone, V: Clone + 'static, P: crate::dict::Part<K, V>] crate::dict::View<K, V, P> => P::Item;
}

impl Reversible for std::ops::Range<i64> {
    type Item = i64;

    #[inline]
    fn backwards(&self) -> Iter<i64> {
        Iter::named("range_iterator", self.clone().rev().map(Ok))
    }
}

/// `reversed(x)`
#[inline]
pub fn reversed<I: Reversible + ?Sized>(items: &I) -> Iter<I::Item> {
    items.backwards()
}

/// `reversed(x)`, the type of `x` not being known.
#[inline]
pub fn reversed_value(items: &Value) -> PyResult<Iter<Value>> {
    items.reversed().ok_or_else(|| TypeError::new(format!("'{}' object is not reversible", items.py_type())))
}
