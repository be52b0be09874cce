//! The program of `startup.py` as somebody writes it by hand on tokio.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::sleep;

type Links = HashMap<&'static str, Vec<&'static str>>;

#[derive(Debug)]
enum FetchError {
    NotFound(String),
    Reset,
}

impl std::fmt::Display for FetchError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FetchError::NotFound(url) => write!(f, "{url}"),
            FetchError::Reset => write!(f, "connection reset"),
        }
    }
}

#[derive(Default)]
struct Stats {
    fetched: AtomicUsize,
    failed: AtomicUsize,
    retries: AtomicUsize,
}

impl Stats {
    fn summary(&self, elapsed: f64) -> String {
        let read = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        let (fetched, failed, retries) = (read(&self.fetched), read(&self.failed), read(&self.retries));
        format!("{fetched} fetched, {failed} failed, {retries} retried in {elapsed:.0}s")
    }
}

async fn fetch(links: &Links, url: &str, attempt: usize) -> Result<Vec<&'static str>, FetchError> {
    sleep(Duration::from_millis(url.len() as u64)).await;
    let Some(found) = links.get(url) else { return Err(FetchError::NotFound(url.to_string())) };
    if url.len() % 5 == 0 && attempt == 0 {
        return Err(FetchError::Reset);
    }
    Ok(found.clone())
}

async fn fetch_with_retry(links: &Links, url: &str, stats: &Stats) -> Result<Vec<&'static str>, FetchError> {
    for attempt in 0..3 {
        match fetch(links, url, attempt).await {
            Err(error @ FetchError::Reset) => {
                stats.retries.fetch_add(1, Ordering::Relaxed);
                println!("retry {url}: {error}");
                sleep(Duration::from_millis(1)).await;
            }
            outcome => return outcome,
        }
    }
    Ok(Vec::new())
}

struct Crawl {
    links: Links,
    seen: Mutex<HashSet<&'static str>>,
    open: AtomicUsize,
    done: tokio::sync::Notify,
    stats: Stats,
}

type Queue = Arc<tokio::sync::Mutex<UnboundedReceiver<&'static str>>>;

async fn worker(name: String, queue: Queue, sender: UnboundedSender<&'static str>, crawl: Arc<Crawl>) {
    loop {
        let Some(url) = queue.lock().await.recv().await else { return };
        match fetch_with_retry(&crawl.links, url, &crawl.stats).await {
            Ok(found) => {
                for link in found {
                    if crawl.seen.lock().unwrap().insert(link) {
                        crawl.open.fetch_add(1, Ordering::Relaxed);
                        sender.send(link).unwrap();
                    }
                }
                crawl.stats.fetched.fetch_add(1, Ordering::Relaxed);
            }
            Err(error) => {
                crawl.stats.failed.fetch_add(1, Ordering::Relaxed);
                println!("{name}: {error} is missing");
            }
        }
        if crawl.open.fetch_sub(1, Ordering::Relaxed) == 1 {
            crawl.done.notify_one();
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let links = Links::from([
        ("/", vec!["/docs", "/blog", "/about"]),
        ("/docs", vec!["/docs/install", "/docs/usage", "/"]),
        ("/docs/install", vec!["/docs/usage"]),
        ("/docs/usage", vec!["/docs", "/missing"]),
        ("/blog", vec!["/blog/1", "/blog/2", "/"]),
        ("/blog/1", vec!["/blog/2"]),
        ("/blog/2", vec!["/blog/1", "/about"]),
        ("/about", vec![]),
    ]);
    let (sender, receiver) = unbounded_channel();
    let queue = Arc::new(tokio::sync::Mutex::new(receiver));
    let crawl = Arc::new(Crawl {
        links,
        seen: Mutex::new(HashSet::from(["/"])),
        open: AtomicUsize::new(1),
        done: tokio::sync::Notify::new(),
        stats: Stats::default(),
    });
    sender.send("/").unwrap();
    let workers: Vec<_> = (0..3)
        .map(|n| tokio::spawn(worker(format!("worker-{n}"), queue.clone(), sender.clone(), crawl.clone())))
        .collect();
    crawl.done.notified().await;
    for task in &workers {
        task.abort();
    }
    for task in workers {
        let _ = task.await;
    }
    let mut seen: Vec<_> = crawl.seen.lock().unwrap().iter().copied().collect();
    seen.sort();
    for url in seen {
        println!("{url}");
    }
    println!("{}", crawl.stats.summary(start.elapsed().as_secs_f64()));
}
