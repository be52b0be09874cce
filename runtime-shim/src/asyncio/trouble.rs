//! Exception handlers of the loop: what cannot be raised anywhere goes to them, by default to asyncio's logger.
use std::fmt::{self, Write};
use std::rc::Rc;

use super::event_loop::{AbstractEventLoop, Loop};
use super::report;
use crate::dict::Dict;
use crate::error::{PyErr, PyResult};
use crate::exception::{KeyboardInterrupt, SystemExit};
use crate::object::{Compare, Key, Object, repr};
use crate::text::Str;
use crate::value::{FromValue, Value};

/// The program's handler.
pub(crate) type Handler = Rc<dyn Fn(AbstractEventLoop, Dict<Str, Value>) -> PyResult>;

/// A task or future that may be on its way out of memory: its repr is what is left.
struct Shown {
    kind: &'static str,
    text: String,
}

impl Object for Shown {
    fn py_type(&self) -> &'static str {
        self.kind
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl Key for Shown {}
impl Compare for Shown {}

/// An entry of the context: `task: <Task …>`.
#[cold]
pub(crate) fn entry(key: &'static str, kind: &'static str, text: String) -> (&'static str, Value) {
    (key, Value::object(Shown { kind, text }))
}

impl Loop {
    /// `loop.call_exception_handler`
    #[cold]
    pub(crate) fn tell(self: &Rc<Self>, message: &str, error: Option<&PyErr>, entries: &[(&'static str, Value)]) {
        let Some(handler) = self.handler() else { return say(message, error, entries) };
        let context: Dict<Str, Value> = Dict::new();
        context.set_item(Str::literal("message"), Value::from(Str::from(message.to_owned())));
        if let Some(error) = error {
            context.set_item(Str::literal("exception"), Value::from(error.clone()));
        }
        for (key, value) in entries {
            context.set_item(Str::literal(key), value.clone());
        }
        let of = AbstractEventLoop(self.clone());
        self.handle(&handler, of, context);
    }

    fn handle(self: &Rc<Self>, handler: &Handler, of: AbstractEventLoop, context: Dict<Str, Value>) {
        let Err(error) = handler(of, context.clone()) else { return };
        if error.is::<(SystemExit, KeyboardInterrupt)>() {
            return self.schedule(super::callback::Ready::Call(Box::new(move || Err(error))));
        }
        let context = ("context", Value::object(Shown { kind: "dict", text: repr(&context).to_string() }));
        say("Unhandled error in exception handler", Some(&error), &[context]);
    }
}

/// What the default handler logs.
#[cold]
fn say(message: &str, error: Option<&PyErr>, entries: &[(&'static str, Value)]) {
    let mut lines: Vec<String> = entries.iter().map(|(key, value)| format!("{key}: {}", repr(value))).collect();
    lines.sort();
    report::report(message, &lines, error);
}

impl AbstractEventLoop {
    /// `loop.slow_callback_duration`: kept; how long a callback takes here is nobody's concern.
    #[inline]
    pub fn slow_callback_duration(&self) -> f64 {
        self.0.slow.get()
    }

    /// `loop.slow_callback_duration = seconds`
    #[inline]
    pub fn set_slow_callback_duration(&self, seconds: f64) {
        self.0.slow.set(seconds);
    }

    /// `loop.set_exception_handler(handler)`
    #[inline]
    pub fn set_exception_handler<R>(
        &self,
        handler: impl Fn(AbstractEventLoop, Dict<Str, Value>) -> PyResult<R> + 'static,
    ) {
        self.0.set_handler(Some(Rc::new(move |of, context| handler(of, context).map(drop))));
    }

    /// `loop.set_exception_handler(None)`
    #[inline]
    pub fn clear_exception_handler(&self) {
        self.0.set_handler(None);
    }

    /// `loop.call_exception_handler(context)`
    #[inline]
    pub fn call_exception_handler(&self, context: &Dict<Str, Value>) {
        match self.0.handler() {
            Some(handler) => self.0.handle(&handler, self.clone(), context.clone()),
            None => self.default_exception_handler(context),
        }
    }

    /// `loop.default_exception_handler(context)`
    #[inline]
    pub fn default_exception_handler(&self, context: &Dict<Str, Value>) {
        let message = context.get("message").filter(|message| message.py_bool());
        let message = message.map(|message| message.to_string());
        let message = message.unwrap_or_else(|| "Unhandled exception in event loop".to_owned());
        let error = context.get("exception").and_then(|error| PyErr::from_value(&error));
        let mut lines: Vec<(String, Value)> =
            context.to_vec().into_iter().map(|(key, value)| (key.to_string(), value)).collect();
        lines.retain(|(key, _)| key != "message" && key != "exception");
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        let lines: Vec<String> = lines.iter().map(|(key, value)| format!("{key}: {}", repr(value))).collect();
        report::report(&message, &lines, error.as_ref());
    }
}
