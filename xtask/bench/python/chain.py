"""Coroutine chains: every level awaits the next; the last gives way now and then."""
import asyncio


async def level(depth, n):
    if depth == 0:
        if n % 1000 == 0:
            await asyncio.sleep(0)
        return n
    return await level(depth - 1, n) + 1


async def leaf(n):
    return n & 7


async def pair(n):
    return await leaf(n) + await leaf(n + 1)


async def main():
    total = 0
    for n in range(500_000):
        total += await level(10, n)
    for n in range(5_000_000):
        total += await pair(n)
    print(total)


asyncio.run(main())
