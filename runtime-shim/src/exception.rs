//! Exceptions: what an exception class is, and all classes that Python has built in.
pub mod args;
mod attributes;
pub mod builtin;
pub mod class;
pub(crate) mod classes;
pub(crate) mod fields;
mod group;
pub mod os_error;
mod star;

pub use args::{Args as ExceptionArgs, Argument, IntoArgs, One};
pub use builtin::*;
pub use class::{Classes, ExceptionClass, ExceptionType};
pub use classes::ExceptionClasses;
pub use star::Star;
