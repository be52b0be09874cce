//! `statistics`: exact sums of numbers, and what is made of them.
use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::exception::builtin::class;
use crate::iter::Iterable;
use crate::math;
use crate::prelude::*;

mod fraction;

use fraction::Fraction;

class! {
    @ /// `statistics.StatisticsError`
    StatisticsError: ValueError, "statistics";
}

/// A number of which statistics are made.
pub trait Datum: Compare + Clone {
    /// Its exact value; `None`: it is infinite, or no number.
    fn exact(&self) -> Option<Fraction>;
    /// As a float.
    fn float(&self) -> f64;
    /// Whether it is an `int`.
    fn is_int(&self) -> bool;
}

impl Datum for i64 {
    fn exact(&self) -> Option<Fraction> {
        Some(Fraction::from(BigInt::from(*self)))
    }

    fn float(&self) -> f64 {
        *self as f64
    }

    fn is_int(&self) -> bool {
        true
    }
}

impl Datum for f64 {
    fn exact(&self) -> Option<Fraction> {
        Fraction::of_float(*self)
    }

    fn float(&self) -> f64 {
        *self
    }

    fn is_int(&self) -> bool {
        false
    }
}

impl Datum for Number {
    fn exact(&self) -> Option<Fraction> {
        match self {
            Number::Bool(value) => i64::from(*value).exact(),
            Number::Int(value) => value.exact(),
            Number::Float(value) => value.exact(),
        }
    }

    fn float(&self) -> f64 {
        self.to_f64()
    }

    fn is_int(&self) -> bool {
        !matches!(self, Number::Float(_))
    }
}

/// The data, as a list of their own.
fn list<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<Vec<I::Item>> {
    data.items().collect()
}

fn needs(count: usize, least: usize, name: &str) -> PyResult {
    if count >= least {
        return Ok(());
    }
    let words = if least == 1 { "one data point" } else { "two data points" };
    Err(StatisticsError::new(format!("{name} requires at least {words}")))
}

/// The exact sum; `Err`: the sum of floats that are not all finite.
fn sum<T: Datum>(data: &[T]) -> Result<Fraction, f64> {
    let mut total = Fraction::zero();
    for item in data {
        match item.exact() {
            Some(value) => total = total.plus(&value),
            None => return Err(data.iter().map(T::float).sum()),
        }
    }
    Ok(total)
}

/// An exact value as a number: an int where all data are ints and it is whole.
fn number<T: Datum>(value: &Fraction, data: &[T]) -> Number {
    if data.iter().all(T::is_int)
        && let Some(whole) = value.whole().and_then(ToPrimitive::to_i64)
    {
        return Number::Int(whole);
    }
    Number::Float(value.to_float())
}

fn mean_of<T: Datum>(data: &[T]) -> PyResult<Number> {
    needs(data.len(), 1, "mean")?;
    Ok(match sum(data) {
        Ok(total) => number(&total.over(data.len()), data),
        Err(total) => Number::Float(total / data.len() as f64),
    })
}

/// `mean(data)` of ints: an int or a float.
pub fn mean<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<Number> {
    mean_of(&list(data)?)
}

/// `mean(data)` of floats.
pub fn mean_float<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<f64> {
    mean(data).map(|mean| mean.to_f64())
}

/// `fmean(data)`
pub fn fmean<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<f64> {
    let data = list(data)?;
    needs(data.len(), 1, "fmean")?;
    let floats: List<f64> = data.iter().map(Datum::float).collect();
    Ok(math::fsum(&floats)? / data.len() as f64)
}

/// The sum of the squares of what lies between the data and their mean, exactly.
fn squares<D: Datum>(data: &[D]) -> Result<Fraction, f64> {
    let mean = sum(data)?.over(data.len());
    let mut total = Fraction::zero();
    for item in data {
        let Some(value) = item.exact() else { return Err(f64::NAN) };
        let apart = value.minus(&mean);
        total = total.plus(&apart.times(&apart));
    }
    Ok(total)
}

fn spread<D: Datum>(data: &[D], less: usize, name: &str) -> PyResult<Result<Fraction, f64>> {
    needs(data.len(), 1 + less, name)?;
    Ok(squares(data).map(|total| total.over(data.len() - less)))
}

fn spread_number<D: Datum>(data: &[D], less: usize, name: &str) -> PyResult<Number> {
    Ok(match spread(data, less, name)? {
        Ok(value) => number(&value, data),
        Err(value) => Number::Float(value),
    })
}

/// `variance(data)` of ints.
pub fn variance<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<Number> {
    spread_number(&list(data)?, 1, "variance")
}

/// `variance(data)` of floats.
pub fn variance_float<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<f64> {
    variance(data).map(|value| value.to_f64())
}

/// `pvariance(data)` of ints.
pub fn pvariance<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<Number> {
    spread_number(&list(data)?, 0, "pvariance")
}

/// `pvariance(data)` of floats.
pub fn pvariance_float<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<f64> {
    pvariance(data).map(|value| value.to_f64())
}

/// `stdev(data)`
pub fn stdev<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<f64> {
    Ok(spread(&list(data)?, 1, "stdev")?.map_or_else(|value| value, |value| value.root()))
}

/// `pstdev(data)`
pub fn pstdev<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<f64> {
    Ok(spread(&list(data)?, 0, "pstdev")?.map_or_else(|value| value, |value| value.root()))
}

fn sorted<D: Compare + Clone>(data: Vec<D>) -> PyResult<List<D>> {
    crate::builtins::sorted(&List::from(data))
}

fn middle<D: Datum>(data: Vec<D>) -> PyResult<(List<D>, usize)> {
    if data.is_empty() {
        return Err(StatisticsError::new("no median for empty data"));
    }
    let half = data.len() / 2;
    Ok((sorted(data)?, half))
}

/// `median(data)` of ints.
pub fn median<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<Number> {
    let (data, half) = middle(list(data)?)?;
    let at = |place: usize| data.get_item(place as i64);
    let upper = at(half)?;
    if data.len() % 2 == 1 {
        return Ok(match upper.is_int().then(|| upper.exact()).flatten() {
            Some(value) => number(&value, &[upper]),
            None => Number::Float(upper.float()),
        });
    }
    let lower = at(half - 1)?;
    let whole = match (lower.is_int() && upper.is_int(), lower.exact(), upper.exact()) {
        (true, Some(lower), Some(upper)) => Some(lower.plus(&upper).over(2).to_float()),
        _ => None,
    };
    Ok(Number::Float(whole.unwrap_or_else(|| (lower.float() + upper.float()) / 2.0)))
}

/// `median(data)` of floats.
pub fn median_float<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<f64> {
    median(data).map(|median| median.to_f64())
}

/// `median_low(data)`
pub fn median_low<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<I::Item> {
    let (data, half) = middle(list(data)?)?;
    data.get_item(if data.len() % 2 == 1 { half as i64 } else { half as i64 - 1 })
}

/// `median_high(data)`
pub fn median_high<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<I::Item> {
    let (data, half) = middle(list(data)?)?;
    data.get_item(half as i64)
}

/// How often each value occurs, in the order of their first.
fn counted<T: Key + Object + Clone, I: Iterable<Item = T>>(data: &I) -> PyResult<Vec<(T, i64)>> {
    Ok(crate::collections::Counter::from_iterable(data)?.to_vec())
}

/// `mode(data)`
pub fn mode<T: Key + Object + Clone, I: Iterable<Item = T>>(data: &I) -> PyResult<T> {
    let counts = counted(data)?;
    let most = counts.iter().map(|(_, count)| *count).max();
    let first = counts.into_iter().find(|(_, count)| Some(*count) == most);
    first.map(|(value, _)| value).ok_or_else(|| StatisticsError::new("no mode for empty data"))
}

/// `multimode(data)`
pub fn multimode<T: Key + Object + Clone, I: Iterable<Item = T>>(data: &I) -> PyResult<List<T>> {
    let counts = counted(data)?;
    let most = counts.iter().map(|(_, count)| *count).max();
    Ok(counts.into_iter().filter(|(_, count)| Some(*count) == most).map(|(value, _)| value).collect())
}

/// `quantiles(data, n=n, method=method)`
pub fn quantiles<I: Iterable<Item: Datum> + ?Sized>(data: &I, n: i64, method: &str) -> PyResult<List<f64>> {
    if n < 1 {
        return Err(StatisticsError::new("n must be at least 1"));
    }
    let data = sorted(list(data)?)?;
    let count = data.len();
    if count < 1 {
        return Err(StatisticsError::new("must have at least one data point"));
    }
    let at = |place: i64| data.get_item(place).map(|item| item.float());
    if count == 1 {
        let only = at(0)?;
        return Ok((1..n).map(|_| only).collect());
    }
    let mut found = Vec::new();
    for part in 1..n {
        let (place, rest) = match method {
            "inclusive" => {
                let place = part * (count - 1);
                (place / n, place % n)
            }
            "exclusive" => {
                let place = (part * (count + 1) / n).clamp(1, count - 1);
                (place - 1, part * (count + 1) - place * n)
            }
            other => return Err(ValueError::new(format!("Unknown method: {}", repr(&Str::copy_of(other))))),
        };
        let (low, high) = (at(place)?, at((place + 1).min(count - 1))?);
        found.push((low * (n - rest) as f64 + high * rest as f64) / n as f64);
    }
    Ok(List::from(found))
}

/// `harmonic_mean(data)`
pub fn harmonic_mean<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<f64> {
    let data = list(data)?;
    needs(data.len(), 1, "harmonic_mean")?;
    if data.iter().any(|item| item.float() < 0.0) {
        return Err(StatisticsError::new("harmonic mean does not support negative values"));
    }
    if data.iter().any(|item| item.float() == 0.0) {
        return Ok(0.0);
    }
    let inverse: Vec<f64> = data.iter().map(|item| 1.0 / item.float()).collect();
    Ok(match sum(&inverse) {
        Ok(total) => Fraction::from(BigInt::from(data.len())).divided(&total).to_float(),
        Err(total) => data.len() as f64 / total,
    })
}

/// `geometric_mean(data)`
pub fn geometric_mean<I: Iterable<Item: Datum> + ?Sized>(data: &I) -> PyResult<f64> {
    let data = list(data)?;
    if data.is_empty() {
        return Err(StatisticsError::new("Must have a non-empty dataset"));
    }
    if data.iter().any(|item| item.float() < 0.0) {
        return Err(StatisticsError::new("No negative inputs allowed"));
    }
    if data.iter().any(|item| item.float() == 0.0) {
        return Ok(0.0);
    }
    let logs: List<f64> = data.iter().map(|item| item.float().ln()).collect();
    Ok((math::fsum(&logs)? / data.len() as f64).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_cpythons() -> PyResult {
        let ints = List::from([1, 2, 3, 4]);
        assert_eq!(repr(&mean(&ints)?), "2.5");
        assert_eq!(repr(&mean(&List::from([1, 3]))?), "2");
        assert_eq!(stdev(&ints)?, 1.2909944487358056);
        assert_eq!(pstdev(&ints)?, 1.118033988749895);
        assert_eq!(repr(&variance(&ints)?), "1.6666666666666667");
        assert_eq!(repr(&quantiles(&ints, 4, "exclusive")?), "[1.25, 2.5, 3.75]");
        assert_eq!(repr(&median(&List::from([3, 1, 2]))?), "2");
        assert!(mean(&List::<i64>::new()).is_err_and(|error| error.is::<StatisticsError>()));
        Ok(())
    }
}
