//! What is done with is freed: tasks, exceptions and timers leave nothing behind, however many there were.
//!
//! One test, since all that is allocated is counted.
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicI64, Ordering};

use aio2rust_runtime::asyncio::CancelledError;
use aio2rust_runtime::prelude::*;
use aio2rust_runtime::{asyncio, time};

/// Bytes that are allocated and not freed.
static LIVE: AtomicI64 = AtomicI64::new(0);

struct Counting;

// SAFETY: it is the system's allocator, and counts.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size() as i64, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size() as i64, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Batches that may still find out how much room is needed.
const WARM: u32 = 5;
const BATCHES: u32 = 100;
const BATCH: i64 = 10_000;

/// Whether no more is allocated after all batches than after the first few, within a hundredth.
async fn steady<F: Future<Output = PyResult>>(name: &str, batch: impl Fn() -> F) -> PyResult {
    let mut before = 0;
    for at in 0..BATCHES {
        if at == WARM {
            before = LIVE.load(Ordering::Relaxed);
        }
        batch().await?;
    }
    let after = LIVE.load(Ordering::Relaxed);
    assert!((after - before) * 100 <= before, "{name}: {before} bytes, then {after}");
    Ok(())
}

async fn for_ever() -> PyResult {
    asyncio::sleep(3600.0).await
}

async fn cancel_tasks() -> PyResult {
    let tasks = (0..BATCH).map(|_| asyncio::create_task(for_ever())).collect::<List<_>>();
    asyncio::sleep(0.0).await?;
    for task in &tasks {
        task.cancel(None);
    }
    for outcome in &asyncio::gather(&tasks).return_exceptions().await? {
        assert!(matches!(&outcome, Outcome::Exception(e) if e.is::<CancelledError>()));
    }
    Ok(())
}

fn fails(n: i64) -> PyResult<i64> {
    Err(ValueError::new(n))
}

async fn catch_exceptions() -> PyResult {
    for n in 0..BATCH {
        let outcome = attempt(async { fails(n) });
        match outcome.await {
            Err(e) if e.is::<ValueError>() => {
                let _handling = e.handled();
                assert_eq!(e.to_string(), n.to_string());
            }
            outcome => drop(outcome?),
        }
    }
    Ok(())
}

/// A request: it is answered by another task, and mostly in time.
async fn request(n: i64) -> PyResult<i64> {
    let answer = async move {
        asyncio::sleep(if n % 100 == 0 { 9.0 } else { 0.5 }).await?;
        Ok(n)
    };
    match asyncio::wait_for(answer, Some(5.0)).await {
        Err(e) if e.is::<TimeoutError>() => Ok(-1),
        outcome => outcome,
    }
}

/// A hundredth of a day of a server: each second somebody asks something, and the connections are in a dict.
async fn serve() -> PyResult {
    let connections = Dict::<Str, asyncio::Task<i64>>::new();
    for n in 0..864 {
        let task = asyncio::create_task(request(n));
        connections.set_item(Str::from(format!("client-{n}")), task);
        asyncio::sleep(1.0).await?;
        for (name, task) in &connections.to_vec() {
            if task.done() {
                task.result()?;
                connections.del_item(name)?;
            }
        }
    }
    for task in &connections.to_vec() {
        (&task.1).await?;
    }
    Ok(())
}

async fn all() -> PyResult {
    steady("tasks that are cancelled", cancel_tasks).await?;
    steady("exceptions that are caught", catch_exceptions).await?;
    // A day takes no time on the virtual clock alone.
    if cfg!(feature = "virtual-clock") {
        let start = time::monotonic();
        steady("a day of a server", serve).await?;
        assert!(time::monotonic() - start >= 86_400.0);
    }
    Ok(())
}

#[test]
fn what_is_done_with_is_freed() {
    // The clock is chosen before anything else runs: by a process of its own.
    if std::env::var_os("AIO2RUST_CLOCK").is_none() {
        let program = std::env::current_exe().expect("a test has a path");
        let child = std::process::Command::new(program).env("AIO2RUST_CLOCK", "virtual").status();
        assert!(child.expect("the test runs again").success());
        return;
    }
    asyncio::run(all()).expect("nothing is raised");
}
