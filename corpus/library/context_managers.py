import asyncio
from contextlib import contextmanager, asynccontextmanager, suppress, closing, nullcontext

@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    finally:
        print(f"</{name}>")

@asynccontextmanager
async def resource(name, fail=False):
    print("acquire", name)
    await asyncio.sleep(0.1)
    try:
        yield {"name": name}
    except ValueError as e:
        print("caught in cm", e)
        if fail:
            raise
    finally:
        await asyncio.sleep(0.1)
        print("release", name)

async def main():
    with tag("b") as t:
        print(t)
    try:
        with tag("i"):
            raise RuntimeError("x")
    except RuntimeError as e:
        print("outer", e)
    async with resource("db") as r:
        print("using", r["name"])
    async with resource("db2") as r:
        raise ValueError("boom")
    print("swallowed")
    try:
        async with resource("db3", fail=True):
            raise ValueError("boom")
    except ValueError:
        print("raised on")
    with suppress(KeyError, ZeroDivisionError):
        1 / 0
    print("after suppress")
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    print(task.cancelled())
    async with resource("x") as a, resource("y") as b:
        print(a["name"], b["name"])
    with nullcontext(5) as n:
        print(n)
    with nullcontext(), suppress(ValueError):
        async with resource("z", fail=True):
            raise ValueError("boom")
    print("still here")
asyncio.run(main())
