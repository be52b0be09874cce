import asyncio


async def leaf(n):
    await asyncio.sleep(0.1)
    return n


async def branch(n):
    return await asyncio.gather(*[leaf(n * 10 + i) for i in range(3)])


async def main():
    print(await asyncio.gather())
    print(await asyncio.gather(*(branch(n) for n in range(3))))


asyncio.run(main())
