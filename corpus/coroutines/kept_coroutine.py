import asyncio


async def work(n):
    print("working on", n)
    await asyncio.sleep(0.1)
    return n * n


async def main():
    # A coroutine does nothing until somebody awaits it.
    first = work(3)
    second = work(4)
    print("made two coroutines")
    print(await second)
    print(await first)


asyncio.run(main())
