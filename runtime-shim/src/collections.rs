//! `collections`: deque, Counter, defaultdict, OrderedDict, ChainMap.

mod chain_map;
mod counter;
mod defaultdict;
mod deque;
mod ordered;

pub use chain_map::ChainMap;
pub use counter::Counter;
pub use defaultdict::DefaultDict;
pub use deque::Deque;
pub use ordered::OrderedDict;

#[cfg(test)]
mod tests;
