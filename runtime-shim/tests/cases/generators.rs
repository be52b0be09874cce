//! `order/generators.py`
use aio2rust_runtime::prelude::*;
use aio2rust_runtime::{asyncio, println};

fn count(name: Str) -> AsyncGenerator<i64> {
    async_generator(async move |y| {
        let body = attempt(async {
            for i in 0..5 {
                y.yield_(i).await?;
                asyncio::sleep(0.0).await?;
            }
            Ok(())
        });
        let outcome = body.await;
        println!("{name} closing");
        asyncio::sleep(0.0).await?;
        println!("{name} closed");
        outcome
    })
}

async fn use_() -> PyResult {
    {
        let counted = count("dropped".into());
        while let Some(x) = counted.anext().await? {
            println!("x {x}");
            if x == 1 {
                break;
            }
        }
    }
    println!("after break");
    Ok(())
}

fn sub() -> Generator<i64, Option<Str>, Str> {
    generator(async move |y| {
        let body = attempt(async {
            let got: Option<Str> = y.yield_(1).await?;
            println!("sub got {}", py(&got));
            let got = y.yield_(2).await?;
            println!("sub got {}", py(&got));
            Ok(())
        });
        match body.await {
            Err(e) if e.is::<KeyError>() => {
                println!("sub caught {}", repr(&e));
                y.yield_(9).await?;
            }
            outcome => outcome?,
        }
        Ok("result".into())
    })
}

fn delegating() -> Generator<i64, Option<Str>> {
    generator(async move |y| {
        let result = y.yield_from(&sub()).await?;
        println!("result {result}");
        y.yield_(3).await?;
        Ok(())
    })
}

pub async fn main() -> PyResult<AsyncGenerator<i64>> {
    use_().await?;
    for i in 0..4 {
        asyncio::sleep(0.0).await?;
        println!("pass {i}");
    }
    let agen = count("explicit".into());
    println!("{}", agen.next().await?);
    agen.aclose().await?;
    let g = delegating();
    println!("{} {} {} {}", g.next()?, g.send(Some("s".into()))?, g.throw(KeyError::new("k"))?, g.next()?);
    match g.next() {
        Err(e) if e.is::<StopIteration>() => println!("stop {}", StopIteration::value(&e)),
        outcome => drop(outcome?),
    }
    let keep = count("kept".into());
    println!("{}", keep.next().await?);
    println!("main ends");
    Ok(keep)
}
