//! `types`: what a coroutine of `types.coroutine` yields to whoever drives it by hand.
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::asyncio::driver::{self, Handed, Yielded};
use crate::error::PyResult;
use crate::generator::Sent;
use crate::object::Object;

/// `yield value` in a generator-based coroutine.
pub struct BareYield<Y, S>(Option<Y>, PhantomData<S>);

impl<Y, S> Unpin for BareYield<Y, S> {}

/// `yield value`: gives what is sent. `Y` is what the coroutines of the program yield, `S` what is sent to them.
#[inline]
pub fn bare_yield<Y: Sent + Object, S: Sent>(value: Y) -> BareYield<Y, S> {
    BareYield(Some(value), PhantomData)
}

impl<Y: Sent + Object, S: Sent> Future for BareYield<Y, S> {
    type Output = PyResult<S>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<PyResult<S>> {
        let Some(value) = self.0.take() else {
            if driver::is_probe() {
                return Poll::Pending;
            }
            let sent = driver::resume_with()?;
            let sent = sent.and_then(|sent| sent.downcast::<S>().ok());
            return Poll::Ready(Ok(sent.map_or_else(S::none, |sent| *sent)));
        };
        driver::suspend(if value.is_none() { Yielded::Bare } else { Yielded::Value(Handed::new(value)) })?;
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coroutine::Coroutine;
    use crate::prelude::*;

    #[test]
    fn values_go_both_ways() -> PyResult {
        let coroutine = Coroutine::new(async {
            let got = bare_yield::<Option<Str>, Option<i64>>(Some(Str::from("first"))).await?;
            bare_yield::<Option<Str>, Option<i64>>(None).await?;
            Ok(got)
        });
        assert_eq!(coroutine.send::<Option<Str>, Option<i64>>(None)?, Some(Str::from("first")));
        assert_eq!(coroutine.send::<Option<Str>, _>(Some(5))?, None);
        let end = coroutine.send::<Option<Str>, Option<i64>>(None);
        assert!(end.is_err_and(|error| error.is::<StopIteration>()));
        Ok(())
    }
}
