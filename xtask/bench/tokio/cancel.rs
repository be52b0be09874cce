//! A storm of cancellation: tasks that wait for ever, clean up, and are counted.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use tokio::task::{LocalSet, spawn_local, yield_now};
use tokio::time::sleep;

struct Cleanup(Rc<Cell<u64>>);

impl Drop for Cleanup {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

async fn sleeper(cleaned: Rc<Cell<u64>>) {
    let _cleanup = Cleanup(cleaned);
    sleep(Duration::from_secs(3600)).await;
}

async fn work() {
    let cleaned = Rc::new(Cell::new(0));
    let mut cancelled = 0;
    for _ in 0..10 {
        let tasks: Vec<_> = (0..20_000).map(|_| spawn_local(sleeper(cleaned.clone()))).collect();
        yield_now().await;
        for task in &tasks {
            task.abort();
        }
        for task in tasks {
            if task.await.is_err_and(|error| error.is_cancelled()) {
                cancelled += 1;
            }
        }
    }
    println!("{} {cancelled}", cleaned.get());
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    LocalSet::new().run_until(work()).await;
}
