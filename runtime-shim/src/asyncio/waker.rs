//! The bridge for foreign futures, which wake their task through a `Waker`, from any thread.
//!
//! The context that a task is polled with costs nothing: only who clones its waker makes a real one. That one knows the
//! task's number alone; the loop looks the task up when it next runs.
use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{RawWaker, RawWakerVTable, Wake, Waker};

use super::callback::Ready;
use super::task::{self, TaskObject};
use crate::lock::UnderLock;
use crate::turns::locked;

/// Where wakers leave what the loop has to do.
pub(crate) struct Mailbox {
    woken: Arc<AtomicBool>,
    tasks: Mutex<Vec<Arc<TaskWaker>>>,
}

impl Mailbox {
    pub(crate) fn new(woken: Arc<AtomicBool>) -> Arc<Mailbox> {
        Arc::new(Mailbox { woken, tasks: Mutex::default() })
    }

    /// Schedules the tasks that were woken since.
    pub(crate) fn deliver(&self) {
        if locked(&self.tasks).is_empty() {
            return;
        }
        for waker in std::mem::take(&mut *locked(&self.tasks)) {
            waker.queued.store(false, Ordering::Release);
            if let Some(task) = waker.task.get().upgrade()
                && !task.core().is_done()
            {
                task.core().owner().schedule(Ready::Step(task.clone()));
            }
        }
    }
}

/// A real waker of a task.
pub(crate) struct TaskWaker {
    task: TaskRef,
    queued: AtomicBool,
    mailbox: Arc<Mailbox>,
    thread: Arc<crate::turns::Turn>,
}

/// The task, which only the loop's thread looks at.
struct TaskRef(Option<UnderLock<Weak<dyn TaskObject>>>);

// SAFETY: `get` is called by `deliver` alone, which runs under the interpreter lock. A `Weak` that is dropped by a foreign
// thread would touch its count without the lock, so `drop` leaks it there.
unsafe impl Sync for TaskRef {}

impl TaskRef {
    fn get(&self) -> &Weak<dyn TaskObject> {
        crate::lock::assert_held();
        self.0.as_ref().map(UnderLock::get).expect("a waker keeps its task until it is dropped")
    }
}

impl Drop for TaskRef {
    fn drop(&mut self) {
        if !crate::lock::is_held() {
            std::mem::forget(self.0.take());
        }
    }
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        if self.queued.swap(true, Ordering::AcqRel) {
            return;
        }
        let (mailbox, thread) = (self.mailbox.clone(), self.thread.clone());
        locked(&mailbox.tasks).push(self);
        mailbox.woken.store(true, Ordering::Release);
        if !crate::clock::is_virtual() {
            crate::turns::wake(&thread);
        }
    }
}

fn make() -> Waker {
    let Some(task) = task::current() else { return Waker::noop().clone() };
    let waker = TaskWaker {
        task: TaskRef(Some(UnderLock::new(Rc::downgrade(&task)))),
        queued: AtomicBool::new(false),
        mailbox: task.core().owner().mailbox.clone(),
        thread: crate::lock::turn(),
    };
    Waker::from(Arc::new(waker))
}

/// What a task is polled with; cloned meanwhile, it is the waker of the task that runs.
pub(crate) static OF_CURRENT: Waker = {
    static VTABLE: RawWakerVTable = RawWakerVTable::new(
        |_| {
            let waker = std::mem::ManuallyDrop::new(make());
            RawWaker::new(waker.data(), waker.vtable())
        },
        |_| make().wake(),
        |_| make().wake(),
        |_| {},
    );
    // SAFETY: the data pointer is never read; `clone` hands out a waker of `Arc<TaskWaker>` with that one's table, or the
    // waker that does nothing; the functions may be called from any thread, where no task runs.
    unsafe { Waker::new(std::ptr::null(), &VTABLE) }
};
