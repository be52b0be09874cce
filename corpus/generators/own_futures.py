import asyncio
import types


class Future:
    def __init__(self):
        self.result = None
        self.callbacks = []

    def add_done_callback(self, fn):
        self.callbacks.append(fn)

    def set_result(self, result):
        self.result = result
        for fn in self.callbacks:
            fn(self)

    def __iter__(self):
        yield self
        return self.result


class Task:
    def __init__(self, coro):
        self.coro = coro
        f = Future()
        f.set_result(None)
        self.step(f)

    def step(self, future):
        try:
            next_future = self.coro.send(future.result)
        except StopIteration:
            return
        next_future.add_done_callback(self.step)


def job(name, futures):
    print(name, "start")
    f = Future()
    futures.append(f)
    value = yield f
    print(name, "got", value)
    g = Future()
    futures.append(g)
    value = yield g
    print(name, "end", value)


futures = []
Task(job("a", futures))
Task(job("b", futures))
i = 0
while futures:
    fut = futures.pop(0)
    fut.set_result(i)
    i += 1
