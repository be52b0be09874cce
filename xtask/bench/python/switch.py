"""Switching: a hundred tasks give way to each other."""
import asyncio


async def turn(count):
    done = 0
    for _ in range(count):
        await asyncio.sleep(0)
        done += 1
    return done


async def main():
    counts = await asyncio.gather(*[turn(10_000) for _ in range(100)])
    print(sum(counts))


asyncio.run(main())
