import asyncio
_SENTINEL = object()
STOP = object()
async def producer(q):
    for i in range(3):
        await q.put(i)
    await q.put(_SENTINEL)
async def consumer(q):
    while True:
        item = await q.get()
        if item is _SENTINEL:
            print("done")
            break
        print("got", item)
def get(d, k, default=_SENTINEL):
    v = d.get(k, default)
    if v is _SENTINEL:
        raise KeyError(k)
    return v
class Node:
    EMPTY = object()
    def __init__(self): self.v = Node.EMPTY
    def has(self): return self.v is not Node.EMPTY
async def main():
    q = asyncio.Queue()
    await asyncio.gather(producer(q), consumer(q))
    print(get({"a": 1}, "a"))
    try:
        get({"a": 1}, "b")
    except KeyError as e:
        print("missing", e)
    n = Node()
    print(n.has())
    n.v = 5
    print(n.has(), n.v)
    q2 = asyncio.Queue()
    q2.put_nowait("x"); q2.put_nowait(STOP)
    while (x := await q2.get()) is not STOP:
        print(x)
asyncio.run(main())
