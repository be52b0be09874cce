//! `order/threads.py`
use aio2rust_runtime::prelude::*;
use aio2rust_runtime::{asyncio, clock, println};

fn work(name: Str, seconds: f64) -> PyResult<Str> {
    println!("{name} begins");
    clock::sleep(seconds)?;
    println!("{name} ends {}", py(&clock::monotonic()));
    Ok(name)
}

fn at_once(x: i64) -> PyResult<i64> {
    println!("at once {x}");
    Ok(x * 2)
}

fn fails() -> PyResult {
    Err(ValueError::new("in a thread"))
}

async fn ticker() -> PyResult {
    for i in 0..4 {
        asyncio::sleep(0.5).await?;
        println!("tick {i}");
    }
    Ok(())
}

pub async fn main() -> PyResult {
    let loop_ = asyncio::get_running_loop()?;
    let ticks = asyncio::create_task(ticker());
    let start = |name: String, seconds: f64| loop_.run_in_executor(None, move || work(name.into(), seconds));
    let futures: Vec<_> = (1..4).map(|i| start(format!("w{i}"), i as f64 * 0.5)).collect();
    println!("started");
    println!("{}", py(&asyncio::gather(futures).await?));
    println!("{}", loop_.run_in_executor(None, move || at_once(4)).await?);
    println!("{}", asyncio::to_thread(move || at_once(5)).await?);
    match loop_.run_in_executor(None, fails).await {
        Err(e) if e.is::<ValueError>() => println!("caught {e}"),
        outcome => outcome?,
    }
    let many: Vec<_> = (0..10).map(|i| start(format!("m{i}"), 0.25)).collect();
    println!("{}", py(&asyncio::gather(many).await?));
    ticks.await?;
    clock::sleep(1.0)?;
    println!("{}", py(&loop_.time()));
    Ok(())
}
