//! `functools`, as far as it is no matter of translation.

mod cache;

pub use cache::{Cache, CacheInfo};

use crate::iter::Iterable;
use crate::prelude::*;

/// `reduce(function, iterable)`
#[inline]
pub fn reduce<T>(function: impl Fn(T, T) -> PyResult<T>, iterable: &impl Iterable<Item = T>) -> PyResult<T> {
    let mut items = iterable.items();
    let Some(first) = items.next() else {
        return Err(TypeError::new("reduce() of empty iterable with no initial value"));
    };
    items.try_fold(first?, |total, item| function(total, item?))
}

/// `reduce(function, iterable, initial)`
#[inline]
pub fn reduce_from<T, R>(
    function: impl Fn(R, T) -> PyResult<R>,
    iterable: &impl Iterable<Item = T>,
    initial: R,
) -> PyResult<R> {
    iterable.items().try_fold(initial, |total, item| function(total, item?))
}

/// What `cmp_to_key(mycmp)` makes of an item: it is compared by that function.
pub struct CmpKey<T: 'static>(T, Rc<dyn Fn(T, T) -> PyResult<i64>>);

impl<T: Clone> Clone for CmpKey<T> {
    fn clone(&self) -> Self {
        CmpKey(self.0.clone(), Rc::clone(&self.1))
    }
}

/// `cmp_to_key(mycmp)`
pub fn cmp_to_key<T: Clone + 'static>(mycmp: impl Fn(T, T) -> PyResult<i64> + 'static) -> Function<(T,), CmpKey<T>> {
    let mycmp: Rc<dyn Fn(T, T) -> PyResult<i64>> = Rc::new(mycmp);
    Function::new("KeyWrapper", move |(item,): (T,)| Ok(CmpKey(item, Rc::clone(&mycmp))))
}

impl<T: Clone + 'static> Object for CmpKey<T> {
    fn py_type(&self) -> &'static str {
        "KeyWrapper"
    }
}

impl<T: Clone + 'static> Key for CmpKey<T> {
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok((self.1)(self.0.clone(), other.0.clone())? == 0)
    }
}

impl<T: Clone + 'static> Compare for CmpKey<T> {
    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        Ok((self.1)(self.0.clone(), other.0.clone())? < 0)
    }

    fn py_le(&self, other: &Self) -> PyResult<bool> {
        Ok((self.1)(self.0.clone(), other.0.clone())? <= 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reducing() -> PyResult {
        let xs = List::from([1, 2, 3]);
        assert_eq!(reduce(|a, b| Ok(a * 10 + b), &xs)?, 123);
        assert_eq!(reduce_from(|a: Str, b: i64| Ok(Str::from(format!("{a}{b}"))), &xs, Str::from("-"))?, "-123");
        let empty = reduce(|a: i64, _| Ok(a), &List::new()).err().map(|error| error.to_string());
        assert_eq!(empty.as_deref(), Some("reduce() of empty iterable with no initial value"));
        Ok(())
    }
}
