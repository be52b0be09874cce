import asyncio

async def job(n):
    await asyncio.sleep(n)
    if n == 2:
        raise RuntimeError("two")
    return n

async def main():
    pending = {asyncio.create_task(job(n), name=f"job{n}") for n in (1, 2, 3)}
    while pending:
        done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        for t in done:
            if t.exception():
                print(t.get_name(), "failed", t.exception())
            else:
                print(t.get_name(), "result", t.result())
    done, pending = await asyncio.wait([asyncio.create_task(job(5))], timeout=1)
    print(len(done), len(pending))
    for p in pending:
        p.cancel()

asyncio.run(main())
