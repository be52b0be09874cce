//! `concurrent`: pools of threads and what they promise.

/// `concurrent.futures`
pub mod futures;
