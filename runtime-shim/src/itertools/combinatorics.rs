//! `product`, `permutations`, `combinations`: the iterables are read at the call, as CPython does.

use crate::iter::Iterable;
use crate::prelude::*;

#[inline]
fn pool<T>(iterable: &impl Iterable<Item = T>) -> PyResult<Vec<T>> {
    iterable.items().collect()
}

/// `product(a)`
#[inline]
pub fn product1<A: Clone + 'static>(a: &impl Iterable<Item = A>) -> PyResult<Iter<(A,)>> {
    let items = pool(a)?.into_iter().map(|a| Ok((a,)));
    Ok(Iter::named("product", items))
}

/// `product(a, b)`
#[inline]
pub fn product2<A: Clone + 'static, B: Clone + 'static>(
    a: &impl Iterable<Item = A>,
    b: &impl Iterable<Item = B>,
) -> PyResult<Iter<(A, B)>> {
    let (a, b) = (pool(a)?, pool(b)?);
    let places = odometer(vec![a.len(), b.len()]);
    Ok(Iter::named("product", places.map(move |at| Ok((a[at[0]].clone(), b[at[1]].clone())))))
}

/// `product(a, b, c)`
#[inline]
pub fn product3<A: Clone + 'static, B: Clone + 'static, C: Clone + 'static>(
    a: &impl Iterable<Item = A>,
    b: &impl Iterable<Item = B>,
    c: &impl Iterable<Item = C>,
) -> PyResult<Iter<(A, B, C)>> {
    let (a, b, c) = (pool(a)?, pool(b)?, pool(c)?);
    let places = odometer(vec![a.len(), b.len(), c.len()]);
    let items = places.map(move |at| Ok((a[at[0]].clone(), b[at[1]].clone(), c[at[2]].clone())));
    Ok(Iter::named("product", items))
}

/// `product(a, b, c, d)`
#[inline]
pub fn product4<A: Clone + 'static, B: Clone + 'static, C: Clone + 'static, D: Clone + 'static>(
    a: &impl Iterable<Item = A>,
    b: &impl Iterable<Item = B>,
    c: &impl Iterable<Item = C>,
    d: &impl Iterable<Item = D>,
) -> PyResult<Iter<(A, B, C, D)>> {
    let (a, b, c, d) = (pool(a)?, pool(b)?, pool(c)?, pool(d)?);
    let places = odometer(vec![a.len(), b.len(), c.len(), d.len()]);
    let items = places.map(move |at| Ok((a[at[0]].clone(), b[at[1]].clone(), c[at[2]].clone(), d[at[3]].clone())));
    Ok(Iter::named("product", items))
}

/// `product(a, repeat=…)`
#[inline]
pub fn product_repeat<T: Clone + 'static>(a: &impl Iterable<Item = T>, repeat: i64) -> PyResult<Iter<VarTuple<T>>> {
    if repeat < 0 {
        return Err(ValueError::new("repeat argument cannot be negative"));
    }
    let pool = pool(a)?;
    let places = odometer(vec![pool.len(); repeat as usize]);
    Ok(Iter::named("product", places.map(move |at| Ok(pick(&pool, &at)))))
}

/// `permutations(iterable)`
#[inline]
pub fn permutations<T: Clone + 'static>(iterable: &impl Iterable<Item = T>) -> PyResult<Iter<VarTuple<T>>> {
    arrange("permutations", iterable, None, permuted)
}

/// `permutations(iterable, r)`
#[inline]
pub fn permutations_of<T: Clone + 'static>(iterable: &impl Iterable<Item = T>, r: i64) -> PyResult<Iter<VarTuple<T>>> {
    arrange("permutations", iterable, Some(r), permuted)
}

/// `combinations(iterable, r)`
#[inline]
pub fn combinations<T: Clone + 'static>(iterable: &impl Iterable<Item = T>, r: i64) -> PyResult<Iter<VarTuple<T>>> {
    arrange("combinations", iterable, Some(r), |n, r| {
        Places::boxed(n >= r, (0..r).collect(), move |at| {
            let i = (0..r).rev().find(|&i| at[i] != i + n - r)?;
            at[i] += 1;
            (i + 1..r).for_each(|j| at[j] = at[j - 1] + 1);
            Some(())
        })
    })
}

/// `combinations_with_replacement(iterable, r)`
#[inline]
pub fn combinations_with_replacement<T: Clone + 'static>(
    iterable: &impl Iterable<Item = T>,
    r: i64,
) -> PyResult<Iter<VarTuple<T>>> {
    arrange("combinations_with_replacement", iterable, Some(r), |n, r| {
        Places::boxed(n > 0 || r == 0, vec![0; r], move |at| {
            let i = (0..r).rev().find(|&i| at[i] + 1 != n)?;
            let next = at[i] + 1;
            at[i..].fill(next);
            Some(())
        })
    })
}

/// An iterator over places in a pool; each item is a choice of places.
type Choices = Box<dyn Iterator<Item = Vec<usize>>>;

#[inline]
fn arrange<T: Clone + 'static>(
    name: &'static str,
    iterable: &impl Iterable<Item = T>,
    r: Option<i64>,
    choices: impl FnOnce(usize, usize) -> Choices,
) -> PyResult<Iter<VarTuple<T>>> {
    let pool = pool(iterable)?;
    let r = usize::try_from(r.unwrap_or(pool.len() as i64)).map_err(|_| ValueError::new("r must be non-negative"))?;
    let choices = choices(pool.len(), r);
    Ok(Iter::named(name, choices.map(move |at| Ok(pick(&pool, &at)))))
}

#[inline]
fn pick<T: Clone + 'static>(pool: &[T], at: &[usize]) -> VarTuple<T> {
    VarTuple::from(at.iter().map(|place| pool[*place].clone()).collect::<Vec<T>>())
}

/// All choices of one place per pool, the last pool's fastest.
#[inline]
fn odometer(lens: Vec<usize>) -> Choices {
    let possible = lens.iter().all(|len| *len > 0);
    Places::boxed(possible, vec![0; lens.len()], move |at| {
        for i in (0..at.len()).rev() {
            at[i] += 1;
            if at[i] < lens[i] {
                return Some(());
            }
            at[i] = 0;
        }
        None
    })
}

#[inline]
fn permuted(n: usize, r: usize) -> Choices {
    let mut indices: Vec<usize> = (0..n).collect();
    let mut cycles: Vec<usize> = (0..r).map(|i| n.saturating_sub(i)).collect();
    Places::boxed(n >= r, (0..r).collect(), move |at| {
        for i in (0..r).rev() {
            cycles[i] -= 1;
            if cycles[i] == 0 {
                indices[i..].rotate_left(1);
                cycles[i] = n - i;
            } else {
                let j = n - cycles[i];
                indices.swap(i, j);
                at.copy_from_slice(&indices[..r]);
                return Some(());
            }
        }
        None
    })
}

/// Places, and how to come to the next ones.
struct Places<F> {
    at: Option<Vec<usize>>,
    step: F,
}

impl<F: FnMut(&mut [usize]) -> Option<()> + 'static> Places<F> {
    #[inline]
    fn boxed(possible: bool, first: Vec<usize>, step: F) -> Choices {
        Box::new(Places { at: possible.then_some(first), step })
    }
}

impl<F: FnMut(&mut [usize]) -> Option<()>> Iterator for Places<F> {
    type Item = Vec<usize>;

    #[inline]
    fn next(&mut self) -> Option<Vec<usize>> {
        let at = self.at.as_mut()?;
        let item = at.clone();
        if (self.step)(at).is_none() {
            self.at = None;
        }
        Some(item)
    }
}
