import asyncio
import functools
import time


def timed(func):
    @functools.wraps(func)
    async def wrapper(*args, **kwargs):
        print(f"calling {func.__name__} with {args} {kwargs}")
        start = time.perf_counter()
        result = await func(*args, **kwargs)
        elapsed = time.perf_counter() - start
        print(f"{func.__name__} took {elapsed:.1f}s")
        return result
    return wrapper


@timed
async def fetch(url, delay=1):
    await asyncio.sleep(delay)
    return f"data from {url}"


@timed
async def add(a, b):
    await asyncio.sleep(0.5)
    return a + b


async def main():
    print(await fetch("http://a", delay=2))
    print(await fetch("http://b"))
    results = await asyncio.gather(add(1, 2), add(3, b=4))
    print(results)


asyncio.run(main())
