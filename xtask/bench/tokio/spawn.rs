//! Spawn and join: tasks that do next to nothing.

use tokio::task::{LocalSet, spawn_local};

async fn unit(n: i64) -> i64 {
    n * 2
}

async fn work() {
    let mut total = 0;
    for start in (0..900_000).step_by(1000) {
        let tasks: Vec<_> = (start..start + 1000).map(|n| spawn_local(unit(n))).collect();
        for task in tasks {
            total += task.await.unwrap();
        }
    }
    println!("{total}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    LocalSet::new().run_until(work()).await;
}
