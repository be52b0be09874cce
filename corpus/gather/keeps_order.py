import asyncio


async def fetch(n):
    await asyncio.sleep(3 - n)
    print("fetched", n)
    return n


async def main():
    results = await asyncio.gather(fetch(0), fetch(1), fetch(2))
    print(results)
    a, b, c = results
    print(a + b + c)


asyncio.run(main())
