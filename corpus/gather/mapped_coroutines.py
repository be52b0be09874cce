import asyncio
async def work(i):
    await asyncio.sleep(0.1 * i)
    return i * i
async def main():
    print(await asyncio.gather(*map(work, range(3))))
    async def local(i):
        return await work(i) + 1
    print(await asyncio.gather(*map(local, [1, 2])))
    tasks = list(map(asyncio.create_task, map(work, range(3))))
    print([await t for t in tasks])
    for c in map(work, [5, 6]):
        print(await c)
    print(list(map(lambda x: x + 1, [1])))
    fs = [work, local]
    print([await f(2) for f in fs])
    print(await asyncio.gather(*(f(3) for f in fs)), await asyncio.gather(*[asyncio.create_task(work(k)) for k in (1, 2)], work(9)))
asyncio.run(main())
