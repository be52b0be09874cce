//! Whose turn it is: threads wait here for the interpreter lock, for one another, and for the clock.
//!
//! In real time whoever wants the lock queues for it. Under the virtual clock one thread runs until it blocks, then the one
//! that has been ready longest; when every thread waits, the clock jumps to the earliest deadline.
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

#[cfg(feature = "virtual-clock")]
use crate::virtual_clock;

/// What is known of one thread.
#[derive(Debug, Default)]
pub(crate) struct Turn {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// It was given the lock.
    go: bool,
    /// Somebody woke it.
    token: bool,
    /// It waits to be woken, without the lock: whoever wakes it queues it for the lock.
    parked: bool,
    done: bool,
    joiners: Vec<Arc<Turn>>,
    #[cfg(feature = "virtual-clock")]
    pub(crate) epoch: u64,
    /// Who started the thread, and waits for its first step.
    #[cfg(feature = "virtual-clock")]
    starter: Option<Arc<Turn>>,
}

/// Threads that want the lock.
static WAITING: AtomicUsize = AtomicUsize::new(0);
static QUEUE: Mutex<Queue> = Mutex::new(Queue { taken: true, ready: VecDeque::new() });

/// Who waits for the lock in real time.
struct Queue {
    taken: bool,
    ready: VecDeque<Arc<Turn>>,
}

#[inline]
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Turn {
    #[inline]
    pub(crate) fn new() -> Arc<Turn> {
        Arc::default()
    }

    #[inline]
    pub(crate) fn is_done(&self) -> bool {
        locked(&self.state).done
    }

    #[inline]
    pub(crate) fn add_joiner(&self, joiner: &Arc<Turn>) {
        locked(&self.state).joiners.push(joiner.clone());
    }

    /// Lets it run.
    #[inline]
    pub(crate) fn release(&self) {
        locked(&self.state).go = true;
        self.changed.notify_one();
    }

    /// Waits until it may run.
    #[inline]
    pub(crate) fn await_release(&self) {
        let mut state = locked(&self.state);
        while !state.go {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.go = false;
    }

    /// Its wait is over, one way or the other: older deadlines mean nothing any more.
    #[cfg(feature = "virtual-clock")]
    #[inline]
    pub(crate) fn next_epoch(&self, woken: bool) {
        let mut state = locked(&self.state);
        state.epoch += 1;
        state.token = woken;
    }

    #[cfg(feature = "virtual-clock")]
    #[inline]
    pub(crate) fn epoch(&self) -> u64 {
        locked(&self.state).epoch
    }

    /// Who started this thread.
    #[cfg(feature = "virtual-clock")]
    #[inline]
    pub(crate) fn set_starter(&self, starter: &Arc<Turn>) {
        locked(&self.state).starter = Some(starter.clone());
    }

    /// Who started this thread: to be woken once.
    #[cfg(feature = "virtual-clock")]
    #[inline]
    pub(crate) fn take_starter(&self) -> Option<Arc<Turn>> {
        locked(&self.state).starter.take()
    }

    /// Takes the token.
    #[cfg(feature = "virtual-clock")]
    #[inline]
    pub(crate) fn was_woken(&self) -> bool {
        std::mem::take(&mut locked(&self.state).token)
    }

    /// Waits to be woken, and for the lock: `Some` when it has the lock, `None` when the time is up.
    fn wait_for_lock(self: &Arc<Turn>, deadline: Option<f64>) -> Option<bool> {
        let end = deadline.map(|deadline| Instant::now() + duration(deadline - crate::clock::real()));
        let mut state = locked(&self.state);
        if std::mem::take(&mut state.token) {
            drop(state);
            acquire(self);
            return Some(true);
        }
        state.parked = true;
        while !state.go {
            let Some(end) = end.filter(|_| state.parked) else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                state.parked = false;
                return None;
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.go = false;
        Some(true)
    }

    #[inline]
    fn wait_for_token(&self, deadline: Option<f64>) -> bool {
        let end = deadline.map(|deadline| Instant::now() + duration(deadline - crate::clock::real()));
        let mut state = locked(&self.state);
        while !state.token {
            let Some(end) = end else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.token = false;
        true
    }
}

/// Seconds as a duration; more than a century is a century.
#[inline]
pub(crate) fn duration(seconds: f64) -> Duration {
    const CENTURY: f64 = 3.0e9;
    if seconds > 0.0 { Duration::from_secs_f64(seconds.min(CENTURY)) } else { Duration::ZERO }
}

#[inline]
fn acquire(me: &Arc<Turn>) {
    if queued(me) {
        me.await_release();
    }
}

/// Takes the lock for a thread, or queues it when the lock is taken.
fn queued(turn: &Arc<Turn>) -> bool {
    let mut queue = locked(&QUEUE);
    if !queue.taken {
        queue.taken = true;
        return false;
    }
    queue.ready.push_back(turn.clone());
    WAITING.fetch_add(1, Ordering::Relaxed);
    true
}

#[inline]
fn give_up() {
    let mut queue = locked(&QUEUE);
    match queue.ready.pop_front() {
        Some(next) => {
            WAITING.fetch_sub(1, Ordering::Relaxed);
            next.release();
        }
        None => queue.taken = false,
    }
}

/// Does another thread want the lock?
#[inline]
pub(crate) fn wanted() -> bool {
    WAITING.load(Ordering::Relaxed) > 0
}

/// A second thread is about to exist: this one has the lock.
#[inline]
pub(crate) fn begin_sharing() {
    locked(&QUEUE).taken = true;
}

/// Waits until somebody wakes it, or for the deadline; `true` when it was woken. Other threads run meanwhile.
#[inline]
pub(crate) fn park(me: &Arc<Turn>, deadline: Option<f64>, shared: bool) -> bool {
    #[cfg(feature = "virtual-clock")]
    if virtual_clock::on() {
        return virtual_clock::park(me, deadline);
    }
    if !shared {
        return me.wait_for_token(deadline);
    }
    give_up();
    if let Some(woken) = me.wait_for_lock(deadline) {
        return woken;
    }
    acquire(me);
    false
}

/// Ends the wait of a parked thread.
#[inline]
pub(crate) fn wake(turn: &Arc<Turn>) {
    #[cfg(feature = "virtual-clock")]
    if virtual_clock::on() {
        return virtual_clock::wake(turn);
    }
    let mut state = locked(&turn.state);
    if !std::mem::take(&mut state.parked) {
        state.token = true;
        turn.changed.notify_one();
        return;
    }
    drop(state);
    // Woken only when it has the lock, and not to wait for that again.
    if !queued(turn) {
        turn.release();
    }
}

/// A loop's wait for what is ready: until `ready` is set, or for the timeout in seconds.
#[inline]
pub(crate) fn select(me: &Arc<Turn>, timeout: Option<f64>, ready: &Arc<AtomicBool>, shared: bool) {
    #[cfg(feature = "virtual-clock")]
    if virtual_clock::on() {
        return virtual_clock::select(me, timeout, ready);
    }
    if !ready.load(Ordering::Acquire) && timeout.is_none_or(|timeout| timeout > 0.0) {
        park(me, timeout.map(|timeout| crate::clock::real() + timeout), shared);
    }
}

/// Gives the lock up for a blocking call.
#[inline]
pub(crate) fn leave() {
    #[cfg(feature = "virtual-clock")]
    if virtual_clock::on() {
        return virtual_clock::leave();
    }
    give_up();
}

/// Takes it again after a blocking call.
#[inline]
pub(crate) fn come_back(me: &Arc<Turn>) {
    #[cfg(feature = "virtual-clock")]
    if virtual_clock::on() {
        return virtual_clock::come_back(me);
    }
    acquire(me);
}

/// Lets those who wait go first.
#[inline]
pub(crate) fn hand_on(me: &Arc<Turn>) {
    #[cfg(feature = "virtual-clock")]
    if virtual_clock::on() {
        return virtual_clock::pass(me);
    }
    give_up();
    acquire(me);
}

/// A new thread's wait for its first turn.
#[inline]
pub(crate) fn first(me: &Arc<Turn>) {
    #[cfg(feature = "virtual-clock")]
    if virtual_clock::on() {
        return virtual_clock::first(me);
    }
    acquire(me);
}

/// Called by who started a thread: under the virtual clock the new one runs first.
#[inline]
pub(crate) fn started(me: &Arc<Turn>, new: &Arc<Turn>) {
    #[cfg(feature = "virtual-clock")]
    if virtual_clock::on() {
        return virtual_clock::started(me, new);
    }
    let _ = new;
    give_up();
    acquire(me);
}

/// A thread's last call.
#[inline]
pub(crate) fn end(me: &Arc<Turn>) {
    let joiners = {
        let mut state = locked(&me.state);
        state.done = true;
        std::mem::take(&mut state.joiners)
    };
    for joiner in &joiners {
        wake(joiner);
    }
    #[cfg(feature = "virtual-clock")]
    if virtual_clock::on() {
        return virtual_clock::go_on();
    }
    give_up();
}
