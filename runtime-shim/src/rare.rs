//! What few of many objects have: one word until it is there.
use std::cell::Cell;

/// A value in a box of its own, or none.
pub(crate) struct Rare<T>(Cell<Option<Box<T>>>);

impl<T> Default for Rare<T> {
    #[inline]
    fn default() -> Self {
        Rare(Cell::new(None))
    }
}

impl<T> Rare<T> {
    /// Looks at it; `look` must not look again.
    #[inline]
    pub(crate) fn with<R>(&self, look: impl FnOnce(Option<&T>) -> R) -> R {
        let value = self.0.take();
        let result = look(value.as_deref());
        self.0.set(value);
        result
    }

    /// Puts another one in.
    #[inline]
    pub(crate) fn put(&self, value: T) {
        self.0.set(Some(Box::new(value)));
    }
}

impl<T: Default> Rare<T> {
    /// Changes it; one that is not there begins with its default. `change` must not look at it in another way.
    pub(crate) fn change(&self, change: impl FnOnce(&mut T)) {
        let mut value = self.0.take().unwrap_or_default();
        change(&mut value);
        self.0.set(Some(value));
    }
}
