//! `zip(*rows)`: rows to columns.
use crate::error::PyResult;
use crate::exception::{ExceptionType, ValueError};
use crate::iter::{Iter, Iterable};
use crate::tuple::VarTuple;

/// `zip(*rows)` of rows of any length: as many columns as the shortest row has items.
pub fn zip_rows<I>(rows: &I) -> PyResult<Iter<VarTuple<<I::Item as Iterable>::Item>>>
where
    I: Iterable + ?Sized,
    I::Item: Iterable,
    <I::Item as Iterable>::Item: Clone + 'static,
{
    let mut all = Vec::new();
    for row in rows.items() {
        let row = row?;
        all.push(row.items().collect::<PyResult<Vec<_>>>()?);
    }
    let count = all.iter().map(Vec::len).min().unwrap_or(0);
    let columns: Vec<_> =
        (0..count).map(|at| VarTuple::from(all.iter().map(|row| row[at].clone()).collect::<Vec<_>>())).collect();
    Ok(Iter::named("zip", columns.into_iter().map(Ok)))
}

#[cold]
fn nothing(columns: usize) -> crate::error::PyErr {
    ValueError::new(format!("not enough values to unpack (expected {columns}, got 0)"))
}

/// `zip(*pairs)`, which is unpacked.
pub fn unzip2<A: Clone + 'static, B: Clone + 'static>(
    pairs: &(impl Iterable<Item = (A, B)> + ?Sized),
) -> PyResult<(VarTuple<A>, VarTuple<B>)> {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for pair in pairs.items() {
        let (a, b) = pair?;
        first.push(a);
        second.push(b);
    }
    if first.is_empty() { Err(nothing(2)) } else { Ok((VarTuple::from(first), VarTuple::from(second))) }
}

/// `zip(*triples)`, which is unpacked.
pub fn unzip3<A: Clone + 'static, B: Clone + 'static, C: Clone + 'static>(
    triples: &(impl Iterable<Item = (A, B, C)> + ?Sized),
) -> PyResult<(VarTuple<A>, VarTuple<B>, VarTuple<C>)> {
    let (mut first, mut second, mut third) = (Vec::new(), Vec::new(), Vec::new());
    for triple in triples.items() {
        let (a, b, c) = triple?;
        first.push(a);
        second.push(b);
        third.push(c);
    }
    if first.is_empty() {
        return Err(nothing(3));
    }
    Ok((VarTuple::from(first), VarTuple::from(second), VarTuple::from(third)))
}
