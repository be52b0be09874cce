import asyncio


async def work(n):
    print("start", n)
    if n % 2:
        await asyncio.sleep(0)
    print("end", n)
    return n


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    ts = [asyncio.create_task(work(i)) for i in range(4)]
    print([t.done() for t in ts])
    print(await asyncio.gather(*ts))
    async with asyncio.TaskGroup() as tg:
        for i in range(3):
            tg.create_task(work(i))
    print("end")

asyncio.run(main())


