//! A storm of cancellation: tasks that wait for ever, clean up, and are counted.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use tokio::task::{LocalSet, spawn_local, yield_now};
use tokio::time::sleep;

#[derive(Default)]
struct Counts {
    started: Cell<u64>,
    cleaned: Cell<u64>,
}

struct Cleanup(Rc<Counts>);

impl Drop for Cleanup {
    fn drop(&mut self) {
        self.0.cleaned.set(self.0.cleaned.get() + 1);
    }
}

async fn sleeper(counts: Rc<Counts>) {
    counts.started.set(counts.started.get() + 1);
    let _cleanup = Cleanup(counts);
    sleep(Duration::from_secs(3600)).await;
}

async fn work() {
    let counts = Rc::new(Counts::default());
    let mut cancelled = 0;
    for round in 1..=10 {
        let tasks: Vec<_> = (0..20_000).map(|_| spawn_local(sleeper(counts.clone()))).collect();
        // All of them sleep before they are aborted.
        while counts.started.get() < round * 20_000 {
            yield_now().await;
        }
        for task in &tasks {
            task.abort();
        }
        for task in tasks {
            if task.await.is_err_and(|error| error.is_cancelled()) {
                cancelled += 1;
            }
        }
    }
    println!("{} {cancelled}", counts.cleaned.get());
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    LocalSet::new().run_until(work()).await;
}
