import asyncio


async def consumer(q, n):
    try:
        while True:
            item = await q.get()
            print("consumer", n, "got", item)
            await asyncio.sleep(0.1)
            q.task_done()
    except asyncio.QueueShutDown:
        print("consumer", n, "shut down")


async def main():
    q = asyncio.Queue()
    workers = [asyncio.create_task(consumer(q, i)) for i in range(2)]
    for i in range(5):
        await q.put(i)
    q.shutdown()
    try:
        await q.put(9)
    except asyncio.QueueShutDown as e:
        print("put refused", repr(e))
    await asyncio.gather(*workers)
    await q.join()
    q2 = asyncio.Queue()
    q2.put_nowait(1)
    q2.shutdown(immediate=True)
    try:
        q2.get_nowait()
    except asyncio.QueueShutDown:
        print("gone")
    print(q2)

asyncio.run(main())
