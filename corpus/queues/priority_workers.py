import asyncio


async def producer(queue, n):
    for i in range(n):
        await queue.put((n - i, f"job-{i}"))
        await asyncio.sleep(0)
    print("produced", queue.qsize())


async def worker(name, queue, results):
    while True:
        pri, job = await queue.get()
        try:
            await asyncio.sleep(0.01)
            results.append((name, pri, job))
        finally:
            queue.task_done()


async def main():
    queue = asyncio.PriorityQueue()
    results = []
    await producer(queue, 6)
    tasks = [asyncio.create_task(worker(f"w{i}", queue, results)) for i in range(2)]
    await queue.join()
    for t in tasks:
        t.cancel()
    r = await asyncio.gather(*tasks, return_exceptions=True)
    print([type(x).__name__ for x in r])
    for item in results:
        print(*item)
    try:
        await asyncio.wait_for(queue.get(), timeout=0.1)
    except asyncio.TimeoutError:
        print("empty", queue.empty())

asyncio.run(main())
