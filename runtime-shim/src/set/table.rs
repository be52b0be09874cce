//! CPython's table of a set: its probing and growth decide the order in which sets are iterated.
const SMALLEST: usize = 8;
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// The hash of a slot whose key was deleted; no key has it.
const DELETED: i64 = -1;

pub(crate) struct Slot<T> {
    pub(crate) hash: i64,
    pub(crate) key: Option<T>,
}

pub(crate) struct Table<T> {
    slots: Vec<Slot<T>>,
    /// Keys.
    used: usize,
    /// Keys and deleted ones.
    fill: usize,
    finger: usize,
    stamp: u64,
}

/// A walk along the slots where a key may be.
#[derive(Clone, Copy)]
pub(crate) struct Probe {
    base: usize,
    perturb: u64,
    /// Slots after `base` that are looked at before the next jump.
    run: usize,
    done: usize,
    /// The last deleted slot on the way: a new key goes there.
    deleted: Option<usize>,
}

impl Probe {
    fn new(hash: i64, mask: usize) -> Probe {
        Probe { base: hash as usize & mask, perturb: hash as u64, run: 0, done: 0, deleted: None }.with_run(mask)
    }

    fn with_run(mut self, mask: usize) -> Probe {
        self.run = if self.base + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
        self.done = 0;
        self
    }

    fn slot(&self) -> usize {
        self.base + self.done
    }

    fn step(&mut self, mask: usize) {
        if self.done < self.run {
            self.done += 1;
            return;
        }
        self.perturb >>= PERTURB_SHIFT;
        self.base = self.base.wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb as usize) & mask;
        *self = self.with_run(mask);
    }
}

/// Where a search stopped.
pub(crate) enum Found {
    /// At a free slot: it is not there.
    Free(usize),
    /// At a key with this hash: compare it, then search on.
    Maybe(Probe),
}

impl Probe {
    pub(crate) fn place(&self) -> usize {
        self.slot()
    }
}

fn free<T>(size: usize) -> Vec<Slot<T>> {
    std::iter::repeat_with(|| Slot { hash: 0, key: None }).take(size).collect()
}

impl<T> Table<T> {
    pub(crate) fn new() -> Table<T> {
        Table { slots: Vec::new(), used: 0, fill: 0, finger: 0, stamp: 0 }
    }

    pub(crate) fn len(&self) -> usize {
        self.used
    }

    pub(crate) fn fill(&self) -> usize {
        self.fill
    }

    pub(crate) fn stamp(&self) -> u64 {
        self.stamp
    }

    fn size(&self) -> usize {
        self.slots.len().max(SMALLEST)
    }

    pub(crate) fn mask(&self) -> usize {
        self.size() - 1
    }

    /// The key in a slot; one past the last slot ends the table.
    pub(crate) fn slot(&self, place: usize) -> Option<&Slot<T>> {
        self.slots.get(place)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = (i64, &T)> {
        self.slots.iter().filter_map(|slot| Some((slot.hash, slot.key.as_ref()?)))
    }

    /// The next slot that may hold the key, after `from`.
    pub(crate) fn search(&self, hash: i64, from: Option<Probe>) -> Found {
        let mask = self.mask();
        let mut probe = match from {
            None => Probe::new(hash, mask),
            Some(mut probe) => {
                probe.step(mask);
                probe
            }
        };
        loop {
            let Some(slot) = self.slots.get(probe.slot()) else {
                return Found::Free(probe.slot());
            };
            match &slot.key {
                Some(_) if slot.hash == hash => return Found::Maybe(probe),
                None if slot.hash != DELETED => return Found::Free(probe.deleted.unwrap_or(probe.slot())),
                None => {
                    probe.deleted = Some(probe.slot());
                    probe.step(mask);
                }
                Some(_) => probe.step(mask),
            }
        }
    }

    /// Puts a key that is not there into the free slot that the search found.
    pub(crate) fn insert_at(&mut self, place: usize, hash: i64, key: T) {
        self.stamp += 1;
        if self.slots.is_empty() {
            self.slots = free(SMALLEST);
        }
        let was = std::mem::replace(&mut self.slots[place], Slot { hash, key: Some(key) });
        self.used += 1;
        if was.hash == DELETED {
            return;
        }
        self.fill += 1;
        if self.fill * 5 >= self.mask() * 3 {
            self.resize(self.growth());
        }
    }

    fn growth(&self) -> usize {
        if self.used > 50_000 { self.used * 2 } else { self.used * 4 }
    }

    fn resize(&mut self, at_least: usize) {
        let mut size = SMALLEST;
        while size <= at_least {
            size *= 2;
        }
        let old = std::mem::replace(&mut self.slots, free(size));
        self.fill = self.used;
        self.stamp += 1;
        for slot in old {
            if let Some(key) = slot.key {
                self.insert_clean(slot.hash, key);
            }
        }
    }

    /// Into the first free slot of the walk, there being no deleted ones.
    fn insert_clean(&mut self, hash: i64, key: T) {
        let mask = self.mask();
        let mut probe = Probe::new(hash, mask);
        while self.slots[probe.slot()].key.is_some() {
            probe.step(mask);
        }
        self.slots[probe.slot()] = Slot { hash, key: Some(key) };
    }

    /// Takes the key out of a slot.
    pub(crate) fn remove_at(&mut self, place: usize) -> Option<T> {
        let slot = self.slots.get_mut(place)?;
        let key = slot.key.take()?;
        slot.hash = DELETED;
        self.used -= 1;
        self.stamp += 1;
        Some(key)
    }

    /// `s.pop()`
    pub(crate) fn pop(&mut self) -> Option<T> {
        if self.used == 0 {
            return None;
        }
        let mask = self.mask();
        let mut place = self.finger & mask;
        while self.slots[place].key.is_none() {
            place = if place == mask { 0 } else { place + 1 };
        }
        self.finger = place + 1;
        self.remove_at(place)
    }

    /// Room for that many more, as before a set is merged in.
    pub(crate) fn reserve_for_merge(&mut self, more: usize) {
        if (self.fill + more) * 5 >= self.mask() * 3 {
            self.resize((self.used + more) * 2);
        }
    }

    /// Gets rid of deleted slots when they are many, as after a difference.
    pub(crate) fn tidy(&mut self) {
        if self.fill - self.used > self.mask() / 4 {
            self.resize(self.growth());
        }
    }

    /// Fills an empty table from another: slot by slot when that is the same table, else key by key.
    pub(crate) fn fill_from(&mut self, other: &Table<T>)
    where
        T: Clone,
    {
        if other.used == 0 {
            return;
        }
        self.stamp += 1;
        if self.slots.is_empty() {
            self.slots = free(SMALLEST);
        }
        if self.mask() == other.mask() && other.fill == other.used {
            for (mine, theirs) in self.slots.iter_mut().zip(&other.slots) {
                *mine = Slot { hash: theirs.hash, key: theirs.key.clone() };
            }
        } else {
            for (hash, key) in other.keys() {
                self.insert_clean(hash, key.clone());
            }
        }
        self.used = other.used;
        self.fill = other.used;
    }

    /// `hash(frozenset)`, of which the order of keys is no part.
    pub(crate) fn frozen_hash(&self) -> i64 {
        let shuffle = |hash: u64| ((hash ^ 89_869_747) ^ (hash << 16)).wrapping_mul(3_644_798_167);
        let mut hash = self.keys().fold(0_u64, |all, (hash, _)| all ^ shuffle(hash as u64));
        hash ^= (self.used as u64 + 1).wrapping_mul(1_927_868_237);
        hash ^= (hash >> 11) ^ (hash >> 25);
        hash = hash.wrapping_mul(69069).wrapping_add(907_133_923);
        if hash == u64::MAX { 590_923_713 } else { hash as i64 }
    }
}
