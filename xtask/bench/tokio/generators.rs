//! The generator dialect: what its coroutines are in Rust, and iterators for its generators.

use tokio::task::yield_now;

async fn step(n: i64) -> i64 {
    if n % 100 == 0 {
        yield_now().await;
    }
    n % 7
}

async fn walk(count: i64) -> i64 {
    let mut total = 0;
    for n in 0..count {
        total += step(n).await;
    }
    total
}

fn countdown(n: i64) -> impl Iterator<Item = i64> {
    (1..=n).rev()
}

fn twice(n: i64) -> impl Iterator<Item = i64> {
    countdown(n).chain(countdown(n))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut total = walk(10_000_000).await;
    for n in twice(10_000_000) {
        total += n;
    }
    println!("{total}");
}
