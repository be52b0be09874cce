//! Where records go: streams, files, lists of the program's own; and what keeps them from going there.
use std::cell::{Cell, RefCell};

use super::{Formatter, IntoLevel, LogRecord, levels};
use crate::io::{self, TextStream};
use crate::prelude::*;
use crate::traceback;

/// `logging.Filter`, or a function or object that is one: a handle.
#[derive(Clone)]
pub struct Filter(Rc<Test>);

type Test = dyn Fn(LogRecord) -> PyResult<bool>;

impl Filter {
    /// `logging.Filter(name)`: lets a logger and those below it pass.
    #[inline]
    pub fn new(name: &str) -> Filter {
        let name = Str::copy_of(name);
        Filter(Rc::new(move |record: LogRecord| {
            let logger = record.name();
            let below = logger.strip_prefix(&*name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
            Ok(name.is_empty() || below)
        }))
    }

    /// A function of the program: what it gives is true or not.
    #[inline]
    pub fn function<T: Truth>(test: impl Fn(LogRecord) -> PyResult<T> + 'static) -> Filter {
        Filter(Rc::new(move |record| Ok(test(record)?.truthy())))
    }

    /// `filter.filter(record)`
    #[inline]
    pub fn filter(&self, record: &LogRecord) -> PyResult<bool> {
        (self.0)(record.clone())
    }
}

/// Do all of them let it pass?
#[inline]
pub(super) fn pass(filters: &RefCell<Vec<Filter>>, record: &LogRecord) -> PyResult<bool> {
    let filters = filters.borrow().clone();
    for filter in filters {
        if !filter.filter(record)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `logging.Handler` and those below it: a handle.
#[derive(Clone)]
pub struct Handler(Rc<State>);

struct State {
    kind: Kind,
    name: RefCell<Option<Str>>,
    level: Cell<i64>,
    formatter: RefCell<Option<Formatter>>,
    filters: RefCell<Vec<Filter>>,
}

type Emit = dyn Fn(LogRecord) -> PyResult;

enum Kind {
    Null,
    Stream {
        stream: Box<dyn TextStream>,
        terminator: Str,
    },
    File {
        path: Str,
        mode: Str,
        encoding: Option<Str>,
        file: RefCell<Option<std::fs::File>>,
    },
    /// A class of the program: its `emit`, set where its object is made.
    Own {
        emit: RefCell<Option<Rc<Emit>>>,
        class: Cell<&'static str>,
    },
}

impl Handler {
    #[inline]
    fn of(kind: Kind) -> Handler {
        let handler = Handler(Rc::new(State {
            kind,
            name: RefCell::default(),
            level: Cell::new(0),
            formatter: RefCell::default(),
            filters: RefCell::default(),
        }));
        super::config::remember(&handler);
        handler
    }

    /// `logging.Handler(level)`: what a class of the program builds on.
    #[inline]
    pub fn new(level: i64) -> Handler {
        let handler = Handler::of(Kind::Own { emit: RefCell::default(), class: Cell::new("Handler") });
        handler.0.level.set(level);
        handler
    }

    /// `logging.StreamHandler()`: stderr.
    #[inline]
    pub fn stderr() -> Handler {
        Handler::stream(&crate::sys::stderr())
    }

    /// `logging.StreamHandler(stream)`
    #[inline]
    pub fn stream(stream: &(impl TextStream + Clone + 'static)) -> Handler {
        Handler::of(Kind::Stream { stream: Box::new(stream.clone()), terminator: Str::literal("\n") })
    }

    /// `logging.FileHandler(filename, mode, encoding, delay)`
    #[inline]
    pub fn file(path: &str, mode: &str, encoding: Option<Str>, delay: bool) -> PyResult<Handler> {
        let path = crate::os::path::abspath(path)?;
        let handler = Handler::of(Kind::File { path, mode: Str::copy_of(mode), encoding, file: RefCell::default() });
        if !delay {
            handler.open()?;
        }
        Ok(handler)
    }

    /// `logging.NullHandler()`
    #[inline]
    pub fn null() -> Handler {
        Handler::of(Kind::Null)
    }

    /// The `emit` of the program's own class.
    #[inline]
    pub fn on_emit(&self, class: &'static str, emit: impl Fn(LogRecord) -> PyResult + 'static) {
        if let Kind::Own { emit: own, class: name } = &self.0.kind {
            own.replace(Some(Rc::new(emit)));
            name.set(class);
        }
    }

    #[inline]
    fn open(&self) -> PyResult {
        let Kind::File { path, mode, file, .. } = &self.0.kind else { return Ok(()) };
        let mut options = std::fs::OpenOptions::new();
        match mode.chars().next() {
            Some('w') => options.write(true).create(true).truncate(true),
            Some('x') => options.write(true).create_new(true),
            _ => options.append(true).create(true),
        };
        let opened = options.open(path.as_str());
        let opened = opened.map_err(|error| crate::exception::os_error::from_io(&error, Some(path)))?;
        file.replace(Some(opened));
        Ok(())
    }

    /// `handler.setLevel(level)`
    #[inline]
    pub fn set_level(&self, level: impl IntoLevel) -> PyResult {
        self.0.level.set(level.level()?);
        Ok(())
    }

    /// `handler.level`
    #[inline]
    pub fn level(&self) -> i64 {
        self.0.level.get()
    }

    /// `handler.setFormatter(formatter)`
    #[inline]
    pub fn set_formatter(&self, formatter: Option<Formatter>) {
        self.0.formatter.replace(formatter);
    }

    /// `handler.formatter`
    #[inline]
    pub fn formatter(&self) -> Option<Formatter> {
        self.0.formatter.borrow().clone()
    }

    /// `handler.addFilter(filter)`
    #[inline]
    pub fn add_filter(&self, filter: Filter) {
        self.0.filters.borrow_mut().push(filter);
    }

    /// `handler.name`, `handler.get_name()`
    #[inline]
    pub fn name(&self) -> Option<Str> {
        self.0.name.borrow().clone()
    }

    /// `handler.set_name(name)`
    #[inline]
    pub fn set_name(&self, name: &str) {
        self.0.name.replace(Some(Str::copy_of(name)));
    }

    /// `handler.baseFilename`
    #[inline]
    pub fn base_filename(&self) -> Str {
        match &self.0.kind {
            Kind::File { path, .. } => path.clone(),
            _ => Str::new(),
        }
    }

    /// `handler.format(record)`
    #[inline]
    pub fn format(&self, record: &LogRecord) -> PyResult<Str> {
        let formatter = self.formatter().unwrap_or_else(Formatter::plain);
        formatter.format(record)
    }

    /// `handler.handle(record)`
    #[inline]
    pub fn handle(&self, record: &LogRecord) -> PyResult<bool> {
        let passes = pass(&self.0.filters, record)?;
        if passes {
            self.emit(record)?;
        }
        Ok(passes)
    }

    /// `handler.emit(record)`
    #[inline]
    pub fn emit(&self, record: &LogRecord) -> PyResult {
        if let Kind::Own { emit, .. } = &self.0.kind {
            let emit = emit.borrow().clone();
            return match emit {
                Some(emit) => emit(record.clone()),
                None => Err(NotImplementedError::new("emit must be implemented by Handler subclasses")),
            };
        }
        if let Err(error) = self.put(record) {
            self.handle_error(record, &error);
        }
        Ok(())
    }

    #[inline]
    fn put(&self, record: &LogRecord) -> PyResult {
        match &self.0.kind {
            Kind::Stream { stream, terminator } => {
                let line = self.format(record)?;
                stream.write_text(&format!("{line}{terminator}"))?;
                stream.flush_text()
            }
            Kind::File { encoding, file, .. } => {
                if file.borrow().is_none() {
                    self.open()?;
                }
                let line = self.format(record)?;
                let text = Str::from(format!("{line}\n"));
                let bytes = match encoding {
                    Some(encoding) => text.encode_with(encoding, "strict")?,
                    None => text.encode(),
                };
                let mut file = file.borrow_mut();
                match file.as_mut() {
                    Some(file) => std::io::Write::write_all(file, &bytes).map_err(PyErr::from),
                    None => Ok(()),
                }
            }
            Kind::Null | Kind::Own { .. } => Ok(()),
        }
    }

    /// `handler.handleError(record)`: what goes wrong while logging is told, and nothing more.
    #[cold]
    fn handle_error(&self, record: &LogRecord, error: &PyErr) {
        let mut text = String::from("--- Logging error ---\n");
        text.push_str(&traceback::render(error));
        text.push_str("Call stack:\n");
        text.push_str(&traceback::stack());
        text.push_str(&format!("Message: {}\nArguments: ()\n", repr(&record.msg())));
        io::write_stderr(&text);
    }

    /// `handler.flush()`
    #[inline]
    pub fn flush(&self) -> PyResult {
        match &self.0.kind {
            Kind::Stream { stream, .. } => stream.flush_text(),
            _ => Ok(()),
        }
    }

    /// `handler.close()`
    #[inline]
    pub fn close(&self) {
        if let Kind::File { file, .. } = &self.0.kind {
            let old = file.take();
            drop(old);
        }
        super::config::forget(self);
    }

    /// Are both the same object?
    #[inline]
    pub fn is_same(&self, other: &Handler) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Object for Handler {
    fn py_type(&self) -> &'static str {
        match &self.0.kind {
            Kind::Null => "NullHandler",
            Kind::Stream { .. } => "StreamHandler",
            Kind::File { .. } => "FileHandler",
            Kind::Own { class, .. } => class.get(),
        }
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        let level = levels::name_of(self.level());
        match &self.0.kind {
            Kind::Null | Kind::Own { .. } => write!(out, "<{} ({level})>", self.py_type()),
            Kind::Stream { stream, .. } => {
                let name = stream.stream_name();
                let gap = if name.is_empty() { "" } else { " " };
                write!(out, "<StreamHandler {name}{gap}({level})>")
            }
            Kind::File { path, .. } => write!(out, "<FileHandler {path} ({level})>"),
        }
    }
}

impl Key for Handler {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self.is_same(other))
    }
}

impl Compare for Handler {}

impl From<Handler> for Value {
    #[inline]
    fn from(handler: Handler) -> Value {
        Value::object(handler)
    }
}
