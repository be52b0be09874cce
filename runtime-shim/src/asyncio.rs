//! `asyncio`: an event loop in asyncio's own order, and what runs on it.
pub(crate) mod as_completed;
pub(crate) mod awaitable;
pub(crate) mod callback;
pub(crate) mod core;
pub(crate) mod driver;
pub mod event_loop;
pub mod exceptions;
pub(crate) mod executor;
pub(crate) mod future;
pub(crate) mod gather;
pub(crate) mod gather_args;
pub(crate) mod handle;
pub(crate) mod locks;
pub(crate) mod names;
pub(crate) mod queue;
pub(crate) mod report;
pub(crate) mod run;
pub(crate) mod shield;
pub(crate) mod sleep;
pub(crate) mod slot;
pub(crate) mod task;
pub(crate) mod tasks;
pub(crate) mod wait_for;
pub(crate) mod waker;

pub use as_completed::{AsCompleted, as_completed};
pub use awaitable::Awaitable;
pub use event_loop::{AbstractEventLoop, get_event_loop, get_running_loop, new_event_loop, set_event_loop};
pub use exceptions::{BrokenBarrierError, CancelledError, InvalidStateError, QueueEmpty, QueueFull, QueueShutDown};
pub use executor::{ThreadPoolExecutor, to_thread};
pub use future::{Future, Wait};
pub use gather::{gather, gather_into, gather_tuple};
pub use gather_args::{GatherArgs, TupleArgs};
pub use handle::{Handle, TimerHandle};
pub use locks::{BoundedSemaphore, Event, Lock, Semaphore};
pub use queue::{LifoQueue, PriorityQueue, Queue};
pub use run::run;
pub use shield::shield;
pub use sleep::{Sleep, sleep};
pub use task::Task;
pub use tasks::{all_tasks, create_task, current_task, ensure_future, try_create_task};
pub use wait_for::wait_for;

/// `asyncio.TimeoutError`
pub use crate::exception::TimeoutError;
