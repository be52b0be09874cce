//! `collections`: deque, Counter, defaultdict, OrderedDict.

mod counter;
mod defaultdict;
mod deque;
mod ordered;

pub use counter::Counter;
pub use defaultdict::DefaultDict;
pub use deque::Deque;
pub use ordered::OrderedDict;

#[cfg(test)]
mod tests;
