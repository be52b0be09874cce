import asyncio


async def f(n):
    await asyncio.sleep(n / 10)
    if n == 2:
        raise ValueError(n)
    return n


async def main():
    for c in asyncio.as_completed([f(3), f(1), f(2)]):
        try:
            print(await c)
        except ValueError as e:
            print("err", e)
    tasks = [asyncio.create_task(f(n), name=f"t{n}") for n in (3, 1, 2)]
    async for t in asyncio.as_completed(tasks):
        try:
            print(t.get_name(), await t, t in tasks)
        except ValueError as e:
            print("err", e)
    try:
        for c in asyncio.as_completed([f(1), f(50)], timeout=1):
            print(await c)
    except asyncio.TimeoutError:
        print("timeout")

asyncio.run(main())
