//! asyncio's exception classes.
use crate::exception::builtin::{BaseException, Exception, RuntimeError, class};
use crate::exception::{ExceptionType, IntoArgs};

class! {
    @ /// `asyncio.CancelledError`
    CancelledError: BaseException, "asyncio.exceptions";
}
class! {
    @ /// `asyncio.InvalidStateError`
    InvalidStateError: Exception, "asyncio.exceptions";
}
class! {
    @ /// `asyncio.BrokenBarrierError`
    BrokenBarrierError: RuntimeError, "asyncio.exceptions";
}
class! {
    @ /// `asyncio.QueueEmpty`
    QueueEmpty: Exception, "asyncio.queues";
}
class! {
    @ /// `asyncio.QueueFull`
    QueueFull: Exception, "asyncio.queues";
}
class! {
    @ /// `asyncio.QueueShutDown`
    QueueShutDown: Exception, "asyncio.queues";
}

#[cold]
#[inline(never)]
pub(crate) fn invalid_state(text: &str) -> crate::error::PyErr {
    InvalidStateError::new(text)
}

#[cold]
#[inline(never)]
pub(crate) fn runtime_error(text: impl IntoArgs) -> crate::error::PyErr {
    RuntimeError::new(text)
}
