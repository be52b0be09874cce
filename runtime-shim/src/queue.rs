//! `queue`: queues between threads, as Python builds them on conditions.
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use crate::clock;
use crate::exception::builtin::class;
use crate::prelude::*;
use crate::threading::{Condition, Lock};

class! {
    @ /// `queue.Empty`
    Empty: Exception, "_queue";
}
class! {
    @ /// `queue.Full`
    Full: Exception, "queue";
}

/// In which order items leave.
enum Items<T: 'static> {
    Fifo(VecDeque<T>),
    Lifo(Vec<T>),
    /// A heap, and how an item gets into it and out of it.
    Heap(List<T>, Order<T>),
}

struct Order<T: 'static> {
    push: fn(&List<T>, T) -> PyResult,
    pop: fn(&List<T>) -> PyResult<T>,
}

impl<T: 'static> Clone for Order<T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static> Copy for Order<T> {}

struct State<T: 'static> {
    items: RefCell<Items<T>>,
    maxsize: i64,
    not_empty: Condition,
    not_full: Condition,
    all_done: Condition,
    unfinished: Cell<i64>,
}

/// `queue.Queue`, `queue.LifoQueue`, `queue.PriorityQueue`: a handle.
pub struct Queue<T: 'static>(Rc<State<T>>);

impl<T: 'static> Clone for Queue<T> {
    #[inline]
    fn clone(&self) -> Self {
        Queue(self.0.clone())
    }
}

impl<T: Clone + 'static> Queue<T> {
    #[inline]
    fn make(items: Items<T>, maxsize: i64) -> Queue<T> {
        let mutex = Lock::new();
        Queue(Rc::new(State {
            items: RefCell::new(items),
            maxsize,
            not_empty: Condition::plain(&mutex),
            not_full: Condition::plain(&mutex),
            all_done: Condition::plain(&mutex),
            unfinished: Cell::new(0),
        }))
    }

    /// `queue.Queue(maxsize)`, `queue.SimpleQueue()`
    #[inline]
    pub fn new(maxsize: i64) -> Queue<T> {
        Queue::make(Items::Fifo(VecDeque::new()), maxsize)
    }

    /// `queue.SimpleQueue()`
    #[inline]
    pub fn simple() -> Queue<T> {
        Queue::new(0)
    }

    /// `queue.LifoQueue(maxsize)`
    #[inline]
    pub fn lifo(maxsize: i64) -> Queue<T> {
        Queue::make(Items::Lifo(Vec::new()), maxsize)
    }

    /// `queue.PriorityQueue(maxsize)`
    #[inline]
    pub fn priority(maxsize: i64) -> Queue<T>
    where
        T: Compare,
    {
        Queue::make(
            Items::Heap(List::new(), Order { push: crate::heapq::heappush, pop: crate::heapq::heappop }),
            maxsize,
        )
    }

    #[inline]
    fn len(&self) -> i64 {
        match &*self.0.items.borrow() {
            Items::Fifo(items) => items.len() as i64,
            Items::Lifo(items) => items.len() as i64,
            Items::Heap(items, _) => items.len(),
        }
    }

    /// `q.qsize()`
    #[inline]
    pub fn qsize(&self) -> PyResult<i64> {
        self.0.not_empty.holding(|| Ok(self.len()))
    }

    /// `q.empty()`
    #[inline]
    pub fn empty(&self) -> PyResult<bool> {
        self.qsize().map(|size| size == 0)
    }

    #[inline]
    fn is_full(&self) -> bool {
        self.0.maxsize > 0 && self.len() >= self.0.maxsize
    }

    /// `q.full()`
    #[inline]
    pub fn full(&self) -> PyResult<bool> {
        self.0.not_empty.holding(|| Ok(self.is_full()))
    }

    /// `q.maxsize`
    #[inline]
    pub fn maxsize(&self) -> i64 {
        self.0.maxsize
    }

    /// Waits on a condition while `still`; false when the time is over.
    #[inline]
    fn wait_while(
        &self,
        condition: &Condition,
        block: bool,
        timeout: Option<f64>,
        still: impl Fn() -> bool,
    ) -> PyResult<bool> {
        if !block {
            return Ok(!still());
        }
        let Some(timeout) = timeout else {
            while still() {
                condition.wait(None)?;
            }
            return Ok(true);
        };
        if timeout < 0.0 {
            return Err(ValueError::new("'timeout' must be a non-negative number"));
        }
        let end = clock::monotonic() + timeout;
        while still() {
            let left = end - clock::monotonic();
            if left <= 0.0 {
                return Ok(false);
            }
            condition.wait(Some(left))?;
        }
        Ok(true)
    }

    /// `q.put(item, block, timeout)`
    #[inline]
    pub fn put(&self, item: T, block: bool, timeout: Option<f64>) -> PyResult {
        self.0.not_full.holding(|| {
            if self.0.maxsize > 0 && !self.wait_while(&self.0.not_full, block, timeout, || self.is_full())? {
                return Err(Full::new(()));
            }
            let heap = match &mut *self.0.items.borrow_mut() {
                Items::Fifo(items) => {
                    items.push_back(item);
                    None
                }
                Items::Lifo(items) => {
                    items.push(item);
                    None
                }
                Items::Heap(items, order) => Some((items.clone(), *order, item)),
            };
            if let Some((items, order, item)) = heap {
                (order.push)(&items, item)?;
            }
            self.0.unfinished.set(self.0.unfinished.get() + 1);
            self.0.not_empty.notify(1)
        })
    }

    /// `q.put_nowait(item)`
    #[inline]
    pub fn put_nowait(&self, item: T) -> PyResult {
        self.put(item, false, None)
    }

    /// `q.get(block, timeout)`
    #[inline]
    pub fn get(&self, block: bool, timeout: Option<f64>) -> PyResult<T> {
        self.0.not_empty.holding(|| {
            if !self.wait_while(&self.0.not_empty, block, timeout, || self.len() == 0)? {
                return Err(Empty::new(()));
            }
            let (item, heap) = match &mut *self.0.items.borrow_mut() {
                Items::Fifo(items) => (items.pop_front(), None),
                Items::Lifo(items) => (items.pop(), None),
                Items::Heap(items, order) => (None, Some((items.clone(), *order))),
            };
            let item = match (item, heap) {
                (Some(item), _) => item,
                (None, Some((items, order))) => (order.pop)(&items)?,
                (None, None) => return Err(Empty::new(())),
            };
            self.0.not_full.notify(1)?;
            Ok(item)
        })
    }

    /// `q.get_nowait()`
    #[inline]
    pub fn get_nowait(&self) -> PyResult<T> {
        self.get(false, None)
    }

    /// `q.task_done()`
    #[inline]
    pub fn task_done(&self) -> PyResult {
        self.0.all_done.holding(|| {
            let left = self.0.unfinished.get() - 1;
            if left < 0 {
                return Err(ValueError::new("task_done() called too many times"));
            }
            self.0.unfinished.set(left);
            if left == 0 { self.0.all_done.notify_all() } else { Ok(()) }
        })
    }

    /// `q.join()`
    #[inline]
    pub fn join(&self) -> PyResult {
        self.0.all_done.holding(|| {
            while self.0.unfinished.get() > 0 {
                self.0.all_done.wait(None)?;
            }
            Ok(())
        })
    }
}

crate::opaque::opaque! { Queue<T>: "queue", "Queue", T; }

impl<T: 'static> From<Queue<T>> for Value {
    #[inline]
    fn from(queue: Queue<T>) -> Value {
        Value::object(queue)
    }
}
