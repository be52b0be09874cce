import asyncio
import time
import functools


def sync_timer(func):
    def wrapper(*args, **kwargs):
        t1 = time.time()
        result = func(*args, **kwargs)
        t2 = time.time()
        print(f"Function {func.__name__!r} executed in {(t2 - t1):.4f}s")
        return result
    return wrapper


def async_timer(func):
    @functools.wraps(func)
    async def process(func, *args, **params):
        if asyncio.iscoroutinefunction(func):
            return await func(*args, **params)
        else:
            return func(*args, **params)

    async def helper(*args, **params):
        start = time.time()
        result = await process(func, *args, **params)
        print(">>>", time.time() - start > 0.05)
        return result

    return helper


@sync_timer
def work(n):
    time.sleep(n)
    return n


@async_timer
async def compute(x):
    await asyncio.sleep(0.1)
    return x + 1


@async_timer
def plain(x):
    time.sleep(0.1)
    return x + 2


class API:
    calls = 0

    def count(func):
        def inner(self, *args):
            API.calls += 1
            return func(self, *args)
        return inner

    @count
    def get(self, path):
        return "GET " + path

    @staticmethod
    def helper(x):
        return x * 2

    @classmethod
    def create(cls):
        return cls()


def catch(*exceptions, default=None):
    def decorator(func):
        @functools.wraps(func)
        async def wrapper(*args, **kwargs):
            try:
                return await func(*args, **kwargs)
            except exceptions as e:
                print("caught", type(e).__name__, e)
                return default
        return wrapper
    return decorator


@catch(ValueError, KeyError, default=-1)
async def risky(n):
    if n == 1:
        raise ValueError("one")
    if n == 2:
        raise KeyError("two")
    return n


async def main():
    print(work(1))
    print(await compute(1))
    print(await plain(1))
    api = API.create()
    print(api.get("/a"), api.get("/b"), API.calls, API.helper(4))
    print([await risky(i) for i in range(4)])


asyncio.run(main())
