"""Timeouts: nearly all are in time."""
import asyncio


async def answer(n):
    await asyncio.sleep(0)
    if n % 1000 == 999:
        await asyncio.sleep(10)
    return n


async def ask(n):
    try:
        return await asyncio.wait_for(answer(n), timeout=5 if n % 1000 != 999 else 0.001)
    except asyncio.TimeoutError:
        return 0


async def client(first, count):
    total = 0
    for n in range(first, first + count):
        total += await ask(n)
    return total


async def main():
    totals = await asyncio.gather(*[client(first, 40_000) for first in range(0, 400_000, 40_000)])
    print(sum(totals))


asyncio.run(main())
