//! Timeouts: nearly all are in time.

use std::time::Duration;

use tokio::task::{JoinSet, LocalSet, yield_now};
use tokio::time::{sleep, timeout};

async fn answer(n: u64) -> u64 {
    yield_now().await;
    if n % 1000 == 999 {
        sleep(Duration::from_secs(10)).await;
    }
    n
}

async fn ask(n: u64) -> u64 {
    let limit = if n % 1000 != 999 { Duration::from_secs(5) } else { Duration::from_millis(1) };
    timeout(limit, answer(n)).await.unwrap_or(0)
}

async fn client(first: u64, count: u64) -> u64 {
    let mut total = 0;
    for n in first..first + count {
        total += ask(n).await;
    }
    total
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let local = LocalSet::new();
    let mut clients = JoinSet::new();
    for first in (0..400_000).step_by(40_000) {
        clients.spawn_local_on(client(first, 40_000), &local);
    }
    let totals = local.run_until(clients.join_all()).await;
    println!("{}", totals.iter().sum::<u64>());
}
