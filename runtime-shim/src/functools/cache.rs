//! The cache of `functools.lru_cache`, beside the function whose results it keeps.
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use crate::opaque::opaque;
use crate::prelude::*;

struct State<K: 'static, V: 'static> {
    maxsize: Option<i64>,
    kept: Dict<K, V>,
    found: RefCell<Option<V>>,
    hits: Cell<i64>,
    misses: Cell<i64>,
}

/// Results by arguments; the least recently used goes first.
pub struct Cache<K: 'static, V: 'static>(Rc<State<K, V>>);

impl<K, V> Clone for Cache<K, V> {
    #[inline]
    fn clone(&self) -> Self {
        Cache(self.0.clone())
    }
}

/// `f.cache_info()`
#[derive(Debug, Clone)]
pub struct CacheInfo {
    hits: i64,
    misses: i64,
    maxsize: Option<i64>,
    currsize: i64,
}

impl<K: Key + Object + Clone, V: Clone + 'static> Cache<K, V> {
    /// `lru_cache(maxsize)`
    #[inline]
    pub fn new(maxsize: Option<i64>) -> Cache<K, V> {
        let maxsize = maxsize.map(|size| size.max(0));
        let (hits, misses) = (Cell::new(0), Cell::new(0));
        Cache(Rc::new(State { maxsize, kept: Dict::new(), found: RefCell::new(None), hits, misses }))
    }

    /// Is there a result? Counts; `found` gives it.
    #[inline]
    pub fn has(&self, key: &K) -> PyResult<bool> {
        let state = &*self.0;
        match state.kept.try_get(key)? {
            Some(value) => {
                state.hits.update(|count| count + 1);
                if state.maxsize.is_some() {
                    state.kept.del_item(key)?;
                    state.kept.set_item(key.clone(), value.clone());
                }
                let old = state.found.replace(Some(value));
                drop(old);
                Ok(true)
            }
            None => {
                state.misses.update(|count| count + 1);
                Ok(false)
            }
        }
    }

    /// The result that `has` found.
    #[inline]
    pub fn found(&self) -> PyResult<V> {
        self.0.found.take().ok_or_else(|| RuntimeError::new("no result was found"))
    }

    /// Keeps a result, and gives it.
    #[inline]
    pub fn store(&self, key: K, value: V) -> PyResult<V> {
        let state = &*self.0;
        match state.maxsize {
            Some(0) => return Ok(value),
            Some(size) if state.kept.len() >= size && !state.kept.contains(&key) => {
                let first = state.kept.to_vec().into_iter().next();
                if let Some((first, _)) = first {
                    state.kept.del_item(&first)?;
                }
            }
            _ => {}
        }
        state.kept.set_item(key, value.clone());
        Ok(value)
    }

    /// `f.cache_info()`
    #[inline]
    pub fn cache_info(&self) -> CacheInfo {
        let state = &*self.0;
        let (hits, misses) = (state.hits.get(), state.misses.get());
        CacheInfo { hits, misses, maxsize: state.maxsize, currsize: state.kept.len() }
    }

    /// `f.cache_clear()`
    #[inline]
    pub fn cache_clear(&self) {
        self.0.hits.set(0);
        self.0.misses.set(0);
        self.0.kept.clear();
    }
}

impl CacheInfo {
    /// How often a result was there.
    #[inline]
    pub fn hits(&self) -> i64 {
        self.hits
    }

    /// How often it was not.
    #[inline]
    pub fn misses(&self) -> i64 {
        self.misses
    }

    /// How many results are kept at most.
    #[inline]
    pub fn maxsize(&self) -> Option<i64> {
        self.maxsize
    }

    /// How many are kept.
    #[inline]
    pub fn currsize(&self) -> i64 {
        self.currsize
    }
}

impl Object for CacheInfo {
    fn py_type(&self) -> &'static str {
        "CacheInfo"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let CacheInfo { hits, misses, currsize, .. } = self;
        write!(out, "CacheInfo(hits={hits}, misses={misses}, maxsize={}, currsize={currsize})", py(&self.maxsize))
    }
}

impl Key for CacheInfo {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        let key = |info: &CacheInfo| (info.hits, info.misses, info.maxsize, info.currsize);
        Ok(key(self) == key(other))
    }
}

impl Compare for CacheInfo {}

opaque! { Cache<K, V>: "functools", "_lru_cache_wrapper", K, V; }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_recently_used_goes() -> PyResult {
        let cache: Cache<i64, i64> = Cache::new(Some(2));
        for n in [1, 2, 1, 3, 2, 1] {
            if !cache.has(&n)? {
                cache.store(n, n * n)?;
            }
        }
        assert_eq!(repr(&cache.cache_info()).to_string(), "CacheInfo(hits=1, misses=5, maxsize=2, currsize=2)");
        Ok(())
    }
}
