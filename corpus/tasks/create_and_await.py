import asyncio
import time


async def download(name, seconds):
    print(f"start {name}")
    await asyncio.sleep(seconds)
    print(f"finish {name}")
    return seconds * 100


async def main():
    started = time.perf_counter()
    slow = asyncio.create_task(download("slow", 3))
    fast = asyncio.create_task(download("fast", 1))
    print(await slow + await fast)
    print(f"{time.perf_counter() - started:.1f} seconds")


asyncio.run(main())
