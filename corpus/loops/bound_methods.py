import asyncio

async def sleeper():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("cancelled")
        raise

async def main():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    loop.call_later(0.1, f.set_result, "text")
    print(await f)
    g = loop.create_future()
    loop.call_soon(g.set_exception, ValueError("bad"))
    try:
        await g
    except ValueError as e:
        print("error", e)
    t = asyncio.create_task(sleeper())
    loop.call_later(0.5, t.cancel)
    try:
        await t
    except asyncio.CancelledError:
        print("main saw it")
    q = asyncio.Queue()
    loop.call_soon(q.put_nowait, "item")
    print(await q.get())
    ev = asyncio.Event()
    loop.call_later(1, ev.set)
    await ev.wait()
    items = []
    loop.call_soon(items.append, 3)
    loop.call_soon(print, "printed", 1)
    await asyncio.sleep(0)
    print(items)

asyncio.run(main())
