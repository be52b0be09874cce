"""Spawn and join: tasks that do next to nothing."""
import asyncio


async def unit(n):
    return n * 2


async def main():
    total = 0
    for start in range(0, 900_000, 1000):
        tasks = [asyncio.create_task(unit(n)) for n in range(start, start + 1000)]
        for task in tasks:
            total += await task
    print(total)


asyncio.run(main())
