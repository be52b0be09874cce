//! Taking values apart: `a, b = xs`, `a, *rest = xs`, and what a test has proven to be there.
use crate::error::PyResult;
use crate::exception::{ExceptionType, ValueError};
use crate::iter::Iterable;
use crate::list::List;
use crate::object::{Object, str_};
use crate::text::Str;

/// `a, b = items`
#[inline]
pub fn unpack<I: Iterable + ?Sized, const N: usize>(items: &I) -> PyResult<[I::Item; N]> {
    let mut taken = [const { None }; N];
    let mut rest = items.items();
    for (at, place) in taken.iter_mut().enumerate() {
        match rest.next() {
            Some(item) => *place = Some(item?),
            None => return Err(too_few(N, "", at)),
        }
    }
    if let Some(item) = rest.next() {
        item?;
        return Err(ValueError::new(format!("too many values to unpack (expected {N})")));
    }
    drop(rest);
    Ok(taken.map(|item| item.expect("each place was filled")))
}

/// `a, *rest, b = items`
#[expect(clippy::type_complexity, reason = "what is before, at and after the star")]
#[inline]
pub fn unpack_star<I: Iterable<Item: 'static> + ?Sized, const B: usize, const A: usize>(
    items: &I,
) -> PyResult<([I::Item; B], List<I::Item>, [I::Item; A])> {
    let mut before = items.items().collect::<PyResult<Vec<I::Item>>>()?;
    let count = before.len();
    if count < A + B {
        return Err(too_few(A + B, "at least ", count));
    }
    let after = before.split_off(count - A);
    let middle = before.split_off(B);
    let before: Result<[I::Item; B], _> = before.try_into();
    let after: Result<[I::Item; A], _> = after.try_into();
    match (before, after) {
        (Ok(before), Ok(after)) => Ok((before, List::from(middle), after)),
        _ => Err(too_few(A + B, "at least ", count)),
    }
}

#[cold]
fn too_few(wanted: usize, at_least: &str, got: usize) -> crate::error::PyErr {
    ValueError::new(format!("not enough values to unpack (expected {at_least}{wanted}, got {got})"))
}

/// The texts of items, for [`joined_texts`].
#[inline]
pub fn texts<I: Iterable<Item: Object> + ?Sized>(items: &I) -> PyResult<Vec<Str>> {
    items.items().map(|item| item.map(|item| str_(&item))).collect()
}

/// What `print(*a, *b, sep=sep)` writes.
pub fn joined_texts<const N: usize>(texts: [Vec<Str>; N], sep: &str) -> Str {
    let all: Vec<&str> = texts.iter().flatten().map(|text| &**text).collect();
    Str::from(all.join(sep))
}

/// `sep.join(str(item) for item in items)`: what `print(*items, sep=sep)` writes.
#[inline]
pub fn joined<I: Iterable<Item: Object> + ?Sized>(items: &I, sep: &str) -> PyResult<Str> {
    let mut text = String::new();
    for (at, item) in items.items().enumerate() {
        if at > 0 {
            text.push_str(sep);
        }
        text.push_str(&str_(&item?));
    }
    Ok(Str::from(text))
}

/// What `print(a, *items, sep=sep)` writes behind `a`: each item with the separator before it.
#[inline]
pub fn joined_after<I: Iterable<Item: Object> + ?Sized>(items: &I, sep: &str) -> PyResult<Str> {
    let mut text = String::new();
    for item in items.items() {
        text.push_str(sep);
        text.push_str(&str_(&item?));
    }
    Ok(Str::from(text))
}

/// What `print(*items, a, sep=sep)` writes before `a`: each item with the separator behind it.
#[inline]
pub fn joined_before<I: Iterable<Item: Object> + ?Sized>(items: &I, sep: &str) -> PyResult<Str> {
    let mut text = String::new();
    for item in items.items() {
        text.push_str(&str_(&item?));
        text.push_str(sep);
    }
    Ok(Str::from(text))
}

/// The value that a test before has proven to be there.
#[track_caller]
pub fn proven<T>(value: Option<T>) -> T {
    value.expect("a test of the program has shown that this is not None")
}
