//! `signal`: signals of the operating system, and what the program does about them.
use std::fmt::{self, Write};
use std::rc::Rc;

use crate::error::PyResult;
use crate::exception::{AttributeError, ExceptionType, ValueError};
use crate::object::{Compare, Key, Object};
use crate::signals;
use crate::text::Str;
use crate::value::Value;

/// `signal.Signals`: a number with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signals(i32);

macro_rules! names {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("`signal.", stringify!($name), "`")]
            pub const $name: Signals = Signals(libc::$name);
        )*

        const NAMES: &[(&str, Signals)] = &[$((stringify!($name), $name)),*];
    };
}
names!(SIGHUP SIGINT SIGQUIT SIGABRT SIGKILL SIGUSR1 SIGSEGV SIGUSR2 SIGPIPE SIGALRM SIGTERM SIGCHLD SIGCONT SIGSTOP SIGTSTP SIGWINCH);

/// A signal, or its number.
pub trait IntoSignal {
    /// The number; ValueError where there is no such signal.
    fn number(self) -> PyResult<i32>;
}

impl IntoSignal for Signals {
    #[inline]
    fn number(self) -> PyResult<i32> {
        Ok(self.0)
    }
}

impl IntoSignal for &Signals {
    #[inline]
    fn number(self) -> PyResult<i32> {
        Ok(self.0)
    }
}

impl IntoSignal for i64 {
    #[inline]
    fn number(self) -> PyResult<i32> {
        match i32::try_from(self) {
            Ok(number) if (0..65).contains(&number) => Ok(number),
            _ => Err(ValueError::new("signal number out of range")),
        }
    }
}

impl Signals {
    /// `signal.Signals(number)`
    #[inline]
    pub fn new(number: i64) -> PyResult<Signals> {
        match NAMES.iter().find(|(_, signal)| i64::from(signal.0) == number) {
            Some((_, signal)) => Ok(signal.clone()),
            None => Err(ValueError::new(format!("{number} is not a valid Signals").as_str())),
        }
    }

    /// `signal.Signals["SIGINT"]`, `getattr(signal, "SIGINT")`
    #[inline]
    pub fn named(name: &str) -> PyResult<Signals> {
        match NAMES.iter().find(|(known, _)| *known == name) {
            Some((_, signal)) => Ok(signal.clone()),
            None => {
                let text = format!("module 'signal' has no attribute '{name}'");
                Err(crate::exception::AttributeError::new(text.as_str()))
            }
        }
    }

    /// `sig.name`
    #[inline]
    pub fn name(&self) -> Str {
        Str::literal(NAMES.iter().find(|(_, signal)| signal == self).map_or("", |(name, _)| name))
    }

    /// `sig.value`, `int(sig)`
    #[inline]
    pub fn value(&self) -> i64 {
        i64::from(self.0)
    }
}

impl Object for Signals {
    fn py_type(&self) -> &'static str {
        "Signals"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "<Signals.{}: {}>", self.name(), self.0)
    }

    fn has_own_text() -> bool {
        true
    }

    #[inline]
    fn py_str(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

impl Key for Signals {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(self.value())
    }
}

impl Compare for Signals {
    #[inline]
    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        Ok(self.0 < other.0)
    }
}

impl From<Signals> for Value {
    #[inline]
    fn from(signal: Signals) -> Value {
        Value::object(signal)
    }
}

/// What is done about a signal when the program does nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handlers {
    /// `SIG_DFL`
    Default,
    /// `SIG_IGN`
    Ignore,
}

/// `signal.SIG_DFL`
pub const SIG_DFL: Handlers = Handlers::Default;
/// `signal.SIG_IGN`
pub const SIG_IGN: Handlers = Handlers::Ignore;

crate::opaque::singleton! {
    Handlers: "Handlers", "<Handlers.SIG_DFL: 0>";
}

/// `signal.signal(signal, handler)`
#[inline]
pub fn signal<R>(signal: impl IntoSignal, handler: impl Fn(i64, ()) -> PyResult<R> + 'static) -> PyResult {
    signals::check_main()?;
    let number = signal.number()?;
    signals::handle(number, Rc::new(move |number| handler(i64::from(number), ()).map(drop)));
    Ok(())
}

/// `signal.signal(signal, signal.SIG_DFL)`
#[inline]
pub fn signal_default(signal: impl IntoSignal, handler: Handlers) -> PyResult {
    signals::check_main()?;
    let number = signal.number()?;
    match handler {
        Handlers::Default => signals::reset(number),
        Handlers::Ignore => signals::ignore(number),
    }
    Ok(())
}

/// `signal.raise_signal(signal)`
#[inline]
pub fn raise_signal(signal: impl IntoSignal) -> PyResult {
    let number = signal.number()?;
    crate::os::kill(crate::os::getpid(), i64::from(number))
}

/// `signal.alarm(seconds)`
#[inline]
pub fn alarm(seconds: i64) -> i64 {
    signals::alarm(seconds)
}

/// `getattr(signal, name)`
#[inline]
pub fn attribute(name: &str) -> PyResult<Signals> {
    attribute_or_none(name).ok_or_else(|| {
        AttributeError::new(format!("module 'signal' has no attribute {}", crate::object::repr(&Str::copy_of(name))))
    })
}

/// `getattr(signal, name, None)`
#[inline]
pub fn attribute_or_none(name: &str) -> Option<Signals> {
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, signal)| signal.clone())
}

/// `getattr(signal, name, default)`
#[inline]
pub fn attribute_or(name: &str, default: &Signals) -> Signals {
    attribute_or_none(name).unwrap_or(default.clone())
}

/// `signal.strsignal(signal)`
#[inline]
pub fn strsignal(signal: impl IntoSignal) -> PyResult<Str> {
    let number = signal.number()?;
    // SAFETY: the text that `strsignal` gives lives until the next call; it is copied at once, under the interpreter lock.
    let text = unsafe { std::ffi::CStr::from_ptr(libc::strsignal(number)) };
    Ok(Str::from(text.to_string_lossy().into_owned()))
}
