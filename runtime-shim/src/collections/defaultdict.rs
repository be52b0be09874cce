//! `collections.defaultdict`: a dict that makes what is missing.

use std::fmt::{self, Write};
use std::ops::Deref;

use crate::iter::{Iterable, ToIter};
use crate::prelude::*;

type Factory<V> = Rc<dyn Fn() -> PyResult<V>>;

/// Python's `defaultdict`; a clone is the same dict. All methods of `Dict` are its, too.
pub struct DefaultDict<K: 'static, V: 'static> {
    dict: Dict<K, V>,
    name: &'static str,
    factory: Option<Factory<V>>,
}

impl<K: 'static, V: 'static> DefaultDict<K, V> {
    /// `defaultdict(factory)`; `name` is what its repr shows: `<class 'list'>`.
    #[inline]
    pub fn new(name: &'static str, factory: impl Fn() -> PyResult<V> + 'static) -> DefaultDict<K, V> {
        DefaultDict { dict: Dict::new(), name, factory: Some(Rc::new(factory)) }
    }

    /// `defaultdict()`
    #[inline]
    pub fn without() -> DefaultDict<K, V> {
        DefaultDict { dict: Dict::new(), name: "None", factory: None }
    }
}

impl<K: Key + Object + Clone, V: Clone + 'static> DefaultDict<K, V> {
    /// `d[key]`: what is missing is made and kept.
    #[inline]
    pub fn get_item(&self, key: &K) -> PyResult<V> {
        if let Some(value) = self.dict.get(key) {
            return Ok(value);
        }
        let Some(factory) = &self.factory else { return self.dict.get_item(key) };
        let value = factory()?;
        self.dict.set_item(key.clone(), value.clone());
        Ok(value)
    }

    /// `copy()`
    #[inline]
    pub fn copy(&self) -> DefaultDict<K, V> {
        DefaultDict { dict: self.dict.copy(), name: self.name, factory: self.factory.clone() }
    }
}

impl<K: 'static, V: 'static> Deref for DefaultDict<K, V> {
    type Target = Dict<K, V>;

    #[inline]
    fn deref(&self) -> &Dict<K, V> {
        &self.dict
    }
}

impl<K: 'static, V: 'static> Clone for DefaultDict<K, V> {
    #[inline]
    fn clone(&self) -> Self {
        DefaultDict { dict: self.dict.clone(), name: self.name, factory: self.factory.clone() }
    }
}

impl<'a, K: Key + Clone, V: Clone + 'static> IntoIterator for &'a DefaultDict<K, V> {
    type Item = PyResult<K>;
    type IntoIter = <&'a Dict<K, V> as IntoIterator>::IntoIter;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        (&self.dict).into_iter()
    }
}

impl<K: Key + Clone, V: Clone + 'static> Iterable for DefaultDict<K, V> {
    type Item = K;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<K>> {
        Iterable::items(&self.dict)
    }
}

impl<K: Key + Clone, V: Clone + 'static> ToIter for DefaultDict<K, V> {
    #[inline]
    fn to_iter(&self) -> Iter<K> {
        self.dict.to_iter()
    }
}

impl<K: Key + Object + Clone, V: Object + Clone> Object for DefaultDict<K, V> {
    #[inline]
    fn py_copied(self, copier: &mut crate::copy::Copier) -> Self {
        let dict = self.dict.clone().py_copied(copier);
        DefaultDict { dict, ..self }
    }

    #[inline]
    fn py_type(&self) -> &'static str {
        "defaultdict"
    }

    #[inline]
    fn py_id(&self) -> usize {
        self.dict.py_id()
    }

    #[inline]
    fn py_bool(&self) -> bool {
        !self.dict.is_empty()
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "defaultdict({}, ", self.name)?;
        self.dict.py_repr(out)?;
        out.write_str(")")
    }
}

impl<K: Key + Object + Clone, V: Key + Clone> Key for DefaultDict<K, V> {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        self.dict.py_eq(&other.dict)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Err(crate::object::unhashable("collections.defaultdict"))
    }
}

impl<K: Key + Object + Clone, V: Key + Clone> PartialEq for DefaultDict<K, V> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.dict == other.dict
    }
}

impl<K: Key + Object + Clone, V: Object + Clone> Compare for DefaultDict<K, V> {}
