//! `concurrent.futures`: futures of threads, and waiting for several.
use std::cell::{Cell, RefCell};

pub use crate::asyncio::ThreadPoolExecutor;
/// `concurrent.futures.TimeoutError`
pub use crate::exception::TimeoutError;
use crate::exception::builtin::class;
use crate::iter::Iterable;
use crate::prelude::*;
use crate::threading::Condition;
use crate::traceback::carried_call;
use crate::{clock, io, traceback};

/// `concurrent.futures.FIRST_COMPLETED`
pub const FIRST_COMPLETED: Str = Str::literal("FIRST_COMPLETED");
/// `concurrent.futures.FIRST_EXCEPTION`
pub const FIRST_EXCEPTION: Str = Str::literal("FIRST_EXCEPTION");
/// `concurrent.futures.ALL_COMPLETED`
pub const ALL_COMPLETED: Str = Str::literal("ALL_COMPLETED");

class! {
    @ /// `concurrent.futures.CancelledError`
    CancelledError: Exception, "concurrent.futures._base";
}
class! {
    @ /// `concurrent.futures.InvalidStateError`
    InvalidStateError: Exception, "concurrent.futures._base";
}

#[derive(Clone, Copy, PartialEq)]
enum Status {
    Pending,
    Running,
    Cancelled,
    Finished,
}

type Callback<T> = Box<dyn FnOnce(Future<T>) -> PyResult>;

struct State<T: 'static> {
    status: Cell<Status>,
    result: RefCell<Option<PyResult<T>>>,
    condition: Condition,
    callbacks: RefCell<Vec<Callback<T>>>,
    /// When it was done, among all.
    order: Cell<u64>,
}

static DONE: Global<Rc<Cell<u64>>> = Global::new(Rc::default);
/// Whoever waits for several waits here.
static ANY: Global<Condition> = Global::new(Condition::new);

/// `concurrent.futures.Future`: a handle.
pub struct Future<T: 'static>(Rc<State<T>>);

impl<T: 'static> Clone for Future<T> {
    #[inline]
    fn clone(&self) -> Self {
        Future(self.0.clone())
    }
}

impl<T: Clone + 'static> Default for Future<T> {
    #[inline]
    fn default() -> Self {
        Future::new()
    }
}

impl<T: Clone + 'static> Future<T> {
    /// `concurrent.futures.Future()`
    #[inline]
    pub fn new() -> Future<T> {
        Future(Rc::new(State {
            status: Cell::new(Status::Pending),
            result: RefCell::new(None),
            condition: Condition::new(),
            callbacks: RefCell::default(),
            order: Cell::new(0),
        }))
    }

    /// A thread begins with it; false when it was cancelled.
    #[inline]
    pub(crate) fn begin(&self) -> bool {
        let pending = self.0.status.get() == Status::Pending;
        if pending {
            self.0.status.set(Status::Running);
        }
        pending
    }

    #[inline]
    fn end(&self, status: Status, result: Option<PyResult<T>>) -> PyResult {
        self.0.condition.holding(|| {
            self.0.result.replace(result);
            self.0.status.set(status);
            let done = DONE.get();
            done.set(done.get() + 1);
            self.0.order.set(done.get());
            self.0.condition.notify_all()
        })?;
        let any = ANY.get();
        any.holding(|| any.notify_all())?;
        let callbacks = self.0.callbacks.take();
        for callback in callbacks {
            self.call_back(callback);
        }
        Ok(())
    }

    #[inline]
    fn call_back(&self, callback: Callback<T>) {
        if let Err(error) = callback(self.clone()) {
            let text = traceback::render(&error);
            io::write_stderr(&format!("exception calling callback for {}\n{text}", repr(self)));
        }
    }

    /// How the call ended.
    #[inline]
    pub(crate) fn finish(&self, result: PyResult<T>) -> PyResult {
        self.end(Status::Finished, Some(result))
    }

    /// `future.set_result(value)`
    #[inline]
    pub fn set_result(&self, value: T) -> PyResult {
        self.check_open()?;
        self.finish(Ok(value))
    }

    /// `future.set_exception(error)`
    #[inline]
    pub fn set_exception(&self, error: &PyErr) -> PyResult {
        self.check_open()?;
        self.finish(Err(error.clone()))
    }

    #[inline]
    fn check_open(&self) -> PyResult {
        if self.done() {
            return Err(InvalidStateError::new(format!("{}: {}", self.word(), repr(self))));
        }
        Ok(())
    }

    /// `future.cancel()`
    #[inline]
    pub fn cancel(&self) -> PyResult<bool> {
        match self.0.status.get() {
            Status::Running | Status::Finished => Ok(false),
            Status::Cancelled => Ok(true),
            Status::Pending => self.end(Status::Cancelled, None).map(|()| true),
        }
    }

    /// `future.cancelled()`
    #[inline]
    pub fn cancelled(&self) -> bool {
        self.0.status.get() == Status::Cancelled
    }

    /// `future.running()`
    #[inline]
    pub fn running(&self) -> bool {
        self.0.status.get() == Status::Running
    }

    /// `future.done()`
    #[inline]
    pub fn done(&self) -> bool {
        matches!(self.0.status.get(), Status::Cancelled | Status::Finished)
    }

    /// Waits until it is done.
    #[inline]
    fn wait(&self, timeout: Option<f64>) -> PyResult<PyResult<T>> {
        self.0.condition.holding(|| {
            if !self.done() {
                self.0.condition.wait(timeout)?;
            }
            if !self.done() {
                return Err(TimeoutError::new(()));
            }
            let result = self.0.result.borrow().clone();
            result.ok_or_else(|| CancelledError::new(()))
        })
    }

    /// `future.result(timeout)`
    #[inline]
    pub fn result(&self, timeout: Option<f64>) -> PyResult<T> {
        self.wait(timeout)?.map_err(PyErr::raised)
    }

    /// `future.exception(timeout)`
    #[inline]
    pub fn exception(&self, timeout: Option<f64>) -> PyResult<Option<PyErr>> {
        Ok(self.wait(timeout)?.err())
    }

    /// `future.add_done_callback(function)`
    #[inline]
    pub fn add_done_callback<R>(&self, callback: impl Fn(Future<T>) -> PyResult<R> + 'static) {
        let callback: Callback<T> = Box::new(move |future| callback(future).map(drop));
        if self.done() {
            self.call_back(callback);
        } else {
            self.0.callbacks.borrow_mut().push(callback);
        }
    }

    #[inline]
    fn word(&self) -> &'static str {
        match self.0.status.get() {
            Status::Pending => "PENDING",
            Status::Running => "RUNNING",
            Status::Cancelled => "CANCELLED",
            Status::Finished => "FINISHED",
        }
    }
}

impl ThreadPoolExecutor {
    /// `ProcessPoolExecutor(max_workers)`: its workers are threads.
    #[inline]
    pub fn processes(max_workers: Option<i64>) -> PyResult<ThreadPoolExecutor> {
        ThreadPoolExecutor::new(max_workers, "ProcessPoolExecutor")
    }

    /// `executor.submit(function, …)`
    #[inline]
    pub fn submit<T: Clone + 'static>(&self, call: impl FnOnce() -> PyResult<T> + 'static) -> PyResult<Future<T>> {
        let future = Future::new();
        let promise = future.clone();
        self.enqueue(Box::new(move || {
            if promise.begin() {
                let result = carried_call(call);
                promise.finish(result).or_escape();
            }
        }))?;
        Ok(future)
    }

    /// `executor.map(function, iterable)`
    #[inline]
    pub fn map<A: 'static, T: Clone + 'static>(
        &self,
        function: impl Fn(A) -> PyResult<T> + 'static,
        items: &impl Iterable<Item = A>,
        timeout: Option<f64>,
    ) -> PyResult<Iter<T>> {
        let function = Rc::new(function);
        let mut futures = Vec::new();
        for item in items.items() {
            let (item, function) = (item?, function.clone());
            futures.push(self.submit(move || function(item))?);
        }
        Ok(results(futures, timeout))
    }

    /// `executor.map(function, first, second)`
    #[inline]
    pub fn map_two<A: 'static, B: 'static, T: Clone + 'static>(
        &self,
        function: impl Fn(A, B) -> PyResult<T> + 'static,
        first: &impl Iterable<Item = A>,
        second: &impl Iterable<Item = B>,
        timeout: Option<f64>,
    ) -> PyResult<Iter<T>> {
        let function = Rc::new(function);
        let mut futures = Vec::new();
        for (a, b) in first.items().zip(second.items()) {
            let (a, b, function) = (a?, b?, function.clone());
            futures.push(self.submit(move || function(a, b))?);
        }
        Ok(results(futures, timeout))
    }
}

/// The results in their order, each waited for when it is asked for.
#[inline]
fn results<T: Clone + 'static>(futures: Vec<Future<T>>, timeout: Option<f64>) -> Iter<T> {
    let end = timeout.map(|timeout| clock::monotonic() + timeout);
    Iter::fallible(futures.into_iter().map(move |future| future.result(end.map(|end| end - clock::monotonic()))))
}

#[inline]
fn collected<T: 'static>(futures: &impl Iterable<Item = Future<T>>) -> PyResult<Vec<Future<T>>> {
    let mut all: Vec<Future<T>> = Vec::new();
    for future in futures.items() {
        let future = future?;
        if !all.iter().any(|known| Rc::ptr_eq(&known.0, &future.0)) {
            all.push(future);
        }
    }
    Ok(all)
}

/// `concurrent.futures.as_completed(futures, timeout)`
#[inline]
pub fn as_completed<T: Clone + 'static>(
    futures: &impl Iterable<Item = Future<T>>,
    timeout: Option<f64>,
) -> PyResult<Iter<Future<T>>> {
    let mut left = collected(futures)?;
    let total = left.len();
    let end = timeout.map(|timeout| clock::monotonic() + timeout);
    Ok(Iter::fallible(std::iter::from_fn(move || {
        if left.is_empty() {
            return None;
        }
        let any = ANY.get();
        let found = any.holding(|| {
            loop {
                let done = left.iter().enumerate().filter(|(_, future)| future.done());
                if let Some((at, _)) = done.min_by_key(|(_, future)| future.0.order.get()) {
                    return Ok(Some(at));
                }
                let timeout = end.map(|end| end - clock::monotonic());
                if timeout.is_some_and(|timeout| timeout <= 0.0) {
                    return Ok(None);
                }
                any.wait(timeout)?;
            }
        });
        match found {
            Ok(Some(at)) => Some(Ok(left.remove(at))),
            Ok(None) => {
                let unfinished = left.len();
                left.clear();
                Some(Err(TimeoutError::new(format!("{unfinished} (of {total}) futures unfinished"))))
            }
            Err(error) => {
                left.clear();
                Some(Err(error))
            }
        }
    })))
}

/// What `wait` gives: those that are done, and those that are not.
pub type Waited<T> = (Set<Future<T>>, Set<Future<T>>);

/// `concurrent.futures.wait(futures, timeout, return_when)`
#[inline]
pub fn wait<T: Clone + 'static>(
    futures: &impl Iterable<Item = Future<T>>,
    timeout: Option<f64>,
    return_when: &str,
) -> PyResult<Waited<T>> {
    let all = collected(futures)?;
    let failed = |future: &Future<T>| matches!(&*future.0.result.borrow(), Some(Err(_)));
    let enough = || match return_when {
        "FIRST_COMPLETED" => all.iter().any(Future::done),
        "FIRST_EXCEPTION" => all.iter().all(Future::done) || all.iter().any(failed),
        _ => all.iter().all(Future::done),
    };
    let any = ANY.get();
    any.holding(|| any.wait_for(|| Ok(enough()), timeout.map(|timeout| timeout.max(0.0))))?;
    let (done, left) = (Set::new(), Set::new());
    for future in all {
        if future.done() { &done } else { &left }.add(future);
    }
    Ok((done, left))
}

impl<T: 'static> Object for Future<T> {
    fn py_type(&self) -> &'static str {
        "Future"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        let address = crate::object::address(&*self.0);
        let status = match self.0.status.get() {
            Status::Pending => "pending",
            Status::Running => "running",
            Status::Cancelled => "cancelled",
            Status::Finished => "finished",
        };
        write!(out, "<Future at {address:#x} state={status}")?;
        match &*self.0.result.borrow() {
            Some(Err(error)) => write!(out, " raised {}>", error.class().name()),
            Some(Ok(_)) => out.write_str(" returned value>"),
            None => out.write_str(">"),
        }
    }
}

impl<T: 'static> Key for Future<T> {
    const PLAIN: bool = true;

    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(Rc::ptr_eq(&self.0, &other.0))
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Ok(crate::object::address(&*self.0) as i64 >> 4)
    }
}

impl<T: 'static> Compare for Future<T> {}

impl<T: 'static> PartialEq for Future<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: 'static> From<Future<T>> for Value {
    #[inline]
    fn from(future: Future<T>) -> Value {
        Value::object(future)
    }
}
