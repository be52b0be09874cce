//! The cases, each beside its Python in `order/`.
pub mod cancel;
pub mod generators;
pub mod hops;
pub mod locks;
pub mod queues;
pub mod threads;
