"""Dicts in a coroutine: counting, grouping, looking up."""
import asyncio


async def count(size):
    counts = {}
    for n in range(size):
        key = n * 7919 % 10_007
        counts[key] = counts.get(key, 0) + 1
    await asyncio.sleep(0)
    return counts


async def group(names):
    groups = {}
    for name in names:
        groups.setdefault(name[:2], []).append(name)
    await asyncio.sleep(0)
    return groups


async def main():
    counts = await count(1_000_000)
    print(len(counts), max(counts.values()))
    names = [f"{n % 97}-{n}" for n in range(300_000)]
    groups = await group(names)
    print(len(groups), len(groups["42"]))
    total = 0
    for key, value in counts.items():
        if key % 3 == 0:
            total += value
    print(total)


asyncio.run(main())
