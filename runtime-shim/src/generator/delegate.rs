//! `yield from`: a generator hands over to another one, or to anything that can be iterated.
use super::exchange::{Sent, Yielder};
use super::{Generator, Step};
use crate::error::PyResult;
use crate::exception::{AttributeError, ExceptionType, GeneratorExit};
use crate::iter::{Iter, Iterable};
use crate::list::List;
use crate::text::Str;
use crate::tuple::VarTuple;
use crate::value::{FromValue, Value};

/// What `yield from` takes, in a generator that yields `Y` and is sent `S`.
pub trait Delegate<Y, S> {
    /// What the expression gives.
    type Return;

    /// Yields all of it.
    fn delegate(&self, to: &Yielder<Y, S>) -> impl Future<Output = PyResult<Self::Return>>;
}

impl<Y, S> Yielder<Y, S> {
    /// `yield from items`
    pub async fn yield_from<D: Delegate<Y, S>>(&self, items: &D) -> PyResult<D::Return> {
        items.delegate(self).await
    }
}

/// What a generator that is sent `S` sends on to one that is sent `Self`.
pub trait SentOn<S>: Sent {
    /// The value, as that one takes it.
    fn sent_on(value: S) -> Self;
}

impl<S> SentOn<S> for () {
    fn sent_on(_: S) {}
}

impl<T: 'static> SentOn<Option<T>> for Option<T> {
    fn sent_on(value: Option<T>) -> Option<T> {
        value
    }
}

impl<T: 'static> SentOn<()> for Option<T> {
    fn sent_on((): ()) -> Option<T> {
        None
    }
}

impl SentOn<Value> for Value {
    fn sent_on(value: Value) -> Value {
        value
    }
}

impl SentOn<()> for Value {
    fn sent_on((): ()) -> Value {
        Value::default()
    }
}

impl<Y: 'static, S: Sent, S2: SentOn<S>, R: 'static> Delegate<Y, S> for Generator<Y, S2, R> {
    type Return = R;

    async fn delegate(&self, to: &Yielder<Y, S>) -> PyResult<R> {
        let mut input = Ok(S2::none());
        let mut closing = None;
        loop {
            match self.resume(input) {
                Step::Yielded(value) => {
                    input = to.yield_(value).await.map(S2::sent_on);
                    closing = input.as_ref().err().filter(|error| error.is::<GeneratorExit>()).cloned();
                }
                // Both are closed.
                Step::Returned(value) => return closing.map_or(Ok(value), Err),
                Step::Raised(error) => return Err(error),
                Step::Ended => return Err(ended()),
            }
        }
    }
}

/// A generator whose items are of another type, or that is sent another type, than the one that hands over to it.
pub struct Converted<'a, G, Item, SentOn> {
    generator: &'a G,
    item: Item,
    sent: SentOn,
}

impl<Y: 'static, S: Sent, R: 'static> Generator<Y, S, R> {
    /// This generator as one that hands over to it takes it: what `item` makes of what it yields, and `sent` of what is sent.
    pub fn converted<Item, SentOn>(&self, item: Item, sent: SentOn) -> Converted<'_, Self, Item, SentOn> {
        Converted { generator: self, item, sent }
    }
}

impl<Y: 'static, Y2: 'static, S: Sent, S2: Sent, R: 'static, Item, SentOn> Delegate<Y2, S>
    for Converted<'_, Generator<Y, S2, R>, Item, SentOn>
where
    Item: Fn(Y) -> PyResult<Y2>,
    SentOn: Fn(S) -> S2,
{
    type Return = R;

    async fn delegate(&self, to: &Yielder<Y2, S>) -> PyResult<R> {
        let mut input = Ok(S2::none());
        loop {
            match self.generator.resume(input) {
                Step::Yielded(value) => input = to.yield_((self.item)(value)?).await.map(&self.sent),
                Step::Returned(value) => return Ok(value),
                Step::Raised(error) => return Err(error),
                Step::Ended => return Err(ended()),
            }
        }
    }
}

/// CPython gives None for a generator that had ended; a typed result has none.
#[cold]
fn ended() -> crate::error::PyErr {
    crate::exception::RuntimeError::new("`yield from` of a generator that has already ended")
}

async fn each<Y, S: Sent, I>(items: &I, to: &Yielder<Y, S>) -> PyResult
where
    I: Iterable<Item = Y>,
{
    for item in items.items() {
        if !to.yield_(item?).await?.is_none() {
            return Err(AttributeError::new("the iterator has no attribute 'send'"));
        }
    }
    Ok(())
}

macro_rules! iterables {
    ($($type:ident<$item:ident>),*) => {$(
        impl<$item: Clone + 'static, S: Sent> Delegate<$item, S> for $type<$item> {
            type Return = ();

            async fn delegate(&self, to: &Yielder<$item, S>) -> PyResult {
                each(self, to).await
            }
        }
    )*};
}
iterables!(List<T>, VarTuple<T>, Iter<T>);

impl<Y: FromValue + 'static, S: Sent> Delegate<Y, S> for Value {
    type Return = ();

    async fn delegate(&self, to: &Yielder<Y, S>) -> PyResult {
        for item in self.try_iter()? {
            if !to.yield_(Y::try_from_value(&item?)?).await?.is_none() {
                return Err(AttributeError::new("the iterator has no attribute 'send'"));
            }
        }
        Ok(())
    }
}

impl<S: Sent> Delegate<Str, S> for Str {
    type Return = ();

    async fn delegate(&self, to: &Yielder<Str, S>) -> PyResult {
        each(self, to).await
    }
}

impl<S: Sent> Delegate<i64, S> for std::ops::Range<i64> {
    type Return = ();

    async fn delegate(&self, to: &Yielder<i64, S>) -> PyResult {
        each(self, to).await
    }
}
