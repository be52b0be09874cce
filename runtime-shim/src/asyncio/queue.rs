//! `asyncio.Queue`, `LifoQueue` and `PriorityQueue`.
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ops::Deref;
use std::rc::Rc;

use super::awaitable::Payload;
use super::core::{AnyFuture, Awaited};
use super::event_loop;
use super::exceptions::{QueueEmpty, QueueFull, QueueShutDown};
use super::future::{FutureState, Wait};
use super::locks::Event;
use crate::error::PyResult;
use crate::exception::{ExceptionType, ValueError};
use crate::object::{Compare, repr};

/// In which order items leave.
enum Items<T> {
    Fifo(VecDeque<T>),
    Lifo(Vec<T>),
    /// A heap, and its order.
    Heap(Vec<T>, fn(&T, &T) -> PyResult<bool>),
}

struct State<T> {
    /// A heap is taken out while it is worked on: comparing runs the program's code.
    items: RefCell<Items<T>>,
    maxsize: i64,
    getters: Waiters,
    putters: Waiters,
    unfinished: Cell<i64>,
    finished: Event,
    is_shut: Cell<bool>,
}

/// Futures of those who wait, in their order.
#[derive(Default)]
pub(crate) struct Waiters(RefCell<VecDeque<Rc<FutureState<()>>>>);

impl Waiters {
    /// Waits for a turn. When that fails, and the turn had been given, the next one gets it if `pass_on` says so.
    #[inline]
    pub(crate) async fn wait(&self, pass_on: impl Fn() -> bool) -> PyResult {
        let waiter = FutureState::new(event_loop::running()?);
        self.0.borrow_mut().push_back(waiter.clone());
        let waiting: Rc<dyn Awaited<()>> = waiter.clone();
        let Err(error) = Wait::new(waiting).await else { return Ok(()) };
        waiter.cancel(None);
        self.remove(&waiter);
        if pass_on() && !waiter.core().is_cancelled() {
            self.wake_next();
        }
        Err(error)
    }

    #[inline]
    pub(crate) fn remove(&self, waiter: &Rc<FutureState<()>>) {
        super::locks::forget(&self.0, waiter);
    }

    #[inline]
    fn len(&self) -> usize {
        self.0.borrow().len()
    }

    #[inline]
    fn wake_all(&self) {
        for waiter in self.0.take() {
            waiter.finish_unless_done(());
        }
    }

    #[inline]
    pub(crate) fn wake_next(&self) {
        let mut waiters = self.0.borrow_mut();
        while let Some(waiter) = waiters.pop_front() {
            if !waiter.core().is_done() {
                waiter.finish_unless_done(());
                break;
            }
        }
    }
}

impl<T: Payload> Queue<T> {
    #[inline]
    fn state(&self) -> String {
        let mut out = format!("maxsize={}", self.0.maxsize);
        let shown: Vec<String> = match &*self.0.items.borrow() {
            Items::Fifo(items) => items.iter().map(|item| repr(item).to_string()).collect(),
            Items::Lifo(items) | Items::Heap(items, _) => items.iter().map(|item| repr(item).to_string()).collect(),
        };
        if !shown.is_empty() {
            out.push_str(&format!(" _queue=[{}]", shown.join(", ")));
        }
        let (getters, putters) = (self.0.getters.len(), self.0.putters.len());
        if getters > 0 {
            out.push_str(&format!(" _getters[{getters}]"));
        }
        if putters > 0 {
            out.push_str(&format!(" _putters[{putters}]"));
        }
        if self.0.unfinished.get() > 0 {
            out.push_str(&format!(" tasks={}", self.0.unfinished.get()));
        }
        if self.0.is_shut.get() {
            out.push_str(" shutdown");
        }
        out
    }

    #[inline]
    pub(crate) fn repr(&self, kind: &str) -> String {
        format!("<{kind} at {:#x} {}>", self.address(), self.state())
    }

    #[inline]
    pub(crate) fn text(&self, kind: &str) -> String {
        format!("<{kind} {}>", self.state())
    }
}

/// `asyncio.Queue`: a handle; a clone is the same queue.
pub struct Queue<T>(Rc<State<T>>);

impl<T> Clone for Queue<T> {
    #[inline]
    fn clone(&self) -> Self {
        Queue(self.0.clone())
    }
}

impl<T: Clone + 'static> Queue<T> {
    /// `asyncio.Queue(maxsize)`
    #[inline]
    pub fn new(maxsize: i64) -> Queue<T> {
        Queue::of(maxsize, Items::Fifo(VecDeque::new()))
    }

    #[inline]
    fn of(maxsize: i64, items: Items<T>) -> Queue<T> {
        let finished = Event::new();
        finished.set();
        let items = RefCell::new(items);
        let (getters, putters) = Default::default();
        let (unfinished, is_shut) = (Cell::new(0), Cell::new(false));
        Queue(Rc::new(State { items, maxsize, getters, putters, unfinished, finished, is_shut }))
    }

    /// `loop=`, which asyncio has not looked at since 3.10.
    #[must_use]
    #[inline]
    pub fn loop_<L>(self, _: L) -> Queue<T> {
        self
    }

    /// `queue.qsize()`
    #[inline]
    pub fn qsize(&self) -> i64 {
        match &*self.0.items.borrow() {
            Items::Fifo(items) => items.len() as i64,
            Items::Lifo(items) | Items::Heap(items, _) => items.len() as i64,
        }
    }

    /// `queue.maxsize`
    #[inline]
    pub fn maxsize(&self) -> i64 {
        self.0.maxsize
    }

    /// `queue.empty()`
    #[inline]
    pub fn empty(&self) -> bool {
        self.qsize() == 0
    }

    /// `queue.full()`
    #[inline]
    pub fn full(&self) -> bool {
        self.0.maxsize > 0 && self.qsize() >= self.0.maxsize
    }

    /// `await queue.put(item)`
    #[inline]
    pub fn put(&self, item: T) -> impl Future<Output = PyResult> + use<T> {
        let this = self.clone();
        async move {
            while this.full() {
                this.check_open()?;
                this.0.putters.wait(|| !this.full()).await?;
            }
            this.put_nowait(item)
        }
    }

    /// `queue.put_nowait(item)`
    #[inline]
    pub fn put_nowait(&self, item: T) -> PyResult {
        self.check_open()?;
        if self.full() {
            return Err(QueueFull::new(()));
        }
        self.push(item)?;
        self.0.unfinished.set(self.0.unfinished.get() + 1);
        self.0.finished.clear();
        self.0.getters.wake_next();
        Ok(())
    }

    /// `await queue.get()`
    #[inline]
    pub fn get(&self) -> impl Future<Output = PyResult<T>> + use<T> {
        let this = self.clone();
        async move {
            while this.empty() {
                this.check_open()?;
                this.0.getters.wait(|| !this.empty()).await?;
            }
            this.get_nowait()
        }
    }

    /// `queue.get_nowait()`
    #[inline]
    pub fn get_nowait(&self) -> PyResult<T> {
        let Some(item) = self.pop()? else {
            self.check_open()?;
            return Err(QueueEmpty::new(()));
        };
        self.0.putters.wake_next();
        Ok(item)
    }

    #[inline]
    fn check_open(&self) -> PyResult {
        if self.0.is_shut.get() { Err(QueueShutDown::new(())) } else { Ok(()) }
    }

    /// `queue.shutdown(immediate)`
    #[inline]
    pub fn shutdown(&self, immediate: bool) -> PyResult {
        self.0.is_shut.set(true);
        if immediate {
            while self.pop()?.is_some() {
                let unfinished = self.0.unfinished.get();
                if unfinished > 0 {
                    self.0.unfinished.set(unfinished - 1);
                }
            }
            if self.0.unfinished.get() == 0 {
                self.0.finished.set();
            }
        }
        self.0.getters.wake_all();
        self.0.putters.wake_all();
        Ok(())
    }

    /// `queue.task_done()`
    #[inline]
    pub fn task_done(&self) -> PyResult {
        let unfinished = self.0.unfinished.get();
        if unfinished <= 0 {
            return Err(ValueError::new("task_done() called too many times"));
        }
        self.0.unfinished.set(unfinished - 1);
        if unfinished == 1 {
            self.0.finished.set();
        }
        Ok(())
    }

    /// `await queue.join()`
    #[inline]
    pub fn join(&self) -> impl Future<Output = PyResult> + use<T> {
        let this = self.clone();
        async move {
            if this.0.unfinished.get() > 0 {
                this.0.finished.wait().await?;
            }
            Ok(())
        }
    }

    /// Are both the same queue?
    #[inline]
    pub fn is_same(&self, other: &Queue<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// What `id()` is made of.
    #[inline]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    #[inline]
    fn push(&self, item: T) -> PyResult {
        let (mut heap, less) = match &mut *self.0.items.borrow_mut() {
            Items::Fifo(items) => {
                items.push_back(item);
                return Ok(());
            }
            Items::Lifo(items) => {
                items.push(item);
                return Ok(());
            }
            Items::Heap(items, less) => (std::mem::take(items), *less),
        };
        heap.push(item);
        let last = heap.len() - 1;
        let sifted = sift_down(&mut heap, 0, last, less);
        self.put_back(heap);
        sifted
    }

    #[inline]
    fn pop(&self) -> PyResult<Option<T>> {
        let (mut heap, less) = match &mut *self.0.items.borrow_mut() {
            Items::Fifo(items) => return Ok(items.pop_front()),
            Items::Lifo(items) => return Ok(items.pop()),
            Items::Heap(items, less) => (std::mem::take(items), *less),
        };
        let Some(last) = heap.pop() else { return Ok(None) };
        if heap.is_empty() {
            self.put_back(heap);
            return Ok(Some(last));
        }
        let first = std::mem::replace(&mut heap[0], last);
        let sifted = sift_up(&mut heap, less);
        self.put_back(heap);
        sifted.map(|()| Some(first))
    }

    #[inline]
    fn put_back(&self, heap: Vec<T>) {
        if let Items::Heap(items, _) = &mut *self.0.items.borrow_mut() {
            *items = heap;
        }
    }
}

/// `heapq._siftdown`: the item at `at` goes towards the root.
#[inline]
fn sift_down<T: Clone>(heap: &mut [T], start: usize, mut at: usize, less: fn(&T, &T) -> PyResult<bool>) -> PyResult {
    while at > start {
        let parent = (at - 1) / 2;
        if !less(&heap[at], &heap[parent])? {
            break;
        }
        heap.swap(at, parent);
        at = parent;
    }
    Ok(())
}

/// `heapq._siftup`: the smaller child goes up until a leaf is reached, then the item goes back to its place.
#[inline]
fn sift_up<T: Clone>(heap: &mut [T], less: fn(&T, &T) -> PyResult<bool>) -> PyResult {
    let mut at = 0;
    loop {
        let mut child = 2 * at + 1;
        if child >= heap.len() {
            break;
        }
        if child + 1 < heap.len() && !less(&heap[child], &heap[child + 1])? {
            child += 1;
        }
        heap.swap(at, child);
        at = child;
    }
    sift_down(heap, 0, at, less)
}

/// A queue of another order: a handle that has all that `Queue` has.
macro_rules! orders {
    ($($(#[$doc:meta])* $name:ident<$item:ident: [$($bound:tt)*]> => $items:expr;)*) => {$(
        $(#[$doc])*
        pub struct $name<$item>(Queue<$item>);

        impl<$item> Clone for $name<$item> {
            #[inline]
            fn clone(&self) -> Self {
                $name(self.0.clone())
            }
        }

        impl<$item: $($bound)*> $name<$item> {
            /// With `maxsize`.
            #[inline]
            pub fn new(maxsize: i64) -> $name<$item> {
                $name(Queue::of(maxsize, $items))
            }

            /// `loop=`, which asyncio has not looked at since 3.10.
            #[must_use]
            #[inline]
            pub fn loop_<L>(self, _: L) -> $name<$item> {
                self
            }
        }

        impl<$item> Deref for $name<$item> {
            type Target = Queue<$item>;

            #[inline]
            fn deref(&self) -> &Queue<$item> {
                &self.0
            }
        }
    )*};
}
orders! {
    /// `asyncio.LifoQueue`: the last item leaves first.
    LifoQueue<T: [Clone + 'static]> => Items::Lifo(Vec::new());
    /// `asyncio.PriorityQueue`: the smallest item leaves first.
    PriorityQueue<T: [Compare + Clone]> => Items::Heap(Vec::new(), T::py_lt);
}
