class Future:
    def __init__(self):
        self.result = None
        self._callbacks = []

    def add_done_callback(self, fn):
        self._callbacks.append(fn)

    def set_result(self, result):
        self.result = result
        for fn in self._callbacks:
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


pending = []


def read(label):
    f = Future()
    pending.append((label, f))
    chunk = yield from f
    return chunk


def read_all(label):
    response = []
    chunk = yield from read(label)
    while chunk:
        response.append(chunk)
        chunk = yield from read(label)
    return ''.join(response)


def fetch(label):
    data = yield from read_all(label)
    print(label, 'got', repr(data))


chunks = {'a': ['hel', 'lo', ''], 'b': ['wor', 'l', 'd', '']}
Task(fetch('a'))
Task(fetch('b'))
while pending:
    label, f = pending.pop(0)
    f.set_result(chunks[label].pop(0))
