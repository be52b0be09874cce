import asyncio


async def inner(n):
    await asyncio.sleep(0.1)
    return 10 // n


async def outer(n):
    print("dividing by", n)
    return await inner(n)


async def main():
    print(await outer(3))
    print(await outer(0))


asyncio.run(main())
