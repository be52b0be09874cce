//! The event loop: one queue, a heap of timers, and asyncio's rules for the order in which they are run.
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::awaitable::{Awaitable, Payload};
use super::callback::{Callback, Ready};
use super::exceptions::runtime_error;
use super::future::{Future, FutureState};
use super::handle::{Action, Handle, HandleState, Timer, TimerHandle};
use super::registry::Registry;
use super::signal_handlers::SignalHandler;
use super::task::{Task, TaskObject};
use super::waker::Mailbox;
use super::{report, trouble};
use crate::async_generator::Finalizable;
use crate::error::PyResult;
use crate::escape::OrEscape;
use crate::exception::{ExceptionType, KeyboardInterrupt, SystemExit, ValueError};
use crate::traceback::carried_call;
use crate::turns::{self, Turn};
use crate::{clock, contextvars, lock, signals};

/// Timers that were cancelled are swept when they are more than this and more than half of the heap.
const MIN_CANCELLED: usize = 100;
/// The resolution of the clock: timers this close are due together.
const RESOLUTION: f64 = 1e-9;
/// The longest wait at once, in seconds.
const LONGEST_WAIT: f64 = 24.0 * 3600.0;

/// A loop's state.
pub(crate) struct Loop {
    ready: RefCell<VecDeque<Ready>>,
    timers: RefCell<BinaryHeap<Timer>>,
    sequence: Cell<u64>,
    cancelled_timers: Cell<usize>,
    running: Cell<bool>,
    stopping: Cell<bool>,
    closed: Cell<bool>,
    debug: Cell<bool>,
    pub(super) slow: Cell<f64>,
    /// Tasks run to their first wait where they are made.
    eager: Cell<bool>,
    /// The program's exception handler.
    handler: RefCell<Option<trouble::Handler>>,
    /// `add_signal_handler`, by number.
    pub(crate) signal_handlers: RefCell<BTreeMap<i32, SignalHandler>>,
    pub(super) tasks: Registry,
    generators: RefCell<Vec<Weak<dyn Finalizable>>>,
    /// What `asyncio.run` does about Ctrl-C, when it runs this loop.
    pub(crate) on_interrupt: RefCell<Option<Box<dyn Fn() -> bool>>>,
    /// Wake-ups from wakers, which may be called anywhere.
    pub(crate) mailbox: Arc<Mailbox>,
    /// The thread that runs it, to be woken by others.
    thread: RefCell<Option<Arc<Turn>>>,
    /// Another thread has added something.
    woken: Arc<AtomicBool>,
}

/// An event loop.
#[derive(Clone)]
pub struct AbstractEventLoop(pub(crate) Rc<Loop>);

thread_local! {
    static RUNNING: RefCell<Option<Rc<Loop>>> = const { RefCell::new(None) };
    static CURRENT: RefCell<Option<Rc<Loop>>> = const { RefCell::new(None) };
    /// `set_event_loop` was called: none is made any more.
    static WAS_SET: Cell<bool> = const { Cell::new(false) };
    /// Loops of this thread, to be emptied at its end.
    static ALL: RefCell<Vec<Weak<Loop>>> = const { RefCell::new(Vec::new()) };
}

/// `asyncio.new_event_loop()`
pub fn new_event_loop() -> AbstractEventLoop {
    let new = Rc::new(Loop::default());
    ALL.with_borrow_mut(|all| all.push(Rc::downgrade(&new)));
    report::debug("Using selector: EpollSelector");
    AbstractEventLoop(new)
}

/// `asyncio.set_event_loop(loop)`
pub fn set_event_loop(new: Option<AbstractEventLoop>) {
    WAS_SET.set(true);
    let old = CURRENT.replace(new.map(|new| new.0));
    drop(old);
}

/// `asyncio.get_running_loop()`
pub fn get_running_loop() -> PyResult<AbstractEventLoop> {
    running().map(AbstractEventLoop)
}

/// `asyncio.get_event_loop()`: the running loop, or the thread's own; the first thread's is made when there is none.
pub fn get_event_loop() -> PyResult<AbstractEventLoop> {
    current().map(AbstractEventLoop)
}

pub(crate) fn running() -> PyResult<Rc<Loop>> {
    RUNNING.with_borrow(Clone::clone).ok_or_else(|| runtime_error("no running event loop"))
}

/// A signal that came is handled now: by the loop that runs, if one does.
pub(crate) fn interrupted() -> PyResult {
    match RUNNING.with_borrow(Clone::clone) {
        Some(running) => running.interrupted(),
        None => signals::check(),
    }
}

pub(crate) fn is_any_running() -> bool {
    RUNNING.with_borrow(Option::is_some)
}

pub(crate) fn current() -> PyResult<Rc<Loop>> {
    if let Some(running) = RUNNING.with_borrow(Clone::clone) {
        return Ok(running);
    }
    if let Some(current) = CURRENT.with_borrow(Clone::clone) {
        return Ok(current);
    }
    if WAS_SET.get() || !signals::is_main() {
        let name = if signals::is_main() { "MainThread" } else { "Thread-1" };
        return Err(runtime_error(format!("There is no current event loop in thread '{name}'.")));
    }
    let new = new_event_loop();
    CURRENT.set(Some(new.0.clone()));
    Ok(new.0)
}

/// The thread ends: its loops give back what they hold.
pub(crate) fn forget() {
    drop(RUNNING.take());
    drop(CURRENT.take());
    for made in ALL.take() {
        if let Some(made) = made.upgrade() {
            made.abandon();
        }
    }
}

impl Default for Loop {
    fn default() -> Loop {
        let woken = Arc::new(AtomicBool::new(false));
        Loop {
            ready: RefCell::default(),
            timers: RefCell::default(),
            sequence: Cell::new(0),
            cancelled_timers: Cell::new(0),
            running: Cell::new(false),
            stopping: Cell::new(false),
            closed: Cell::new(false),
            debug: Cell::new(false),
            slow: Cell::new(0.1),
            eager: Cell::new(false),
            handler: RefCell::new(None),
            signal_handlers: RefCell::default(),
            tasks: Registry::default(),
            generators: RefCell::default(),
            on_interrupt: RefCell::new(None),
            mailbox: Mailbox::new(woken.clone()),
            thread: RefCell::new(None),
            woken,
        }
    }
}

impl Loop {
    #[inline]
    pub(crate) fn schedule(&self, ready: Ready) {
        self.ready.borrow_mut().push_back(ready);
    }

    /// `call_soon_threadsafe`, the caller holding the interpreter lock.
    pub(crate) fn schedule_threadsafe(&self, ready: Ready) {
        self.schedule(ready);
        self.wake();
    }

    /// Ends its wait, if it waits.
    pub(crate) fn wake(&self) {
        self.woken.store(true, Ordering::Release);
        if !clock::is_virtual()
            && let Some(thread) = &*self.thread.borrow()
        {
            turns::wake(thread);
        }
    }

    pub(crate) fn time(&self) -> f64 {
        clock::monotonic()
    }

    pub(crate) fn add_timer(&self, handle: Rc<HandleState>) {
        let sequence = self.sequence.get();
        self.sequence.set(sequence + 1);
        handle.scheduled.set(true);
        self.timers.borrow_mut().push(Timer { when: handle.when(), sequence, handle });
    }

    pub(crate) fn timer_cancelled(&self) {
        self.cancelled_timers.set(self.cancelled_timers.get() + 1);
    }

    pub(crate) fn check_open(&self) -> PyResult {
        if self.closed.get() { Err(runtime_error("Event loop is closed")) } else { Ok(()) }
    }

    pub(crate) fn check_not_running(&self) -> PyResult {
        if self.running.get() {
            return Err(runtime_error("This event loop is already running"));
        }
        if is_any_running() {
            return Err(runtime_error("Cannot run the event loop while another loop is running"));
        }
        Ok(())
    }

    pub(crate) fn is_eager(&self) -> bool {
        self.eager.get()
    }

    pub(crate) fn is_running(&self) -> bool {
        self.running.get()
    }

    pub(crate) fn set_eager(&self, on: bool) {
        self.eager.set(on);
    }

    pub(crate) fn handler(&self) -> Option<trouble::Handler> {
        self.handler.borrow().clone()
    }

    pub(crate) fn set_handler(&self, handler: Option<trouble::Handler>) {
        let old = self.handler.replace(handler);
        drop(old);
    }

    pub(crate) fn set_debug(&self, on: bool) {
        self.debug.set(on);
    }

    /// Its tasks that are not done, in the order in which they were made.
    pub(crate) fn pending_tasks(&self) -> Vec<Rc<dyn TaskObject>> {
        self.tasks.pending()
    }

    /// An async generator was started in this loop.
    pub(crate) fn register_generator(&self, generator: &Rc<dyn Finalizable>) {
        let mut generators = self.generators.borrow_mut();
        if generators.len() == generators.capacity() {
            generators.retain(|generator| generator.strong_count() > 0);
            let room = generators.len().max(16);
            generators.reserve(room);
        }
        generators.push(Rc::downgrade(generator));
    }

    pub(crate) fn take_generators(&self) -> Vec<Rc<dyn Finalizable>> {
        self.generators.take().iter().filter_map(Weak::upgrade).collect()
    }

    pub(crate) fn run_forever(self: &Rc<Self>) -> PyResult {
        self.check_open()?;
        self.check_not_running()?;
        self.running.set(true);
        self.thread.replace(Some(lock::turn()));
        let _running = Running::enter(self);
        loop {
            self.run_once()?;
            if self.stopping.get() {
                return Ok(());
            }
        }
    }

    pub(crate) fn stop(&self) {
        self.stopping.set(true);
    }

    /// One pass: waits, takes the timers that are due, runs what was in the queue when it began.
    fn run_once(self: &Rc<Self>) -> PyResult {
        self.sweep_timers();
        self.wait();
        self.mailbox.deliver();
        self.interrupted()?;
        self.take_due_timers();
        let count = self.ready.borrow().len();
        if is_sparse(count, self.ready.borrow().capacity()) {
            self.ready.borrow_mut().shrink_to(count * 2);
        }
        for _ in 0..count {
            let Some(ready) = self.ready.borrow_mut().pop_front() else { break };
            if let Err(error) = task_boundary(ready) {
                if error.is::<(SystemExit, KeyboardInterrupt)>() {
                    return Err(error.raised());
                }
                report::callback_failed(self, &error);
            }
        }
        lock::checkpoint();
        Ok(())
    }

    fn sweep_timers(&self) {
        let mut timers = self.timers.borrow_mut();
        let cancelled = self.cancelled_timers.get();
        if timers.len() > MIN_CANCELLED && cancelled * 2 > timers.len() {
            let kept: Vec<Timer> = timers.drain().filter(|timer| !timer.handle.is_cancelled()).collect();
            *timers = kept.into();
            self.cancelled_timers.set(0);
            return;
        }
        if is_sparse(timers.len(), timers.capacity()) {
            let room = timers.len() * 2;
            timers.shrink_to(room);
        }
        while timers.peek().is_some_and(|timer| timer.handle.is_cancelled()) {
            self.cancelled_timers.set(self.cancelled_timers.get().saturating_sub(1));
            timers.pop();
        }
    }

    fn wait(&self) {
        if !self.ready.borrow().is_empty() || self.stopping.get() {
            if clock::is_virtual() {
                turns::select(&lock::turn(), Some(0.0), &self.woken, lock::is_shared());
            }
        } else {
            let next = self.timers.borrow().peek().map(|timer| timer.when);
            let timeout = next.map(|when| (when - self.time()).clamp(0.0, LONGEST_WAIT));
            lock::select(timeout, &self.woken);
        }
        self.woken.store(false, Ordering::Release);
    }

    pub(crate) fn interrupted(&self) -> PyResult {
        signals::dispatch()?;
        if !signals::take() {
            return Ok(());
        }
        let handled = self.on_interrupt.borrow().as_ref().is_some_and(|handler| handler());
        if handled { Ok(()) } else { Err(signals::interrupt()) }
    }

    fn take_due_timers(&self) {
        let end = self.time() + RESOLUTION;
        let mut timers = self.timers.borrow_mut();
        while timers.peek().is_some_and(|timer| timer.when < end) {
            let Some(timer) = timers.pop() else { break };
            timer.handle.scheduled.set(false);
            if timer.handle.is_cancelled() {
                self.cancelled_timers.set(self.cancelled_timers.get().saturating_sub(1));
                continue;
            }
            self.ready.borrow_mut().push_back(Ready::Handle(timer.handle));
        }
    }

    pub(crate) fn run_until_complete<A: Awaitable>(self: &Rc<Self>, main: A) -> PyResult<A::Output> {
        self.check_open().and_then(|()| self.check_not_running()).map_err(|error| error.holding(A::unbegun()))?;
        let (future, made) = main.ensure(&AbstractEventLoop(self.clone()));
        if made {
            future.0.set_quiet();
        }
        let core = future.0.core();
        core.add_callback(Callback::Stop(self.clone()));
        let outcome = self.run_forever();
        core.remove_stop();
        if let Err(error) = outcome {
            if made && core.is_done() {
                core.peek_exception();
            }
            return Err(error);
        }
        if !core.is_done() {
            return Err(runtime_error("Event loop stopped before Future completed."));
        }
        future.result()
    }

    pub(crate) fn close(&self) -> PyResult {
        if self.running.get() {
            return Err(runtime_error("Cannot close a running event loop"));
        }
        if !self.closed.replace(true) {
            for number in self.signal_handlers.take().into_keys() {
                signals::restore(number);
            }
            self.clear();
        }
        Ok(())
    }

    fn clear(&self) {
        let ready = self.ready.take();
        drop(ready);
        let timers = self.timers.take();
        drop(timers);
    }

    /// Nobody will run it again: its pending tasks are destroyed, and said to be.
    fn abandon(&self) {
        for task in self.pending_tasks() {
            task.destroy();
        }
        self.clear();
    }
}

/// Whether a queue has much more room than it needs: it was long once.
#[inline]
fn is_sparse(len: usize, capacity: usize) -> bool {
    capacity > 4096 && len * 8 < capacity
}

/// What a future did when it was done stands alone in a traceback: the frames below are the loop's.
#[inline(never)]
fn task_boundary(ready: Ready) -> PyResult {
    let result = match ready {
        Ready::Step(task) => task.step(),
        Ready::Child(hub, index) => {
            hub.child_done(index);
            Ok(())
        }
        Ready::Stop(owner) => {
            owner.stop();
            Ok(())
        }
        Ready::Waited(waited) => {
            waited.done();
            Ok(())
        }
        Ready::Call(call) => call(),
        Ready::Handle(handle) => match handle.take() {
            Some(Action::Wake(future)) => {
                future.finish_unless_done(());
                Ok(())
            }
            Some(Action::Call(call)) => carried_call(call),
            None => Ok(()),
        },
    };
    std::hint::black_box(result)
}

/// The thread runs a loop.
struct Running(Rc<Loop>);

impl Running {
    fn enter(this: &Rc<Loop>) -> Running {
        RUNNING.set(Some(this.clone()));
        Running(this.clone())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.stopping.set(false);
        self.0.running.set(false);
        self.0.thread.take();
        drop(RUNNING.take());
    }
}

impl AbstractEventLoop {
    /// `loop.run_until_complete(main)`
    pub fn run_until_complete<A: Awaitable>(&self, main: A) -> PyResult<A::Output> {
        self.0.run_until_complete(main)
    }

    /// `loop.run_forever()`
    pub fn run_forever(&self) -> PyResult {
        self.0.run_forever()
    }

    /// `loop.stop()`
    pub fn stop(&self) {
        self.0.stop();
    }

    /// `loop.close()`
    pub fn close(&self) -> PyResult {
        self.0.close()
    }

    /// `loop.is_running()`
    pub fn is_running(&self) -> bool {
        self.0.running.get()
    }

    /// `loop.is_closed()`
    pub fn is_closed(&self) -> bool {
        self.0.closed.get()
    }

    /// `loop.time()`
    pub fn time(&self) -> f64 {
        self.0.time()
    }

    /// `loop.get_debug()`
    pub fn get_debug(&self) -> bool {
        self.0.debug.get()
    }

    /// `loop.set_debug(on)`
    pub fn set_debug(&self, on: bool) {
        self.0.set_debug(on);
    }

    /// `loop.create_future()`
    pub fn create_future<T: Payload>(&self) -> Future<T> {
        Future::of(FutureState::new(self.0.clone()))
    }

    /// `loop.create_task(coro)`
    pub fn create_task<A: Awaitable>(&self, coro: A) -> Task<A::Output> {
        self.0.check_open().map_err(|error| error.holding(A::unbegun())).or_escape();
        coro.into_task(self)
    }

    /// `loop.call_soon(callback)`
    pub fn call_soon(&self, callback: impl FnOnce() -> PyResult + 'static) -> PyResult<Handle> {
        self.0.check_open()?;
        let handle = HandleState::new(self.0.clone(), f64::NAN, Action::Call(contextvars::carried(callback)));
        self.0.schedule(Ready::Handle(handle.clone()));
        Ok(Handle(handle))
    }

    /// `loop.call_soon_threadsafe(callback)`
    pub fn call_soon_threadsafe(&self, callback: impl FnOnce() -> PyResult + 'static) -> PyResult<Handle> {
        let handle = self.call_soon(callback)?;
        self.0.wake();
        Ok(handle)
    }

    /// `loop.call_later(delay, callback)`
    pub fn call_later(&self, delay: f64, callback: impl FnOnce() -> PyResult + 'static) -> PyResult<TimerHandle> {
        if delay.is_nan() {
            return Err(ValueError::new("Invalid delay: NaN (not a number)"));
        }
        let when = self.time() + delay;
        self.call_at(when, callback)
    }

    /// `loop.call_at(when, callback)`
    pub fn call_at(&self, when: f64, callback: impl FnOnce() -> PyResult + 'static) -> PyResult<TimerHandle> {
        self.0.check_open()?;
        let handle = HandleState::new(self.0.clone(), when, Action::Call(contextvars::carried(callback)));
        self.0.add_timer(handle.clone());
        Ok(TimerHandle(handle))
    }

    /// What `id()` is made of.
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    /// Are both the same loop?
    pub fn is_same(&self, other: &AbstractEventLoop) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// `loop.shutdown_default_executor()`
    pub fn shutdown_default_executor(&self) -> impl std::future::Future<Output = PyResult> + use<> {
        async {
            super::executor::shutdown_default();
            Ok(())
        }
    }

    /// `loop.shutdown_asyncgens()`
    pub fn shutdown_asyncgens(&self) -> impl std::future::Future<Output = PyResult> + use<> {
        let this = self.0.clone();
        async move {
            for generator in this.take_generators() {
                if let Err(error) = generator.finalize().await {
                    let text = "an error occurred during closing of asynchronous generator";
                    this.tell(text, Some(&error), &[]);
                }
            }
            Ok(())
        }
    }
}

impl std::fmt::Display for AbstractEventLoop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let python = |on: bool| if on { "True" } else { "False" };
        let (running, closed, debug) = (self.is_running(), self.is_closed(), self.get_debug());
        let text = format!(
            "<_UnixSelectorEventLoop running={} closed={} debug={}>",
            python(running),
            python(closed),
            python(debug)
        );
        f.pad(&text)
    }
}
