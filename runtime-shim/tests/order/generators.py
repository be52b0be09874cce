"""Async generators that are left in the middle are closed by the loop."""
import asyncio


async def count(name):
    try:
        for i in range(5):
            yield i
            await asyncio.sleep(0)
    finally:
        print(name, "closing")
        await asyncio.sleep(0)
        print(name, "closed")


async def use():
    async for x in count("dropped"):
        print("x", x)
        if x == 1:
            break
    print("after break")


def sub():
    try:
        got = yield 1
        print("sub got", got)
        got = yield 2
        print("sub got", got)
    except KeyError as e:
        print("sub caught", repr(e))
        yield 9
    return "result"


def delegating():
    result = yield from sub()
    print("result", result)
    yield 3


async def main():
    await use()
    for i in range(4):
        await asyncio.sleep(0)
        print("pass", i)
    agen = count("explicit")
    print(await agen.__anext__())
    await agen.aclose()
    g = delegating()
    print(next(g), g.send("s"), g.throw(KeyError("k")), next(g))
    try:
        next(g)
    except StopIteration as e:
        print("stop", e.value)
    keep = count("kept")
    print(await keep.__anext__())
    print("main ends")
    return keep


asyncio.run(main())
