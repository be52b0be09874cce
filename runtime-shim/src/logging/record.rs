//! One thing that was logged.
use std::cell::RefCell;

use super::levels;
use crate::prelude::*;
use crate::{clock, sys, threading, traceback};

/// When the module was loaded: what `relativeCreated` counts from.
static START: Global<f64> = Global::new(clock::epoch_unread);

/// `logging.LogRecord`: a handle.
#[derive(Clone)]
pub struct LogRecord(pub(super) Rc<Fields>);

/// What is known of a message.
pub(super) struct Fields {
    pub(super) name: Str,
    pub(super) level: i64,
    pub(super) msg: Str,
    pub(super) message: Str,
    pub(super) nanoseconds: i64,
    pub(super) error: Option<Option<PyErr>>,
    pub(super) extra: Vec<(Str, Value)>,
    pub(super) asctime: RefCell<Str>,
    pub(super) place: Option<traceback::Place>,
    pub(super) thread: Str,
    pub(super) exc_text: RefCell<Option<Str>>,
}

crate::opaque::opaque! { LogRecord: "logging", "LogRecord"; }

impl LogRecord {
    #[inline]
    pub(super) fn new(
        name: Str,
        level: i64,
        msg: Str,
        message: Str,
        error: Option<Option<PyErr>>,
        extra: Vec<(Str, Value)>,
    ) -> LogRecord {
        START.get();
        LogRecord(Rc::new(Fields {
            name,
            level,
            msg,
            message,
            nanoseconds: crate::time::time_ns(),
            error,
            extra,
            asctime: RefCell::default(),
            place: super::formatter::shows_place().then(traceback::place).flatten(),
            thread: threading::current_name(),
            exc_text: RefCell::default(),
        }))
    }

    /// `record.name`
    #[inline]
    pub fn name(&self) -> Str {
        self.0.name.clone()
    }

    /// `record.levelno`
    #[inline]
    pub fn levelno(&self) -> i64 {
        self.0.level
    }

    /// `record.levelname`
    #[inline]
    pub fn levelname(&self) -> Str {
        levels::name_of(self.0.level)
    }

    /// `record.msg`
    #[inline]
    pub fn msg(&self) -> Str {
        self.0.msg.clone()
    }

    /// `record.getMessage()`, `record.message`
    #[inline]
    pub fn get_message(&self) -> Str {
        self.0.message.clone()
    }

    /// `record.created`
    #[inline]
    pub fn created(&self) -> f64 {
        self.0.nanoseconds as f64 / 1e9
    }

    /// `record.msecs`
    #[inline]
    pub fn msecs(&self) -> f64 {
        (self.0.nanoseconds.rem_euclid(1_000_000_000) / 1_000_000) as f64
    }

    /// `record.relativeCreated`
    #[inline]
    pub fn relative_created(&self) -> f64 {
        (self.created() - START.get()) * 1000.0
    }

    /// `record.asctime`, once a formatter has made it.
    #[inline]
    pub fn asctime(&self) -> Str {
        self.0.asctime.borrow().clone()
    }

    /// `record.threadName`
    #[inline]
    pub fn thread_name(&self) -> Str {
        self.0.thread.clone()
    }

    /// `record.processName`
    #[inline]
    pub fn process_name(&self) -> Str {
        Str::literal("MainProcess")
    }

    /// `record.process`
    #[inline]
    pub fn process(&self) -> i64 {
        i64::from(std::process::id())
    }

    /// `record.thread`
    #[inline]
    pub fn thread(&self) -> i64 {
        threading::get_ident()
    }

    /// `record.taskName`
    #[inline]
    pub fn task_name(&self) -> Option<Str> {
        crate::asyncio::running_task_name()
    }

    /// `record.lineno`
    #[inline]
    pub fn lineno(&self) -> i64 {
        self.0.place.as_ref().map_or(0, |place| i64::from(place.line))
    }

    /// `record.funcName`
    #[inline]
    pub fn func_name(&self) -> Str {
        let name = self.0.place.as_ref().map_or("<module>", |place| place.function);
        Str::literal(name.rsplit('.').next().unwrap_or(name))
    }

    /// `record.pathname`
    #[inline]
    pub fn pathname(&self) -> Str {
        match &self.0.place {
            Some(place) => Str::literal(place.path),
            None => sys::program_name(),
        }
    }

    /// `record.filename`
    #[inline]
    pub fn filename(&self) -> Str {
        crate::os::path::basename(&self.pathname())
    }

    /// `record.module`
    #[inline]
    pub fn module(&self) -> Str {
        let name = self.filename();
        Str::copy_of(name.strip_suffix(".py").unwrap_or(&name))
    }

    /// `record.exc_text`
    #[inline]
    pub fn exc_text(&self) -> Option<Str> {
        self.0.exc_text.borrow().clone()
    }

    /// What `extra` gave it.
    #[inline]
    pub fn extra(&self, name: &str) -> PyResult<Value> {
        self.field(name).ok_or_else(|| AttributeError::new(format!("'LogRecord' object has no attribute '{name}'")))
    }

    /// A field by its Python name, as formats ask for it.
    #[inline]
    pub(super) fn field(&self, name: &str) -> Option<Value> {
        Some(match name {
            "name" => Value::from(self.name()),
            "levelno" => Value::from(self.levelno()),
            "levelname" => Value::from(self.levelname()),
            "msg" => Value::from(self.msg()),
            "message" => Value::from(self.get_message()),
            "created" => Value::from(self.created()),
            "msecs" => Value::from(self.msecs()),
            "relativeCreated" => Value::from(self.relative_created()),
            "asctime" => Value::from(self.asctime()),
            "threadName" => Value::from(self.thread_name()),
            "processName" => Value::from(self.process_name()),
            "process" => Value::from(self.process()),
            "thread" => Value::from(self.thread()),
            "taskName" => Value::from(self.task_name()),
            "lineno" => Value::from(self.lineno()),
            "funcName" => Value::from(self.func_name()),
            "pathname" => Value::from(self.pathname()),
            "filename" => Value::from(self.filename()),
            "module" => Value::from(self.module()),
            name => self.0.extra.iter().find(|(key, _)| &**key == name).map(|(_, value)| value.clone())?,
        })
    }

    /// All fields, for formats that look names up by themselves.
    #[inline]
    pub(super) fn all(&self) -> Vec<(Str, Value)> {
        const NAMES: [&str; 19] = [
            "name",
            "levelno",
            "levelname",
            "msg",
            "message",
            "created",
            "msecs",
            "relativeCreated",
            "asctime",
            "threadName",
            "processName",
            "process",
            "thread",
            "taskName",
            "lineno",
            "funcName",
            "pathname",
            "filename",
            "module",
        ];
        let own = NAMES.iter().filter_map(|name| Some((Str::literal(name), self.field(name)?)));
        own.chain(self.0.extra.iter().cloned()).collect()
    }
}
