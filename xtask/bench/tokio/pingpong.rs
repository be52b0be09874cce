//! Ping-pong: two tasks pass numbers to and fro over two channels.

use tokio::sync::mpsc::{Receiver, Sender, channel};

async fn ping(there: Sender<i64>, mut back: Receiver<i64>, count: i64) -> i64 {
    let mut total = 0;
    for n in 0..count {
        there.send(n).await.unwrap();
        total += back.recv().await.unwrap();
    }
    total
}

async fn pong(mut there: Receiver<i64>, back: Sender<i64>, count: i64) {
    for _ in 0..count {
        let n = there.recv().await.unwrap();
        back.send(n + 1).await.unwrap();
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (there, there_end) = channel(1);
    let (back, back_end) = channel(1);
    let (total, ()) = tokio::join!(ping(there, back_end, 200_000), pong(there_end, back, 200_000));
    println!("{total}");
}
