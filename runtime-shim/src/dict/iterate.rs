//! Walking through a dict while the program may change it.
use super::Dict;
use crate::error::PyResult;
use crate::exception::{ExceptionType, RuntimeError};
use crate::object::Key;

/// Which way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Forward,
    Backward,
}

/// A position in a dict.
pub(crate) struct Walk<K: 'static, V: 'static> {
    dict: Option<Dict<K, V>>,
    way: Way,
    at: usize,
    size: usize,
    left: usize,
}

impl<K: Key + Clone, V: Clone + 'static> Walk<K, V> {
    #[inline]
    pub(crate) fn new(dict: &Dict<K, V>, way: Way) -> Walk<K, V> {
        let table = dict.0.0.borrow();
        let at = match way {
            Way::Forward => 0,
            Way::Backward => table.end(),
        };
        Walk { dict: Some(dict.clone()), way, at, size: table.len(), left: table.len() }
    }

    #[inline]
    pub(crate) fn left(&self) -> usize {
        self.left
    }

    /// The next pair, whatever happened to the dict.
    #[inline]
    pub(crate) fn next_unchecked(&mut self) -> Option<(K, V)> {
        let dict = self.dict.as_ref()?;
        let table = dict.0.0.borrow();
        loop {
            let place = match self.way {
                Way::Forward if self.at >= table.end() => break,
                Way::Forward => {
                    self.at += 1;
                    self.at - 1
                }
                Way::Backward => {
                    self.at = match self.at.checked_sub(1) {
                        Some(at) => at,
                        None => break,
                    };
                    self.at
                }
            };
            if let Some(entry) = table.entry(place) {
                return Some((entry.key.clone(), entry.value.clone()));
            }
        }
        drop(table);
        self.dict = None;
        None
    }

    /// The next pair; RuntimeError when the dict has changed its keys.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<PyResult<(K, V)>> {
        if self.dict.as_ref()?.0.0.borrow().len() != self.size {
            // It raises again, should the program go on with it.
            self.size = usize::MAX;
            return Some(Err(RuntimeError::new("dictionary changed size during iteration")));
        }
        let pair = self.next_unchecked()?;
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                Some(Ok(pair))
            }
            None => Some(Err(RuntimeError::new("dictionary keys changed during iteration"))),
        }
    }
}
