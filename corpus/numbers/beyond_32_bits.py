"""Sizes of a disk image: every number here outgrows 32 bits, wherever it comes from."""
import asyncio

BLOCK = 3_000_000_000


def offsets(names, start=0):
    return {name: (start + index) * BLOCK for index, name in enumerate(names)}


async def report(sizes):
    for number, size in enumerate(sizes, 1):
        await asyncio.sleep(0.1)
        print(f"{number}: {size}", number * BLOCK, size * 2_500_000_000)


async def main():
    await report([1, 2])
    for index, name in enumerate(["boot", "root"]):
        print(name, index * 3_000_000_000, (index + 1) * 2_500_000_000)
    for count in (3, 4):
        for width in (5, 6):
            print(count * width * 1_000_000_000)
    for size in [None, 7]:
        if size is not None:
            print(size * 3_000_000_000)
        else:
            print("no size")
    for a, b in zip((1, 2), (3, 4)):
        print(a * b * 2_000_000_000)
    for index in reversed(range(3)):
        print(index * 3_000_000_000, end=" ")
    print()
    print([n * 3_000_000_000 for n in (1, 2)], sum(n * 3_000_000_000 for n in (1, 2)))
    print((lambda n=5: n * 3_000_000_000)())
    print((3 if BLOCK else 4) * 3_000_000_000, (1, 2)[1] * 3_000_000_000, [1, 2][0] * 3_000_000_000)
    first, *rest = 1, 2, 3
    print(first * 3_000_000_000, rest[0] * 3_000_000_000)
    totals = {name: 0 for name in ("in", "out")}
    totals["in"] += 5_000_000_000
    print(totals, offsets(["a", "b"]))
    number = await asyncio.sleep(0, 2)
    print(number * 3_000_000_000)
    print(*(n * 3_000_000_000 for n in (1, 2)), list(map(lambda n: n * 3_000_000_000, [1])))


asyncio.run(main())
