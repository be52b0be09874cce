"""Operations of containers, strings and asyncio at sizes that double: what each takes, by CPU time."""
import asyncio
import sys
import time
from collections import defaultdict, deque


def list_append(n):
    items = []
    for i in range(n):
        items.append(i)
    return len(items)


def list_extend(n):
    items = []
    for i in range(n // 10):
        items.extend([i] * 10)
    return len(items)


def list_pop(n):
    items = list(range(n))
    while items:
        items.pop()
    return len(items)


def list_pop_first(n):
    items = list(range(n))
    total = 0
    for _ in range(300):
        total += items.pop(0)
    return total


def list_insert_first(n):
    items = list(range(n))
    for i in range(300):
        items.insert(0, i)
    return len(items)


def list_contains(n):
    items = list(range(n))
    found = 0
    for _ in range(50):
        if -1 not in items:
            found += 1
    return found


def list_index(n):
    items = list(range(n))
    total = 0
    for i in range(n):
        total += items[i]
        items[i] = total % 7
    return total


def list_slice(n):
    items = list(range(n))
    total = 0
    for _ in range(20):
        total += len(items[1:]) + len(items[::2])
    return total


def list_sort(n):
    seed = 12345
    items = []
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) % 2147483648
        items.append(seed)
    items.sort()
    return items[0]


def list_sorted_by_key(n):
    items = sorted(range(n), key=lambda i: -i)
    return items[0]


def list_reverse(n):
    items = list(range(n))
    for _ in range(20):
        items.reverse()
    return items[0]


def list_concat(n):
    items = list(range(n))
    total = 0
    for _ in range(20):
        total += len(items + items)
    return total


def list_comprehension(n):
    return sum([i * 2 for i in range(n) if i % 3])


def list_copy_and_equal(n):
    items = list(range(n))
    same = 0
    for _ in range(20):
        if items == items.copy():
            same += 1
    return same


def tuple_build(n):
    rows = [(i, i + 1) for i in range(n)]
    total = 0
    for a, b in rows:
        total += a * b % 7
    return total


def deque_both_ends(n):
    items = deque()
    for i in range(n):
        items.append(i)
        items.appendleft(i)
    total = 0
    while items:
        total += items.pop() - items.popleft()
    return total


def deque_rotating(n):
    items = deque([1, 2, 3])
    for i in range(n):
        items.append(i)
        items.popleft()
    return len(items)


def dict_set(n):
    table = {}
    for i in range(n):
        table[i] = i
    return len(table)


def dict_get(n):
    table = {i: i for i in range(n)}
    total = 0
    for i in range(n):
        total += table[i] + table.get(-i, 0)
    return total


def dict_delete(n):
    table = {i: i for i in range(n)}
    for i in range(n):
        del table[i]
    return len(table)


def dict_pop_first(n):
    table = {i: i for i in range(n)}
    total = 0
    while table:
        key = next(iter(table))
        total += table.pop(key)
        if len(table) < n - 100:
            break
    return total


def dict_popitem(n):
    table = {i: i for i in range(n)}
    while table:
        table.popitem()
    return len(table)


def dict_items(n):
    table = {i: i for i in range(n)}
    total = 0
    for key, value in table.items():
        total += key - value
    return total


def dict_of_text(n):
    table = {}
    for i in range(n):
        table[f"key-{i}"] = i
    return len(table)


def dict_update(n):
    table = {i: i for i in range(n)}
    other = {i: -i for i in range(n)}
    table.update(other)
    return len(table)


def dict_of_lists(n):
    groups = defaultdict(list)
    for i in range(n):
        groups[i % 1000].append(i)
    return len(groups)


def set_add(n):
    seen = set()
    for i in range(n):
        seen.add(i * 7)
    return len(seen)


def set_contains(n):
    seen = set(range(n))
    found = 0
    for i in range(n):
        if i * 2 in seen:
            found += 1
    return found


def set_remove(n):
    seen = set(range(n))
    for i in range(n):
        seen.discard(i)
    return len(seen)


def set_pop(n):
    seen = set(range(n))
    while seen:
        seen.pop()
    return len(seen)


def set_algebra(n):
    left = set(range(n))
    right = set(range(n // 2, n * 2))
    return len(left & right) + len(left | right) + len(left - right)


def str_append(n):
    text = ""
    for _ in range(n):
        text += "x"
    return len(text)


def str_join(n):
    return len(",".join([str(i) for i in range(n)]))


def str_split(n):
    return len(("word " * n).split()) + len(("a,b;" * n).split(";"))


def str_index(n):
    text = "abcdefghij" * (n // 10)
    found = 0
    for i in range(len(text)):
        if text[i] == "c":
            found += 1
    return found


def str_index_of_wide(n):
    text = "abcdefghiä" * (n // 10)
    found = 0
    for i in range(len(text)):
        if text[i] == "ä":
            found += 1
    return found


def str_slice(n):
    text = "abcdefghij" * (n // 10)
    total = 0
    for i in range(0, n, 10):
        total += len(text[i:i + 10])
    return total


def str_find(n):
    text = "ab" * n
    return text.find("bb") + text.count("ba")


def str_replace(n):
    return len(("ab" * n).replace("a", "xyz"))


def str_iterate(n):
    total = 0
    for letter in "abcdefghij" * (n // 10):
        total += ord(letter)
    return total


def str_case(n):
    text = "aBc" * n
    return len(text.upper()) + len(text.lower()) + len(text.strip("a"))


def str_format(n):
    total = 0
    for i in range(n):
        total += len(f"{i:>8} {i * 0.5:.2f}")
    return total


def bytes_append(n):
    data = b""
    parts = []
    for _ in range(n):
        parts.append(b"xy")
    data = b"".join(parts)
    return len(data)


def int_power(n):
    total = 0
    for i in range(n):
        total += i * i // 3 % 5
    return total


def numbers(n):
    for i in range(n):
        yield i


def generator_values(n):
    return sum(numbers(n))


def kept_generator(n):
    values = numbers(n)
    total = 0
    for value in values:
        total += value
    return total


def exceptions(n):
    caught = 0
    for i in range(n):
        try:
            raise ValueError(i)
        except ValueError:
            caught += 1
    return caught


class Node:
    def __init__(self, value, following):
        self.value = value
        self.following = following


def linked_list(n):
    head = None
    for i in range(n):
        head = Node(i, head)
    total = 0
    while head is not None:
        total += head.value
        head = head.following
    return total


async def nothing(n):
    return n


async def tasks(n):
    made = [asyncio.create_task(nothing(i)) for i in range(n)]
    total = 0
    for task in made:
        total += await task
    return total


async def gather(n):
    return sum(await asyncio.gather(*[nothing(i) for i in range(n)]))


async def wait(n):
    made = [asyncio.create_task(nothing(i)) for i in range(n)]
    done, pending = await asyncio.wait(made)
    return len(done) + len(pending)


async def sleeps(n):
    for _ in range(n):
        await asyncio.sleep(0)
    return n


async def nap(i):
    await asyncio.sleep((i * 7919 % 1000) / 1_000_000)
    return i


async def timers(n):
    return sum(await asyncio.gather(*[nap(i) for i in range(n)]))


async def forever():
    await asyncio.sleep(3600)


async def cancels(n):
    made = [asyncio.create_task(forever()) for _ in range(n)]
    await asyncio.sleep(0)
    for task in made:
        task.cancel()
    results = await asyncio.gather(*made, return_exceptions=True)
    return len(results)


async def timeouts(n):
    for _ in range(n):
        await asyncio.wait_for(nothing(1), 60)
    return n


async def queue(n):
    items = asyncio.Queue()
    for i in range(n):
        await items.put(i)
    total = 0
    while not items.empty():
        total += await items.get()
    return total


async def messages(n):
    items = asyncio.Queue(1)

    async def produce():
        for i in range(n):
            await items.put(i)

    producer = asyncio.create_task(produce())
    total = 0
    for _ in range(n):
        total += await items.get()
    await producer
    return total


async def priorities(n):
    items = asyncio.PriorityQueue()
    for i in range(n):
        items.put_nowait(i * 7919 % 10_007)
    total = 0
    while not items.empty():
        total += items.get_nowait()
    return total


async def event_waiters(n):
    event = asyncio.Event()

    async def waiter():
        await event.wait()
        return 1

    made = [asyncio.create_task(waiter()) for _ in range(n)]
    await asyncio.sleep(0)
    event.set()
    return sum(await asyncio.gather(*made))


async def lock_waiters(n):
    lock = asyncio.Lock()

    async def holder():
        async with lock:
            return 1

    made = [asyncio.create_task(holder()) for _ in range(n)]
    return sum(await asyncio.gather(*made))


SYNC = [
    ("list.append", list_append), ("list.extend", list_extend), ("list.pop", list_pop),
    ("list.pop(0), 300 times", list_pop_first), ("list.insert(0), 300 times", list_insert_first),
    ("in list, 50 times", list_contains), ("list[i]", list_index), ("list[a:b], 40 times", list_slice),
    ("list.sort", list_sort), ("sorted by key", list_sorted_by_key), ("list.reverse, 20 times", list_reverse),
    ("list + list, 20 times", list_concat), ("list comprehension", list_comprehension),
    ("list copy and ==, 20 times", list_copy_and_equal), ("tuples", tuple_build),
    ("deque, both ends", deque_both_ends), ("deque, rotating", deque_rotating),
    ("dict[k] = v", dict_set), ("dict[k], dict.get", dict_get), ("del dict[k]", dict_delete),
    ("first key of a dict, 100 times", dict_pop_first), ("dict.popitem", dict_popitem), ("dict.items", dict_items),
    ("dict of texts", dict_of_text), ("dict.update", dict_update), ("defaultdict of lists", dict_of_lists),
    ("set.add", set_add), ("in set", set_contains), ("set.discard", set_remove), ("set.pop", set_pop),
    ("set &, |, -", set_algebra), ("str +=", str_append), ("str.join", str_join), ("str.split", str_split),
    ("str[i]", str_index), ("str[i], not ASCII", str_index_of_wide), ("str[a:b]", str_slice),
    ("str.find, count", str_find), ("str.replace", str_replace), ("for in str", str_iterate),
    ("str.upper, lower, strip", str_case), ("f-strings", str_format), ("bytes.join", bytes_append),
    ("integers", int_power), ("generator in place", generator_values), ("generator kept", kept_generator),
    ("exceptions caught", exceptions), ("linked list", linked_list),
]


ASYNC = [
    ("create_task and await", tasks), ("gather", gather), ("wait", wait), ("sleep(0)", sleeps), ("timers", timers),
    ("cancel", cancels), ("wait_for", timeouts), ("Queue, unbounded", queue), ("Queue of one", messages),
    ("PriorityQueue", priorities), ("Event, n waiters", event_waiters), ("Lock, n waiters", lock_waiters),
]


def report(name, n, seconds):
    print(f"{name}\t{n}\t{seconds:.6f}", flush=True)


async def main(largest):
    sizes = [7_812, 15_625, 31_250, 62_500, 125_000, 250_000, 500_000, 1_000_000]
    for n in sizes:
        if n > largest:
            break
        for name, work in SYNC:
            best = 1e9
            for _ in range(3):
                start = time.process_time()
                work(n)
                best = min(best, time.process_time() - start)
            report(name, n, best)
        for name, run in ASYNC:
            best = 1e9
            for _ in range(3):
                start = time.process_time()
                await run(n)
                best = min(best, time.process_time() - start)
            report(name, n, best)


asyncio.run(main(int(sys.argv[1])))
