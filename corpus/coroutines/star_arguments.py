import asyncio


async def total(*numbers):
    await asyncio.sleep(0)
    return sum(numbers)


async def main(*words):
    print(await total(1, 2, 3))
    print(await total())
    values = [10, 20, 30]
    print(await total(*values))
    for word in words:
        print(word)


asyncio.run(main("alpha", "beta"))
