"""Timers: many tasks asleep at a time, each for another while."""
import asyncio


async def nap(n):
    await asyncio.sleep((n * 7919 % 1000) / 10_000)
    return n % 10


async def main():
    total = 0
    for _ in range(4):
        naps = await asyncio.gather(*[nap(n) for n in range(50_000)])
        total += sum(naps)
    print(total)


asyncio.run(main())
