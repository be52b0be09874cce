//! Arenas: nodes in one vector, named by typed indices.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// The name of a `T` in its [`Arena`].
pub struct Idx<T> {
    raw: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Idx<T> {
    /// The index of the `raw`th node.
    pub fn from_raw(raw: u32) -> Idx<T> {
        Idx { raw, of: PhantomData }
    }

    /// The place in the arena, counted from 0.
    pub fn raw(self) -> u32 {
        self.raw
    }

    /// The place in the arena, for tables beside it.
    pub fn at(self) -> usize {
        self.raw as usize
    }
}

impl<T> Clone for Idx<T> {
    fn clone(&self) -> Idx<T> {
        *self
    }
}
impl<T> Copy for Idx<T> {}
impl<T> PartialEq for Idx<T> {
    fn eq(&self, other: &Idx<T>) -> bool {
        self.raw == other.raw
    }
}
impl<T> Eq for Idx<T> {}
impl<T> PartialOrd for Idx<T> {
    fn partial_cmp(&self, other: &Idx<T>) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Idx<T> {
    fn cmp(&self, other: &Idx<T>) -> std::cmp::Ordering {
        self.raw.cmp(&other.raw)
    }
}
impl<T> Hash for Idx<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.raw.hash(state);
    }
}
impl<T> fmt::Debug for Idx<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.raw)
    }
}

/// Nodes of one kind, never removed.
#[derive(Debug, Clone)]
pub struct Arena<T> {
    nodes: Vec<T>,
}

impl<T> Default for Arena<T> {
    fn default() -> Arena<T> {
        Arena { nodes: Vec::new() }
    }
}

impl<T> Arena<T> {
    /// Adds a node and names it.
    pub fn alloc(&mut self, node: T) -> Idx<T> {
        let raw = u32::try_from(self.nodes.len()).expect("a program has fewer than 2^32 nodes");
        self.nodes.push(node);
        Idx::from_raw(raw)
    }

    /// Makes room for so many more nodes.
    pub fn reserve(&mut self, more: usize) {
        self.nodes.reserve(more);
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Every node with its name, in the order of their making.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Idx<T>, &T)> {
        self.nodes.iter().enumerate().map(|(raw, node)| (Idx::from_raw(raw as u32), node))
    }

    /// Every name, in the order of making.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Idx<T>> + use<T> {
        (0..self.nodes.len() as u32).map(Idx::from_raw)
    }
}

impl<T> Index<Idx<T>> for Arena<T> {
    type Output = T;
    fn index(&self, id: Idx<T>) -> &T {
        &self.nodes[id.at()]
    }
}

impl<T> IndexMut<Idx<T>> for Arena<T> {
    fn index_mut(&mut self, id: Idx<T>) -> &mut T {
        &mut self.nodes[id.at()]
    }
}

/// A side table: a `V` for some of the `T`s of an arena.
#[derive(Debug, Clone)]
pub struct ArenaMap<T, V> {
    values: Vec<Option<V>>,
    of: PhantomData<fn() -> T>,
}

impl<T, V> Default for ArenaMap<T, V> {
    fn default() -> ArenaMap<T, V> {
        ArenaMap { values: Vec::new(), of: PhantomData }
    }
}

impl<T, V> ArenaMap<T, V> {
    /// Sets the value of `id`; gives back what it replaces.
    pub fn insert(&mut self, id: Idx<T>, value: V) -> Option<V> {
        if self.values.len() <= id.at() {
            self.values.resize_with(id.at() + 1, || None);
        }
        self.values[id.at()].replace(value)
    }

    /// Makes room for the values of so many nodes.
    pub fn reserve(&mut self, nodes: usize) {
        self.values.reserve(nodes.saturating_sub(self.values.len()));
    }

    /// The value of `id`, if it has one.
    pub fn get(&self, id: Idx<T>) -> Option<&V> {
        self.values.get(id.at()).and_then(Option::as_ref)
    }

    /// The value of `id`, to change.
    pub fn get_mut(&mut self, id: Idx<T>) -> Option<&mut V> {
        self.values.get_mut(id.at()).and_then(Option::as_mut)
    }

    /// Every entry, in the order of the arena.
    pub fn iter(&self) -> impl Iterator<Item = (Idx<T>, &V)> {
        self.values.iter().enumerate().filter_map(|(raw, value)| Some((Idx::from_raw(raw as u32), value.as_ref()?)))
    }
}

impl<T, V> Index<Idx<T>> for ArenaMap<T, V> {
    type Output = V;
    fn index(&self, id: Idx<T>) -> &V {
        self.get(id).expect("the side table has a value for this node")
    }
}
