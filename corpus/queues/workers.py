import asyncio
import random


async def worker(name, queue):
    while True:
        delay = await queue.get()
        await asyncio.sleep(delay)
        queue.task_done()
        print(f"{name} has slept for {delay:.2f} seconds")


async def main():
    random.seed(12)
    queue = asyncio.Queue()
    total = 0
    for _ in range(8):
        delay = random.uniform(0.05, 1.0)
        total += delay
        queue.put_nowait(delay)

    tasks = []
    for i in range(3):
        task = asyncio.create_task(worker(f"worker-{i}", queue))
        tasks.append(task)

    await queue.join()
    for task in tasks:
        task.cancel()
    # Wait until all worker tasks are cancelled.
    await asyncio.gather(*tasks, return_exceptions=True)
    print(f"total expected sleep time: {total:.2f} seconds")


asyncio.run(main())
