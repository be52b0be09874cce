import asyncio

async def gen():
    try:
        for i in range(10):
            print("yielding", i)
            yield i
            await asyncio.sleep(0)
    finally:
        print("cleanup")

async def main():
    async for x in gen():
        if x == 2:
            break
    print("after break")
    await asyncio.sleep(0.1)
    g = gen()
    async for x in g:
        if x == 1:
            await g.aclose()
    print("end")

asyncio.run(main())
