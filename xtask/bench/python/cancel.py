"""A storm of cancellation: tasks that wait for ever, clean up, and are counted."""
import asyncio


class Counts:
    def __init__(self):
        self.cleaned = 0


async def sleeper(counts):
    try:
        await asyncio.sleep(3600)
    finally:
        counts.cleaned += 1


async def main():
    counts = Counts()
    cancelled = 0
    for _ in range(10):
        tasks = [asyncio.create_task(sleeper(counts)) for _ in range(20_000)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        for result in results:
            if isinstance(result, asyncio.CancelledError):
                cancelled += 1
    print(counts.cleaned, cancelled)


asyncio.run(main())
