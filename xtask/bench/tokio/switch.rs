//! Switching: a hundred tasks give way to each other.

use tokio::task::{JoinSet, LocalSet, yield_now};

async fn turn(count: u64) -> u64 {
    let mut done = 0;
    for _ in 0..count {
        yield_now().await;
        done += 1;
    }
    done
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let local = LocalSet::new();
    let mut tasks = JoinSet::new();
    for _ in 0..100 {
        tasks.spawn_local_on(turn(10_000), &local);
    }
    let counts = local.run_until(tasks.join_all()).await;
    println!("{}", counts.iter().sum::<u64>());
}
