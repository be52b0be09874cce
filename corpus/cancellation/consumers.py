import asyncio

class Producer:
    def __init__(self, name, queue, items):
        self.name = name
        self.queue = queue
        self.items = items

    async def run(self):
        for item in self.items:
            await asyncio.sleep(0.1)
            await self.queue.put((self.name, item))
        print(f"{self.name} finished")

class Consumer:
    total = 0
    def __init__(self, queue):
        self.queue = queue
        self.received = {}

    async def run(self):
        try:
            while True:
                name, item = await self.queue.get()
                self.received.setdefault(name, []).append(item)
                Consumer.total += 1
                self.queue.task_done()
        except asyncio.CancelledError:
            print("consumer stopping", {k: len(v) for k, v in sorted(self.received.items())})
            raise

async def main():
    queue = asyncio.Queue(maxsize=3)
    producers = [Producer("p%d" % i, queue, range(i + 2)) for i in range(3)]
    consumers = [Consumer(queue) for _ in range(2)]
    ctasks = [asyncio.create_task(c.run(), name="c") for c in consumers]
    await asyncio.gather(*[p.run() for p in producers])
    await queue.join()
    for t in ctasks:
        t.cancel()
    res = await asyncio.gather(*ctasks, return_exceptions=True)
    print(res, Consumer.total, all(isinstance(r, asyncio.CancelledError) for r in res))

asyncio.run(main())
