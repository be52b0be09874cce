import types
from collections import deque


@types.coroutine
def switch():
    yield


async def countdown(n):
    while n > 0:
        print("Down", n)
        await switch()
        n -= 1


async def countup(stop):
    x = 0
    while x < stop:
        print("Up", x)
        await switch()
        x += 1


class Scheduler:
    def __init__(self):
        self.ready = deque()

    def add(self, coro):
        self.ready.append(coro)

    def run(self):
        while self.ready:
            coro = self.ready.popleft()
            try:
                coro.send(None)
                self.ready.append(coro)
            except StopIteration:
                pass


s = Scheduler()
s.add(countdown(3))
s.add(countup(4))
s.run()
