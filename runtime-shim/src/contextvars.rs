//! `contextvars`: variables that every task has its own values of.
//!
//! A context is a shared table that is copied when somebody writes: copying a context, as every task does, is one pointer.
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::rc::Rc;

use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, KeyError, LookupError, RuntimeError, ValueError};
use crate::object::{Compare, Key, Object, repr};
use crate::text::Str;

type Table = Rc<BTreeMap<usize, Rc<dyn Any>>>;

/// `contextvars.Context`: a handle; a clone is the same context.
#[derive(Clone, Default)]
pub struct Context(Rc<State>);

#[derive(Default)]
struct State {
    table: RefCell<Table>,
    entered: Cell<bool>,
}

thread_local! {
    static CURRENT: Cell<Option<Context>> = const { Cell::new(None) };
}

/// The context that something runs in while it runs; empty is the same as none.
#[derive(Default)]
pub(crate) struct Own(Cell<Option<Context>>);

/// Puts the context around back.
pub(crate) struct Entered<'o> {
    own: &'o Own,
    outer: Option<Context>,
}

impl Own {
    /// A copy of the context of here.
    #[inline]
    pub(crate) fn copied() -> Own {
        Own(Cell::new(copy_current()))
    }

    #[inline]
    pub(crate) fn enter(&self) -> Entered<'_> {
        Entered { own: self, outer: CURRENT.replace(self.0.take()) }
    }
}

impl Drop for Entered<'_> {
    #[inline]
    fn drop(&mut self) {
        self.own.0.set(CURRENT.replace(self.outer.take()));
    }
}

#[inline]
fn copy_current() -> Option<Context> {
    let current = CURRENT.take()?;
    let copy = current.copy();
    CURRENT.set(Some(current));
    Some(copy)
}

/// A callback runs in a copy of the context in which it was given.
#[inline]
pub(crate) fn carried<R: 'static>(call: impl FnOnce() -> R + 'static) -> Box<dyn FnOnce() -> R> {
    let Some(context) = copy_current() else { return Box::new(call) };
    let own = Own(Cell::new(Some(context)));
    Box::new(move || {
        let _entered = own.enter();
        call()
    })
}

#[inline]
fn current() -> Context {
    let current = CURRENT.take().unwrap_or_default();
    CURRENT.set(Some(current.clone()));
    current
}

/// The thread ends.
pub(crate) fn forget() {
    drop(CURRENT.take());
}

/// `contextvars.copy_context()`
#[inline]
pub fn copy_context() -> Context {
    current().copy()
}

impl Context {
    /// `contextvars.Context()`
    #[inline]
    pub fn new() -> Context {
        Context::default()
    }

    /// `context.copy()`
    #[inline]
    #[must_use]
    pub fn copy(&self) -> Context {
        let table = RefCell::new(self.0.table.borrow().clone());
        Context(Rc::new(State { table, entered: Cell::new(false) }))
    }

    /// `context.run(f)`
    #[inline]
    pub fn run<R>(&self, call: impl FnOnce() -> PyResult<R>) -> PyResult<R> {
        if self.0.entered.replace(true) {
            let text = format!("cannot enter context: <Context object at {:#x}> is already entered", self.address());
            return Err(RuntimeError::new(text.as_str()));
        }
        let outer = CURRENT.replace(Some(self.clone()));
        let result = call();
        drop(CURRENT.replace(outer));
        self.0.entered.set(false);
        result
    }

    /// `context[var]`
    #[inline]
    pub fn get_item<T: Clone + 'static>(&self, var: &ContextVar<T>) -> PyResult<T> {
        self.find(var).ok_or_else(|| KeyError::new(Str::from(var.text())))
    }

    /// `context.get(var)`
    #[inline]
    pub fn get<T: Clone + 'static>(&self, var: &ContextVar<T>) -> Option<T> {
        self.find(var)
    }

    /// `var in context`
    #[inline]
    pub fn contains<T: Clone + 'static>(&self, var: &ContextVar<T>) -> bool {
        self.find(var).is_some()
    }

    /// `len(context)`
    #[inline]
    pub fn len(&self) -> i64 {
        self.0.table.borrow().len() as i64
    }

    /// `not context`
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    #[inline]
    fn find<T: Clone + 'static>(&self, var: &ContextVar<T>) -> Option<T> {
        let table = self.0.table.borrow();
        table.get(&var.address())?.downcast_ref::<T>().cloned()
    }

    #[inline]
    fn put<T: 'static>(&self, var: &ContextVar<T>, value: Option<T>) {
        let mut table = self.0.table.take();
        let entries = Rc::make_mut(&mut table);
        let old = match value {
            Some(value) => entries.insert(var.address(), Rc::new(value)),
            None => entries.remove(&var.address()),
        };
        self.0.table.replace(table);
        drop(old);
    }
}

struct VarState<T> {
    name: Str,
    default: RefCell<Option<T>>,
}

/// `contextvars.ContextVar`: a handle; a clone is the same variable.
pub struct ContextVar<T: 'static>(Rc<VarState<T>>);

impl<T> Clone for ContextVar<T> {
    #[inline]
    fn clone(&self) -> Self {
        ContextVar(self.0.clone())
    }
}

impl<T: 'static> ContextVar<T> {
    /// `contextvars.ContextVar(name)`
    #[inline]
    pub fn new(name: &str) -> ContextVar<T> {
        ContextVar(Rc::new(VarState { name: Str::from(name.to_owned()), default: RefCell::new(None) }))
    }

    /// `default=`
    #[inline]
    #[must_use]
    pub fn default(self, value: T) -> ContextVar<T> {
        self.0.default.replace(Some(value));
        self
    }

    /// `var.name`
    #[inline]
    pub fn name(&self) -> Str {
        self.0.name.clone()
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    #[inline]
    fn text(&self) -> String {
        format!("<ContextVar name={} at {:#x}>", repr(&self.0.name), self.address())
    }
}

impl<T: Clone + 'static> ContextVar<T> {
    /// `var.get()`
    #[inline]
    pub fn get(&self) -> PyResult<T> {
        self.value().ok_or_else(|| self.missing())
    }

    /// `var.get(default)`
    #[inline]
    pub fn get_or(&self, default: T) -> T {
        current().find(self).unwrap_or(default)
    }

    /// `var.set(value)`
    #[inline]
    pub fn set(&self, value: T) -> Token<T> {
        let current = current();
        let old = current.find(self);
        current.put(self, Some(value));
        Token(Rc::new(TokenState { var: self.clone(), old, used: Cell::new(false), context: current }))
    }

    /// `var.reset(token)`
    #[inline]
    pub fn reset(&self, token: &Token<T>) -> PyResult {
        let used = |text: String| Err(text);
        let checked = if token.0.used.get() {
            used(format!("<Token used var={} at {:#x}> has already been used once", self.text(), token.address()))
        } else if token.0.var.address() != self.address() {
            used(format!("<Token var={} at {:#x}> was created by a different ContextVar", self.text(), token.address()))
        } else if token.0.context.address() != current().address() {
            used(format!("<Token var={} at {:#x}> was created in a different Context", self.text(), token.address()))
        } else {
            Ok(())
        };
        match checked {
            Err(text) if token.0.used.get() => return Err(RuntimeError::new(text.as_str())),
            Err(text) => return Err(ValueError::new(text.as_str())),
            Ok(()) => {}
        }
        token.0.used.set(true);
        current().put(self, token.0.old.clone());
        Ok(())
    }

    #[inline]
    fn value(&self) -> Option<T> {
        current().find(self).or_else(|| self.0.default.borrow().clone())
    }

    #[cold]
    fn missing(&self) -> PyErr {
        LookupError::new(Str::from(self.text()))
    }
}

struct TokenState<T: 'static> {
    var: ContextVar<T>,
    old: Option<T>,
    used: Cell<bool>,
    context: Context,
}

/// `contextvars.Token`: what `reset` takes.
pub struct Token<T: 'static>(Rc<TokenState<T>>);

impl<T> Clone for Token<T> {
    #[inline]
    fn clone(&self) -> Self {
        Token(self.0.clone())
    }
}

impl<T: Clone + 'static> Token<T> {
    /// `token.old_value`; None where there was none.
    #[inline]
    pub fn old_value(&self) -> Option<T> {
        self.0.old.clone()
    }

    /// `token.var`
    #[inline]
    pub fn var(&self) -> ContextVar<T> {
        self.0.var.clone()
    }
}

impl<T: 'static> Token<T> {
    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }
}

macro_rules! objects {
    ($([$($generics:tt)*] $type:ty: $name:literal, $this:ident => $repr:expr;)*) => {$(
        impl<$($generics)*> Object for $type {
            fn py_type(&self) -> &'static str {
                $name
            }

            #[inline]
            fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
                let $this = self;
                out.write_str(&$repr)
            }

            #[inline]
            fn py_id(&self) -> usize {
                self.address()
            }
        }

        impl<$($generics)*> Key for $type {
            #[inline]
            fn py_eq(&self, other: &Self) -> PyResult<bool> {
                Ok(self.address() == other.address())
            }

            #[inline]
            fn py_hash(&self) -> PyResult<i64> {
                Ok(self.address() as i64 >> 4)
            }
        }

        impl<$($generics)*> Compare for $type {}
    )*};
}
objects! {
    [] Context: "Context", this => format!("<_contextvars.Context object at {:#x}>", this.address());
    [T: Object] ContextVar<T>: "ContextVar", this => match &*this.0.default.borrow() {
        Some(default) => format!("<ContextVar name={} default={} at {:#x}>", repr(&this.0.name), repr(default), this.address()),
        None => this.text(),
    };
    [T: Object] Token<T>: "Token", this => {
        let used = if this.0.used.get() { " used" } else { "" };
        format!("<Token{used} var={} at {:#x}>", repr(&this.0.var), this.address())
    };
}
