import asyncio
async def fail(e):
    raise e
async def main():
    shared = ValueError("x")
    t1 = asyncio.ensure_future(fail(shared))
    t2 = asyncio.ensure_future(fail(shared))
    t3 = asyncio.ensure_future(asyncio.sleep(0))
    await asyncio.wait([t1, t2, t3])
    print(t1.exception() is t2.exception(), t1.exception() is shared, t3.exception() is t1.exception(), t3.exception() is None)
    a, b = KeyError(1), KeyError(1)
    print(a is b, a is a, a == b, a is not b)
asyncio.run(main())
