import asyncio

async def f(n):
    await asyncio.sleep(n / 10)
    return n

async def main():
    r = await asyncio.gather(
        asyncio.gather(f(1), f(2)),
        asyncio.gather(f(3), f(4), f(5)),
    )
    print(r)
    a, b = await asyncio.gather(f(1), asyncio.gather(f(2), f(3)))
    print(a, b)
    g = asyncio.gather(f(1), f(2))
    print(g.done())
    await g
    print(g.done(), g.result())

asyncio.run(main())
