"""Async generators: a pipeline of three."""
import asyncio


async def numbers(count):
    for n in range(count):
        if n % 1000 == 0:
            await asyncio.sleep(0)
        yield n


async def odd(source):
    async for n in source:
        if n % 2:
            yield n


async def scaled(source, factor):
    async for n in source:
        yield n * factor


async def main():
    total = 0
    async for n in scaled(odd(numbers(10_000_000)), 3):
        total += n
    print(total)


asyncio.run(main())
