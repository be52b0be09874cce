//! `order/cancel.py`
use aio2rust_runtime::asyncio::CancelledError;
use aio2rust_runtime::prelude::*;
use aio2rust_runtime::{asyncio, println};

async fn sleeper(name: Str, seconds: f64) -> PyResult<Str> {
    let body = attempt(async {
        println!("{name} start");
        asyncio::sleep(seconds).await?;
        println!("{name} done");
        Ok(name.clone())
    });
    let outcome = match body.await {
        Err(e) if e.is::<CancelledError>() => {
            println!("{name} cancelled");
            Err(e)
        }
        outcome => outcome,
    };
    asyncio::sleep(0.1).await?;
    println!("{name} cleaned");
    outcome
}

async fn stubborn() -> PyResult<Str> {
    for i in 0..3 {
        let body = attempt(async {
            asyncio::sleep(1.0).await?;
            println!("stubborn {i}");
            Ok(())
        });
        match body.await {
            Err(e) if e.is::<CancelledError>() => println!("ignored {i}"),
            outcome => outcome?,
        }
    }
    Ok("survived".into())
}

async fn herself() -> PyResult {
    if let Some(task) = asyncio::current_task()? {
        task.cancel(None);
    }
    println!("still running");
    let done = asyncio::get_running_loop()?.create_future();
    done.set_result(Str::from("done futures answer"))?;
    println!("{}", done.await?);
    match asyncio::sleep(1.0).await {
        Err(e) if e.is::<CancelledError>() => println!("herself cancelled"),
        outcome => outcome?,
    }
    Ok(())
}

async fn ends_cancelled() -> PyResult {
    if let Some(task) = asyncio::current_task()? {
        task.cancel(None);
    }
    Ok(())
}

pub async fn main() -> PyResult {
    let t = asyncio::create_task(sleeper("A".into(), 10.0));
    asyncio::sleep(0.5).await?;
    println!("{} {}", py(&t.cancel(None)), py(&t.cancelled()));
    match t.clone().await {
        Err(e) if e.is::<CancelledError>() => {
            println!("A gone {} {} {}", py(&t.cancelled()), py(&t.done()), py(&t.cancel(None)));
        }
        outcome => drop(outcome?),
    }

    let t = asyncio::create_task(sleeper("B".into(), 10.0));
    t.cancel(None);
    match t.await {
        Err(e) if e.is::<CancelledError>() => println!("B never ran"),
        outcome => drop(outcome?),
    }

    let inner = asyncio::create_task(sleeper("C".into(), 1.0));
    match asyncio::wait_for(asyncio::shield(&inner)?, Some(0.3)).await {
        Err(e) if e.is::<asyncio::TimeoutError>() => println!("shielded timeout {}", py(&inner.done())),
        outcome => drop(outcome?),
    }
    println!("{}", inner.await?);

    match asyncio::wait_for(sleeper("D".into(), 5.0), Some(0.2)).await {
        Err(e) if e.is::<asyncio::TimeoutError>() => println!("D timeout {}", repr(&e)),
        outcome => drop(outcome?),
    }
    println!("{}", asyncio::wait_for(sleeper("W".into(), 0.1), Some(5.0)).await?);

    let s = asyncio::create_task(stubborn());
    asyncio::sleep(1.5).await?;
    s.cancel(None);
    println!("{}", s.await?);

    let g = asyncio::gather((sleeper("E".into(), 3.0), sleeper("F".into(), 4.0)));
    asyncio::sleep(0.2).await?;
    g.cancel(None);
    match g.await {
        Err(e) if e.is::<CancelledError>() => println!("gather cancelled"),
        outcome => drop(outcome?),
    }

    asyncio::create_task(herself()).await?;
    let t = asyncio::create_task(ends_cancelled());
    match t.clone().await {
        Err(e) if e.is::<CancelledError>() => {
            println!("cancelled at its end {} {}", py(&t.cancelled()), py(&e.args()));
        }
        outcome => outcome?,
    }
    let t = asyncio::create_task(sleeper("M".into(), 1.0));
    asyncio::sleep(0.0).await?;
    t.cancel(Some("message".into()));
    match t.await {
        Err(e) if e.is::<CancelledError>() => println!("{}", repr(&e)),
        outcome => drop(outcome?),
    }
    asyncio::create_task(sleeper("left behind".into(), 9.0));
    asyncio::sleep(0.01).await?;
    println!("main ends {}", py(&asyncio::get_running_loop()?.time()));
    Ok(())
}
