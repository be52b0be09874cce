import asyncio


async def numbers():
    n = 1
    while True:
        yield n
        n *= 2
        await asyncio.sleep(0.1)


async def main():
    async for n in numbers():
        if n > 100:
            break
        print(n)
    print("left the loop")


asyncio.run(main())
