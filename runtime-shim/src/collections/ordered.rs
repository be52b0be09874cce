//! `collections.OrderedDict`: a dict whose items can be moved to its ends, and whose equality regards the order.

use std::fmt::{self, Write};
use std::ops::Deref;

use crate::iter::{Iterable, ToIter};
use crate::prelude::*;

/// Python's `OrderedDict`; a clone is the same dict. All methods of `Dict` are its, too.
pub struct OrderedDict<K: 'static, V: 'static>(Dict<K, V>);

impl<K: 'static, V: 'static> OrderedDict<K, V> {
    /// `OrderedDict()`
    #[inline]
    pub fn new() -> OrderedDict<K, V> {
        OrderedDict(Dict::new())
    }
}

impl<V: Clone + 'static> OrderedDict<Str, V> {
    /// `OrderedDict(a=1)`
    #[inline]
    pub fn from_names<const N: usize>(names: [(&'static str, V); N]) -> OrderedDict<Str, V> {
        OrderedDict(names.into_iter().map(|(name, value)| (Str::from(name), value)).collect())
    }
}

impl<K: Key + Object + Clone, V: Clone + 'static> OrderedDict<K, V> {
    /// `OrderedDict(pairs)`
    #[inline]
    pub fn from_pairs(pairs: &impl Iterable<Item = (K, V)>) -> PyResult<OrderedDict<K, V>> {
        let dict = Dict::new();
        dict.update_from(pairs)?;
        Ok(OrderedDict(dict))
    }

    /// `OrderedDict(dict)`
    #[inline]
    pub fn from_dict(dict: &Dict<K, V>) -> OrderedDict<K, V> {
        OrderedDict(dict.copy())
    }

    /// `copy()`
    #[inline]
    pub fn copy(&self) -> OrderedDict<K, V> {
        OrderedDict(self.0.copy())
    }

    /// `popitem(last)`
    #[inline]
    pub fn popitem(&self, last: bool) -> PyResult<(K, V)> {
        if self.0.is_empty() {
            return Err(KeyError::new("dictionary is empty"));
        }
        if last {
            return self.0.popitem();
        }
        let Some(key) = self.0.unchecked().next() else { return Err(KeyError::new("dictionary is empty")) };
        let value = self.0.pop(&key)?;
        Ok((key, value))
    }

    /// `move_to_end(key, last)`
    #[inline]
    pub fn move_to_end(&self, key: &K, last: bool) -> PyResult {
        let value = self.0.pop(key)?;
        if last {
            self.0.set_item(key.clone(), value);
            return Ok(());
        }
        let rest = self.0.to_vec();
        self.0.clear();
        self.0.set_item(key.clone(), value);
        rest.into_iter().for_each(|(key, value)| self.0.set_item(key, value));
        Ok(())
    }
}

impl<K: 'static, V: 'static> Deref for OrderedDict<K, V> {
    type Target = Dict<K, V>;

    #[inline]
    fn deref(&self) -> &Dict<K, V> {
        &self.0
    }
}

impl<K: 'static, V: 'static> Default for OrderedDict<K, V> {
    #[inline]
    fn default() -> Self {
        OrderedDict::new()
    }
}

impl<K: 'static, V: 'static> Clone for OrderedDict<K, V> {
    #[inline]
    fn clone(&self) -> Self {
        OrderedDict(self.0.clone())
    }
}

impl<'a, K: Key + Clone, V: Clone + 'static> IntoIterator for &'a OrderedDict<K, V> {
    type Item = PyResult<K>;
    type IntoIter = <&'a Dict<K, V> as IntoIterator>::IntoIter;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        (&self.0).into_iter()
    }
}

impl<K: Key + Clone, V: Clone + 'static> Iterable for OrderedDict<K, V> {
    type Item = K;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<K>> {
        Iterable::items(&self.0)
    }
}

impl<K: Key + Clone, V: Clone + 'static> ToIter for OrderedDict<K, V> {
    #[inline]
    fn to_iter(&self) -> Iter<K> {
        self.0.to_iter()
    }
}

impl<K: Key + Object + Clone, V: Object + Clone> Object for OrderedDict<K, V> {
    #[inline]
    fn py_copied(self, copier: &mut crate::copy::Copier) -> Self {
        OrderedDict(self.0.py_copied(copier))
    }

    #[inline]
    fn py_type(&self) -> &'static str {
        "OrderedDict"
    }

    #[inline]
    fn py_id(&self) -> usize {
        self.0.py_id()
    }

    #[inline]
    fn py_bool(&self) -> bool {
        !self.0.is_empty()
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        if self.0.is_empty() {
            return out.write_str("OrderedDict()");
        }
        out.write_str("OrderedDict(")?;
        self.0.py_repr(out)?;
        out.write_str(")")
    }
}

impl<K: Key + Object + Clone, V: Key + Clone> Key for OrderedDict<K, V> {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        let (a, b) = (self.0.to_vec(), other.0.to_vec());
        if a.len() != b.len() {
            return Ok(false);
        }
        for ((key, value), (other_key, other_value)) in a.iter().zip(&b) {
            if !key.py_eq(other_key)? || !value.py_eq(other_value)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Err(crate::object::unhashable("collections.OrderedDict"))
    }
}

impl<K: Key + Object + Clone, V: Key + Clone> PartialEq for OrderedDict<K, V> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        use crate::escape::OrEscape;
        self.py_eq(other).or_escape()
    }
}

impl<K: Key + Object + Clone, V: Object + Clone> Compare for OrderedDict<K, V> {}
