//! `Thread` and `Timer`.
use std::cell::{Cell, RefCell};
use std::sync::Arc;

use super::{NAME, get_ident, lock as locks};
use crate::escape::OrEscape;
use crate::prelude::*;
use crate::turns::Turn;
use crate::{io, lock, traceback};

type Target = Box<dyn FnOnce() -> PyResult>;

#[derive(Default)]
struct State {
    name: RefCell<Str>,
    daemon: Cell<bool>,
    target: RefCell<Option<Target>>,
    turn: RefCell<Option<Arc<Turn>>>,
    started: Cell<bool>,
    ident: Cell<Option<i64>>,
    /// Of a timer: what ends its wait.
    cancelled: RefCell<Option<super::Event>>,
}

/// `threading.Thread`, `threading.Timer`: a handle.
#[derive(Clone)]
pub struct Thread(Rc<State>);

static COUNT: Global<Rc<Cell<i64>>> = Global::new(Rc::default);
/// Threads that were started, the first first.
static STARTED: Global<Rc<RefCell<Vec<Thread>>>> = Global::new(Rc::default);
static MAIN: Global<Thread> = Global::new(|| {
    let main = Thread(Rc::default());
    main.0.name.replace(Str::literal("MainThread"));
    main.0.started.set(true);
    main
});

impl Thread {
    /// `id(self)`
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }

    /// `threading.Thread(target=…)`: the function's name, and the call.
    #[inline]
    pub fn new(target: &str, call: impl FnOnce() -> PyResult + 'static) -> Thread {
        super::prepare();
        let count = COUNT.get();
        count.set(count.get() + 1);
        let thread = Thread(Rc::default());
        let of = if target.is_empty() { String::new() } else { format!(" ({target})") };
        thread.0.name.replace(Str::from(format!("Thread-{}{of}", count.get())));
        thread.0.target.replace(Some(Box::new(call)));
        thread.0.daemon.set(current_thread().daemon());
        thread
    }

    /// `threading.Thread()`: nothing to do.
    #[inline]
    pub fn idle() -> Thread {
        Thread::new("", || Ok(()))
    }

    /// `threading.Timer(interval, function, …)`
    #[inline]
    pub fn timer(interval: f64, call: impl FnOnce() -> PyResult + 'static) -> Thread {
        let event = super::Event::new();
        let finished = event.clone();
        let thread = Thread::new("", move || {
            finished.wait(Some(interval))?;
            if !finished.is_set() {
                call()?;
            }
            finished.set()
        });
        thread.0.cancelled.replace(Some(event));
        thread
    }

    /// `timer.cancel()`
    #[inline]
    pub fn cancel(&self) -> PyResult {
        let event = self.0.cancelled.borrow().clone();
        event.map_or(Ok(()), |event| event.set())
    }

    /// `name=…`
    #[inline]
    #[must_use]
    pub fn named(self, name: Option<Str>) -> Thread {
        if let Some(name) = name {
            self.0.name.replace(name);
            let count = COUNT.get();
            count.set(count.get() - 1);
        }
        self
    }

    /// `daemon=…`
    #[inline]
    #[must_use]
    pub fn daemonic(self, daemon: Option<bool>) -> Thread {
        if let Some(daemon) = daemon {
            self.0.daemon.set(daemon);
        }
        self
    }

    /// `thread.start()`
    #[inline]
    pub fn start(&self) -> PyResult {
        if self.0.started.replace(true) {
            return Err(RuntimeError::new("threads can only be started once"));
        }
        STARTED.get().borrow_mut().push(self.clone());
        let this = self.clone();
        let turn = lock::start_thread(self.name().to_string(), move || this.serve());
        let turn = turn.map_err(|_| RuntimeError::new("can't start new thread"))?;
        self.0.turn.replace(Some(turn));
        Ok(())
    }

    /// The thread's life.
    fn serve(self) {
        NAME.replace(Some(self.name().to_string()));
        self.0.ident.set(Some(get_ident()));
        self.0.turn.replace(Some(lock::turn()));
        let target = self.0.target.take();
        if let Some(target) = target
            && let Err(error) = traceback::carried_call(target)
            && !error.is::<SystemExit>()
        {
            let name = self.name();
            io::write_stderr(&format!("Exception in thread {name}:\n{}", traceback::render(&error)));
        }
        let started = STARTED.get();
        started.borrow_mut().retain(|other| !Rc::ptr_eq(&other.0, &self.0));
    }

    /// `thread.run()`: in the caller's thread.
    #[inline]
    pub fn run(&self) -> PyResult {
        let target = self.0.target.take();
        target.map_or(Ok(()), |target| target())
    }

    /// `thread.join(timeout)`
    #[inline]
    pub fn join(&self, timeout: Option<f64>) -> PyResult {
        if !self.0.started.get() {
            return Err(RuntimeError::new("cannot join thread before it is started"));
        }
        if self.0.ident.get() == Some(get_ident()) {
            return Err(RuntimeError::new("cannot join current thread"));
        }
        let turn = self.0.turn.borrow().clone();
        if let Some(turn) = turn {
            lock::join(&turn, locks::deadline(timeout.map(|timeout| timeout.max(0.0))));
        }
        Ok(())
    }

    /// `thread.is_alive()`
    #[inline]
    pub fn is_alive(&self) -> bool {
        let turn = self.0.turn.borrow();
        self.0.started.get() && turn.as_ref().is_none_or(|turn| !turn.is_done())
    }

    /// `thread.name`
    #[inline]
    pub fn name(&self) -> Str {
        self.0.name.borrow().clone()
    }

    /// `thread.name = …`
    #[inline]
    pub fn set_name(&self, name: &str) {
        self.0.name.replace(Str::copy_of(name));
        if self.0.ident.get() == Some(get_ident()) {
            NAME.replace(Some(name.to_owned()));
        }
    }

    /// `thread.daemon`
    #[inline]
    pub fn daemon(&self) -> bool {
        self.0.daemon.get()
    }

    /// `thread.daemon = …`
    #[inline]
    pub fn set_daemon(&self, daemon: bool) -> PyResult {
        if self.0.started.get() {
            return Err(RuntimeError::new("cannot set daemon status of active thread"));
        }
        self.0.daemon.set(daemon);
        Ok(())
    }

    /// `thread.ident`, `thread.native_id`
    #[inline]
    pub fn ident(&self) -> Option<i64> {
        self.0.ident.get()
    }
}

/// `threading.current_thread()`
#[inline]
pub fn current_thread() -> Thread {
    let ident = Some(get_ident());
    if crate::signals::is_main() {
        let main = MAIN.get();
        main.0.ident.set(ident);
        return main;
    }
    let found = STARTED.get().borrow().iter().find(|thread| thread.ident() == ident).cloned();
    found.unwrap_or_else(|| {
        // A thread of a pool.
        let thread = Thread(Rc::default());
        thread.0.name.replace(super::current_name());
        thread.0.ident.set(ident);
        thread.0.started.set(true);
        thread
    })
}

/// `threading.main_thread()`
#[inline]
pub fn main_thread() -> Thread {
    MAIN.get()
}

/// `threading.enumerate()`
#[inline]
pub fn enumerate() -> List<Thread> {
    let all: Vec<Thread> = std::iter::once(MAIN.get()).chain(STARTED.get().borrow().iter().cloned()).collect();
    List::from(all)
}

/// `threading.active_count()`
#[inline]
pub fn active_count() -> i64 {
    enumerate().len()
}

/// The program ends: its threads are waited for, but for daemons.
pub(super) fn join_all() {
    loop {
        let next = STARTED.get().borrow().iter().find(|thread| !thread.daemon()).cloned();
        let Some(thread) = next else { return };
        thread.join(None).or_escape();
        let started = STARTED.get();
        started.borrow_mut().retain(|other| !Rc::ptr_eq(&other.0, &thread.0));
    }
}

impl Object for Thread {
    fn py_type(&self) -> &'static str {
        if self.0.cancelled.borrow().is_some() { "Timer" } else { "Thread" }
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        let kind = if Rc::ptr_eq(&self.0, &MAIN.get().0) { "_MainThread" } else { self.py_type() };
        let status = match (self.0.started.get(), self.is_alive()) {
            (false, _) => "initial",
            (true, true) => "started",
            (true, false) => "stopped",
        };
        let daemon = if self.daemon() { " daemon" } else { "" };
        let ident = self.ident().map(|ident| format!(" {ident}")).unwrap_or_default();
        write!(out, "<{kind}({}, {status}{daemon}{ident})>", self.name())
    }
}

impl Key for Thread {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(Rc::ptr_eq(&self.0, &other.0) || self.ident().is_some() && self.ident() == other.ident())
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(self.ident().unwrap_or_default())
    }
}

impl Compare for Thread {}
super::handle!(Thread);
