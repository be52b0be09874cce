"""Listings of a chapter in one file: the same names, defined again."""
import asyncio


def retry(times):
    def decorator(func):
        async def wrapper(*args):
            for attempt in range(times):
                try:
                    return await func(*args)
                except ValueError as error:
                    print("attempt", attempt, "failed:", error)
            return None
        return wrapper
    return decorator


@retry(2)
async def load(path):
    raise ValueError("no " + path)


async def main():
    print(await load("a.txt"))


asyncio.run(main())


# With a delay, and another result.
def retry(times, delay=0.1):
    def decorator(func):
        async def wrapper(*args):
            for attempt in range(times):
                try:
                    return await func(*args)
                except ValueError:
                    await asyncio.sleep(delay * 2 ** attempt)
            return -1
        return wrapper
    return decorator


@retry(3, delay=0.2)
async def parse(text, base):
    return int(text, base)


async def main(texts):
    return [await parse(text, 16) for text in texts]


print(asyncio.run(main(["ff", "x"])))
