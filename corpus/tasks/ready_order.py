import asyncio


async def step(name, rounds):
    for i in range(rounds):
        print(name, i)
        await asyncio.sleep(0)
    return name


async def main():
    a = asyncio.create_task(step("a", 3))
    b = asyncio.create_task(step("b", 2))
    c = asyncio.create_task(step("c", 1))
    print("created")
    print(await b)
    print(await a, await c)


asyncio.run(main())
