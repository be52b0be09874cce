"""Jobs in the order of their priorities, and a queue that says what it does."""
import asyncio


class JobQueue(asyncio.PriorityQueue):
    def _put(self, item):
        super()._put((item.priority, item))

    def _get(self):
        return super()._get()[1]


class Job:
    def __init__(self, name, priority):
        self.name = name
        self.priority = priority

    def __lt__(self, other):
        return self.name < other.name


class LoggingQueue(asyncio.LifoQueue):
    async def put(self, item):
        print("put", item)
        await super().put(item)

    async def get(self):
        item = await super().get()
        print("get", item)
        return item


async def main():
    q = JobQueue()
    for name, p in (("low", 9), ("high", 1), ("mid", 5)):
        await q.put(Job(name, p))
    while not q.empty():
        print((await q.get()).name)
    s = LoggingQueue(2)
    await s.put(1)
    await s.put(2)
    await s.get()

asyncio.run(main())
