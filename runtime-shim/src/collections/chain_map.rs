//! `collections.ChainMap`: dicts that are looked through one after the other.

use std::fmt::{self, Write};

use crate::iter::{Iterable, ToIter};
use crate::prelude::*;

/// Python's `ChainMap`; a clone is the same chain.
pub struct ChainMap<K: 'static, V: 'static>(List<Dict<K, V>>);

impl<K: 'static, V: 'static> Clone for ChainMap<K, V> {
    fn clone(&self) -> Self {
        ChainMap(self.0.clone())
    }
}

impl<K: Key + Object + Clone, V: Clone + 'static> ChainMap<K, V> {
    /// `ChainMap()`
    pub fn empty() -> ChainMap<K, V> {
        ChainMap(List::from([Dict::new()]))
    }

    /// `ChainMap(*maps)`
    pub fn new<const N: usize>(maps: [Dict<K, V>; N]) -> ChainMap<K, V> {
        ChainMap(List::from(maps))
    }

    fn first(&self) -> Dict<K, V> {
        self.0.item_at(0).unwrap_or_default()
    }

    /// `maps`
    pub fn maps(&self) -> List<Dict<K, V>> {
        self.0.clone()
    }

    /// `parents`
    pub fn parents(&self) -> ChainMap<K, V> {
        ChainMap(self.0.slice(Some(1), None))
    }

    /// `new_child()`
    pub fn new_child(&self) -> ChainMap<K, V> {
        self.new_child_of(Dict::new())
    }

    /// `new_child(m)`
    pub fn new_child_of(&self, m: Dict<K, V>) -> ChainMap<K, V> {
        ChainMap(std::iter::once(m).chain(self.0.iter()).collect())
    }

    /// `get(key)`
    pub fn get(&self, key: &K) -> Option<V> {
        self.0.iter().find_map(|map| map.get_item(key).ok())
    }

    /// `get(key, default)`
    pub fn get_or(&self, key: &K, default: V) -> V {
        self.get(key).unwrap_or(default)
    }

    /// `c[key]`
    pub fn get_item(&self, key: &K) -> PyResult<V> {
        self.get(key).ok_or_else(|| missing(key))
    }

    /// `c[key] = value`
    pub fn set_item(&self, key: K, value: V) {
        self.first().set_item(key, value);
    }

    /// `del c[key]`
    pub fn del_item(&self, key: &K) -> PyResult {
        match self.first().pop(key) {
            Ok(_) => Ok(()),
            Err(_) => Err(KeyError::new(format!("Key not found in the first mapping: {}", repr(key)))),
        }
    }

    /// `key in c`
    pub fn contains(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// The pairs: keys in the order of the last dict, values of the first that has them.
    fn pairs(&self) -> Vec<(K, V)> {
        let all = Dict::new();
        let maps: Vec<Dict<K, V>> = self.0.iter().collect();
        for map in maps.iter().rev() {
            for (key, value) in map.to_vec() {
                all.set_item(key, value);
            }
        }
        all.to_vec()
    }

    /// `len(c)`
    pub fn len(&self) -> i64 {
        self.pairs().len() as i64
    }

    /// `not c`
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|map| map.is_empty())
    }

    /// `keys()`
    pub fn keys(&self) -> List<K> {
        self.pairs().into_iter().map(|(key, _)| key).collect()
    }

    /// `values()`
    pub fn values(&self) -> List<V> {
        self.pairs().into_iter().map(|(_, value)| value).collect()
    }

    /// `items()`
    pub fn items(&self) -> List<(K, V)> {
        List::from(self.pairs())
    }

    /// `dict(c)`
    pub fn to_dict(&self) -> Dict<K, V> {
        self.pairs().into_iter().collect()
    }

    /// `for key in c`
    pub fn iter(&self) -> Iter<K> {
        self.keys().to_iter()
    }
}

#[cold]
fn missing<K: Object + Clone>(key: &K) -> PyErr {
    KeyError::new(key.clone())
}

impl<K: Key + Object + Clone, V: Clone + 'static> Iterable for ChainMap<K, V> {
    type Item = K;

    fn items(&self) -> impl Iterator<Item = PyResult<K>> {
        self.iter()
    }
}

impl<K: Key + Object + Clone, V: Clone + 'static> ToIter for ChainMap<K, V> {
    fn to_iter(&self) -> Iter<K> {
        self.iter()
    }
}

impl<K: Key + Object + Clone, V: Clone + 'static> IntoIterator for &ChainMap<K, V> {
    type Item = PyResult<K>;
    type IntoIter = Iter<K>;

    fn into_iter(self) -> Iter<K> {
        self.iter()
    }
}

impl<K: Key + Object + Clone, V: Object + Clone> Object for ChainMap<K, V> {
    fn py_type(&self) -> &'static str {
        "ChainMap"
    }

    fn py_bool(&self) -> bool {
        !self.is_empty()
    }

    fn py_id(&self) -> usize {
        self.0.py_id()
    }

    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str("ChainMap(")?;
        for (at, map) in self.0.iter().enumerate() {
            if at > 0 {
                out.write_str(", ")?;
            }
            map.py_repr(out)?;
        }
        out.write_str(")")
    }
}

impl<K: Key + Object + Clone, V: Object + Clone> Key for ChainMap<K, V> {
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self.0.py_id() == other.0.py_id())
    }

    fn py_hash(&self) -> PyResult<i64> {
        Err(crate::object::unhashable("ChainMap"))
    }
}

impl<K: Key + Object + Clone, V: Object + Clone> Compare for ChainMap<K, V> {}
