import asyncio
import contextlib
import time
from contextlib import contextmanager, asynccontextmanager

class Pool:
    def __init__(self, size):
        self.size = size
        self.free = list(range(size))
        self.sem = asyncio.Semaphore(size)

    @asynccontextmanager
    async def acquire(self, timeout=None):
        async with self.sem:
            c = self.free.pop()
            try:
                yield c
            finally:
                self.free.append(c)

    @contextmanager
    def locked(self, *, name="x"):
        print("lock", name)
        yield self
        print("unlock", name)

    @staticmethod
    @contextmanager
    def stat(n):
        yield n * 2

async def worker(pool, i):
    async with pool.acquire() as c:
        print("worker", i, "has", c)
        await asyncio.sleep(0.1 * (i + 1))
    return i

@asynccontextmanager
async def lifespan(app):
    print("startup")
    task = asyncio.create_task(asyncio.sleep(100))
    yield task
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    print("shutdown")

@contextmanager
def section(title, *rest, **kw):
    print("==", title, rest, sorted(kw))
    yield
    print("-- end")

@contextmanager
def nothing():
    if False:
        yield

async def find(xs, want):
    async with lifespan("app"):
        for x in xs:
            if x == want:
                return x
    return None

async def early():
    with section("early"):
        return 5

async def loop():
    for i in range(4):
        with section("loop", i):
            if i == 1:
                continue
            if i == 2:
                break
    return "done"

@contextmanager
def ignoring(*excs):
    try:
        yield
    except excs:
        print("ignored")

async def main():
    pool = Pool(2)
    print(await asyncio.gather(*(worker(pool, i) for i in range(4))))
    with pool.locked(name="q") as p:
        print(p.size)
    with Pool.stat(4) as n:
        print(n)
    async with lifespan(None) as t:
        print(t.done())
    print(t.cancelled())
    with section("a", 1, 2, k=3):
        print("in")
    print(await find([1, 2, 3], 2), await find([1], 5))
    print(await early(), await loop())
    try:
        with nothing():
            pass
    except RuntimeError as e:
        print(e)
    with ignoring(ValueError, KeyError):
        int("x")
    try:
        with ignoring(KeyError):
            int("x")
    except ValueError as e:
        print("not ignored", e)
    @contextmanager
    def inner(a, b=2):
        total = a + b
        yield total
        print("inner done", total)
    with inner(1) as t2:
        print(t2)
    cm = section("kept")
    with cm:
        print("body")

asyncio.run(main())
