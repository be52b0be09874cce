import asyncio

class Crawler:
    def __init__(self, urls, max_tasks=2, loop=None):
        self.loop = loop or asyncio.get_event_loop()
        self.urls = urls
        self.q = asyncio.Queue()
        self.seen = set()
        self.max_tasks = max_tasks

    @asyncio.coroutine
    def fetch(self, url):
        yield from asyncio.sleep(0.1)
        print("fetched", url)
        return len(url)

    @asyncio.coroutine
    def work(self):
        try:
            while True:
                url = yield from self.q.get()
                n = yield from self.fetch(url)
                self.seen.add(n)
                self.q.task_done()
        except asyncio.CancelledError:
            pass

    @asyncio.coroutine
    def crawl(self):
        for u in self.urls:
            self.q.put_nowait(u)
        workers = [asyncio.Task(self.work()) for _ in range(self.max_tasks)]
        yield from self.q.join()
        for w in workers:
            w.cancel()
        print(sorted(self.seen))

loop = asyncio.get_event_loop()
crawler = Crawler(["a", "bb", "ccc"])
loop.run_until_complete(crawler.crawl())
loop.close()
