//! Executor calls: small blocking functions in a thread.

use tokio::runtime::Builder;
use tokio::task::spawn_blocking;

fn blocking(n: u64) -> u64 {
    n * n % 1000
}

async fn work() {
    let mut total = 0;
    for n in 0..20_000 {
        total += spawn_blocking(move || blocking(n)).await.unwrap();
    }
    println!("{total}");
}

fn main() {
    Builder::new_current_thread().max_blocking_threads(1).build().unwrap().block_on(work());
}
