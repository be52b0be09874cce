"""Small helpers that a program uses with values of several types."""
import asyncio


async def later(delay, value):
    await asyncio.sleep(delay)
    return value


def chunks(items, size):
    """Consecutive parts of a list."""
    for start in range(0, len(items), size):
        yield items[start:start + size]


async def merge_sort(items):
    # The halves are sorted side by side.
    if len(items) <= 1:
        return items
    middle = len(items) // 2
    left, right = await asyncio.gather(merge_sort(items[:middle]), merge_sort(items[middle:]))
    merged = []
    while left and right:
        merged.append((left if left[0] <= right[0] else right).pop(0))
    return merged + left + right


def first(items, default=None):
    return items[0] if items else default


async def main():
    number, word, words = await asyncio.gather(later(0.2, 20), later(0.1, "spam"), later(1, ["b", "c", "a"]))
    print(number + 1, word.upper(), words[0])
    print(list(chunks([1, 2, 3, 4, 5], 2)), [part[0].title() for part in chunks(words, 2)])
    print(await merge_sort([5, 3, 9, 1]), ", ".join(await merge_sort(words)))
    print(first([2.5]), first(words, "none"), first([], "none"))


asyncio.run(main())
