import asyncio
import functools
def timed(func):
    @functools.wraps(func)
    async def wrapper(*args, **kwargs):
        print("call", func.__name__)
        result = await func(*args, **kwargs)
        print("end", func.__name__)
        return result
    return wrapper
def twice(func):
    @functools.wraps(func)
    def inner(*args, **kwargs):
        func(*args, **kwargs)
        return func(*args, **kwargs)
    return inner
@timed
async def fetch(url, delay=1):
    await asyncio.sleep(delay)
    return "got " + url
@timed
async def main():
    print(await fetch("a"))
    print(await fetch("b", delay=2))
    print(say("hi", 3))
@twice
def say(text, n):
    print(text * n)
    return n
asyncio.run(main())
