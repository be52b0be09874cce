//! Strings in coroutines: splitting, joining, formatting, searching.

use rustc_hash::FxHashMap;
use tokio::task::yield_now;

async fn lines(count: u32) -> Vec<String> {
    let made = (0..count).map(|n| format!("{n:06};user-{};{:.2}", n % 100, f64::from(n) * 3.5)).collect();
    yield_now().await;
    made
}

async fn parse(rows: &[String]) -> FxHashMap<&str, f64> {
    let mut totals = FxHashMap::default();
    for row in rows {
        let mut parts = row.split(';');
        let (Some(number), Some(user), Some(amount)) = (parts.next(), parts.next(), parts.next()) else { panic!() };
        if number.ends_with('7') {
            continue;
        }
        *totals.entry(user).or_insert(0.0) += amount.parse::<f64>().unwrap();
    }
    yield_now().await;
    totals
}

async fn words(text: &str) -> FxHashMap<String, u32> {
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    for word in text.to_lowercase().split_whitespace() {
        let word = word.trim_matches(['.', ',']);
        match counts.get_mut(word) {
            Some(count) => *count += 1,
            None => drop(counts.insert(word.to_string(), 1)),
        }
    }
    yield_now().await;
    counts
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let rows = lines(300_000).await;
    let totals = parse(&rows).await;
    println!("{} {:.2}", totals.len(), totals["user-42"]);
    let text = "The quick brown fox, the lazy dog. And the cat ".repeat(30_000);
    let mut counts: Vec<(String, u32)> = words(&text).await.into_iter().collect();
    counts.sort();
    let shown: Vec<String> = counts.iter().map(|(word, count)| format!("('{word}', {count})")).collect();
    println!("[{}]", shown.join(", "));
    println!("{} {}", text.replace("the", "a").matches("a ").count(), rows.join(",").len());
}
