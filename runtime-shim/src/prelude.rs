//! What every emitted file imports with `use aio2rust_runtime::prelude::*;`.
pub use std::cell::Cell;
pub use std::convert::Infallible;
pub use std::process::ExitCode;
pub use std::rc::Rc;

pub use crate::error::{PyErr, PyResult};
pub use crate::exception::builtin::*;
pub use crate::exception::{ExceptionClass, ExceptionType};
