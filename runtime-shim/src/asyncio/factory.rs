//! Task factories: how a loop makes its tasks.
use super::event_loop::AbstractEventLoop;

/// A task factory; there is none but asyncio's eager one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskFactory;

/// `asyncio.eager_task_factory`: a task runs to its first wait where it is made.
#[expect(non_upper_case_globals, reason = "it is named as in Python")]
pub const eager_task_factory: TaskFactory = TaskFactory;

impl AbstractEventLoop {
    /// `loop.set_task_factory(factory)`
    #[inline]
    pub fn set_task_factory(&self, factory: Option<TaskFactory>) {
        self.0.set_eager(factory.is_some());
    }

    /// `loop.get_task_factory()`
    #[inline]
    pub fn get_task_factory(&self) -> Option<TaskFactory> {
        self.0.is_eager().then_some(TaskFactory)
    }
}

crate::opaque::singleton! {
    TaskFactory: "function", "<function eager_task_factory at 0x7f0000000010>";
}
