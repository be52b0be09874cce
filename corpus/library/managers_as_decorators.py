"""Context managers that decorate functions, and managers derived from the abstract ones."""
import asyncio
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    ContextDecorator,
    asynccontextmanager,
    contextmanager,
)


class A(AbstractAsyncContextManager):
    async def __aexit__(self, *exc):
        print("aexit", exc[0])
        return None


class B(AbstractContextManager):
    def __exit__(self, exc_type, exc, tb):
        print("exit")


@asynccontextmanager
async def timer(label):
    print("begin", label)
    try:
        yield
    finally:
        print("end", label)


@timer("deco")
async def work(x):
    await asyncio.sleep(0.1)
    return x * 2


@contextmanager
def trace():
    print("enter")
    yield
    print("leave")


@trace()
def add(a, b):
    return a + b


class Counted(ContextDecorator):
    """Counts the calls of what it decorates."""

    def __init__(self):
        self.calls = 0

    def __enter__(self):
        self.calls += 1
        return self

    def __exit__(self, *exc):
        print("call", self.calls)
        return False


@Counted()
def greet(name):
    """Says hello."""
    print("hello", name)


async def main():
    async with A() as a:
        print(type(a).__name__)
    with B() as b:
        print(type(b).__name__)
    print(await work(3))
    print(add(1, 2))
    greet("Ada")
    greet("Bob")

asyncio.run(main())
