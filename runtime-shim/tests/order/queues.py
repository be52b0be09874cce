"""Queues: who waits is served in turn, also when a waiter is cancelled."""
import asyncio


async def producer(q, name, n):
    for i in range(n):
        await q.put((name, i))
        print("put", name, i, q.qsize())
    print(name, "ends")


async def consumer(q, name):
    while True:
        item = await q.get()
        print(name, "got", item)
        await asyncio.sleep(0.05)
        q.task_done()


async def main():
    q = asyncio.Queue(2)
    consumers = [asyncio.create_task(consumer(q, "c%d" % i)) for i in range(2)]
    await asyncio.gather(producer(q, "p", 4), producer(q, "q", 3))
    await q.join()
    print("joined", asyncio.get_running_loop().time())
    consumers[0].cancel()
    q.put_nowait(("last", 0))
    await asyncio.sleep(0.2)
    for c in consumers:
        c.cancel()
    print(await asyncio.gather(*consumers, return_exceptions=True))
    try:
        q.get_nowait()
    except asyncio.QueueEmpty as e:
        print("empty", repr(e))
    q.put_nowait(("x", 1))
    q.put_nowait(("y", 2))
    try:
        q.put_nowait(("z", 3))
    except asyncio.QueueFull as e:
        print("full", repr(e), q.full())
    p = asyncio.PriorityQueue()
    for item in [5, 1, 4, 1, 3]:
        p.put_nowait(item)
    print([p.get_nowait() for _ in range(5)])
    s = asyncio.LifoQueue()
    for item in range(3):
        s.put_nowait(item)
    print([s.get_nowait() for _ in range(3)])
    try:
        s.task_done()
        s.task_done()
        s.task_done()
        s.task_done()
    except ValueError as e:
        print(e)


asyncio.run(main())
