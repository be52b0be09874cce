//! Timers: many tasks asleep at a time, each for another while.

use std::time::Duration;

use tokio::task::{JoinSet, LocalSet};
use tokio::time::sleep;

async fn nap(n: u64) -> u64 {
    sleep(Duration::from_micros(n * 7919 % 1000 * 100)).await;
    n % 10
}

async fn work() {
    let mut total = 0;
    for _ in 0..4 {
        let mut naps = JoinSet::new();
        for n in 0..50_000 {
            naps.spawn_local(nap(n));
        }
        while let Some(n) = naps.join_next().await {
            total += n.unwrap();
        }
    }
    println!("{total}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    LocalSet::new().run_until(work()).await;
}
