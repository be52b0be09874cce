import asyncio

class Server:
    def __init__(self, name, n):
        self.name = name
        self.queue = asyncio.Queue()
        self.n = n
        self.tasks = []
        self.running = True

    async def start(self):
        for i in range(self.n):
            self.tasks.append(asyncio.create_task(self._worker(i)))

    async def _worker(self, i):
        while self.running:
            item = await self.queue.get()
            print(f"{self.name}/{i} got {item}")
            await asyncio.sleep(0.1)
            self.queue.task_done()

    async def submit(self, item):
        await self.queue.put(item)

    async def stop(self):
        await self.queue.join()
        self.running = False
        for t in self.tasks:
            t.cancel()
        results = await asyncio.gather(*self.tasks, return_exceptions=True)
        print([type(r).__name__ for r in results])

    async def __aenter__(self):
        await self.start()
        return self

    async def __aexit__(self, exc_type, exc, tb):
        await self.stop()

async def main():
    async with Server("srv", 2) as s:
        for x in range(4):
            await s.submit(x)
    print("bye")

asyncio.run(main())
