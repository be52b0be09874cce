//! `itertools`: iterators from iterators, each lazy.

use crate::iter::ToIter;
use crate::prelude::*;

mod combinatorics;
mod grouping;
mod joining;

pub use combinatorics::{
    combinations, combinations_with_replacement, permutations, permutations_of, product_repeat, product1, product2,
    product3, product4,
};
pub use grouping::{batched, groupby, groupby_key, pairwise, tee, tee_of};
pub use joining::{
    chain, chain1, chain2, chain3, from_iterable, zip_longest2, zip_longest2_fill, zip_longest3, zip_longest3_fill,
};

/// `count(start, step)` of integers.
#[inline]
pub fn count(start: i64, step: i64) -> Iter<i64> {
    let mut next = start;
    Iter::named(
        "count",
        std::iter::repeat_with(move || {
            let item = next;
            next += step;
            Ok(item)
        }),
    )
}

/// `count(start, step)` of floats.
#[inline]
pub fn count_float(start: f64, step: f64) -> Iter<f64> {
    let mut next = start;
    Iter::named(
        "count",
        std::iter::repeat_with(move || {
            let item = next;
            next += step;
            Ok(item)
        }),
    )
}

/// `cycle(iterable)`: its items, then the same items again, for ever.
#[inline]
pub fn cycle<T: Clone + 'static>(iterable: &impl ToIter<Item = T>) -> Iter<T> {
    let (mut source, mut saved, mut place) = (Some(iterable.to_iter()), Vec::new(), 0);
    Iter::named(
        "cycle",
        std::iter::from_fn(move || {
            if let Some(items) = &source {
                match items.step() {
                    Some(Ok(item)) => {
                        saved.push(item.clone());
                        return Some(Ok(item));
                    }
                    Some(Err(error)) => return Some(Err(error)),
                    None => source = None,
                }
            }
            let item = saved.get(place)?.clone();
            place = (place + 1) % saved.len();
            Some(Ok(item))
        }),
    )
}

/// `repeat(object, times)`
#[inline]
pub fn repeat<T: Clone + 'static>(object: T, times: i64) -> Iter<T> {
    Iter::named("repeat", (0..times).map(move |_| Ok(object.clone())))
}

/// `repeat(object)`, for ever.
#[inline]
pub fn repeat_forever<T: Clone + 'static>(object: T) -> Iter<T> {
    Iter::named("repeat", std::iter::repeat_with(move || Ok(object.clone())))
}

/// `islice(iterable, stop)`
#[inline]
pub fn islice<T: 'static>(iterable: &impl ToIter<Item = T>, stop: Option<i64>) -> PyResult<Iter<T>> {
    if stop.is_some_and(|stop| stop < 0) {
        let message = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
        return Err(ValueError::new(message));
    }
    islice_from(iterable, None, stop, None)
}

/// `islice(iterable, start, stop, step)`
#[inline]
pub fn islice_from<T: 'static>(
    iterable: &impl ToIter<Item = T>,
    start: Option<i64>,
    stop: Option<i64>,
    step: Option<i64>,
) -> PyResult<Iter<T>> {
    if start.is_some_and(|start| start < 0) || stop.is_some_and(|stop| stop < 0) {
        return Err(ValueError::new("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."));
    }
    if step.is_some_and(|step| step < 1) {
        return Err(ValueError::new("Step for islice() must be a positive integer or None."));
    }
    let (stop, step) = (stop.unwrap_or(i64::MAX), step.unwrap_or(1));
    let (mut source, mut place, mut next) = (Some(iterable.to_iter()), 0, start.unwrap_or(0));
    let items = std::iter::from_fn(move || {
        // At the end, what stands before `stop` is used up, as by CPython, and no more.
        let end = next.min(stop);
        let items = source.as_ref()?;
        while place < end {
            place += 1;
            match items.step() {
                Some(Ok(_)) => {}
                Some(Err(error)) => return Some(Err(error)),
                None => {
                    source = None;
                    return None;
                }
            }
        }
        if next >= stop {
            source = None;
            return None;
        }
        place += 1;
        next = next.saturating_add(step);
        let item = items.step();
        if item.is_none() {
            source = None;
        }
        item
    });
    Ok(Iter::named("islice", items))
}

/// `takewhile(predicate, iterable)`
#[inline]
pub fn takewhile<T: Clone + 'static, R: Truth>(
    predicate: impl Fn(T) -> PyResult<R> + 'static,
    iterable: &impl ToIter<Item = T>,
) -> Iter<T> {
    let (source, mut ended) = (iterable.to_iter(), false);
    Iter::named(
        "takewhile",
        std::iter::from_fn(move || {
            if ended {
                return None;
            }
            let item = source.step()?;
            match item.and_then(|item| Ok((predicate(item.clone())?.truthy(), item))) {
                Ok((true, item)) => Some(Ok(item)),
                Ok((false, _)) => {
                    ended = true;
                    None
                }
                Err(error) => Some(Err(error)),
            }
        }),
    )
}

/// `dropwhile(predicate, iterable)`
#[inline]
pub fn dropwhile<T: Clone + 'static, R: Truth>(
    predicate: impl Fn(T) -> PyResult<R> + 'static,
    iterable: &impl ToIter<Item = T>,
) -> Iter<T> {
    let (source, mut started) = (iterable.to_iter(), false);
    Iter::named(
        "dropwhile",
        std::iter::from_fn(move || {
            loop {
                let item = match source.step()? {
                    Ok(item) if started => return Some(Ok(item)),
                    Ok(item) => item,
                    Err(error) => return Some(Err(error)),
                };
                match predicate(item.clone()) {
                    Ok(result) if result.truthy() => {}
                    Ok(_) => {
                        started = true;
                        return Some(Ok(item));
                    }
                    Err(error) => return Some(Err(error)),
                }
            }
        }),
    )
}

/// `filterfalse(predicate, iterable)`
#[inline]
pub fn filterfalse<T: Clone + 'static, R: Truth>(
    predicate: impl Fn(T) -> PyResult<R> + 'static,
    iterable: &impl ToIter<Item = T>,
) -> Iter<T> {
    let items = iterable.to_iter().filter_map(move |item| match item {
        Ok(item) => match predicate(item.clone()) {
            Ok(result) => (!result.truthy()).then_some(Ok(item)),
            Err(error) => Some(Err(error)),
        },
        Err(error) => Some(Err(error)),
    });
    Iter::named("filterfalse", items)
}

/// `filterfalse(None, iterable)`: the items that are false.
#[inline]
pub fn filterfalse_true<T: Truth + 'static>(iterable: &impl ToIter<Item = T>) -> Iter<T> {
    let items = iterable.to_iter().filter(|item| !item.as_ref().is_ok_and(Truth::truthy));
    Iter::named("filterfalse", items)
}

/// `compress(data, selectors)`: the items whose selector is true.
#[inline]
pub fn compress<T: 'static, S: Truth + 'static>(
    data: &impl ToIter<Item = T>,
    selectors: &impl ToIter<Item = S>,
) -> Iter<T> {
    let (data, selectors) = (data.to_iter(), selectors.to_iter());
    Iter::named(
        "compress",
        std::iter::from_fn(move || {
            loop {
                let item = match data.step()? {
                    Ok(item) => item,
                    Err(error) => return Some(Err(error)),
                };
                match selectors.step()? {
                    Ok(selector) if selector.truthy() => return Some(Ok(item)),
                    Ok(_) => {}
                    Err(error) => return Some(Err(error)),
                }
            }
        }),
    )
}

/// `starmap(function, iterable)` over pairs.
#[inline]
pub fn starmap2<A: 'static, B: 'static, R: 'static>(
    function: impl Fn(A, B) -> PyResult<R> + 'static,
    iterable: &impl ToIter<Item = (A, B)>,
) -> Iter<R> {
    let items = iterable.to_iter().map(move |item| item.and_then(|(a, b)| function(a, b)));
    Iter::named("starmap", items)
}

/// `starmap(function, iterable)` over triples.
#[inline]
pub fn starmap3<A: 'static, B: 'static, C: 'static, R: 'static>(
    function: impl Fn(A, B, C) -> PyResult<R> + 'static,
    iterable: &impl ToIter<Item = (A, B, C)>,
) -> Iter<R> {
    let items = iterable.to_iter().map(move |item| item.and_then(|(a, b, c)| function(a, b, c)));
    Iter::named("starmap", items)
}

/// `accumulate(iterable)` of what `+` adds.
#[inline]
pub fn accumulate<T: Clone + std::ops::Add<Output = T> + 'static>(iterable: &impl ToIter<Item = T>) -> Iter<T> {
    accumulate_by(iterable, |total, item| Ok(total + item))
}

/// `accumulate(iterable)` of texts.
#[inline]
pub fn accumulate_str(iterable: &impl ToIter<Item = Str>) -> Iter<Str> {
    accumulate_by(iterable, |total: Str, item: Str| Ok(total.concat(&item)))
}

/// `accumulate(iterable, function)`
#[inline]
pub fn accumulate_by<T: Clone + 'static>(
    iterable: &impl ToIter<Item = T>,
    function: impl Fn(T, T) -> PyResult<T> + 'static,
) -> Iter<T> {
    let (source, mut total) = (iterable.to_iter(), None);
    Iter::named(
        "accumulate",
        source.map(move |item| {
            let new = match total.take() {
                None => item?,
                Some(total) => function(total, item?)?,
            };
            total = Some(new.clone());
            Ok(new)
        }),
    )
}

/// `accumulate(iterable, function, initial=…)`
#[inline]
pub fn accumulate_from<T: 'static, R: Clone + 'static>(
    iterable: &impl ToIter<Item = T>,
    function: impl Fn(R, T) -> PyResult<R> + 'static,
    initial: R,
) -> Iter<R> {
    let (source, mut total) = (iterable.to_iter(), initial.clone());
    let rest = source.map(move |item| {
        total = function(total.clone(), item?)?;
        Ok(total.clone())
    });
    Iter::named("accumulate", std::iter::once(Ok(initial)).chain(rest))
}

#[cfg(test)]
mod tests;
