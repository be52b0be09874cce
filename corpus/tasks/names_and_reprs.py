import asyncio


async def worker():
    me = asyncio.current_task()
    print("in", me.get_name())
    await asyncio.sleep(0.1)
    return me.get_name()


async def main():
    print(asyncio.current_task().get_name())
    t = asyncio.create_task(worker(), name="w1")
    t2 = asyncio.create_task(worker())
    t2.set_name("renamed")
    print(len(asyncio.all_tasks()))
    print(sorted(x.get_name() for x in asyncio.all_tasks()))
    print(t)
    await asyncio.sleep(0)
    print(t)
    print(t2)
    print(await t, await t2)
    print(t, t.done())
    print(t.get_coro().__name__, asyncio.iscoroutine(t.get_coro()))
    print(asyncio.current_task() is asyncio.current_task())
    me = asyncio.current_task()
    for task in asyncio.all_tasks():
        if task is not me:
            task.cancel()
    others = [x for x in asyncio.all_tasks() if x is not asyncio.current_task()]
    print(others)

asyncio.run(main())
