"""How many passes of the loop everything takes."""
import asyncio


async def steps(name, n):
    for i in range(n):
        print(name, i)
        await asyncio.sleep(0)
    return name


async def fails(after):
    for _ in range(after):
        await asyncio.sleep(0)
    raise ValueError("after %d" % after)


async def main():
    loop = asyncio.get_running_loop()
    ticks = asyncio.create_task(steps("tick", 14))
    loop.call_soon(print, "soon")
    future = loop.create_future()
    future.add_done_callback(lambda f: print("callback", f.result()))
    loop.call_soon(future.set_result, 5)
    print("future", await future)
    print("done future", await future)
    print(await asyncio.gather(steps("a", 2), steps("b", 1)))
    print(await asyncio.create_task(steps("c", 1)))
    print(await asyncio.gather())
    try:
        await asyncio.gather(fails(1), steps("d", 3))
    except ValueError as e:
        print("caught", e)
    print(await asyncio.gather(fails(0), steps("e", 1), return_exceptions=True))
    loop.call_later(0.1, print, "later 2")
    loop.call_later(0.1, print, "later 3")
    loop.call_at(loop.time() + 0.1, print, "at")
    await asyncio.sleep(0.1)
    print("slept", loop.time())
    both = [asyncio.create_task(steps("x", 3)), asyncio.create_task(steps("y", 1))]
    for next_one in asyncio.as_completed(both):
        print("completed", await next_one)
    print(await ticks)


asyncio.run(main())
