import asyncio
import functools
import time


async def retry(func, *args, retries=3, delay=0.1, **kwargs):
    for attempt in range(retries):
        try:
            return await func(*args, **kwargs)
        except Exception as e:
            print(f"attempt {attempt + 1} failed: {e}")
            if attempt == retries - 1:
                raise
            await asyncio.sleep(delay)


def measure(func, *args, **kwargs):
    start = time.perf_counter()
    result = func(*args, **kwargs)
    print(f"{func.__name__} took {time.perf_counter() - start:.1f}")
    return result


async def measure_async(coro_fn, *args):
    start = time.perf_counter()
    res = await coro_fn(*args)
    print(f"{coro_fn.__name__}{args} -> {res} in {time.perf_counter() - start:.2f}")
    return res


count = 0


async def unstable(name, fail_times=2):
    global count
    count += 1
    if count <= fail_times:
        raise ConnectionError(f"{name} down")
    return name.upper()


async def add(a, b):
    await asyncio.sleep(0.5)
    return a + b


def slow(n, step=1):
    time.sleep(n)
    return n * step


async def main():
    print(await retry(unstable, "svc", retries=5))
    print(measure(slow, 1, step=4))
    await measure_async(add, 1, 2)
    await measure_async(unstable, "x")
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, functools.partial(slow, 1, step=2)))


asyncio.run(main())
