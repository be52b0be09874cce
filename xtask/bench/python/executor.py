"""Executor calls: small blocking functions in a thread."""
import asyncio
from concurrent.futures import ThreadPoolExecutor


def blocking(n):
    return n * n % 1000


async def main():
    loop = asyncio.get_running_loop()
    total = 0
    with ThreadPoolExecutor(max_workers=1) as pool:
        for n in range(20_000):
            total += await loop.run_in_executor(pool, blocking, n)
    print(total)


asyncio.run(main())
