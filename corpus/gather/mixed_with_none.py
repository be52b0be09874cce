import asyncio

async def num():
    await asyncio.sleep(0.1)
    return 42

async def text():
    return "hello"

async def nothing():
    await asyncio.sleep(0)

async def main():
    res = await asyncio.gather(num(), text(), nothing())
    print(res)
    n, t, x = await asyncio.gather(num(), text(), nothing())
    print(n + 1, t.upper(), x)
    for item in await asyncio.gather(num(), text()):
        print(item)

asyncio.run(main())
