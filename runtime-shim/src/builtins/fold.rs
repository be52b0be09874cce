//! One value made of an iterable: `sum`, `any`, `all`.
use crate::error::PyResult;
use crate::iter::Iterable;
use crate::list::List;
use crate::number::{Int, Number};
use crate::object::Truth;
use crate::tuple::VarTuple;
use crate::value::Value;

/// `any(items)`
#[inline]
pub fn any<I: Iterable<Item: Truth> + ?Sized>(items: &I) -> PyResult<bool> {
    for item in items.items() {
        if item?.truthy() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `all(items)`
#[inline]
pub fn all<I: Iterable<Item: Truth> + ?Sized>(items: &I) -> PyResult<bool> {
    for item in items.items() {
        if !item?.truthy() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What `sum` adds.
pub trait Summand: Sized {
    /// What the sum is.
    type Sum;
    /// Adds all of them to a start, which is 0 when there is none.
    fn sum(start: Option<Self>, items: impl Iterator<Item = PyResult<Self>>) -> PyResult<Self::Sum>;
}

impl Summand for i64 {
    type Sum = i64;

    #[inline]
    fn sum(start: Option<i64>, mut items: impl Iterator<Item = PyResult<i64>>) -> PyResult<i64> {
        items.try_fold(start.unwrap_or(0), |sum, item| Ok(sum + item?))
    }
}

impl Summand for bool {
    type Sum = i64;

    #[inline]
    fn sum(start: Option<bool>, mut items: impl Iterator<Item = PyResult<bool>>) -> PyResult<i64> {
        items.try_fold(start.map_or(0, i64::from), |sum, item| Ok(sum + i64::from(item?)))
    }
}

impl Summand for Int {
    type Sum = Int;

    #[inline]
    fn sum(start: Option<Int>, mut items: impl Iterator<Item = PyResult<Int>>) -> PyResult<Int> {
        items.try_fold(start.unwrap_or_default(), |sum, item| Ok(sum + item?))
    }
}

/// A sum of floats with what rounding lost, as since Python 3.12.
#[derive(Clone, Copy, Default)]
struct Compensated {
    sum: f64,
    lost: f64,
}

impl Compensated {
    #[inline]
    fn add(&mut self, item: f64) {
        let sum = self.sum + item;
        if self.sum.abs() >= item.abs() {
            self.lost += (self.sum - sum) + item;
        } else {
            self.lost += (item - sum) + self.sum;
        }
        self.sum = sum;
    }

    #[inline]
    fn total(self) -> f64 {
        if self.lost != 0.0 && self.lost.is_finite() { self.sum + self.lost } else { self.sum }
    }
}

impl Summand for f64 {
    type Sum = f64;

    #[inline]
    fn sum(start: Option<f64>, items: impl Iterator<Item = PyResult<f64>>) -> PyResult<f64> {
        let mut all = Compensated { sum: start.unwrap_or(0.0), lost: 0.0 };
        for item in items {
            all.add(item?);
        }
        Ok(all.total())
    }
}

impl Summand for Number {
    type Sum = Number;

    #[inline]
    fn sum(start: Option<Number>, items: impl Iterator<Item = PyResult<Number>>) -> PyResult<Number> {
        let mut ints = 0;
        let mut floats = None;
        match start {
            Some(Number::Float(start)) => floats = Some(Compensated { sum: start, lost: 0.0 }),
            Some(start) => ints = start.to_i64().unwrap_or(0),
            None => {}
        }
        for item in items {
            let item = item?;
            match (&mut floats, item.to_i64()) {
                (None, Some(item)) => ints += item,
                // An int is added to a sum of floats as it is, without compensation.
                (Some(floats), Some(item)) => floats.sum += item as f64,
                (floats, None) => {
                    floats.get_or_insert(Compensated { sum: ints as f64, lost: 0.0 }).add(item.to_f64());
                }
            }
        }
        Ok(floats.map_or(Number::Int(ints), |floats| Number::Float(floats.total())))
    }
}

impl<T: Clone + 'static> Summand for List<T> {
    type Sum = List<T>;

    #[inline]
    fn sum(start: Option<List<T>>, items: impl Iterator<Item = PyResult<List<T>>>) -> PyResult<List<T>> {
        let all = start.unwrap_or_default().copy();
        for item in items {
            all.extend(&item?)?;
        }
        Ok(all)
    }
}

impl<T: Clone + 'static> Summand for VarTuple<T> {
    type Sum = VarTuple<T>;

    #[inline]
    fn sum(start: Option<VarTuple<T>>, items: impl Iterator<Item = PyResult<VarTuple<T>>>) -> PyResult<VarTuple<T>> {
        let mut all: Vec<T> = start.map_or_else(Vec::new, |start| start.iter().collect());
        for item in items {
            all.extend(item?.iter());
        }
        Ok(VarTuple::from(all))
    }
}

impl Summand for Value {
    type Sum = Value;

    #[inline]
    fn sum(start: Option<Value>, items: impl Iterator<Item = PyResult<Value>>) -> PyResult<Value> {
        let mut all = start.unwrap_or_else(|| Value::from(0_i64));
        let mut floats: Option<Compensated> = None;
        for item in items {
            let item = item?;
            if let (Some(Number::Float(sum)), Some(Number::Float(item))) = (all.number(), item.number()) {
                let compensated = floats.get_or_insert(Compensated { sum, lost: 0.0 });
                compensated.add(item);
                all = Value::from(compensated.sum);
                continue;
            }
            if let Some(lost) = floats.take() {
                all = Value::from(lost.total());
            }
            all = all.py_add(&item)?;
        }
        Ok(floats.map_or(all, |floats| Value::from(floats.total())))
    }
}

/// `sum(items)` of floats, as before 3.12.
pub fn plain_sum(items: &(impl Iterable<Item = f64> + ?Sized)) -> PyResult<f64> {
    plain_sum_start(items, 0.0)
}

/// `sum(items, start)` of floats, as before 3.12.
pub fn plain_sum_start(items: &(impl Iterable<Item = f64> + ?Sized), start: f64) -> PyResult<f64> {
    items.items().try_fold(start, |sum, item| Ok(sum + item?))
}

/// `sum(items)` of numbers, as before 3.12.
pub fn plain_sum_numbers(items: &(impl Iterable<Item = Number> + ?Sized)) -> PyResult<Number> {
    items.items().try_fold(Number::Int(0), |sum, item| Ok(sum + item?))
}

/// `sum(items)` of values of any type, as before 3.12.
pub fn plain_sum_values(items: &(impl Iterable<Item = Value> + ?Sized)) -> PyResult<Value> {
    items.items().try_fold(Value::from(0_i64), |sum, item| sum.py_add(&item?))
}

/// `sum(items)`
#[inline]
pub fn sum<I: Iterable<Item: Summand> + ?Sized>(items: &I) -> PyResult<<I::Item as Summand>::Sum> {
    Summand::sum(None, items.items())
}

/// `sum(items)` of floats; of none of them it is the int 0, which prints as `0`: `infer` knows when that shows.
#[inline]
pub fn sum_float<I: Iterable<Item = f64> + ?Sized>(items: &I) -> PyResult<f64> {
    sum(items)
}

/// `sum(items, start)`
#[inline]
pub fn sum_start<I: Iterable<Item: Summand> + ?Sized>(
    items: &I,
    start: I::Item,
) -> PyResult<<I::Item as Summand>::Sum> {
    Summand::sum(Some(start), items.items())
}
