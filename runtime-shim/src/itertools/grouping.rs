//! `groupby`, `pairwise`, `batched`, `tee`.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use crate::iter::ToIter;
use crate::prelude::*;

/// What a `groupby` and its groups share.
struct Groups<T, K> {
    /// The first item of a group that was not given out yet, and its key.
    waiting: Option<(K, T)>,
    /// The key of the group that is open.
    current: Option<K>,
    /// Counts groups: one that is not the newest is empty.
    number: u64,
}

/// `groupby(iterable)`
#[inline]
pub fn groupby<T: Key + Clone + 'static>(iterable: &impl ToIter<Item = T>) -> Iter<(T, Iter<T>)> {
    groupby_key(iterable, Ok)
}

/// `groupby(iterable, key)`
#[inline]
pub fn groupby_key<T: Clone + 'static, K: Key + Clone + 'static>(
    iterable: &impl ToIter<Item = T>,
    key: impl Fn(T) -> PyResult<K> + 'static,
) -> Iter<(K, Iter<T>)> {
    let source = iterable.to_iter();
    let next = Rc::new(move || -> Option<PyResult<(K, T)>> {
        let item = match source.step()? {
            Ok(item) => item,
            Err(error) => return Some(Err(error)),
        };
        Some(key(item.clone()).map(|key| (key, item)))
    });
    let groups = Rc::new(RefCell::new(Groups { waiting: None, current: None, number: 0 }));
    Iter::named(
        "itertools.groupby",
        std::iter::from_fn(move || {
            // Skip what the last group left over.
            let (key, item) = loop {
                let waiting = groups.borrow_mut().waiting.take();
                let (key, item) = match waiting.map(Ok).or_else(|| next())? {
                    Ok(found) => found,
                    Err(error) => return Some(Err(error)),
                };
                let current = groups.borrow().current.clone();
                match current.map_or(Ok(false), |current| current.py_eq(&key)) {
                    Ok(true) => {}
                    Ok(false) => break (key, item),
                    Err(error) => return Some(Err(error)),
                }
            };
            let number = {
                let mut groups = groups.borrow_mut();
                groups.current = Some(key.clone());
                groups.waiting = Some((key.clone(), item));
                groups.number += 1;
                groups.number
            };
            Some(Ok((key.clone(), group(Rc::clone(&groups), Rc::clone(&next), key, number))))
        }),
    )
}

#[inline]
fn group<T: Clone + 'static, K: Key + Clone + 'static>(
    groups: Rc<RefCell<Groups<T, K>>>,
    next: Rc<impl Fn() -> Option<PyResult<(K, T)>> + 'static>,
    key: K,
    number: u64,
) -> Iter<T> {
    Iter::named(
        "itertools._grouper",
        std::iter::from_fn(move || {
            let waiting = {
                let mut groups = groups.borrow_mut();
                if groups.number != number {
                    return None;
                }
                groups.waiting.take()
            };
            let (found, item) = match waiting.map(Ok).or_else(|| next())? {
                Ok(found) => found,
                Err(error) => return Some(Err(error)),
            };
            match key.py_eq(&found) {
                Ok(true) => Some(Ok(item)),
                Ok(false) => {
                    groups.borrow_mut().waiting = Some((found, item));
                    None
                }
                Err(error) => Some(Err(error)),
            }
        }),
    )
}

/// `pairwise(iterable)`: each item with the next one.
#[inline]
pub fn pairwise<T: Clone + 'static>(iterable: &impl ToIter<Item = T>) -> Iter<(T, T)> {
    let (source, mut last) = (iterable.to_iter(), None);
    Iter::named(
        "pairwise",
        std::iter::from_fn(move || {
            let next = || source.step().transpose();
            let old = match last.take() {
                Some(old) => old,
                None => match next() {
                    Ok(first) => first?,
                    Err(error) => return Some(Err(error)),
                },
            };
            match next() {
                Ok(new) => {
                    let new: T = new?;
                    last = Some(new.clone());
                    Some(Ok((old, new)))
                }
                Err(error) => Some(Err(error)),
            }
        }),
    )
}

/// `batched(iterable, n)`: tuples of `n`; the last may be shorter, unless `strict`.
#[inline]
pub fn batched<T: Clone + 'static>(
    iterable: &impl ToIter<Item = T>,
    n: i64,
    strict: bool,
) -> PyResult<Iter<VarTuple<T>>> {
    if n < 1 {
        return Err(ValueError::new("n must be at least one"));
    }
    let source = iterable.to_iter();
    Ok(Iter::named(
        "batched",
        std::iter::from_fn(move || {
            let mut batch = Vec::new();
            while (batch.len() as i64) < n {
                match source.step() {
                    Some(Ok(item)) => batch.push(item),
                    Some(Err(error)) => return Some(Err(error)),
                    None if batch.is_empty() => return None,
                    None if strict => return Some(Err(ValueError::new("batched(): incomplete batch"))),
                    None => break,
                }
            }
            Some(Ok(VarTuple::from(batch)))
        }),
    ))
}

/// `tee(iterable)`: two iterators over one.
#[inline]
pub fn tee<T: Clone + 'static>(iterable: &impl ToIter<Item = T>) -> (Iter<T>, Iter<T>) {
    let mut branches = branches(iterable.to_iter(), 2);
    let second = branches.next();
    let first = branches.next();
    let end = || Iter::new(std::iter::empty());
    (first.unwrap_or_else(end), second.unwrap_or_else(end))
}

/// `tee(iterable, n)`
#[inline]
pub fn tee_of<T: Clone + 'static>(iterable: &impl ToIter<Item = T>, n: i64) -> PyResult<VarTuple<Iter<T>>> {
    if n < 0 {
        return Err(ValueError::new("n must be >= 0"));
    }
    Ok(VarTuple::from(branches(iterable.to_iter(), n as usize).collect::<Vec<_>>()))
}

/// Each branch has a queue of what another one took from the source before it.
#[inline]
fn branches<T: Clone + 'static>(source: Iter<T>, count: usize) -> impl Iterator<Item = Iter<T>> {
    let queues = Rc::new(RefCell::new(vec![VecDeque::new(); count]));
    (0..count).map(move |own| {
        let (queues, source) = (Rc::clone(&queues), source.clone());
        Iter::named(
            "itertools._tee",
            std::iter::from_fn(move || {
                let waiting = queues.borrow_mut()[own].pop_front();
                if waiting.is_some() {
                    return waiting.map(Ok);
                }
                let item = match source.step()? {
                    Ok(item) => item,
                    Err(error) => return Some(Err(error)),
                };
                for (other, queue) in queues.borrow_mut().iter_mut().enumerate() {
                    if other != own {
                        queue.push_back(item.clone());
                    }
                }
                Some(Ok(item))
            }),
        )
    })
}
