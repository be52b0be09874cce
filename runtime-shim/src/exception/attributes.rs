//! The attributes of exceptions that some built-in class has: `e.errno`, `e.value`, `e.code` and the like.
use super::args::value_of;
use super::builtin::OSError;
use super::class::ExceptionType;
use crate::error::PyErr;
use crate::list::List;
use crate::object::repr;
use crate::text::Str;
use crate::tuple::VarTuple;
use crate::value::Value;

impl PyErr {
    /// `e.args`
    #[inline]
    pub fn args(&self) -> VarTuple<Value> {
        self.all_args().visible(self.class()).values()
    }

    /// One of the arguments it was made with; None when it was made with fewer.
    #[inline]
    pub fn arg(&self, index: usize) -> Value {
        self.all_args().get(index).map(|argument| value_of(&argument)).unwrap_or_default()
    }

    /// `e.__notes__`
    #[inline]
    pub fn notes(&self) -> List<Str> {
        self.note_texts().into_iter().map(Str::from).collect::<Vec<_>>().into()
    }

    /// `e.with_traceback(tb)`
    #[must_use]
    #[inline]
    pub fn with_traceback<T>(&self, _: T) -> PyErr {
        self.clone()
    }

    /// `e.value` of a StopIteration.
    #[inline]
    pub fn value(&self) -> Value {
        self.arg(0)
    }

    /// `e.code` of a SystemExit.
    #[inline]
    pub fn code(&self) -> Value {
        self.arg(0)
    }

    /// `e.message` of an exception group.
    #[inline]
    pub fn message(&self) -> Str {
        self.all_args().text(0).unwrap_or_default()
    }

    /// `e.exceptions` of an exception group.
    #[inline]
    pub fn exceptions(&self) -> VarTuple<PyErr> {
        VarTuple::from(self.members())
    }

    /// `e.errno` of an OSError.
    #[inline]
    pub fn errno(&self) -> Option<i64> {
        let args = self.all_args();
        if args.len() >= 2 && self.is_instance(OSError::CLASS) { args.int(0) } else { None }
    }

    /// `e.strerror` of an OSError.
    #[inline]
    pub fn strerror(&self) -> Option<Str> {
        let args = self.all_args();
        if args.len() >= 2 { args.text(1) } else { None }
    }

    /// `e.filename` of an OSError.
    #[inline]
    pub fn filename(&self) -> Option<Str> {
        let args = self.all_args();
        let name = args.get(2).filter(|name| &*repr(&**name) != "None");
        name.and_then(|_| args.text(2))
    }
}
