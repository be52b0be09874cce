"""Resources that are opened one by one, and closed in reverse whatever happens."""
import asyncio
import contextlib
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager


class Res:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, t, v, tb):
        print("exit", self.name, t.__name__ if t else None)
        return self.name == "swallow"


def bye(*args, **kw):
    print("bye", args, kw)


with contextlib.ExitStack() as stack:
    rs = [stack.enter_context(Res(n)) for n in "ab"]
    print([r.name for r in rs])
    stack.callback(bye)
    stack.callback(bye, 1, 2)
    stack.callback(bye, k=3)
    stack.callback(print, "cb")

try:
    with contextlib.ExitStack() as stack:
        stack.enter_context(Res("x"))
        raise ValueError("oops")
except ValueError as e:
    print("caught", e)

with contextlib.ExitStack() as stack:
    stack.enter_context(Res("swallow"))
    stack.enter_context(Res("y"))
    raise ValueError("gone")
print("after")

stack = contextlib.ExitStack()
stack.enter_context(Res("p"))
kept = stack.pop_all()
stack.close()
print("closed empty")
kept.close()


def on_exit(t, v, tb):
    print("on_exit", t)
    return True


with contextlib.ExitStack() as stack:
    stack.push(on_exit)
    raise KeyError("k")


@contextlib.contextmanager
def tag(n):
    print("<%s>" % n)
    try:
        yield n
    finally:
        print("</%s>" % n)


with contextlib.ExitStack() as stack:
    for n in ("a", "b"):
        print(stack.enter_context(tag(n)))


class Owner:
    def __init__(self):
        with contextlib.ExitStack() as stack:
            self.r = stack.enter_context(Res("owned"))
            self._stack = stack.pop_all()

    def close(self):
        self._stack.close()


o = Owner()
print("owner")
o.close()


class Conn:
    def __init__(self, n):
        self.n = n

    async def __aenter__(self):
        await asyncio.sleep(0.1)
        print("open", self.n)
        return self

    async def __aexit__(self, t, v, tb):
        await asyncio.sleep(0.1)
        print("close", self.n, t)


@asynccontextmanager
async def session(name):
    print("start", name)
    try:
        yield name
    finally:
        print("stop", name)


@contextmanager
def plain(name):
    print("begin", name)
    yield name
    print("end", name)


async def cleanup(x):
    await asyncio.sleep(0)
    print("cleanup", x)


async def main():
    async with AsyncExitStack() as stack:
        conns = [await stack.enter_async_context(Conn(i)) for i in range(3)]
        print([c.n for c in conns])
        s = await stack.enter_async_context(session("s"))
        print(s)
        p = stack.enter_context(plain("p"))
        print(p)
        stack.push_async_callback(cleanup, 7)
        stack.callback(print, "sync callback")
    try:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Conn(9))
            raise RuntimeError("bad")
    except RuntimeError as e:
        print(e)
    stack = AsyncExitStack()
    await stack.enter_async_context(Conn("kept"))
    other = stack.pop_all()
    await stack.aclose()
    print("now")
    await other.aclose()

asyncio.run(main())
