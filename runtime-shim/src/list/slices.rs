//! Slices of lists, read, assigned and deleted.
use super::List;
use crate::error::PyResult;
use crate::exception::{ExceptionType, ValueError};
use crate::iter::Iterable;
use crate::slice;

impl<T: Clone + 'static> List<T> {
    /// `xs[start:stop]`
    #[inline]
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>) -> List<T> {
        let items = self.0.0.borrow();
        let (start, stop) = slice::bounds(start, stop, items.len());
        List::from(if start < stop { items[start..stop].to_vec() } else { Vec::new() })
    }

    /// `xs[start:stop:step]`
    #[inline]
    pub fn slice_step(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> PyResult<List<T>> {
        let items = self.0.0.borrow();
        Ok(slice::stepped(start, stop, step, items.len())?.map(|at| items[at].clone()).collect())
    }

    /// `xs[start:stop] = items`
    #[inline]
    pub fn set_slice<I: Iterable<Item = T> + ?Sized>(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        items: &I,
    ) -> PyResult {
        let new: Vec<T> = items.items().collect::<PyResult<_>>()?;
        let old: Vec<T> = {
            let mut items = self.0.0.borrow_mut();
            let (start, stop) = slice::bounds(start, stop, items.len());
            items.splice(start..stop.max(start), new).collect()
        };
        drop(old);
        Ok(())
    }

    /// `xs[start:stop:step] = items`
    #[inline]
    pub fn set_slice_step<I: Iterable<Item = T> + ?Sized>(
        &self,
        start: Option<i64>,
        stop: Option<i64>,
        step: Option<i64>,
        items: &I,
    ) -> PyResult {
        if step.unwrap_or(1) == 1 {
            return self.set_slice(start, stop, items);
        }
        let mut new: Vec<T> = items.items().collect::<PyResult<_>>()?;
        {
            let mut items = self.0.0.borrow_mut();
            let places = slice::stepped(start, stop, step, items.len())?;
            if places.len() != new.len() {
                return Err(ValueError::new(format!(
                    "attempt to assign sequence of size {} to extended slice of size {}",
                    new.len(),
                    places.len()
                )));
            }
            for (at, new) in places.zip(&mut new) {
                std::mem::swap(&mut items[at], new);
            }
        }
        drop(new);
        Ok(())
    }

    /// `del xs[start:stop]`
    #[inline]
    pub fn del_slice(&self, start: Option<i64>, stop: Option<i64>) {
        let old: Vec<T> = {
            let mut items = self.0.0.borrow_mut();
            let (start, stop) = slice::bounds(start, stop, items.len());
            items.drain(start..stop.max(start)).collect()
        };
        drop(old);
    }

    /// `del xs[start:stop:step]`
    #[inline]
    pub fn del_slice_step(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> PyResult {
        let mut gone = Vec::new();
        {
            let mut items = self.0.0.borrow_mut();
            let mut places: Vec<usize> = slice::stepped(start, stop, step, items.len())?.collect();
            places.sort_unstable();
            let mut next = places.into_iter().peekable();
            let all = std::mem::take(&mut *items);
            for (at, item) in all.into_iter().enumerate() {
                if next.next_if_eq(&at).is_some() {
                    gone.push(item);
                } else {
                    items.push(item);
                }
            }
        }
        drop(gone);
        Ok(())
    }
}
