//! Loggers: a tree by their dotted names.
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::handler::{self, Filter, Handler};
use super::message::{ExcInfo, Given, Message};
use super::{CRITICAL, DEBUG, DISABLED, ERROR, INFO, IntoLevel, LogRecord, NOTSET, WARNING, levels};
use crate::escape::OrEscape;
use crate::prelude::*;

/// `logging.Logger`: a handle; there is one to each name.
#[derive(Clone)]
pub struct Logger(Rc<State>);

struct State {
    name: Str,
    level: Cell<i64>,
    propagate: Cell<bool>,
    disabled: Cell<bool>,
    handlers: RefCell<List<Handler>>,
    filters: RefCell<Vec<Filter>>,
}

static LOGGERS: Global<Rc<RefCell<BTreeMap<Str2, Logger>>>> = Global::new(Rc::default);
static ROOT: Global<Logger> = Global::new(|| Logger::make("root", WARNING));

/// Names in an order, which the tree does not need and the map does.
type Str2 = String;

/// The root logger.
#[inline]
pub(super) fn root() -> Logger {
    ROOT.get()
}

/// `logging.getLogger(name)`
#[inline]
pub fn get_logger(name: Option<Str>) -> Logger {
    let Some(name) = name.filter(|name| !name.is_empty() && &**name != "root") else { return root() };
    let loggers = LOGGERS.get();
    let mut loggers = loggers.borrow_mut();
    loggers.entry(name.to_string()).or_insert_with(|| Logger::make(&name, NOTSET)).clone()
}

impl Logger {
    #[inline]
    fn make(name: &str, level: i64) -> Logger {
        crate::asyncio::log_through(super::config::log_of_loop);
        Logger(Rc::new(State {
            name: Str::copy_of(name),
            level: Cell::new(level),
            propagate: Cell::new(true),
            disabled: Cell::new(false),
            handlers: RefCell::default(),
            filters: RefCell::default(),
        }))
    }

    #[inline]
    fn is_root(&self) -> bool {
        Rc::ptr_eq(&self.0, &root().0)
    }

    /// `logger.parent`
    #[inline]
    pub fn parent(&self) -> Option<Logger> {
        if self.is_root() {
            return None;
        }
        let loggers = LOGGERS.get();
        let loggers = loggers.borrow();
        let mut name = self.0.name.as_str();
        while let Some(dot) = name.rfind('.') {
            name = &name[..dot];
            if let Some(found) = loggers.get(name) {
                return Some(found.clone());
            }
        }
        Some(root())
    }

    /// `logger.getChild(suffix)`
    #[inline]
    pub fn get_child(&self, suffix: &str) -> Logger {
        let name = if self.is_root() { suffix.to_owned() } else { format!("{}.{suffix}", self.0.name) };
        get_logger(Some(Str::from(name)))
    }

    /// `logger.name`
    #[inline]
    pub fn name(&self) -> Str {
        self.0.name.clone()
    }

    /// `logger.level`
    #[inline]
    pub fn level(&self) -> i64 {
        self.0.level.get()
    }

    /// `logger.setLevel(level)`
    #[inline]
    pub fn set_level(&self, level: impl IntoLevel) -> PyResult {
        self.0.level.set(level.level()?);
        Ok(())
    }

    /// `logger.getEffectiveLevel()`
    #[inline]
    pub fn get_effective_level(&self) -> i64 {
        let mut at = Some(self.clone());
        while let Some(logger) = at {
            if logger.level() != NOTSET {
                return logger.level();
            }
            at = logger.parent();
        }
        NOTSET
    }

    /// `logger.isEnabledFor(level)`
    #[inline]
    pub fn is_enabled_for(&self, level: i64) -> bool {
        !self.0.disabled.get() && DISABLED.get().get() < level && level >= self.get_effective_level()
    }

    /// `logger.propagate`
    #[inline]
    pub fn propagate(&self) -> bool {
        self.0.propagate.get()
    }

    /// `logger.propagate = …`
    #[inline]
    pub fn set_propagate(&self, propagate: bool) {
        self.0.propagate.set(propagate);
    }

    /// `logger.disabled`
    #[inline]
    pub fn disabled(&self) -> bool {
        self.0.disabled.get()
    }

    /// `logger.disabled = …`
    #[inline]
    pub fn set_disabled(&self, disabled: bool) {
        self.0.disabled.set(disabled);
    }

    /// `logger.handlers`: the list itself.
    #[inline]
    pub fn handlers(&self) -> List<Handler> {
        self.0.handlers.borrow().clone()
    }

    /// `logger.handlers = …`
    #[inline]
    pub fn set_handlers(&self, handlers: List<Handler>) {
        self.0.handlers.replace(handlers);
    }

    /// `logger.addHandler(handler)`
    #[inline]
    pub fn add_handler(&self, handler: &Handler) {
        let handlers = self.handlers();
        if !handlers.iter().any(|known| known.is_same(handler)) {
            handlers.append(handler.clone());
        }
    }

    /// `logger.removeHandler(handler)`
    #[inline]
    pub fn remove_handler(&self, handler: &Handler) {
        let handlers = self.handlers();
        let rest: Vec<Handler> = handlers.iter().filter(|known| !known.is_same(handler)).collect();
        drop(handlers.replace(rest));
    }

    /// `logger.hasHandlers()`
    #[inline]
    pub fn has_handlers(&self) -> bool {
        let mut at = Some(self.clone());
        while let Some(logger) = at {
            if !logger.handlers().is_empty() {
                return true;
            }
            at = logger.parent().filter(|_| logger.propagate());
        }
        false
    }

    /// `logger.addFilter(filter)`
    #[inline]
    pub fn add_filter(&self, filter: Filter) {
        self.0.filters.borrow_mut().push(filter);
    }

    /// `logger.debug(msg, *args)`
    #[inline]
    pub fn debug(&self, message: &(impl Message + ?Sized), args: &[&dyn Object]) {
        self.log(DEBUG, message, args);
    }

    /// `logger.info(msg, *args)`
    #[inline]
    pub fn info(&self, message: &(impl Message + ?Sized), args: &[&dyn Object]) {
        self.log(INFO, message, args);
    }

    /// `logger.warning(msg, *args)`
    #[inline]
    pub fn warning(&self, message: &(impl Message + ?Sized), args: &[&dyn Object]) {
        self.log(WARNING, message, args);
    }

    /// `logger.error(msg, *args)`
    #[inline]
    pub fn error(&self, message: &(impl Message + ?Sized), args: &[&dyn Object]) {
        self.log(ERROR, message, args);
    }

    /// `logger.critical(msg, *args)`
    #[inline]
    pub fn critical(&self, message: &(impl Message + ?Sized), args: &[&dyn Object]) {
        self.log(CRITICAL, message, args);
    }

    /// `logger.log(level, msg, *args)`
    #[inline]
    pub fn log(&self, level: i64, message: &(impl Message + ?Sized), args: &[&dyn Object]) {
        if self.is_enabled_for(level) {
            self.make_record(level, message, args, None, Vec::new()).or_escape();
        }
    }

    /// What goes with the next message: `exc_info` and `extra`.
    #[inline]
    pub fn with(&self) -> LoggerAdapter {
        LoggerAdapter { logger: self.clone(), error: None, extra: Vec::new() }
    }

    #[inline]
    fn make_record(
        &self,
        level: i64,
        message: &(impl Message + ?Sized),
        args: &[&dyn Object],
        error: Option<Option<PyErr>>,
        extra: Vec<(Str, Value)>,
    ) -> PyResult {
        let template = message.text()?;
        let text = if args.is_empty() { Ok(template.clone()) } else { template.percent(&Given(args)) };
        let text = match text {
            Ok(text) => text,
            Err(failed) => {
                self.mistake(&template, args, &failed);
                return Ok(());
            }
        };
        self.handle(&LogRecord::new(self.name(), level, template, text, error, extra))
    }

    /// The arguments do not fit the message: every handler that would have shown it says so.
    #[cold]
    fn mistake(&self, template: &Str, args: &[&dyn Object], error: &PyErr) {
        let shown: Vec<String> = args.iter().map(|arg| repr(*arg).to_string()).collect();
        let comma = if shown.len() == 1 { "," } else { "" };
        let mut text = String::from("--- Logging error ---\n");
        text.push_str(&crate::traceback::render(error));
        text.push_str("Call stack:\n");
        text.push_str(&crate::traceback::stack());
        text.push_str(&format!("Message: {}\nArguments: ({}{comma})\n", repr(template), shown.join(", ")));
        let count = self.chain().len();
        for _ in 0..count.max(1) {
            crate::io::write_stderr(&text);
        }
    }

    /// The handlers that see a record of this logger.
    #[inline]
    fn chain(&self) -> Vec<Handler> {
        let mut all = Vec::new();
        let mut at = Some(self.clone());
        while let Some(logger) = at {
            all.extend(logger.handlers().iter());
            at = logger.parent().filter(|_| logger.propagate());
        }
        all
    }

    /// `logger.handle(record)`
    #[inline]
    pub fn handle(&self, record: &LogRecord) -> PyResult {
        if self.0.disabled.get() || !handler::pass(&self.0.filters, record)? {
            return Ok(());
        }
        self.call_handlers(record)
    }

    /// Shows a record that has passed the filters.
    #[inline]
    pub(super) fn call_handlers(&self, record: &LogRecord) -> PyResult {
        let chain = self.chain();
        // The last resort: warnings and worse, as they are, on stderr.
        if chain.is_empty() && record.levelno() >= WARNING {
            let line = super::Formatter::plain().format(record)?;
            crate::io::write_stderr(&format!("{line}\n"));
        }
        for handler in chain {
            if record.levelno() >= handler.level() {
                handler.handle(record)?;
            }
        }
        Ok(())
    }
}

impl Object for Logger {
    fn py_type(&self) -> &'static str {
        if self.is_root() { "RootLogger" } else { "Logger" }
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        write!(out, "<{} {} ({})>", self.py_type(), self.0.name, levels::name_of(self.get_effective_level()))
    }
}

impl Key for Logger {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(Rc::ptr_eq(&self.0, &other.0))
    }
}

impl Compare for Logger {}

impl From<Logger> for Value {
    #[inline]
    fn from(logger: Logger) -> Value {
        Value::object(logger)
    }
}

/// A logger, and what goes with its next message.
#[derive(Clone)]
pub struct LoggerAdapter {
    logger: Logger,
    error: Option<Option<PyErr>>,
    extra: Vec<(Str, Value)>,
}

impl LoggerAdapter {
    /// `exc_info=…`
    #[inline]
    #[must_use]
    pub fn exc_info(mut self, error: impl ExcInfo) -> LoggerAdapter {
        self.error = error.error();
        self
    }

    /// `extra={…}`
    #[inline]
    #[must_use]
    pub fn extra<V: Clone + Into<Value> + 'static>(mut self, extra: &Dict<Str, V>) -> LoggerAdapter {
        self.extra = extra.items().unchecked().map(|(name, value)| (name, value.into())).collect();
        self
    }

    /// `debug(msg, *args)`
    #[inline]
    pub fn debug(&self, message: &(impl Message + ?Sized), args: &[&dyn Object]) {
        self.log(DEBUG, message, args);
    }

    /// `info(msg, *args)`
    #[inline]
    pub fn info(&self, message: &(impl Message + ?Sized), args: &[&dyn Object]) {
        self.log(INFO, message, args);
    }

    /// `warning(msg, *args)`
    #[inline]
    pub fn warning(&self, message: &(impl Message + ?Sized), args: &[&dyn Object]) {
        self.log(WARNING, message, args);
    }

    /// `error(msg, *args)`
    #[inline]
    pub fn error(&self, message: &(impl Message + ?Sized), args: &[&dyn Object]) {
        self.log(ERROR, message, args);
    }

    /// `critical(msg, *args)`
    #[inline]
    pub fn critical(&self, message: &(impl Message + ?Sized), args: &[&dyn Object]) {
        self.log(CRITICAL, message, args);
    }

    /// `log(level, msg, *args)`
    #[inline]
    pub fn log(&self, level: i64, message: &(impl Message + ?Sized), args: &[&dyn Object]) {
        if self.logger.is_enabled_for(level) {
            let (error, extra) = (self.error.clone(), self.extra.clone());
            self.logger.make_record(level, message, args, error, extra).or_escape();
        }
    }
}
