import asyncio
import functools


def optional(func=None, *, prefix=">"):
    if func is None:
        return functools.partial(optional, prefix=prefix)

    @functools.wraps(func)
    async def wrapper(*args, **kwargs):
        print(prefix, func.__name__)
        return await func(*args, **kwargs)
    return wrapper


def opt2(_func=None, *, times=2):
    def decorator(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            for _ in range(times):
                value = func(*args, **kwargs)
            return value
        return wrapper
    if _func is None:
        return decorator
    else:
        return decorator(_func)


@optional
async def one():
    return 1


@optional(prefix="##")
async def two(x):
    return x


@opt2
def hi(name):
    print("hi", name)


@opt2(times=3)
def yo():
    print("yo")


async def main():
    print(await one(), await two(2))
    hi("bob")
    yo()


asyncio.run(main())
