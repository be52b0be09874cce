//! Where the solver's slots lead: short lists of numbers, and the same the other way round.

use rustc_hash::FxHashSet as HashSet;

use super::shape::Slot;

/// A list of numbers among the links of all slots; most are short.
#[derive(Debug, Default, Clone, Copy)]
pub struct List {
    /// The place of the first link; 0: it is empty.
    pub first: u32,
    last: u32,
    /// How many there are.
    pub len: u32,
}

/// The links of all lists: a number and the place of the next. Place 0 is none.
#[derive(Debug)]
pub struct Links(Vec<(u32, u32)>);

impl Default for Links {
    fn default() -> Links {
        Links(vec![(0, 0)])
    }
}

impl Links {
    /// Adds a number at the end of a list.
    pub fn push(&mut self, list: &mut List, number: u32) {
        let at = self.0.len() as u32;
        self.0.push((number, 0));
        match list.last {
            0 => list.first = at,
            last => self.0[last as usize].1 = at,
        }
        list.last = at;
        list.len += 1;
    }

    /// The numbers of a list.
    pub fn iter(&self, list: List) -> impl Iterator<Item = u32> {
        let mut at = list.first;
        std::iter::from_fn(move || {
            let here = at;
            if here == 0 {
                return None;
            }
            let (number, next) = self.0[here as usize];
            at = if here == list.last { 0 } else { next };
            Some(number)
        })
    }

    /// The number at a place of a list, and the place after it.
    pub fn step(&self, list: List, at: u32) -> (u32, u32) {
        let (number, next) = self.0[at as usize];
        (number, if at == list.last { 0 } else { next })
    }
}

/// Lists above this length are looked up in a set.
const SHORT: u32 = 8;

/// The slots that flow into each.
pub struct Backwards {
    starts: Vec<u32>,
    from: Vec<u32>,
}

impl Backwards {
    /// Of edges between so many slots.
    pub fn new(edges: &[(Slot, Slot)], slots: usize) -> Backwards {
        let mut starts = vec![0_u32; slots + 1];
        for (_, to) in edges {
            starts[to.0 as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut from = vec![0; edges.len()];
        for (source, to) in edges {
            let at = &mut next[to.0 as usize];
            from[*at as usize] = source.0;
            *at += 1;
        }
        Backwards { starts, from }
    }

    /// Those that flow into one.
    pub fn of(&self, to: u32) -> &[u32] {
        &self.from[self.starts[to as usize] as usize..self.starts[to as usize + 1] as usize]
    }
}

/// Whether a number is not in a list yet; `long` knows those of long lists.
pub fn is_new(links: &Links, list: List, long: &mut HashSet<(u32, u32)>, of: Slot, number: u32) -> bool {
    if list.len < SHORT {
        return !links.iter(list).any(|known| known == number);
    }
    if list.len == SHORT {
        long.extend(links.iter(list).map(|known| (of.0, known)));
    }
    long.insert((of.0, number))
}
