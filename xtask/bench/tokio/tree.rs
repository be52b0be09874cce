//! A tree: each node awaits two others. No task is needed where a join does.

use std::pin::Pin;

fn node(depth: u32) -> Pin<Box<dyn Future<Output = u64>>> {
    Box::pin(async move {
        if depth == 0 {
            return 1;
        }
        let (left, right) = tokio::join!(node(depth - 1), node(depth - 1));
        left + right
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{}", node(17).await);
}
