//! `logging`: the tree of loggers, their handlers and formatters.
use std::cell::Cell;

use crate::global::Global;
use crate::prelude::*;

mod config;
mod formatter;
mod handler;
mod levels;
mod logger;
mod message;
mod record;

pub use config::{BasicConfig, shutdown};
pub use formatter::Formatter;
pub use handler::{Filter, Handler};
pub use levels::{
    IntoLevel, add_level_name, attribute, attribute_or, attribute_or_none, get_level_name, get_level_names_mapping,
};
pub use logger::{Logger, LoggerAdapter, get_logger};
pub use message::{ExcInfo, Message};
pub use record::LogRecord;

/// `logging.CRITICAL`
pub const CRITICAL: i64 = 50;
/// `logging.FATAL`
pub const FATAL: i64 = CRITICAL;
/// `logging.ERROR`
pub const ERROR: i64 = 40;
/// `logging.WARNING`
pub const WARNING: i64 = 30;
/// `logging.WARN`
pub const WARN: i64 = WARNING;
/// `logging.INFO`
pub const INFO: i64 = 20;
/// `logging.DEBUG`
pub const DEBUG: i64 = 10;
/// `logging.NOTSET`
pub const NOTSET: i64 = 0;
/// `logging.BASIC_FORMAT`
pub const BASIC_FORMAT: Str = Str::literal("%(levelname)s:%(name)s:%(message)s");

/// Everything up to this level is off: `logging.disable`.
static DISABLED: Global<Rc<Cell<i64>>> = Global::new(Rc::default);

/// `logging.disable(level)`
#[inline]
pub fn disable(level: impl IntoLevel) -> PyResult {
    DISABLED.get().set(level.level()?);
    Ok(())
}

/// `logging.root`
#[inline]
pub fn root() -> Logger {
    logger::root()
}

/// The root logger, which a call of the module itself configures first when nobody has.
#[inline]
fn configured() -> Logger {
    let root = root();
    if root.handlers().is_empty() {
        BasicConfig::new().apply().or_escape();
    }
    root
}

macro_rules! calls {
    ($($name:ident),*) => {$(
        #[doc = concat!("`logging.", stringify!($name), "(msg, *args)`")]
        #[inline]
        pub fn $name(message: &(impl Message + ?Sized), args: &[&dyn Object]) {
            configured().$name(message, args);
        }
    )*};
}
calls!(debug, info, warning, error, critical);

/// `logging.log(level, msg, *args)`
#[inline]
pub fn log(level: i64, message: &(impl Message + ?Sized), args: &[&dyn Object]) {
    configured().log(level, message, args);
}

/// What goes with the next message: `exc_info` and `extra`.
#[inline]
pub fn with() -> LoggerAdapter {
    configured().with()
}
