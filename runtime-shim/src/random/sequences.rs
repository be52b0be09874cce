//! Choosing from sequences and shuffling, by CPython's algorithms.
//!
//! `index` gives a random place in a sequence of a length, `random` a number in [0.0, 1.0).

use std::collections::HashSet;

use super::population::Population;
use crate::iter::Iterable;
use crate::prelude::*;

#[inline]
pub(super) fn choice<P: Population + ?Sized>(index: impl FnOnce(i64) -> i64, seq: &P) -> PyResult<P::Item> {
    let len = seq.size();
    if len == 0 {
        return Err(IndexError::new("Cannot choose from an empty sequence"));
    }
    seq.item(index(len))
}

#[inline]
pub(super) fn shuffle<T: Clone + 'static>(index: impl Fn(i64) -> i64, x: &List<T>) -> PyResult {
    for i in (1..x.len()).rev() {
        let j = index(i + 1);
        let (a, b) = (x.get_item(i)?, x.get_item(j)?);
        x.set_item(i, b)?;
        x.set_item(j, a)?;
    }
    Ok(())
}

/// `k` different places below `len`.
#[inline]
fn places(index: impl Fn(i64) -> i64, len: i64, k: i64) -> PyResult<Vec<i64>> {
    if !(0..=len).contains(&k) {
        return Err(ValueError::new("Sample larger than population or is negative"));
    }
    // CPython takes a copy of the population, unless that is larger than the set that remembers the choices.
    let mut set_size = 21.0;
    if k > 5 {
        set_size += 4.0_f64.powf((((k * 3) as f64).ln() / 4.0_f64.ln()).ceil());
    }
    let mut chosen = Vec::with_capacity(k as usize);
    if len as f64 <= set_size {
        let mut pool: Vec<i64> = (0..len).collect();
        for i in 0..k {
            let j = index(len - i) as usize;
            chosen.push(pool[j]);
            pool[j] = pool[(len - i - 1) as usize];
        }
    } else {
        let mut seen = HashSet::new();
        for _ in 0..k {
            let mut j = index(len);
            while !seen.insert(j) {
                j = index(len);
            }
            chosen.push(j);
        }
    }
    Ok(chosen)
}

#[inline]
pub(super) fn sample<P: Population + ?Sized>(
    index: impl Fn(i64) -> i64,
    population: &P,
    k: i64,
) -> PyResult<List<P::Item>> {
    let places = places(index, population.size(), k)?;
    places.into_iter().map(|place| population.item(place)).collect::<PyResult<Vec<_>>>().map(List::from)
}

#[inline]
pub(super) fn sample_counts<P: Population + ?Sized>(
    index: impl Fn(i64) -> i64,
    population: &P,
    k: i64,
    counts: &impl Iterable<Item = i64>,
) -> PyResult<List<P::Item>> {
    let mut cumulative = Vec::new();
    let mut total = 0;
    for count in counts.items() {
        total += count?;
        cumulative.push(total);
    }
    if cumulative.len() as i64 != population.size() {
        return Err(ValueError::new("The number of counts does not match the population"));
    }
    if total <= 0 {
        return Err(ValueError::new("Total of counts must be greater than zero"));
    }
    cumulative.pop();
    let places = places(index, total, k)?;
    let items = places.into_iter().map(|place| {
        let group = cumulative.partition_point(|end| *end <= place);
        population.item(group as i64)
    });
    items.collect::<PyResult<Vec<_>>>().map(List::from)
}

#[inline]
pub(super) fn choices<P: Population + ?Sized>(
    random: impl Fn() -> f64,
    population: &P,
    k: i64,
) -> PyResult<List<P::Item>> {
    let len = population.size() as f64;
    let items = (0..k).map(|_| {
        if len == 0.0 {
            return Err(IndexError::new("list index out of range"));
        }
        population.item((random() * len).floor() as i64)
    });
    items.collect::<PyResult<Vec<_>>>().map(List::from)
}

#[inline]
pub(super) fn choices_weighted<P: Population + ?Sized>(
    random: impl Fn() -> f64,
    population: &P,
    weights: &impl Iterable<Item = f64>,
    k: i64,
) -> PyResult<List<P::Item>> {
    let mut total = 0.0;
    let mut first = true;
    let sums = weights.items().map(|weight| {
        // -0.0 stays what it is.
        total = if first { weight? } else { total + weight? };
        first = false;
        Ok(total)
    });
    cumulative(random, population, &sums.collect::<PyResult<Vec<f64>>>()?, k)
}

#[inline]
pub(super) fn choices_cumulative<P: Population + ?Sized>(
    random: impl Fn() -> f64,
    population: &P,
    cum_weights: &impl Iterable<Item = f64>,
    k: i64,
) -> PyResult<List<P::Item>> {
    cumulative(random, population, &cum_weights.items().collect::<PyResult<Vec<f64>>>()?, k)
}

#[inline]
fn cumulative<P: Population + ?Sized>(
    random: impl Fn() -> f64,
    population: &P,
    sums: &[f64],
    k: i64,
) -> PyResult<List<P::Item>> {
    if sums.len() as i64 != population.size() {
        return Err(ValueError::new("The number of weights does not match the population"));
    }
    let Some((total, below)) = sums.split_last() else { return Err(IndexError::new("list index out of range")) };
    if *total <= 0.0 {
        return Err(ValueError::new("Total of weights must be greater than zero"));
    }
    if !total.is_finite() {
        return Err(ValueError::new("Total of weights must be finite"));
    }
    let items = (0..k).map(|_| {
        let number = random() * total;
        // The first sum that is above the number.
        let place = below.partition_point(|sum| *sum <= number);
        population.item(place as i64)
    });
    items.collect::<PyResult<Vec<_>>>().map(List::from)
}
