//! The runtime's handles as Python values: compared and hashed by identity.
use std::fmt::{self, Write};

use crate::async_generator::AsyncGenerator;
use crate::asyncio::awaitable::Payload;
use crate::asyncio::{
    AbstractEventLoop, Barrier, BoundedSemaphore, Condition, Event, Future, Handle, LifoQueue, Lock, PriorityQueue,
    Queue, Semaphore, Task, TaskGroup, ThreadPoolExecutor, Timeout, TimerHandle,
};
use crate::coroutine::Coroutine;
use crate::error::PyResult;
use crate::function::Function;
use crate::generator::{Generator, Sent};
use crate::object::{Compare, Key, Object};
use crate::value::Value;

macro_rules! identity {
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
        }

        impl<$($generics)*> Key for $type {
            const PLAIN: bool = true;

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

        impl<$($generics)*> From<$type> for Value {
            #[inline]
            fn from(handle: $type) -> Value {
                Value::object(handle)
            }
        }
    )*};
}

identity! {
    [] AbstractEventLoop: "_UnixSelectorEventLoop", this => this.to_string();
    [] BoundedSemaphore: "BoundedSemaphore", this => plain("asyncio.locks.BoundedSemaphore", this.address());
    [] Barrier: "Barrier", this => plain("asyncio.locks.Barrier", this.address());
    [] Condition: "Condition", this => plain("asyncio.locks.Condition", this.address());
    [] TaskGroup: "TaskGroup", this => this.repr();
    [] Timeout: "Timeout", this => plain("Timeout", this.address());
    [] Event: "Event", this => plain("asyncio.locks.Event", this.address());
    [] Handle: "Handle", this => plain("Handle", this.address());
    [] Lock: "Lock", this => plain("asyncio.locks.Lock", this.address());
    [] Semaphore: "Semaphore", this => plain("asyncio.locks.Semaphore", this.address());
    [] ThreadPoolExecutor: "ThreadPoolExecutor", this => plain("concurrent.futures.thread.ThreadPoolExecutor", this.address());
    [] TimerHandle: "TimerHandle", this => plain("TimerHandle", this.address());
    [T: Payload] Future<T>: "Future", this => this.repr();
    [T: Payload] Task<T>: "Task", this => this.repr();
    [T: Clone + 'static] Queue<T>: "Queue", this => plain("Queue", this.address());
    [T: Clone + 'static] LifoQueue<T>: "LifoQueue", this => plain("LifoQueue", this.address());
    [T: Clone + 'static] PriorityQueue<T>: "PriorityQueue", this => plain("PriorityQueue", this.address());
    [T: 'static] Coroutine<T>: "coroutine", this => plain(&format!("coroutine object {}", this.name()), this.address());
    [A: 'static, R: 'static] Function<A, R>: "function", this => this.to_string();
    [Y: 'static, S: Sent, R: 'static] Generator<Y, S, R>: "generator", this => plain(&format!("generator object {}", this.name()), this.address());
    [Y: 'static, S: Sent] AsyncGenerator<Y, S>: "async_generator", this => plain(&format!("async_generator object {}", this.name()), this.address());
}

/// `<kind at 0x…>`
#[inline]
fn plain(kind: &str, address: usize) -> String {
    format!("<{kind} at {address:#x}>")
}
