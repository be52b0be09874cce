import asyncio
import concurrent.futures
import time


def blocking(n):
    time.sleep(n / 10)
    return n * 2


async def main():
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        cf = pool.submit(blocking, 3)
        f = asyncio.wrap_future(cf)
        print(await f)
        results = await asyncio.gather(*[asyncio.wrap_future(pool.submit(blocking, i)) for i in range(3)])
        print(results)

asyncio.run(main())
