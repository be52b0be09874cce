//! `order/hops.py`
use aio2rust_runtime::prelude::*;
use aio2rust_runtime::{asyncio, println};

async fn steps(name: Str, n: i64) -> PyResult<Str> {
    for i in 0..n {
        println!("{name} {i}");
        asyncio::sleep(0.0).await?;
    }
    Ok(name)
}

async fn fails(after: i64) -> PyResult<Str> {
    for _ in 0..after {
        asyncio::sleep(0.0).await?;
    }
    Err(ValueError::new(format!("after {after}")))
}

pub async fn main() -> PyResult {
    let loop_ = asyncio::get_running_loop()?;
    let ticks = asyncio::create_task(steps("tick".into(), 14));
    let say = |text: &'static str| {
        move || {
            println!("{text}");
            Ok(())
        }
    };
    loop_.call_soon(say("soon"))?;
    let future: asyncio::Future<i64> = loop_.create_future();
    future.add_done_callback(|f| {
        println!("callback {}", f.result()?);
        Ok(())
    });
    let set = future.clone();
    loop_.call_soon(move || set.set_result(5))?;
    println!("future {}", future.clone().await?);
    println!("done future {}", future.await?);
    println!("{}", py(&asyncio::gather((steps("a".into(), 2), steps("b".into(), 1))).await?));
    println!("{}", asyncio::create_task(steps("c".into(), 1)).await?);
    println!("{}", py(&asyncio::gather(Vec::<asyncio::Task<i64>>::new()).await?));
    match asyncio::gather((fails(1), steps("d".into(), 3))).await {
        Err(e) if e.is::<ValueError>() => println!("caught {e}"),
        outcome => drop(outcome?),
    }
    println!("{}", py(&asyncio::gather((fails(0), steps("e".into(), 1))).return_exceptions().await?));
    loop_.call_later(0.1, say("later 2"))?;
    loop_.call_later(0.1, say("later 3"))?;
    loop_.call_at(loop_.time() + 0.1, say("at"))?;
    asyncio::sleep(0.1).await?;
    println!("slept {}", py(&loop_.time()));
    let both = [asyncio::create_task(steps("x".into(), 3)), asyncio::create_task(steps("y".into(), 1))];
    for next_one in asyncio::as_completed(&List::from(both)) {
        println!("completed {}", next_one.await?);
    }
    println!("{}", ticks.await?);
    Ok(())
}
