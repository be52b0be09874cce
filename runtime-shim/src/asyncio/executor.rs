//! `run_in_executor`, `to_thread` and `ThreadPoolExecutor`: threads that take work, under the interpreter lock.
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use super::awaitable::Payload;
use super::callback::Ready;
use super::core::AnyFuture;
use super::event_loop::{self, AbstractEventLoop};
use super::exceptions::runtime_error;
use super::future::{Future, FutureState};
use crate::error::PyResult;
use crate::escape::OrEscape;
use crate::exception::{ExceptionType, ValueError};
use crate::global::Global;
use crate::traceback::carried_call;
use crate::turns::{self, Turn};
use crate::{clock, lock, threading};

/// The default number of threads is the number of processors and four, at most this.
const MOST_THREADS: usize = 32;
/// Processors under the virtual clock.
const VIRTUAL_PROCESSORS: usize = 4;

type Work = Box<dyn FnOnce()>;

#[derive(Default)]
struct Pool {
    most: usize,
    /// What the threads' names begin with.
    prefix: String,
    work: RefCell<VecDeque<Work>>,
    idle: Cell<usize>,
    threads: RefCell<Vec<Arc<Turn>>>,
    waiting: RefCell<VecDeque<Arc<Turn>>>,
    ended: Cell<bool>,
}

/// `concurrent.futures.ThreadPoolExecutor`: a handle; a clone is the same pool.
#[derive(Clone)]
pub struct ThreadPoolExecutor(Rc<Pool>);

static POOLS: Global<Rc<RefCell<Vec<ThreadPoolExecutor>>>> = Global::new(Rc::default);
/// Pools without a name of their own.
static COUNT: Global<Rc<Cell<u64>>> = Global::new(Rc::default);
static DEFAULT: Global<Rc<RefCell<Option<ThreadPoolExecutor>>>> = Global::new(Rc::default);

impl ThreadPoolExecutor {
    /// `ThreadPoolExecutor(max_workers, thread_name_prefix)`
    #[inline]
    pub fn new(max_workers: Option<i64>, prefix: &str) -> PyResult<ThreadPoolExecutor> {
        let most = match max_workers {
            None => default_threads(),
            Some(number) => usize::try_from(number)
                .ok()
                .filter(|&number| number > 0)
                .ok_or_else(|| ValueError::new("max_workers must be greater than 0"))?,
        };
        let mut prefix = prefix.to_owned();
        if prefix.is_empty() {
            let count = COUNT.get();
            prefix = format!("ThreadPoolExecutor-{}", count.get());
            count.set(count.get() + 1);
        }
        let pool = ThreadPoolExecutor(Rc::new(Pool { most, prefix, ..Pool::default() }));
        POOLS.get().borrow_mut().push(pool.clone());
        Ok(pool)
    }

    #[inline]
    pub(crate) fn enqueue(&self, work: Work) -> PyResult {
        if self.0.ended.get() {
            return Err(runtime_error("cannot schedule new futures after shutdown"));
        }
        self.0.work.borrow_mut().push_back(work);
        self.wake_one();
        if self.0.idle.get() > 0 {
            self.0.idle.set(self.0.idle.get() - 1);
            return Ok(());
        }
        // CPython looks at the clock twice while it finds that no thread is idle.
        clock::monotonic();
        clock::monotonic();
        let number = self.0.threads.borrow().len();
        if number < self.0.most {
            let pool = self.clone();
            let name = format!("{}_{number}", self.0.prefix);
            let thread = lock::start_thread(name.clone(), move || {
                threading::set_current_name(name);
                pool.serve();
            });
            let thread = thread.map_err(|_| runtime_error("can't start new thread"))?;
            self.0.threads.borrow_mut().push(thread);
        }
        Ok(())
    }

    #[inline]
    fn wake_one(&self) {
        let first = self.0.waiting.borrow_mut().pop_front();
        if let Some(first) = first {
            turns::wake(&first);
        }
    }

    /// A thread's life.
    #[inline]
    fn serve(&self) {
        loop {
            let work = self.0.work.borrow_mut().pop_front();
            if let Some(work) = work {
                work();
                continue;
            }
            self.0.idle.set(self.0.idle.get() + 1);
            while self.0.work.borrow().is_empty() {
                if self.0.ended.get() {
                    return;
                }
                let me = lock::turn();
                self.0.waiting.borrow_mut().push_back(me.clone());
                lock::park(None);
                self.0.waiting.borrow_mut().retain(|other| !Arc::ptr_eq(other, &me));
            }
        }
    }

    /// `executor.shutdown(wait, cancel_futures)`
    #[inline]
    pub fn shutdown_with(&self, wait: bool, cancel: bool) -> PyResult {
        if cancel {
            let dropped = self.0.work.take();
            drop(dropped);
        }
        self.shutdown(wait)
    }

    /// `executor.shutdown(wait)`
    #[inline]
    pub fn shutdown(&self, wait: bool) -> PyResult {
        self.0.ended.set(true);
        while !self.0.waiting.borrow().is_empty() {
            self.wake_one();
        }
        if wait {
            let threads = self.0.threads.borrow().clone();
            for thread in &threads {
                lock::join(thread, None);
            }
        }
        Ok(())
    }

    /// `with ThreadPoolExecutor() as pool:`
    #[inline]
    pub fn enter(&self) -> PyResult<ThreadPoolExecutor> {
        Ok(self.clone())
    }

    /// The end of the `with`; the block's outcome is passed on.
    #[inline]
    pub fn exit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        self.shutdown(true)?;
        outcome
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    /// Are both the same pool?
    #[inline]
    pub fn is_same(&self, other: &ThreadPoolExecutor) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[inline]
fn default_threads() -> usize {
    let processors = if clock::is_virtual() {
        VIRTUAL_PROCESSORS
    } else {
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
    };
    (processors + 4).min(MOST_THREADS)
}

/// The loop's own pool ends, and is waited for.
#[inline]
pub(crate) fn shutdown_default() {
    let pool = DEFAULT.get().take();
    if let Some(pool) = pool {
        pool.shutdown(true).or_escape();
        POOLS.get().borrow_mut().retain(|other| !other.is_same(&pool));
    }
}

/// The interpreter ends: threads finish what they were given.
#[inline]
pub(crate) fn join_all() {
    let pools = POOLS.get().take();
    for pool in pools {
        pool.shutdown(true).or_escape();
    }
    drop(DEFAULT.get().take());
}

impl AbstractEventLoop {
    /// `loop.set_default_executor(executor)`
    #[inline]
    pub fn set_default_executor(&self, executor: &ThreadPoolExecutor) {
        drop(DEFAULT.get().replace(Some(executor.clone())));
    }

    /// `loop.run_in_executor(executor, function)`
    #[inline]
    pub fn run_in_executor<T: Payload>(
        &self,
        executor: Option<&ThreadPoolExecutor>,
        function: impl FnOnce() -> PyResult<T> + 'static,
    ) -> Future<T> {
        self.0.check_open().or_escape();
        let pool = match executor {
            Some(pool) => pool.clone(),
            None => default_pool(),
        };
        let future = FutureState::new(self.0.clone());
        let (owner, outer) = (self.0.clone(), future.clone());
        let work = Box::new(move || {
            if outer.core().is_cancelled() {
                return;
            }
            let result = carried_call(function);
            let set = Box::new(move || {
                if !outer.core().is_done() {
                    match result {
                        Ok(value) => outer.finish_unless_done(value),
                        Err(error) => outer.core().fail(error),
                    }
                }
                Ok(())
            });
            owner.schedule_threadsafe(Ready::Call(set));
        });
        pool.enqueue(work).or_escape();
        Future::of(future)
    }
}

#[inline]
fn default_pool() -> ThreadPoolExecutor {
    let default = DEFAULT.get();
    if let Some(pool) = &*default.borrow() {
        return pool.clone();
    }
    let pool = ThreadPoolExecutor::new(None, "asyncio").or_escape();
    default.replace(Some(pool.clone()));
    pool
}

/// `asyncio.to_thread(function)`
#[inline]
pub async fn to_thread<T: Payload>(function: impl FnOnce() -> PyResult<T> + 'static) -> PyResult<T> {
    let owner = AbstractEventLoop(event_loop::running()?);
    owner.run_in_executor(None, crate::contextvars::carried(function)).await
}
