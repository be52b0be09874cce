//! The virtual clock (`AIO2RUST_CLOCK=virtual`): nothing really sleeps, and threads take turns, so that a program's output is
//! the same in every run and equals that of CPython under the same rule.
//!
//! A sleep ends at `clock + seconds`; a sleeping thread goes before a loop's timer of the same instant; a program that reads
//! the clock 10,000 times at one instant waits for it busily, and from then on each read moves it by a millisecond.
use std::cmp::Ordering as Order;
use std::collections::{BinaryHeap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::turns::{Turn, locked};

/// Reads at one instant after which the program is waiting for the clock.
const BUSY_READS: u32 = 10_000;
/// Exit status of a program in which every thread waits and nothing can wake one.
const DEAD_END: i32 = 124;

/// A thread's wait for an instant.
struct Deadline {
    when: f64,
    order: u64,
    turn: Arc<Turn>,
    epoch: u64,
}

impl Ord for Deadline {
    #[inline]
    fn cmp(&self, other: &Self) -> Order {
        other.when.total_cmp(&self.when).then(other.order.cmp(&self.order))
    }
}

impl PartialOrd for Deadline {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Order> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Deadline {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Deadline {}

/// An event loop that waits.
struct Poller {
    turn: Arc<Turn>,
    limit: Option<f64>,
    order: u64,
    ready: Arc<AtomicBool>,
}

struct Clock {
    now: f64,
    reads: u32,
    order: u64,
    ready: VecDeque<Arc<Turn>>,
    deadlines: BinaryHeap<Deadline>,
    pollers: Vec<Poller>,
    /// Threads inside a blocking system call.
    outside: usize,
}

static CLOCK: Mutex<Clock> = Mutex::new(Clock {
    now: 0.0,
    reads: 0,
    order: 0,
    ready: VecDeque::new(),
    deadlines: BinaryHeap::new(),
    pollers: Vec::new(),
    outside: 0,
});

/// 0: nobody has looked; 1: off; 2: on.
static MODE: AtomicU8 = AtomicU8::new(0);

/// Is the virtual clock on?
#[inline]
pub(crate) fn on() -> bool {
    match MODE.load(Ordering::Relaxed) {
        0 => {
            let on = std::env::var_os("AIO2RUST_CLOCK").is_some_and(|value| value == "virtual");
            MODE.store(if on { 2 } else { 1 }, Ordering::Relaxed);
            on
        }
        mode => mode == 2,
    }
}

/// Reads the clock.
#[inline]
pub(crate) fn read() -> f64 {
    let mut clock = locked(&CLOCK);
    clock.reads += 1;
    if clock.reads <= BUSY_READS {
        return clock.now;
    }
    clock.now += 0.001;
    while let Some(first) = clock.deadlines.peek() {
        if first.when > clock.now {
            break;
        }
        if let Some(first) = clock.deadlines.pop()
            && first.epoch == first.turn.epoch()
        {
            make_ready(&mut clock, &first.turn, false);
        }
    }
    let now = clock.now;
    drop(clock);
    pass(&crate::lock::turn());
    now
}

/// The instant, without counting as a read.
#[inline]
pub(crate) fn now() -> f64 {
    locked(&CLOCK).now
}

#[inline]
fn make_ready(clock: &mut Clock, turn: &Arc<Turn>, woken: bool) {
    turn.next_epoch(woken);
    clock.ready.push_back(turn.clone());
}

#[inline]
fn next_order(clock: &mut Clock) -> u64 {
    clock.order += 1;
    clock.order
}

/// The thread that runs next; the clock moves until there is one.
#[inline]
fn next_ready() -> Arc<Turn> {
    loop {
        let mut clock = locked(&CLOCK);
        if let Some(next) = clock.ready.pop_front() {
            return next;
        }
        if idle(&mut clock) {
            continue;
        }
        drop(clock);
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Every thread waits: makes one ready. `false`: a blocking call may still end.
#[inline]
fn idle(clock: &mut Clock) -> bool {
    if let Some(at) = clock.pollers.iter().position(|poller| poller.ready.load(Ordering::Acquire)) {
        let poller = clock.pollers.remove(at);
        make_ready(clock, &poller.turn, true);
        return true;
    }
    while clock.deadlines.peek().is_some_and(|first| first.epoch != first.turn.epoch()) {
        clock.deadlines.pop();
    }
    let limits = clock.pollers.iter().enumerate().filter_map(|(at, poller)| Some((poller.limit?, poller.order, at)));
    let first = limits.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let sleeper = clock.deadlines.peek().map(|first| first.when);
    match (sleeper, first) {
        _ if clock.outside > 0 => false,
        (None, None) => dead_end(),
        (Some(when), first) if first.is_none_or(|first| when <= first.0) => {
            clock.now = clock.now.max(when);
            if let Some(sleeper) = clock.deadlines.pop() {
                make_ready(clock, &sleeper.turn, false);
            }
            true
        }
        (_, Some((when, _, at))) => {
            clock.now = clock.now.max(when);
            let poller = clock.pollers.remove(at);
            make_ready(clock, &poller.turn, false);
            true
        }
        (Some(_), None) => false,
    }
}

#[inline]
fn dead_end() -> ! {
    crate::io::flush_at_exit();
    crate::io::write_stderr("aio2rust: every thread waits, and nothing can wake one\n");
    std::process::exit(DEAD_END);
}

/// Lets the next thread run until it is this one's turn again.
#[inline]
fn wait_turn(me: &Arc<Turn>) {
    let next = next_ready();
    if !Arc::ptr_eq(&next, me) {
        next.release();
        me.await_release();
    }
}

#[inline]
pub(crate) fn park(me: &Arc<Turn>, deadline: Option<f64>) -> bool {
    {
        let mut clock = locked(&CLOCK);
        clock.reads = 0;
        if let Some(when) = deadline {
            let order = next_order(&mut clock);
            let epoch = me.epoch();
            clock.deadlines.push(Deadline { when, order, turn: me.clone(), epoch });
        }
    }
    wait_turn(me);
    me.was_woken()
}

#[inline]
pub(crate) fn wake(turn: &Arc<Turn>) {
    make_ready(&mut locked(&CLOCK), turn, true);
}

/// Lets the threads that are ready go first.
#[inline]
pub(crate) fn pass(me: &Arc<Turn>) {
    {
        let mut clock = locked(&CLOCK);
        if clock.ready.is_empty() {
            return;
        }
        make_ready(&mut clock, me, true);
    }
    wait_turn(me);
    me.was_woken();
}

#[inline]
pub(crate) fn select(me: &Arc<Turn>, timeout: Option<f64>, ready: &Arc<AtomicBool>) {
    pass(me);
    if ready.load(Ordering::Acquire) || timeout.is_some_and(|timeout| timeout <= 0.0) {
        return;
    }
    {
        let mut clock = locked(&CLOCK);
        clock.reads = 0;
        let limit = timeout.map(|timeout| clock.now + timeout);
        let order = next_order(&mut clock);
        clock.pollers.push(Poller { turn: me.clone(), limit, order, ready: ready.clone() });
    }
    wait_turn(me);
    me.was_woken();
}

/// This thread ends, or leaves for a blocking call: another one runs.
#[inline]
pub(crate) fn go_on() {
    next_ready().release();
}

#[inline]
pub(crate) fn leave() {
    let next = {
        let mut clock = locked(&CLOCK);
        clock.outside += 1;
        clock.ready.pop_front()
    };
    match next {
        Some(next) => next.release(),
        None => {
            std::thread::spawn(go_on);
        }
    }
}

#[inline]
pub(crate) fn come_back(me: &Arc<Turn>) {
    {
        let mut clock = locked(&CLOCK);
        clock.outside -= 1;
        clock.ready.push_back(me.clone());
    }
    me.await_release();
}

/// The new thread runs after those that are ready; its starter, when the new thread has begun.
#[inline]
pub(crate) fn started(me: &Arc<Turn>, new: &Arc<Turn>) {
    new.set_starter(me);
    locked(&CLOCK).ready.push_back(new.clone());
    wait_turn(me);
    me.was_woken();
}

/// A new thread's wait for its first turn.
#[inline]
pub(crate) fn first(me: &Arc<Turn>) {
    me.await_release();
    if let Some(starter) = me.take_starter() {
        make_ready(&mut locked(&CLOCK), &starter, true);
    }
}
