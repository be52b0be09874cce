//! The table of a dict: entries in order of insertion, with holes where some were deleted, and an index by hash.
use std::cell::Cell;
use std::num::NonZeroI64;

use crate::error::PyResult;
use crate::lookup::Lookup;
use crate::object::Key;

const EMPTY: u32 = u32::MAX;
const DELETED: u32 = u32::MAX - 1;
const SMALLEST: usize = 8;

/// A hash as it is kept: never 0, so that a hole needs no room of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code(NonZeroI64);

impl Code {
    /// CPython's hash is never -1; where one is, it shares its code with another.
    #[inline]
    fn of(hash: i64) -> Code {
        Code(NonZeroI64::new(hash.wrapping_add(1)).unwrap_or(NonZeroI64::MIN))
    }
}

pub(crate) struct Entry<K, V> {
    pub(crate) code: Code,
    pub(crate) key: K,
    pub(crate) value: V,
}

pub(crate) struct Table<K, V> {
    entries: Vec<Option<Entry<K, V>>>,
    index: Box<[u32]>,
    live: usize,
    /// Slots of the index that are not empty. Some always are, or no search would end.
    filled: usize,
    /// Changes with every change of the keys: a comparison that ran code of the program looks whether it still holds.
    stamp: u64,
    /// Where the last search ended: a program often asks for a key that it sets next.
    last: Cell<usize>,
}

/// Where a search stopped.
pub(crate) enum Found<K> {
    Missing,
    /// This key has the same hash: compare, then search on.
    Maybe {
        key: K,
        probe: Probe,
        place: usize,
    },
}

/// A walk through the index.
#[derive(Clone, Copy)]
pub(crate) struct Probe {
    slot: usize,
    perturb: u64,
}

impl Probe {
    fn new(code: Code, mask: usize) -> Probe {
        let code = code.0.get();
        Probe { slot: code as usize & mask, perturb: code as u64 }
    }

    fn step(&mut self, mask: usize) {
        self.perturb >>= 5;
        self.slot = (self.slot.wrapping_mul(5).wrapping_add(self.perturb as usize).wrapping_add(1)) & mask;
    }
}

impl<K, V> Table<K, V> {
    pub(crate) fn new() -> Table<K, V> {
        Table { entries: Vec::new(), index: Box::default(), live: 0, filled: 0, stamp: 0, last: Cell::new(0) }
    }

    pub(crate) fn with_capacity(count: usize) -> Table<K, V> {
        let mut table = Table::new();
        if count > 0 {
            table.entries.reserve(count);
            table.rebuild(count);
        }
        table
    }

    pub(crate) fn len(&self) -> usize {
        self.live
    }

    pub(crate) fn stamp(&self) -> u64 {
        self.stamp
    }

    /// The entry at a place; `None`: a hole, or past the end.
    pub(crate) fn entry(&self, place: usize) -> Option<&Entry<K, V>> {
        self.entries.get(place)?.as_ref()
    }

    pub(crate) fn entry_mut(&mut self, place: usize) -> Option<&mut Entry<K, V>> {
        self.entries.get_mut(place)?.as_mut()
    }

    /// One past the last place.
    pub(crate) fn end(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry<K, V>> {
        self.entries.iter().flatten()
    }

    fn mask(&self) -> usize {
        self.index.len() - 1
    }

    fn rebuild(&mut self, room: usize) {
        let size = (room * 3 / 2 + 1).next_power_of_two().max(SMALLEST);
        self.entries.retain(Option::is_some);
        self.filled = self.entries.len();
        self.index = vec![EMPTY; size].into_boxed_slice();
        let mask = self.mask();
        for (place, entry) in self.entries.iter().enumerate() {
            let Some(entry) = entry else { continue };
            let mut probe = Probe::new(entry.code, mask);
            while self.index[probe.slot] != EMPTY {
                probe.step(mask);
            }
            self.index[probe.slot] = place as u32;
        }
    }

    /// Appends an entry whose key is not there.
    #[inline]
    pub(crate) fn insert_new(&mut self, hash: i64, key: K, value: V) {
        self.insert(Code::of(hash), key, value);
    }

    /// The same for a hash of another table.
    pub(crate) fn insert(&mut self, code: Code, key: K, value: V) {
        self.stamp += 1;
        if (self.entries.len().max(self.filled) + 1) * 3 > self.index.len() * 2 {
            self.rebuild((self.live + 1) * 2);
        }
        let mask = self.mask();
        let mut probe = Probe::new(code, mask);
        while self.index[probe.slot] < DELETED {
            probe.step(mask);
        }
        self.filled += usize::from(self.index[probe.slot] == EMPTY);
        self.index[probe.slot] = self.entries.len() as u32;
        self.entries.push(Some(Entry { code, key, value }));
        self.live += 1;
    }

    /// Takes an entry out; its place stays as a hole.
    pub(crate) fn remove(&mut self, place: usize) -> Option<Entry<K, V>> {
        let entry = self.entries.get_mut(place)?.take()?;
        self.stamp += 1;
        self.live -= 1;
        let mask = self.mask();
        let mut probe = Probe::new(entry.code, mask);
        while self.index[probe.slot] != place as u32 {
            probe.step(mask);
        }
        self.index[probe.slot] = DELETED;
        while let Some(None) = self.entries.last() {
            self.entries.pop();
        }
        Some(entry)
    }

    /// Takes the last entry out.
    pub(crate) fn pop_last(&mut self) -> Option<Entry<K, V>> {
        self.remove(self.entries.len().checked_sub(1)?)
    }
}

impl<K: Key, V> Table<K, V> {
    /// Searches for a key whose comparison runs no code of the program.
    #[inline]
    pub(crate) fn find_plain<Q: Lookup<K>>(&self, hash: i64, key: &Q) -> PyResult<Option<usize>> {
        let code = Code::of(hash);
        if let Some(entry) = self.entry(self.last.get())
            && entry.code == code
            && key.is_key(&entry.key)?
        {
            return Ok(Some(self.last.get()));
        }
        if self.index.is_empty() {
            return Ok(None);
        }
        let mask = self.mask();
        let mut probe = Probe::new(code, mask);
        loop {
            match self.index[probe.slot] {
                EMPTY => return Ok(None),
                DELETED => {}
                place => {
                    if let Some(entry) = self.entry(place as usize)
                        && entry.code == code
                        && key.is_key(&entry.key)?
                    {
                        self.last.set(place as usize);
                        return Ok(Some(place as usize));
                    }
                }
            }
            probe.step(mask);
        }
    }

    /// Searches up to the next key with this hash.
    pub(crate) fn search(&self, hash: i64, from: Option<Probe>) -> Found<K>
    where
        K: Clone,
    {
        if self.index.is_empty() {
            return Found::Missing;
        }
        let code = Code::of(hash);
        let mask = self.mask();
        let mut probe = match from {
            None => Probe::new(code, mask),
            Some(mut probe) => {
                probe.step(mask);
                probe
            }
        };
        loop {
            match self.index[probe.slot] {
                EMPTY => return Found::Missing,
                DELETED => {}
                place => {
                    if let Some(entry) = self.entry(place as usize)
                        && entry.code == code
                    {
                        return Found::Maybe { key: entry.key.clone(), probe, place: place as usize };
                    }
                }
            }
            probe.step(mask);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn keys_that_come_and_go() {
        let mut table = Table::new();
        for key in 0..100_i64 {
            table.insert_new(key, key, ());
            assert!(table.find_plain(key, &key).is_ok_and(|found| found == Some(0)));
            assert!(table.remove(0).is_some());
            assert!(table.find_plain(key, &key).is_ok_and(|found| found.is_none()));
        }
    }
}
