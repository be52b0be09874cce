//! The runtime's handles as Python values: compared and hashed by identity.
use std::fmt::{self, Write};

use crate::async_generator::AsyncGenerator;
use crate::asyncio::awaitable::Payload;
use crate::asyncio::{
    AbstractEventLoop, Barrier, BoundedSemaphore, Condition, Event, Future, Handle, LifoQueue, Lock, PriorityQueue,
    Queue, Runner, Semaphore, Task, TaskCoroutine, TaskGroup, ThreadPoolExecutor, Timeout, TimerHandle,
};
use crate::coroutine::Coroutine;
use crate::error::PyResult;
use crate::function::Function;
use crate::generator::{Generator, Sent};
use crate::object::{Compare, Key, Object};
use crate::value::Value;

macro_rules! identity_only {
    ($([$($generics:tt)*] $type:ty: $name:literal, $this:ident => $repr:expr $(, $str:expr)?;)*) => {$(
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
$(
            fn has_own_text() -> bool {
                true
            }

            #[inline]
            fn py_str(&self, out: &mut dyn Write) -> fmt::Result {
                let $this = self;
                out.write_str(&$str)
            }
)?        }

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

        impl<$($generics)*> PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.address() == other.address()
            }
        }
    )*};
}

/// The same, of what any value may be.
macro_rules! identity {
    ($([$($generics:tt)*] $type:ty: $name:literal, $this:ident => $repr:expr $(, $str:expr)?;)*) => {$(
        identity_only! { [$($generics)*] $type: $name, $this => $repr $(, $str)?; }

        impl<$($generics)*> From<$type> for Value {
            #[inline]
            fn from(handle: $type) -> Value {
                Value::object(handle)
            }
        }
    )*};
}

// `value/generator.rs` says what it is there.
identity_only! {
    [Y: 'static, S: Sent, R: 'static] Generator<Y, S, R>: "generator", this => plain(&format!("generator object {}", this.name()), this.address());
}

identity! {
    [] AbstractEventLoop: "_UnixSelectorEventLoop", this => this.to_string();
    [] BoundedSemaphore: "BoundedSemaphore", this => this.repr();
    [] Barrier: "Barrier", this => this.repr();
    [] Condition: "Condition", this => this.repr();
    [] TaskGroup: "TaskGroup", this => this.repr();
    [] Timeout: "Timeout", this => this.repr();
    [] Runner: "Runner", this => plain("asyncio.runners.Runner object", this.address());
    [] TaskCoroutine: "coroutine", this => plain(&format!("coroutine object {}", this.qualname()), this.address());
    [] Event: "Event", this => this.repr();
    [] Handle: "Handle", this => this.0.repr();
    [] Lock: "Lock", this => this.repr();
    [] Semaphore: "Semaphore", this => this.repr();
    [] ThreadPoolExecutor: "ThreadPoolExecutor", this => plain("concurrent.futures.thread.ThreadPoolExecutor", this.address());
    [] TimerHandle: "TimerHandle", this => this.0.repr();
    [T: Payload] Future<T>: "Future", this => this.repr();
    [T: Payload] Task<T>: "Task", this => this.repr();
    [T: Payload] Queue<T>: "Queue", this => this.repr("Queue"), this.text("Queue");
    [T: Payload] LifoQueue<T>: "LifoQueue", this => this.repr("LifoQueue"), this.text("LifoQueue");
    [T: Payload] PriorityQueue<T>: "PriorityQueue", this => this.repr("PriorityQueue"), this.text("PriorityQueue");
    [T: 'static] Coroutine<T>: "coroutine", this => plain(&format!("coroutine object {}", this.name()), this.address());
    [A: 'static, R: 'static] Function<A, R>: "function", this => this.to_string();
    [Y: 'static, S: Sent] AsyncGenerator<Y, S>: "async_generator", this => plain(&format!("async_generator object {}", this.name()), this.address());
}

/// `<kind at 0x…>`
#[inline]
fn plain(kind: &str, address: usize) -> String {
    format!("<{kind} at {address:#x}>")
}
