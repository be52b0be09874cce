"""Lists of coroutines with different results, gathered together."""

import asyncio


async def num(n):
    await asyncio.sleep(n / 100)
    return n


async def text(s):
    await asyncio.sleep(0.02)
    return s.upper()


async def main():
    a = [num(i) for i in range(3)]
    b = [text(c) for c in "xyz"]
    res = await asyncio.gather(*a, *b)
    print(res)
    for r in res:
        if isinstance(r, int):
            print("int", r + 1)
        else:
            print("str", r.lower())
    x = [num(1), num(2)]
    r = await asyncio.gather(text("first"), *x)
    print(r)
    first, *rest = await asyncio.gather(text("first"), *[num(i) for i in range(3)])
    print(first, rest)
    r = await asyncio.gather(*[num(i) for i in range(2)], text("k"), return_exceptions=True)
    print(r)


asyncio.run(main())
