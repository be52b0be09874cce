//! Python's built-in exception classes.
use std::any::{Any, TypeId};

use super::args::{IntoArgs, One};
use super::class::{ExceptionClass, ExceptionType};
use super::group;
use super::os_error;
use crate::error::PyErr;
use crate::object::{Object, repr};
use crate::value::Value;

/// The root of all exceptions.
#[derive(Clone, Copy, Debug, Default)]
pub struct BaseException;

impl ExceptionType for BaseException {
    type Base = BaseException;
    const NAME: &'static str = "BaseException";
    const MODULE: &'static str = "builtins";
    const PARENT: Option<ExceptionClass> = None;

    #[inline]
    fn plain_str(error: &PyErr) -> String {
        let args = error.all_args();
        match args.len() {
            0 => String::new(),
            1 => args.text(0).unwrap_or_default().to_string(),
            _ => args.repr(),
        }
    }

    #[inline]
    fn plain_repr(error: &PyErr) -> String {
        let args = error.all_args().visible(error.class());
        match args.len() {
            1 => format!(
                "{}({})",
                error.class().name(),
                args.iter().map(|arg| repr(&**arg).to_string()).collect::<String>()
            ),
            _ => format!("{}{}", error.class().name(), args.repr()),
        }
    }

    #[inline]
    fn bare(id: TypeId) -> Option<&'static dyn Any> {
        (TypeId::of::<BaseException>() == id).then_some(&BaseException as &dyn Any)
    }
}

/// Declares a built-in class: a unit struct, its base, and what it does otherwise than its base.
macro_rules! class {
    ($(#[$doc:meta])* $name:ident: $base:ident $($body:tt)*) => {
        class!(@ $(#[$doc])* $name: $base, "builtins"; $($body)*);
    };
    (@ $(#[$doc:meta])* $name:ident: $base:ident, $module:expr; $({ $($body:tt)* })?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default)]
        pub struct $name;

        impl $crate::exception::ExceptionType for $name {
            type Base = $base;
            const NAME: &'static str = stringify!($name);
            const MODULE: &'static str = $module;

            #[inline]
            fn bare(id: std::any::TypeId) -> Option<&'static dyn std::any::Any> {
                if std::any::TypeId::of::<$name>() == id { Some(&$name) } else { <$base>::bare(id) }
            }

            $($($body)*)?
        }
    };
}
pub(crate) use class;

impl StopIteration {
    /// `e.value`
    #[inline]
    pub fn value(error: &PyErr) -> Value {
        error.arg(0)
    }
}

impl SystemExit {
    /// `e.code`
    #[inline]
    pub fn code(error: &PyErr) -> Value {
        error.arg(0)
    }
}

impl KeyError {
    /// The exception for a key that is not there; a tuple is one key.
    #[cold]
    pub fn of<T: Object>(key: T) -> PyErr {
        KeyError::new(One(key))
    }
}

macro_rules! classes {
    ($($name:ident: $base:ident),* $(,)?) => {$(
        class!(#[doc = concat!("Python's `", stringify!($name), "`.")] $name: $base);
    )*};
}

classes! {
    Exception: BaseException,
    GeneratorExit: BaseException,
    KeyboardInterrupt: BaseException,
    SystemExit: BaseException,
    ArithmeticError: Exception,
    FloatingPointError: ArithmeticError,
    OverflowError: ArithmeticError,
    ZeroDivisionError: ArithmeticError,
    AssertionError: Exception,
    AttributeError: Exception,
    BufferError: Exception,
    EOFError: Exception,
    ImportError: Exception,
    ModuleNotFoundError: ImportError,
    LookupError: Exception,
    IndexError: LookupError,
    MemoryError: Exception,
    NameError: Exception,
    UnboundLocalError: NameError,
    BlockingIOError: OSError,
    ChildProcessError: OSError,
    ConnectionError: OSError,
    BrokenPipeError: ConnectionError,
    ConnectionAbortedError: ConnectionError,
    ConnectionRefusedError: ConnectionError,
    ConnectionResetError: ConnectionError,
    FileExistsError: OSError,
    FileNotFoundError: OSError,
    InterruptedError: OSError,
    IsADirectoryError: OSError,
    NotADirectoryError: OSError,
    PermissionError: OSError,
    ProcessLookupError: OSError,
    TimeoutError: OSError,
    ReferenceError: Exception,
    RuntimeError: Exception,
    NotImplementedError: RuntimeError,
    PythonFinalizationError: RuntimeError,
    RecursionError: RuntimeError,
    StopAsyncIteration: Exception,
    StopIteration: Exception,
    SyntaxError: Exception,
    IndentationError: SyntaxError,
    TabError: IndentationError,
    SystemError: Exception,
    TypeError: Exception,
    ValueError: Exception,
    UnicodeError: ValueError,
    Warning: Exception,
    BytesWarning: Warning,
    DeprecationWarning: Warning,
    EncodingWarning: Warning,
    FutureWarning: Warning,
    ImportWarning: Warning,
    PendingDeprecationWarning: Warning,
    ResourceWarning: Warning,
    RuntimeWarning: Warning,
    SyntaxWarning: Warning,
    UnicodeWarning: Warning,
    UserWarning: Warning,
}

class! {
    /// Python's `KeyError`: its text is the repr of the key.
    KeyError: LookupError {
        #[inline]
        fn plain_str(error: &PyErr) -> String {
            let args = error.all_args();
            match args.get(0) {
                Some(key) if args.len() == 1 => repr(&*key).to_string(),
                _ => BaseException::plain_str(error),
            }
        }
    }
}

class! {
    /// Python's `OSError`: made with an error number it is the subclass of that number.
    OSError: Exception {
        #[inline]
        fn new(args: impl IntoArgs) -> PyErr {
            os_error::new(args.into_args())
        }

        #[inline]
        fn plain_str(error: &PyErr) -> String {
            os_error::text(error)
        }
    }
}

class! {
    /// Python's `UnicodeDecodeError`: made with the encoding, the bytes, start, end and reason.
    UnicodeDecodeError: UnicodeError {
        #[inline]
        fn plain_str(error: &PyErr) -> String {
            unicode_text(error, "decode").unwrap_or_else(|| BaseException::plain_str(error))
        }
    }
}

class! {
    /// Python's `UnicodeEncodeError`: made with the encoding, the text, start, end and reason.
    UnicodeEncodeError: UnicodeError {
        #[inline]
        fn plain_str(error: &PyErr) -> String {
            unicode_text(error, "encode").unwrap_or_else(|| BaseException::plain_str(error))
        }
    }
}

class! {
    /// Python's `UnicodeTranslateError`.
    UnicodeTranslateError: UnicodeError
}

class! {
    /// Python's `BaseExceptionGroup`: made with a message and a list of exceptions.
    BaseExceptionGroup: BaseException {
        #[inline]
        fn plain_str(error: &PyErr) -> String {
            group::text(error)
        }
    }
}

/// Python's `ExceptionGroup`: a `BaseExceptionGroup` of `Exception`s only.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExceptionGroup;

impl ExceptionType for ExceptionGroup {
    type Base = BaseExceptionGroup;
    const NAME: &'static str = "ExceptionGroup";
    const MODULE: &'static str = "builtins";
    const MORE_BASES: &'static [ExceptionClass] = &[Exception::CLASS];

    #[inline]
    fn bare(id: TypeId) -> Option<&'static dyn Any> {
        match () {
            () if TypeId::of::<ExceptionGroup>() == id => Some(&ExceptionGroup),
            () if TypeId::of::<Exception>() == id => Some(&Exception),
            () => BaseExceptionGroup::bare(id),
        }
    }
}

/// `'utf-8' codec can't decode byte 0xff in position 0: invalid start byte`
#[inline]
fn unicode_text(error: &PyErr, verb: &str) -> Option<String> {
    let args = error.all_args();
    if args.len() != 5 {
        return None;
    }
    let (start, end) = (args.int(2)?, args.int(3)?);
    let (encoding, reason) = (args.text(0)?, args.text(4)?);
    if end != start + 1 {
        let kind = if verb == "decode" { "bytes" } else { "characters" };
        return Some(format!("'{encoding}' codec can't {verb} {kind} in position {start}-{}: {reason}", end - 1));
    }
    let what = if verb == "decode" {
        format!("byte 0x{:02x}", args.byte(1, start)?)
    } else {
        let character = args.text(1)?.chars().nth(usize::try_from(start).ok()?)? as u32;
        match character {
            0..=0xff => format!("character '\\x{character:02x}'"),
            0x100..=0xffff => format!("character '\\u{character:04x}'"),
            _ => format!("character '\\U{character:08x}'"),
        }
    };
    Some(format!("'{encoding}' codec can't {verb} {what} in position {start}: {reason}"))
}
