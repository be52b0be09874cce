//! `order/queues.py`
use aio2rust_runtime::asyncio::{Queue, QueueEmpty, QueueFull};
use aio2rust_runtime::prelude::*;
use aio2rust_runtime::{asyncio, println};

type Item = (Str, i64);

async fn producer(q: Queue<Item>, name: Str, n: i64) -> PyResult {
    for i in 0..n {
        q.put((name.clone(), i)).await?;
        println!("put {name} {i} {}", q.qsize());
    }
    println!("{name} ends");
    Ok(())
}

async fn consumer(q: Queue<Item>, name: Str) -> PyResult {
    loop {
        let item = q.get().await?;
        println!("{name} got {}", py(&item));
        asyncio::sleep(0.05).await?;
        q.task_done()?;
    }
}

pub async fn main() -> PyResult {
    let q = Queue::new(2);
    let consumers = List::new();
    for i in 0..2 {
        consumers.append(asyncio::create_task(consumer(q.clone(), format!("c{i}").into())));
    }
    asyncio::gather((producer(q.clone(), "p".into(), 4), producer(q.clone(), "q".into(), 3))).await?;
    q.join().await?;
    println!("joined {}", py(&asyncio::get_running_loop()?.time()));
    consumers.get_item(0)?.cancel(None);
    q.put_nowait(("last".into(), 0))?;
    asyncio::sleep(0.2).await?;
    for c in &consumers {
        c.cancel(None);
    }
    println!("{}", py(&asyncio::gather(&consumers).return_exceptions().await?));
    match q.get_nowait() {
        Err(e) if e.is::<QueueEmpty>() => println!("empty {}", repr(&e)),
        outcome => drop(outcome?),
    }
    q.put_nowait(("x".into(), 1))?;
    q.put_nowait(("y".into(), 2))?;
    match q.put_nowait(("z".into(), 3)) {
        Err(e) if e.is::<QueueFull>() => println!("full {} {}", repr(&e), py(&q.full())),
        outcome => outcome?,
    }
    let p = asyncio::PriorityQueue::new(0);
    for item in [5, 1, 4, 1, 3] {
        p.put_nowait(item)?;
    }
    let sorted: PyResult<Vec<i64>> = (0..5).map(|_| p.get_nowait()).collect();
    println!("{}", py(&List::from(sorted?)));
    let s = asyncio::LifoQueue::new(0);
    for item in 0..3 {
        s.put_nowait(item)?;
    }
    let last_first: PyResult<Vec<i64>> = (0..3).map(|_| s.get_nowait()).collect();
    println!("{}", py(&List::from(last_first?)));
    match (0..4).try_for_each(|_| s.task_done()) {
        Err(e) if e.is::<ValueError>() => println!("{e}"),
        outcome => outcome?,
    }
    Ok(())
}
