import asyncio


async def countdown(n):
    if n == 0:
        print("lift-off")
        return 0
    print(n)
    await asyncio.sleep(1)
    return await countdown(n - 1) + 1


async def main():
    steps = await countdown(4)
    print("took", steps, "steps")


asyncio.run(main())
