import asyncio
import functools
import inspect


def log_calls(func):
    if asyncio.iscoroutinefunction(func):
        @functools.wraps(func)
        async def wrapper(*args, **kwargs):
            print("async", func.__name__, len(args), sorted(kwargs))
            return await func(*args, **kwargs)
    else:
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            print("sync", func.__name__, len(args), sorted(kwargs))
            return func(*args, **kwargs)
    return wrapper


@log_calls
def square(x):
    return x * x


@log_calls
async def slow_square(x, *, factor=1):
    await asyncio.sleep(0.1)
    return x * x * factor


class Service:
    def __init__(self, name):
        self.name = name
        self.calls = 0

    @log_calls
    async def call(self, item):
        self.calls += 1
        await asyncio.sleep(0)
        return f"{self.name}:{item}"

    @log_calls
    def reset(self):
        self.calls = 0


async def main():
    print(square(4))
    print(await slow_square(3, factor=2))
    s = Service("svc")
    print(await s.call("a"), await s.call(item="b"))
    print(s.calls)
    s.reset()
    print(s.calls, square.__name__, inspect.iscoroutinefunction(slow_square))


asyncio.run(main())
