import asyncio
import random
from functools import wraps


def retry(times=3, delay=0.1, exceptions=(Exception,)):
    def decorator(func):
        @wraps(func)
        async def wrapper(*args, **kwargs):
            last = None
            for attempt in range(1, times + 1):
                try:
                    return await func(*args, **kwargs)
                except exceptions as e:
                    last = e
                    print(f"attempt {attempt} of {func.__name__} failed: {e}")
                    await asyncio.sleep(delay * attempt)
            raise last
        return wrapper
    return decorator


counter = 0


@retry(times=4, exceptions=(ValueError, KeyError))
async def flaky(name):
    global counter
    counter += 1
    if counter < 3:
        raise ValueError(f"bad {name} {counter}")
    return counter


@retry()
async def never():
    raise ConnectionError("refused")


async def main():
    print(await flaky("x"))
    try:
        await never()
    except ConnectionError as e:
        print("gave up:", e)


asyncio.run(main())
