import asyncio
async def stream(q, stop):
    while (x := await q.get()) is not stop:
        yield x
class Cache:
    _MISSING = object()
    def __init__(self): self.d = {}
    def get(self, key):
        v = self.d.get(key, self._MISSING)
        return "miss" if v is self._MISSING else v
async def main():
    stop = object()
    q = asyncio.Queue()
    for x in (1, 2): q.put_nowait(x)
    q.put_nowait(stop)
    print([x async for x in stream(q, stop)])
    c = Cache(); c.d["a"] = "1"; print(c.get("a"), c.get("b"))
    def make():
        token = object()
        def check(x): return x is token
        return token, check
    t1, c1 = make(); t2, c2 = make()
    print(c1(t1), c1(t2), c2(t2), t1 == t1, t1 != t2)
    lock_obj = object(); d = {lock_obj: 1}; print(d[lock_obj], lock_obj in d)
asyncio.run(main())
