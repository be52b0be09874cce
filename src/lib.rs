//! aio2rust.
pub mod arena;
pub mod diag;
pub mod hir;
pub mod infer;
pub mod source;
pub mod stubs;
pub mod syntax;
pub mod types;
