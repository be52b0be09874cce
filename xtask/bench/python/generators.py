"""The generator dialect: coroutines that are generators, and generators in chains."""
import asyncio
import types


@types.coroutine
def give_way():
    yield


@types.coroutine
def step(n):
    if n % 100 == 0:
        yield from give_way()
    return n % 7


@types.coroutine
def walk(count):
    total = 0
    for n in range(count):
        total += yield from step(n)
    return total


def countdown(n):
    while n > 0:
        yield n
        n -= 1


def twice(n):
    yield from countdown(n)
    yield from countdown(n)


async def main():
    total = await walk(10_000_000)
    for n in twice(10_000_000):
        total += n
    print(total)


asyncio.run(main())
