import asyncio


async def agen():
    try:
        for i in range(5):
            received = yield i
            if received:
                print("got", received)
    except ValueError as e:
        print("value error", e)
        yield 99
    finally:
        print("cleanup")


class Counter:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        await asyncio.sleep(0)
        return self.n


async def main():
    g = agen()
    print(await g.asend(None))
    print(await g.asend("hi"))
    print(await g.__anext__())
    print(await g.athrow(ValueError("x")))
    await g.aclose()
    h = agen()
    print(await anext(h))
    await h.aclose()
    try:
        await h.__anext__()
    except StopAsyncIteration:
        print("exhausted")
    it = aiter(Counter(2))
    print(await anext(it), await anext(it), await anext(it, "default"))
    print([x async for x in Counter(3)])


asyncio.run(main())
