//! Async generators: a pipeline of three.

use tokio::task::yield_now;

trait Source {
    async fn next(&mut self) -> Option<i64>;
}

struct Numbers {
    next: i64,
    count: i64,
}

impl Source for Numbers {
    async fn next(&mut self) -> Option<i64> {
        if self.next == self.count {
            return None;
        }
        let n = self.next;
        self.next += 1;
        if n % 1000 == 0 {
            yield_now().await;
        }
        Some(n)
    }
}

struct Odd<S>(S);

impl<S: Source> Source for Odd<S> {
    async fn next(&mut self) -> Option<i64> {
        loop {
            let n = self.0.next().await?;
            if n % 2 != 0 {
                return Some(n);
            }
        }
    }
}

struct Scaled<S> {
    source: S,
    factor: i64,
}

impl<S: Source> Source for Scaled<S> {
    async fn next(&mut self) -> Option<i64> {
        Some(self.source.next().await? * self.factor)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut source = Scaled { source: Odd(Numbers { next: 0, count: 10_000_000 }), factor: 3 };
    let mut total = 0;
    while let Some(n) = source.next().await {
        total += n;
    }
    println!("{total}");
}
