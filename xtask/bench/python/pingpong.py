"""Ping-pong: two tasks pass numbers to and fro over two queues."""
import asyncio


async def ping(there, back, count):
    total = 0
    for n in range(count):
        await there.put(n)
        total += await back.get()
    return total


async def pong(there, back, count):
    for _ in range(count):
        n = await there.get()
        await back.put(n + 1)


async def main():
    there = asyncio.Queue(1)
    back = asyncio.Queue(1)
    total, _ = await asyncio.gather(ping(there, back, 200_000), pong(there, back, 200_000))
    print(total)


asyncio.run(main())
