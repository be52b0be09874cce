"""Queues that keep their items in other ways: a set, without repeats, closed at the end."""
import asyncio
from asyncio import Queue


class UniqueQueue(Queue):
    """Drops what is there already."""

    def _init(self, maxsize):
        super()._init(maxsize)
        self._seen = set()

    def _put(self, item):
        if item not in self._seen:
            super()._put(item)
            self._seen.add(item)

    def _get(self):
        item = super()._get()
        self._seen.remove(item)
        return item


class Closable(Queue):
    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self.closed = False

    async def close(self):
        self.closed = True
        await self.put(None)

    async def __aiter__(self):
        while True:
            x = await self.get()
            if x is None:
                return
            yield x


async def main():
    q = UniqueQueue()
    for w in "a b a c b".split():
        await q.put(w)
    print(q.qsize(), [q.get_nowait() for _ in range(3)])
    c = Closable(maxsize=3)
    await c.put("a")
    await c.close()
    async for x in c:
        print(x, c.closed)
    try:
        c.get_nowait()
    except asyncio.QueueEmpty:
        print("empty")

asyncio.run(main())
