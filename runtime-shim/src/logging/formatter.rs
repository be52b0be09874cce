//! How records become lines: formats in `%`, `{` and `$` style.
use std::cell::Cell;

use super::LogRecord;
use crate::prelude::*;
use crate::text::percent::PercentArgs;
use crate::{time, traceback};

/// `logging.Formatter`: a handle.
#[derive(Clone)]
pub struct Formatter(pub(super) Rc<State>);

pub(super) struct State {
    format: Str,
    date: Option<Str>,
    style: Style,
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Percent,
    Brace,
    Dollar,
}

crate::opaque::opaque! { Formatter: "logging", "Formatter"; }

/// Some format shows where the call was: finding that out costs a stack.
static SHOWS_PLACE: Global<Rc<Cell<bool>>> = Global::new(Rc::default);

/// Does any format show the place of the call?
#[inline]
pub(super) fn shows_place() -> bool {
    SHOWS_PLACE.get().get()
}

impl Formatter {
    /// `logging.Formatter(fmt, datefmt, style, validate)`
    #[inline]
    pub fn new(format: Option<Str>, date: Option<Str>, style: &str, validate: bool) -> PyResult<Formatter> {
        let (style, default) = match style {
            "%" => (Style::Percent, "%(message)s"),
            "{" => (Style::Brace, "{message}"),
            "$" => (Style::Dollar, "${message}"),
            _ => return Err(ValueError::new("Style must be one of: %,{,$")),
        };
        let format = format.unwrap_or(Str::literal(default));
        if validate {
            check(&format, style)?;
        }
        let places = ["lineno", "funcName", "pathname", "filename", "module"];
        if places.iter().any(|name| format.contains(name)) {
            SHOWS_PLACE.get().set(true);
        }
        Ok(Formatter(Rc::new(State { format, date, style })))
    }

    /// A formatter that shows the message alone.
    #[inline]
    pub(super) fn plain() -> Formatter {
        Formatter(Rc::new(State { format: Str::literal("%(message)s"), date: None, style: Style::Percent }))
    }

    /// `formatter.format(record)`
    #[inline]
    pub fn format(&self, record: &LogRecord) -> PyResult<Str> {
        if self.uses_time() {
            let time = self.format_time(record, self.0.date.clone())?;
            record.0.asctime.replace(time);
        }
        let line = self.line(record)?;
        let Some(error) = &record.0.error else { return Ok(line) };
        let text = {
            let known = record.0.exc_text.borrow().clone();
            known.unwrap_or_else(|| shown(error.as_ref()))
        };
        record.0.exc_text.replace(Some(text.clone()));
        let gap = if line.ends_with('\n') { "" } else { "\n" };
        Ok(Str::from(format!("{line}{gap}{text}")))
    }

    /// `formatter.formatTime(record, datefmt)`
    #[inline]
    pub fn format_time(&self, record: &LogRecord, date: Option<Str>) -> PyResult<Str> {
        let moment = time::localtime(Some(record.created()))?;
        match date {
            Some(date) if !date.is_empty() => time::strftime_of(&date, &moment),
            _ => {
                let text = time::strftime_of("%Y-%m-%d %H:%M:%S", &moment)?;
                Ok(Str::from(format!("{text},{:03}", record.msecs() as i64)))
            }
        }
    }

    /// `formatter.formatException(exc_info)`
    #[inline]
    pub fn format_exception(&self, error: &PyErr) -> Str {
        shown(Some(error))
    }

    /// `formatter.usesTime()`
    #[inline]
    pub fn uses_time(&self) -> bool {
        let format = &self.0.format;
        match self.0.style {
            Style::Percent => format.contains("%(asctime)"),
            Style::Brace => format.contains("{asctime"),
            Style::Dollar => format.contains("$asctime") || format.contains("${asctime}"),
        }
    }

    #[inline]
    fn line(&self, record: &LogRecord) -> PyResult<Str> {
        match self.0.style {
            Style::Percent => self.0.format.percent(&Names(record)).map_err(|error| {
                if error.is::<KeyError>() {
                    return ValueError::new(format!("Formatting field not found in record: {error}"));
                }
                error
            }),
            Style::Brace => self.0.format.format_args(&[], &record.all()),
            Style::Dollar => {
                let fields = Dict::new();
                for (name, value) in record.all() {
                    fields.set_item(name, value);
                }
                crate::string::Template::new(&self.0.format).substitute(&fields)
            }
        }
    }
}

/// The traceback of an exception, without its last line end.
#[inline]
fn shown(error: Option<&PyErr>) -> Str {
    match error {
        Some(error) => {
            let text = traceback::render_caught(error);
            Str::copy_of(text.strip_suffix('\n').unwrap_or(&text))
        }
        None => Str::literal("NoneType: None"),
    }
}

/// `%(name)s` of a record.
struct Names<'a>(&'a LogRecord);

impl PercentArgs for Names<'_> {
    #[inline]
    fn positional(&self) -> Vec<&dyn Object> {
        Vec::new()
    }

    #[inline]
    fn named(&self, name: &str) -> Option<PyResult<Value>> {
        Some(self.0.field(name).ok_or_else(|| KeyError::of(Str::copy_of(name))))
    }
}

/// A format that shows nothing is a mistake.
#[inline]
fn check(format: &str, style: Style) -> PyResult {
    match style {
        Style::Percent if !has_percent_field(format) => {
            Err(ValueError::new(format!("Invalid format '{format}' for '%' style")))
        }
        Style::Brace if !has_brace_field(format) => Err(ValueError::new("invalid format: no fields")),
        Style::Dollar if !has_dollar_field(format) => Err(ValueError::new("invalid format: no fields")),
        _ => Ok(()),
    }
}

/// `%(name)` with a conversion behind it.
#[inline]
fn has_percent_field(format: &str) -> bool {
    format.match_indices("%(").any(|(at, _)| {
        let rest = &format[at + 2..];
        let Some(end) = rest.find(')') else { return false };
        let name = &rest[..end];
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return false;
        }
        let spec = rest[end + 1..].trim_start_matches(|c: char| "#0+ -".contains(c));
        let spec = spec.strip_prefix('*').unwrap_or_else(|| spec.trim_start_matches(|c: char| c.is_ascii_digit()));
        let spec = match spec.strip_prefix('.') {
            Some(digits) => {
                digits.strip_prefix('*').unwrap_or_else(|| digits.trim_start_matches(|c: char| c.is_ascii_digit()))
            }
            None => spec,
        };
        spec.starts_with(|c: char| "diouxefgcrsaDIOUXEFGCRSA%".contains(c))
    })
}

#[inline]
fn has_brace_field(format: &str) -> bool {
    let text = format.replace("{{", "").replace("}}", "");
    text.contains('{')
}

#[inline]
fn has_dollar_field(format: &str) -> bool {
    let text = format.replace("$$", "");
    text.match_indices('$')
        .any(|(at, _)| text[at + 1..].starts_with(|c: char| c == '{' || c == '_' || c.is_ascii_alphabetic()))
}
