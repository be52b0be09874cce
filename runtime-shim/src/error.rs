//! `PyErr`: a raised Python exception, one pointer wide; a clone is the same object.
use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;

use crate::asyncio::{names, report};
use crate::exception::args::{Args, IntoArgs};
use crate::exception::class::{Classes, ExceptionClass, ExceptionType};
use crate::exception::classes::ExceptionClasses;
use crate::exception::fields::Fields;
use crate::handled;
use crate::rare::Rare;
use crate::shelf::Shelf;
use crate::traceback::{Capture, Trace};

/// What everything that can raise gives back.
pub type PyResult<T = ()> = Result<T, PyErr>;

/// A raised exception: a shared handle to one exception object.
#[derive(Clone)]
pub struct PyErr(Rc<ErrorObject>);

struct ErrorObject {
    class: ExceptionClass,
    args: RefCell<Args>,
    fields: Box<dyn Fields>,
    suppress_context: Cell<bool>,
    context: Shelf<PyErr>,
    trace: Shelf<Rc<Trace>>,
    more: Rare<More>,
}

/// What few exceptions have.
#[derive(Default)]
struct More {
    cause: Option<PyErr>,
    notes: Vec<String>,
    /// The type of a coroutine that its traceback keeps alive, and that never began.
    holds: Option<&'static str>,
}

impl Drop for More {
    fn drop(&mut self) {
        if let Some(coroutine) = self.holds {
            report::never_awaited(&names::coroutine(coroutine));
        }
    }
}

impl PyErr {
    /// An exception of the class `X`, with the fields of its struct and its `args`.
    #[cold]
    #[inline(never)]
    pub fn new<X: ExceptionType>(fields: X, args: impl IntoArgs) -> PyErr {
        Self::build(X::CLASS, Box::new(fields), args.into_args())
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn build(class: ExceptionClass, fields: Box<dyn Fields>, args: Args) -> PyErr {
        let context = handled::current();
        PyErr(Rc::new(ErrorObject {
            class,
            args: RefCell::new(args),
            fields,
            suppress_context: Cell::new(false),
            context: Shelf::new(context),
            trace: Shelf::new(Some(Trace::new(Capture::now(), None))),
            more: Rare::default(),
        }))
    }

    /// It is raised by what a coroutine was given to, which did not begin: that is told when the exception is gone.
    pub(crate) fn holding(self, coroutine: Option<&'static str>) -> PyErr {
        if coroutine.is_some() {
            self.0.more.change(|more| more.holds = coroutine);
        }
        self
    }

    /// Where it has been.
    pub(crate) fn trace(&self) -> Option<Rc<Trace>> {
        self.0.trace.get()
    }

    /// It was raised there and nowhere else.
    pub(crate) fn set_trace(&self, capture: Capture) {
        self.restore_trace(Some(Trace::new(capture, None)));
    }

    /// It is back where it was: what was added since is forgotten.
    pub(crate) fn restore_trace(&self, trace: Option<Rc<Trace>>) {
        drop(self.0.trace.replace(trace));
    }

    /// It is thrown into this stack, which holds that of who threw it; or raised here, made elsewhere.
    #[cold]
    #[must_use]
    pub fn thrown(self) -> PyErr {
        self.set_trace(Capture::now());
        self.chain();
        self
    }

    /// It enters this stack from another one: a task's exception its awaiter, or `raise e` of one that was kept.
    #[cold]
    #[must_use]
    pub fn raised(self) -> PyErr {
        let inner = self.trace();
        self.restore_trace(Some(Trace::new(Capture::now(), inner)));
        self.chain();
        self
    }

    /// It is raised while another one is handled.
    fn chain(&self) {
        if let Some(context) = handled::current() {
            self.set_context(&context);
        }
    }

    /// Cause, context, notes and trace become those of another.
    pub(crate) fn take_after(&self, other: &PyErr) {
        let cause = self.replace_cause(other.cause());
        let context = self.0.context.replace(other.context());
        self.0.suppress_context.set(other.suppress_context());
        let notes = other.note_texts();
        if !notes.is_empty() || !self.note_texts().is_empty() {
            self.0.more.change(|more| more.notes = notes);
        }
        self.restore_trace(other.trace());
        drop((cause, context));
    }

    /// `type(e)`.
    pub fn class(&self) -> ExceptionClass {
        self.0.class
    }

    /// Is it an instance of the class, or of one of a tuple of classes?
    pub fn is<C: Classes>(&self) -> bool {
        C::any(&mut |class| self.0.class.is_subclass(class))
    }

    /// The same for classes that are values.
    pub fn is_any<C: ExceptionClasses + ?Sized>(&self, classes: &C) -> bool {
        classes.any(&mut |class| self.0.class.is_subclass(class))
    }

    /// `isinstance(e, class)`.
    pub fn is_instance(&self, class: ExceptionClass) -> bool {
        self.0.class.is_subclass(class)
    }

    /// The fields of the class `X`, when it is one.
    pub fn downcast<X: ExceptionType>(&self) -> Option<Raised<X>> {
        self.0.fields.find(TypeId::of::<X>())?;
        Some(Raised { error: self.clone(), class: PhantomData })
    }

    /// The same exception, to use an attribute that the class `X` gives.
    ///
    /// # Errors
    /// AttributeError when it is of another class.
    pub fn having<X: ExceptionType>(&self, attribute: &str) -> PyResult<PyErr> {
        match self.0.fields.find(TypeId::of::<X>()) {
            Some(_) => Ok(self.clone()),
            None => Err(crate::exception::AttributeError::new(format!(
                "'{}' object has no attribute '{attribute}'",
                self.class().name()
            ))),
        }
    }

    /// The fields of the class `X`, of which it is known to be.
    pub fn fields<X: ExceptionType>(&self) -> &X {
        self.find()
    }

    /// Only the first arguments were given by position: the others are not in `args`.
    #[must_use]
    pub fn keep_args(self, count: usize) -> PyErr {
        let kept = self.all_args().iter().take(count).cloned().collect();
        let old = self.0.args.replace(Args::of(kept));
        drop(old);
        self
    }

    /// Are both the same object?
    pub fn is_same(&self, other: &PyErr) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// The number that `id(e)` is.
    pub fn id(&self) -> usize {
        Rc::as_ptr(&self.0) as *const () as usize
    }

    /// All positional arguments it was made with.
    pub(crate) fn all_args(&self) -> Args {
        self.0.args.borrow().clone()
    }

    /// `e.args = …`
    pub fn set_args(&self, args: impl IntoArgs) {
        let new = args.into_args();
        let old = self.0.args.replace(new);
        drop(old);
    }

    /// `raise … from cause`, of an exception that is being handled, which is the context as well; `None` hides the context.
    #[must_use]
    pub fn with_cause(self, cause: impl Into<Option<PyErr>>) -> PyErr {
        let cause = cause.into();
        if let (Some(cause), None) = (&cause, self.context()) {
            self.set_context(cause);
        }
        self.caused_by(cause)
    }

    /// `raise … from cause`, of any exception.
    #[must_use]
    pub fn caused_by(self, cause: impl Into<Option<PyErr>>) -> PyErr {
        let cause = cause.into();
        let old = self.replace_cause(cause);
        self.0.suppress_context.set(true);
        drop(old);
        self
    }

    fn replace_cause(&self, cause: Option<PyErr>) -> Option<PyErr> {
        let mut old = None;
        if cause.is_some() || self.cause().is_some() {
            self.0.more.change(|more| old = std::mem::replace(&mut more.cause, cause));
        }
        old
    }

    /// Raised while `context` was being handled.
    #[must_use]
    pub fn during(self, context: &PyErr) -> PyErr {
        self.set_context(context);
        self
    }

    /// As CPython: no cycle is made.
    pub(crate) fn set_context(&self, context: &PyErr) {
        if self.is_same(context) {
            return;
        }
        let mut at = context.clone();
        while let Some(next) = at.context() {
            if next.is_same(self) {
                let old = at.0.context.replace(None);
                drop(old);
                break;
            }
            at = next;
        }
        let old = self.0.context.replace(Some(context.clone()));
        drop(old);
    }

    /// `e.__cause__`
    pub fn cause(&self) -> Option<PyErr> {
        self.0.more.with(|more| more?.cause.clone())
    }

    /// `e.__context__`
    pub fn context(&self) -> Option<PyErr> {
        self.0.context.get()
    }

    /// `e.__suppress_context__`
    pub fn suppress_context(&self) -> bool {
        self.0.suppress_context.get()
    }

    /// `e.add_note(note)`
    pub fn add_note(&self, note: &str) {
        self.0.more.change(|more| more.notes.push(note.to_owned()));
    }

    /// The texts of its notes.
    pub(crate) fn note_texts(&self) -> Vec<String> {
        self.0.more.with(|more| more.map(|more| more.notes.clone()).unwrap_or_default())
    }

    /// `repr(e)`
    pub fn repr(&self) -> String {
        self.0.fields.repr(self)
    }

    fn find<X: ExceptionType>(&self) -> &X {
        self.0
            .fields
            .find(TypeId::of::<X>())
            .and_then(|found| found.downcast_ref())
            .expect("`downcast` has looked whether the class is among the exception's classes")
    }
}

impl fmt::Display for PyErr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.fields.text(self))
    }
}

impl fmt::Debug for PyErr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.repr())
    }
}

impl std::error::Error for PyErr {}

impl PartialEq for PyErr {
    fn eq(&self, other: &PyErr) -> bool {
        self.is_same(other)
    }
}

/// An exception of which the class is known: its fields, and all that `PyErr` has.
pub struct Raised<X> {
    error: PyErr,
    class: PhantomData<X>,
}

impl<X> Raised<X> {
    /// The exception itself.
    pub fn error(&self) -> &PyErr {
        &self.error
    }
}

impl<X> Clone for Raised<X> {
    fn clone(&self) -> Self {
        Raised { error: self.error.clone(), class: PhantomData }
    }
}

impl<X: ExceptionType> Deref for Raised<X> {
    type Target = X;

    fn deref(&self) -> &X {
        self.error.find()
    }
}

impl<X> fmt::Display for Raised<X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)
    }
}

impl<X> From<Raised<X>> for PyErr {
    fn from(raised: Raised<X>) -> PyErr {
        raised.error
    }
}
