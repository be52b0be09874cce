//! `asyncio`: an event loop in asyncio's own order, and what runs on it.
pub(crate) mod as_completed;
pub(crate) mod awaitable;
pub(crate) mod callback;
pub(crate) mod condition;
pub(crate) mod core;
pub(crate) mod driver;
pub mod event_loop;
pub mod exceptions;
pub(crate) mod executor;
pub(crate) mod factory;
pub(crate) mod future;
pub(crate) mod gather;
pub(crate) mod gather_args;
pub(crate) mod handle;
pub(crate) mod locks;
pub(crate) mod map;
pub(crate) mod names;
pub(crate) mod queue;
pub(crate) mod report;
pub(crate) mod run;
pub(crate) mod runner;
pub(crate) mod shield;
pub(crate) mod signal_handlers;
pub(crate) mod sleep;
pub(crate) mod slot;
pub(crate) mod task;
pub(crate) mod task_group;
pub(crate) mod tasks;
pub(crate) mod threadsafe;
pub(crate) mod timeout;
pub(crate) mod trouble;
pub(crate) mod wait;
pub(crate) mod wait_for;
pub(crate) mod waker;

pub use as_completed::{AsCompleted, as_completed};
pub use awaitable::Awaitable;
pub use condition::{Barrier, Condition};
pub use event_loop::{AbstractEventLoop, get_event_loop, get_running_loop, new_event_loop, set_event_loop};
pub use exceptions::{BrokenBarrierError, CancelledError, InvalidStateError, QueueEmpty, QueueFull, QueueShutDown};
pub use executor::{ThreadPoolExecutor, to_thread};
pub use factory::{TaskFactory, eager_task_factory};
pub use future::{Future, Wait};
pub use gather::{gather, gather_into, gather_tuple};
pub use gather_args::{GatherArgs, Several, TupleArgs};
pub use handle::{Handle, TimerHandle};
pub use locks::{BoundedSemaphore, Event, Lock, Semaphore};
pub use map::{Map, map};
pub use queue::{LifoQueue, PriorityQueue, Queue};
pub use report::log_through;
pub use run::run;
pub use runner::Runner;
pub use shield::shield;
pub use sleep::{Sleep, sleep};
pub use task::Task;
pub use task_group::TaskGroup;
pub(crate) use tasks::running_task_name;
pub use tasks::{
    TaskCoroutine, all_tasks, all_tasks_of, create_task, current_task, current_task_of, ensure_future, try_create_task,
};
pub use threadsafe::{run_coroutine_threadsafe, wrap_future};
pub use timeout::{Timeout, timeout, timeout_at};
pub use wait::{ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, Waitable, Waiting, wait};
pub use wait_for::wait_for;

/// `asyncio.TimeoutError`
pub use crate::exception::TimeoutError;
