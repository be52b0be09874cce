"""A queue over a set: full, empty and waiting as any other."""
import asyncio


class SetQueue(asyncio.Queue):
    def _init(self, maxsize):
        self._queue = set()

    def _put(self, item):
        self._queue.add(item)

    def _get(self):
        return self._queue.pop()


async def producer(queue: asyncio.Queue, n):
    for i in range(n):
        await queue.put(i % 3)
        await asyncio.sleep(0.01)


async def consumer(queue: asyncio.Queue):
    while True:
        item = await queue.get()
        print("got", item)
        queue.task_done()


async def main():
    q = SetQueue(maxsize=2)
    c = asyncio.create_task(consumer(q))
    await producer(q, 6)
    await q.join()
    c.cancel()
    try:
        await c
    except asyncio.CancelledError:
        print("cancelled", q.qsize(), q.empty(), q.full(), q.maxsize)
    for i in range(2):
        q.put_nowait(i)
    try:
        q.put_nowait(9)
    except asyncio.QueueFull as e:
        print("full", repr(e))
    try:
        await asyncio.wait_for(q.put(10), 0.1)
    except asyncio.TimeoutError:
        print("timeout")

asyncio.run(main())
