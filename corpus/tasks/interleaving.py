import asyncio

log = []


def note(x):
    log.append(x)
    print(x)


async def child(n, fut):
    note(f"child {n} start")
    try:
        r = await fut
        note(f"child {n} got {r}")
    except asyncio.CancelledError:
        note(f"child {n} cancelled")
        raise
    finally:
        note(f"child {n} finally")


async def waiter(ev, n):
    await ev.wait()
    note(f"waiter {n}")


async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    ts = [asyncio.create_task(child(i, fut)) for i in range(3)]
    loop.call_soon(note, "soon")
    for t in ts:
        t.add_done_callback(lambda t: note(f"done cb {t.cancelled()}"))
    await asyncio.sleep(0)
    note("main after sleep0")
    ts[1].cancel()
    fut.add_done_callback(lambda f: note("fut cb"))
    loop.call_soon(lambda: fut.done() or fut.set_result(5))
    loop.call_soon(note, "after set")
    await asyncio.sleep(0)
    note("main 2")
    await asyncio.wait(ts)
    note("waited")
    ev = asyncio.Event()
    ws = [asyncio.create_task(waiter(ev, i)) for i in range(3)]
    await asyncio.sleep(0)
    ev.set()
    ws[0].cancel()
    note("set")
    res = await asyncio.gather(*ws, return_exceptions=True)
    note(repr(res))
    lock = asyncio.Lock()

    async def locker(n, d):
        async with lock:
            note(f"lock {n}")
            await asyncio.sleep(d)
        note(f"unlock {n}")
    a = asyncio.create_task(locker(1, 0.1))
    b = asyncio.create_task(locker(2, 0.1))
    c = asyncio.create_task(locker(3, 0))
    await asyncio.sleep(0.05)
    b.cancel()
    await asyncio.gather(a, b, c, return_exceptions=True)
    cond = asyncio.Condition()
    items = []

    async def consumer(n):
        async with cond:
            await cond.wait_for(lambda: len(items) > 0)
            note(f"consumer {n} {items.pop()}")
    cs = [asyncio.create_task(consumer(i)) for i in range(3)]
    await asyncio.sleep(0)
    async with cond:
        items.extend([1, 2])
        cond.notify_all()
    await asyncio.sleep(0.1)
    async with cond:
        items.append(3)
        cond.notify()
    await asyncio.gather(*cs)
    sem = asyncio.Semaphore(1)

    async def user(n):
        async with sem:
            note(f"sem {n}")
            await asyncio.sleep(0)
            note(f"sem {n} out")
    await asyncio.gather(*(user(i) for i in range(3)))
    inner = asyncio.create_task(asyncio.sleep(0.1, "inner"))
    try:
        await asyncio.wait_for(asyncio.shield(inner), 0.05)
    except asyncio.TimeoutError:
        note("timeout, inner done? " + str(inner.done()))
    note(await inner)

asyncio.run(main())
print(len(log))
