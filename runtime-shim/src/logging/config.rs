//! `basicConfig` and `shutdown`.
use std::cell::RefCell;

use super::{Formatter, Handler, IntoLevel, logger};
use crate::io::TextStream;
use crate::prelude::*;

static HANDLERS: Global<Rc<RefCell<Vec<Handler>>>> = Global::new(Rc::default);

/// A handler was made.
#[inline]
pub(super) fn remember(handler: &Handler) {
    HANDLERS.get().borrow_mut().push(handler.clone());
}

/// A handler was closed.
#[inline]
pub(super) fn forget(handler: &Handler) {
    let handlers = HANDLERS.get();
    let old: Vec<Handler> = handlers.borrow_mut().extract_if(.., |known| known.is_same(handler)).collect();
    drop(old);
}

/// `logging.shutdown()`
#[inline]
pub fn shutdown() {
    let handlers = HANDLERS.get().take();
    for handler in handlers.iter().rev() {
        // CPython lets nothing out here.
        let _ = handler.flush();
        handler.close();
    }
}

/// `logging.basicConfig(…)`: the keywords are methods, `apply` does it.
#[derive(Default)]
pub struct BasicConfig {
    filename: Option<Str>,
    filemode: Option<Str>,
    format: Option<Str>,
    datefmt: Option<Str>,
    style: Option<Str>,
    level: Option<PyResult<i64>>,
    stream: Option<Handler>,
    handlers: Option<List<Handler>>,
    force: bool,
    encoding: Option<Str>,
}

macro_rules! texts {
    ($($name:ident),*) => {$(
        #[doc = concat!("`", stringify!($name), "=`")]
        #[inline]
        #[must_use]
        pub fn $name(mut self, $name: Option<Str>) -> BasicConfig {
            self.$name = $name;
            self
        }
    )*};
}

impl BasicConfig {
    /// Without keywords.
    #[inline]
    #[must_use]
    pub fn new() -> BasicConfig {
        BasicConfig::default()
    }

    texts!(filename, filemode, format, datefmt, style, encoding);

    /// `level=`
    #[inline]
    #[must_use]
    pub fn level(mut self, level: impl IntoLevel) -> BasicConfig {
        self.level = Some(level.level());
        self
    }

    /// `stream=`
    #[inline]
    #[must_use]
    pub fn stream(mut self, stream: &(impl TextStream + Clone + 'static)) -> BasicConfig {
        self.stream = Some(Handler::stream(stream));
        self
    }

    /// `handlers=`
    #[inline]
    #[must_use]
    pub fn handlers(mut self, handlers: &List<Handler>) -> BasicConfig {
        self.handlers = Some(handlers.clone());
        self
    }

    /// `force=`
    #[inline]
    #[must_use]
    pub fn force(mut self, force: bool) -> BasicConfig {
        self.force = force;
        self
    }

    /// Configures the root logger, unless it has handlers already.
    #[inline]
    pub fn apply(self) -> PyResult {
        let root = logger::root();
        if self.force {
            for handler in &root.handlers() {
                root.remove_handler(&handler);
                handler.close();
            }
        }
        if !root.handlers().is_empty() {
            return Ok(());
        }
        match (&self.handlers, &self.stream, &self.filename) {
            (None, Some(_), Some(_)) => {
                return Err(ValueError::new("'stream' and 'filename' should not be specified together"));
            }
            (Some(_), None, None) | (None, _, _) => {}
            (Some(_), _, _) => {
                return Err(ValueError::new("'stream' or 'filename' should not be specified together with 'handlers'"));
            }
        }
        let handlers = match (self.handlers, self.stream, self.filename) {
            (Some(handlers), _, _) => handlers.iter().collect(),
            (_, Some(stream), _) => vec![stream],
            (_, _, Some(filename)) => {
                let mode = self.filemode.unwrap_or(Str::literal("a"));
                vec![Handler::file(&filename, &mode, self.encoding, false)?]
            }
            _ => vec![Handler::stderr()],
        };
        let style = self.style.unwrap_or(Str::literal("%"));
        let default = match style.as_str() {
            "%" => "%(levelname)s:%(name)s:%(message)s",
            "{" => "{levelname}:{name}:{message}",
            "$" => "${levelname}:${name}:${message}",
            _ => return Err(ValueError::new("Style must be one of: %,{,$")),
        };
        let format = self.format.unwrap_or(Str::literal(default));
        let formatter = Formatter::new(Some(format), self.datefmt, &style, true)?;
        for handler in handlers {
            if handler.formatter().is_none() {
                handler.set_formatter(Some(formatter.clone()));
            }
            root.add_handler(&handler);
        }
        if let Some(level) = self.level {
            root.set_level(level?)?;
        }
        Ok(())
    }
}

/// What the event loop has to say goes through its logger.
pub(super) fn log_of_loop(level: i64, text: &str, error: Option<&PyErr>) {
    let logger = logger::get_logger(Some(Str::literal("asyncio")));
    let with = logger.with();
    let with = match error {
        Some(error) => with.exc_info(error),
        None => with,
    };
    with.log(level, text, &[]);
}
