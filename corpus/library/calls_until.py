import asyncio, queue
from collections import deque
async def main():
    d = deque([3, 2, 1, 0, 9])
    for x in iter(d.popleft, 0):
        print(x)
    q = queue.Queue()
    for x in ("a", "b", None, "c"): q.put(x)
    for item in iter(q.get, None):
        print(item.upper())
    lines = iter(["x", "y", "END", "z"])
    print(list(iter(lambda: next(lines), "END")), next(lines))
    it = iter(lambda: 1, 2)
    print(next(it), callable(it))
asyncio.run(main())
