import asyncio
import functools


def log(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        print(func.__name__, args, kwargs)
        return func(*args, **kwargs)
    return wrapper


@log
def double(x, times=2):
    return x * times


@log
def never(x):
    return x


@log
def quiet():
    return 0


async def main():
    print(list(map(double, [1, 2])))
    print(double(x=5), double(3, times=4))
    loop = asyncio.get_running_loop()
    loop.call_soon(quiet)
    await asyncio.sleep(0)
    print(await loop.run_in_executor(None, never, 7))
    print(sorted([3, 1], key=never))


asyncio.run(main())
