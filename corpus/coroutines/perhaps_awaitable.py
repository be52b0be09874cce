import asyncio
import inspect
class Bus:
    def __init__(self):
        self.subs = []
    def add(self, f):
        self.subs.append(f)
    async def fire(self, x):
        for f in self.subs:
            r = f(x)
            if inspect.isawaitable(r):
                r = await r
            print('result', r)
class Handler:
    def __init__(self, n):
        self.n = n
    async def on(self, x):
        await asyncio.sleep(0.01)
        return x + self.n
    def now(self, x):
        return x * self.n
def plain(x):
    return x - 1
async def slow(x):
    await asyncio.sleep(0.02)
    return x * 10
async def main():
    bus = Bus()
    h = Handler(5)
    for f in (plain, slow, h.on, h.now):
        bus.add(f)
    await bus.fire(3)
    call = [slow, plain]
    for f in call:
        r = f(1)
        if asyncio.iscoroutine(r):
            print('coro', await r)
        else:
            print('value', r)
asyncio.run(main())
