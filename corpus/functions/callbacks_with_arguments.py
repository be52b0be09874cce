"""Timers and a pool of workers that call what they are given with what they are given."""

import asyncio


class Timer:
    def __init__(self, delay, callback, *args):
        self.delay = delay
        self.callback = callback
        self.args = args
        self.task = None

    def start(self):
        self.task = asyncio.create_task(self._run())

    async def _run(self):
        await asyncio.sleep(self.delay)
        self.callback(*self.args)


class Pool:
    def __init__(self, n):
        self.queue = asyncio.Queue()
        self.workers = [asyncio.create_task(self.worker(i)) for i in range(n)]
        self.results = []

    async def worker(self, i):
        while True:
            func, args = await self.queue.get()
            try:
                self.results.append(await func(*args))
            except Exception as e:
                print("worker", i, "failed:", e)
            finally:
                self.queue.task_done()

    def submit(self, func, *args):
        self.queue.put_nowait((func, args))

    async def close(self):
        await self.queue.join()
        for w in self.workers:
            w.cancel()
        await asyncio.gather(*self.workers, return_exceptions=True)


async def square(x):
    await asyncio.sleep(0.1)
    return x * x


async def add(a, b, c=0):
    await asyncio.sleep(0.2)
    return a + b + c


async def boom():
    raise ValueError("boom")


def say(word, times):
    print(word * times)


def bye():
    print("bye")


async def main():
    Timer(1, say, "ab", 2).start()
    Timer(2, bye).start()
    t = Timer(3, lambda *xs: print("xs", xs), 1, "z")
    t.start()
    await asyncio.sleep(4)
    pool = Pool(2)
    pool.submit(square, 3)
    pool.submit(add, 1, 2)
    pool.submit(add, 1, 2, 3)
    pool.submit(boom)
    pool.submit(add, 1)
    await pool.close()
    print(sorted(pool.results))


asyncio.run(main())
