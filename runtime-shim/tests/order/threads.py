"""Threads take turns: a started one runs first; a sleeping thread goes before a timer of the same instant."""
import asyncio
import time


def work(name, seconds):
    print(name, "begins")
    time.sleep(seconds)
    print(name, "ends", time.monotonic())
    return name


def at_once(x):
    print("at once", x)
    return x * 2


def fails():
    raise ValueError("in a thread")


async def ticker():
    for i in range(4):
        await asyncio.sleep(0.5)
        print("tick", i)


async def main():
    loop = asyncio.get_running_loop()
    ticks = asyncio.create_task(ticker())
    futures = [loop.run_in_executor(None, work, "w%d" % i, i * 0.5) for i in range(1, 4)]
    print("started")
    print(await asyncio.gather(*futures))
    print(await loop.run_in_executor(None, at_once, 4))
    print(await asyncio.to_thread(at_once, 5))
    try:
        await loop.run_in_executor(None, fails)
    except ValueError as e:
        print("caught", e)
    many = [loop.run_in_executor(None, work, "m%d" % i, 0.25) for i in range(10)]
    print(await asyncio.gather(*many))
    await ticks
    time.sleep(1)
    print(loop.time())


asyncio.run(main())
