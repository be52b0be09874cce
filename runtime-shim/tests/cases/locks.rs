//! `order/locks.py`
use aio2rust_runtime::asyncio::{Event, Lock, Semaphore};
use aio2rust_runtime::prelude::*;
use aio2rust_runtime::{asyncio, println};

async fn hold(name: Str, seconds: f64) -> PyResult {
    println!("{name} has");
    asyncio::sleep(seconds).await
}

async fn locked(lock: Lock, name: Str, seconds: f64) -> PyResult {
    println!("{name} wants");
    lock.aenter().await?;
    let outcome = hold(name.clone(), seconds).await;
    lock.aexit(outcome).await?;
    println!("{name} released");
    Ok(())
}

async fn counted(semaphore: Semaphore, name: Str, seconds: f64) -> PyResult {
    println!("{name} wants");
    semaphore.aenter().await?;
    let outcome = hold(name.clone(), seconds).await;
    semaphore.aexit(outcome).await?;
    println!("{name} released");
    Ok(())
}

async fn waiting(event: Event, name: Str) -> PyResult {
    println!("{name} {}", py(&event.wait().await?));
    Ok(())
}

pub async fn main() -> PyResult {
    let lock = Lock::new();
    let tasks = List::new();
    for i in 0..4 {
        tasks.append(asyncio::create_task(locked(lock.clone(), format!("l{i}").into(), 0.1)));
    }
    asyncio::sleep(0.05).await?;
    tasks.get_item(1)?.cancel(None);
    println!("{}", py(&asyncio::gather(&tasks).return_exceptions().await?));
    let semaphore = Semaphore::new(2)?;
    let start = |i: i64| counted(semaphore.clone(), format!("s{i}").into(), 0.1 * (i + 1) as f64);
    asyncio::gather((0..4).map(start).collect::<Vec<_>>()).await?;
    let event = Event::new();
    let waiters = List::new();
    for i in 0..2 {
        waiters.append(asyncio::create_task(waiting(event.clone(), format!("e{i}").into())));
    }
    asyncio::sleep(0.0).await?;
    event.set();
    println!("set {}", py(&event.is_set()));
    asyncio::gather(&waiters).await?;
    match lock.release() {
        Err(e) if e.is::<RuntimeError>() => println!("{e}"),
        outcome => outcome?,
    }
    let bounded = asyncio::BoundedSemaphore::new(1)?;
    match bounded.release() {
        Err(e) if e.is::<ValueError>() => println!("{e}"),
        outcome => outcome?,
    }
    Ok(())
}
