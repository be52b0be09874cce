"""Lists of unknown length spread over parameters."""

import asyncio


async def add(a, b):
    await asyncio.sleep(0.1)
    return a + b


def area(w, h, scale=1):
    return w * h * scale


async def main():
    pairs = [[1, 2], [3, 4], [5, 6]]
    for pair in pairs:
        print(await add(*pair))
    results = await asyncio.gather(*[add(*p) for p in pairs])
    print(results)
    nums = []
    for i in range(3):
        nums.append(i + 1)
    print(area(*nums))
    print(area(*nums[:2]))
    try:
        print(area(*nums[:1]))
    except TypeError as e:
        print("TypeError:", e)
    try:
        print(area(*(nums + nums)))
    except TypeError as e:
        print("TypeError:", e)
    line = "3 4"
    w, h = map(int, line.split())
    print(area(*map(int, line.split())))
    print(max(*nums), min(*nums))
    print(*nums, sep="-")
    print(*nums, *"ab", sep=", ", end="!\n")
    print(*[f"<{n}>" for n in nums])


asyncio.run(main())
