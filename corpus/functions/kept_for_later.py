"""Kept coroutines of the library, tables of functions, keys that may be None."""
import asyncio
import operator
import time


class Job:
    def __init__(self, func, *args):
        self.func = func
        self.args = args

    def run(self):
        return self.func(*self.args)




class Timer:
    def __init__(self, clock=time.monotonic):
        self.clock = clock

    def now(self):
        return self.clock()


print(Timer().now() >= 0)


class Pipe:
    def __init__(self, transform=str):
        self.transform = transform

    def go(self, x):
        return self.transform(x)


print(Pipe().go(3), Pipe(repr).go(4), Pipe(lambda v: "<%s>" % v).go(5))


def sort_by(items, key=None):
    return sorted(items, key=key)


print(sort_by([3, -1, 2]), sort_by([3, -1, 2], key=abs), sort_by([3, -1, 2], key=lambda v: -v))


async def worker(fn, x):
    await asyncio.sleep(0)
    return fn(x)


async def main():
    print(await asyncio.gather(worker(str.upper, "a"), worker(len, "bcd"), worker(lambda s: s * 2, "e")))
    print(await worker(abs, -2))
    call = operator.methodcaller("upper")
    print(call("abc"))

asyncio.run(main())


def work(n):
    time.sleep(0.1)
    return n * 2


async def kept():
    fs = [asyncio.to_thread(work, i) for i in range(3)]
    print(await asyncio.gather(*fs))
    coros = []
    for i in range(2):
        coros.append(asyncio.to_thread(work, i))
    for c in coros:
        print(await c)
    one = asyncio.to_thread(work, 9)
    print(await one)
    s = asyncio.sleep(0.1, "slept")
    print(await s)
    ws = [asyncio.wait_for(asyncio.sleep(0.1, i), 1) for i in range(2)]
    print(await asyncio.gather(*ws))
    sl = [asyncio.sleep(0.1, i) for i in range(2)]
    print(await asyncio.gather(*sl))

asyncio.run(kept())
