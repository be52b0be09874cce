"""A small crawl over a web that is made up: workers, a queue, retries and a summary."""
import asyncio
import time

LINKS = {
    "/": ["/docs", "/blog", "/about"],
    "/docs": ["/docs/install", "/docs/usage", "/"],
    "/docs/install": ["/docs/usage"],
    "/docs/usage": ["/docs", "/missing"],
    "/blog": ["/blog/1", "/blog/2", "/"],
    "/blog/1": ["/blog/2"],
    "/blog/2": ["/blog/1", "/about"],
    "/about": [],
}


class NotFound(Exception):
    """There is no such page."""


class Stats:
    def __init__(self):
        self.fetched = 0
        self.failed = 0
        self.retries = 0

    def summary(self, elapsed):
        return f"{self.fetched} fetched, {self.failed} failed, {self.retries} retried in {elapsed:.0f}s"


async def fetch(url, attempt):
    await asyncio.sleep(0.001 * len(url))
    if url not in LINKS:
        raise NotFound(url)
    if len(url) % 5 == 0 and attempt == 0:
        raise OSError("connection reset")
    return LINKS[url]


async def fetch_with_retry(url, stats):
    for attempt in range(3):
        try:
            return await fetch(url, attempt)
        except OSError as error:
            stats.retries += 1
            print(f"retry {url}: {error}")
            await asyncio.sleep(0.001)
    return []


async def worker(name, queue, seen, stats):
    while True:
        url = await queue.get()
        try:
            for link in await fetch_with_retry(url, stats):
                if link not in seen:
                    seen.add(link)
                    await queue.put(link)
            stats.fetched += 1
        except NotFound as error:
            stats.failed += 1
            print(f"{name}: {error} is missing")
        finally:
            queue.task_done()


async def main():
    start = time.perf_counter()
    queue = asyncio.Queue()
    seen = {"/"}
    stats = Stats()
    await queue.put("/")
    workers = [asyncio.create_task(worker(f"worker-{n}", queue, seen, stats)) for n in range(3)]
    await queue.join()
    for task in workers:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    for url in sorted(seen):
        print(url)
    print(stats.summary(time.perf_counter() - start))


asyncio.run(main())
