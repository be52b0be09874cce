//! `chain` and `zip_longest`.

use crate::iter::ToIter;
use crate::prelude::*;

/// `chain(*iterables)`, one after the other.
#[inline]
pub fn chain<T: 'static, const N: usize>(iterables: [Iter<T>; N]) -> Iter<T> {
    Iter::named("itertools.chain", iterables.into_iter().flatten())
}

/// `chain(a)`
#[inline]
pub fn chain1<T: 'static>(a: &impl ToIter<Item = T>) -> Iter<T> {
    chain([a.to_iter()])
}

/// `chain(a, b)`
#[inline]
pub fn chain2<T: 'static>(a: &impl ToIter<Item = T>, b: &impl ToIter<Item = T>) -> Iter<T> {
    chain([a.to_iter(), b.to_iter()])
}

/// `chain(a, b, c)`
#[inline]
pub fn chain3<T: 'static>(a: &impl ToIter<Item = T>, b: &impl ToIter<Item = T>, c: &impl ToIter<Item = T>) -> Iter<T> {
    chain([a.to_iter(), b.to_iter(), c.to_iter()])
}

/// `chain.from_iterable(iterables)`
#[inline]
pub fn from_iterable<I: ToIter + 'static>(iterables: &impl ToIter<Item = I>) -> Iter<I::Item>
where
    I::Item: 'static,
{
    let (source, mut current) = (iterables.to_iter(), None::<Iter<I::Item>>);
    Iter::named(
        "itertools.chain",
        std::iter::from_fn(move || {
            loop {
                if let Some(item) = current.as_ref().and_then(Iter::step) {
                    return Some(item);
                }
                match source.step()? {
                    Ok(next) => current = Some(next.to_iter()),
                    Err(error) => return Some(Err(error)),
                }
            }
        }),
    )
}

/// `zip_longest(a, b)`: None where one has ended.
#[inline]
pub fn zip_longest2<A: 'static, B: 'static>(
    a: &impl ToIter<Item = A>,
    b: &impl ToIter<Item = B>,
) -> Iter<(Option<A>, Option<B>)> {
    let (a, b) = (a.to_iter(), b.to_iter());
    let items = std::iter::from_fn(move || {
        let (a, b) = (a.step(), b.step());
        (a.is_some() || b.is_some()).then(|| Ok((a.transpose()?, b.transpose()?)))
    });
    Iter::named("zip_longest", items)
}

/// `zip_longest(a, b, c)`
#[inline]
pub fn zip_longest3<A: 'static, B: 'static, C: 'static>(
    a: &impl ToIter<Item = A>,
    b: &impl ToIter<Item = B>,
    c: &impl ToIter<Item = C>,
) -> Iter<(Option<A>, Option<B>, Option<C>)> {
    let (a, b, c) = (a.to_iter(), b.to_iter(), c.to_iter());
    let items = std::iter::from_fn(move || {
        let (a, b, c) = (a.step(), b.step(), c.step());
        (a.is_some() || b.is_some() || c.is_some()).then(|| Ok((a.transpose()?, b.transpose()?, c.transpose()?)))
    });
    Iter::named("zip_longest", items)
}

/// `zip_longest(a, b, fillvalue=…)`
#[inline]
pub fn zip_longest2_fill<T: Clone + 'static>(
    a: &impl ToIter<Item = T>,
    b: &impl ToIter<Item = T>,
    fillvalue: T,
) -> Iter<(T, T)> {
    let fill = move |item: Option<T>| item.unwrap_or_else(|| fillvalue.clone());
    Iter::named("zip_longest", zip_longest2(a, b).map(move |item| item.map(|(a, b)| (fill(a), fill(b)))))
}

/// `zip_longest(a, b, c, fillvalue=…)`
#[inline]
pub fn zip_longest3_fill<T: Clone + 'static>(
    a: &impl ToIter<Item = T>,
    b: &impl ToIter<Item = T>,
    c: &impl ToIter<Item = T>,
    fillvalue: T,
) -> Iter<(T, T, T)> {
    let fill = move |item: Option<T>| item.unwrap_or_else(|| fillvalue.clone());
    let items = zip_longest3(a, b, c).map(move |item| item.map(|(a, b, c)| (fill(a), fill(b), fill(c))));
    Iter::named("zip_longest", items)
}
