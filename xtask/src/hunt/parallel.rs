//! Work on several items at once, on threads with a stack to match.

use std::sync::Mutex;
use std::thread;

/// Recursion follows the nesting of the source.
const STACK: usize = 256 << 20;

/// The results of `work`, in the order of the items.
pub fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = Mutex::new(0);
    let done = Mutex::new(Vec::new());
    let worker = || {
        loop {
            let at = {
                let Ok(mut next) = next.lock() else { return };
                *next += 1;
                *next - 1
            };
            let Some(item) = items.get(at) else { return };
            let result = work(item);
            if let Ok(mut done) = done.lock() {
                done.push((at, result));
            }
        }
    };
    thread::scope(|scope| {
        let workers = thread::available_parallelism().map_or(1, usize::from).min(items.len());
        for _ in 0..workers {
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).expect("a thread can be started");
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
