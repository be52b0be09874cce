//! Coroutine chains: every level awaits the next; the last gives way now and then.

use tokio::task::yield_now;

async fn level(depth: u32, n: i64) -> i64 {
    if depth == 0 {
        if n % 1000 == 0 {
            yield_now().await;
        }
        return n;
    }
    Box::pin(level(depth - 1, n)).await + 1
}

async fn leaf(n: i64) -> i64 {
    n & 7
}

async fn pair(n: i64) -> i64 {
    leaf(n).await + leaf(n + 1).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut total = 0;
    for n in 0..500_000 {
        total += level(10, n).await;
    }
    for n in 0..5_000_000 {
        total += pair(n).await;
    }
    println!("{total}");
}
