//! What programs translated by aio2rust link to.
#![cfg_attr(not(feature = "runtime"), allow(unused))]

#[cfg(feature = "runtime")]
pub mod error;
#[cfg(feature = "runtime")]
pub mod exception;
#[cfg(feature = "runtime")]
pub mod prelude;
#[cfg(feature = "source")]
pub mod source;
