import asyncio

async def job():
    t = asyncio.current_task()
    print("running", t.get_name())
    await asyncio.sleep(0.1)

async def main():
    t1 = asyncio.create_task(job(), name="first")
    t2 = asyncio.create_task(job())
    t2.set_name("second")
    print(sorted(t.get_name() for t in asyncio.all_tasks() if t is not asyncio.current_task()))
    await asyncio.wait({t1, t2})
    print(len(asyncio.all_tasks()))

asyncio.run(main())
