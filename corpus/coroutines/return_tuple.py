"""A coroutine that gives back several values at once."""
import asyncio


async def measure(name, value):
    await asyncio.sleep(0)
    return name, value * 2, value > 10


async def main():
    name, doubled, big = await measure("width", 21)
    print(name, doubled, big)
    result = await measure("depth", 4)
    print(result)
    print(result[0], result[1])


asyncio.run(main())
