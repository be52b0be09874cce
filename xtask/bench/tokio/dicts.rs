//! Dicts in a coroutine: counting, grouping, looking up.

use rustc_hash::FxHashMap;
use tokio::task::yield_now;

async fn count(size: i64) -> FxHashMap<i64, i64> {
    let mut counts = FxHashMap::default();
    for n in 0..size {
        *counts.entry(n * 7919 % 10_007).or_insert(0) += 1;
    }
    yield_now().await;
    counts
}

async fn group(names: &[String]) -> FxHashMap<&str, Vec<&str>> {
    let mut groups: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for name in names {
        groups.entry(&name[..2]).or_default().push(name);
    }
    yield_now().await;
    groups
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let counts = count(1_000_000).await;
    println!("{} {}", counts.len(), counts.values().max().unwrap());
    let names: Vec<String> = (0..300_000).map(|n| format!("{}-{n}", n % 97)).collect();
    let groups = group(&names).await;
    println!("{} {}", groups.len(), groups["42"].len());
    let total: i64 = counts.iter().filter(|(key, _)| *key % 3 == 0).map(|(_, value)| value).sum();
    println!("{total}");
}
