"""Functions of the library as values, beside the program's own."""
import asyncio
import functools
import inspect
import math
import operator
import random
import time


def timed(fn, *args, **kw):
    t = time.perf_counter()
    r = fn(*args, **kw)
    assert time.perf_counter() - t >= 0
    return fn.__name__, r


print(timed(sum, [1, 2, 3]))
print(timed(math.factorial, 5))
OPS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def calc(a, op, b):
    return OPS[op](a, b)


print(calc(6, "+", 3), calc(6, "/", 4))
PARSERS = {"int": int, "float": float, "str": str, "bool": lambda s: s == "true"}
for kind, text in [("int", "3"), ("float", "1.5"), ("str", "x"), ("bool", "true")]:
    print(kind, PARSERS[kind](text))
print([f.__name__ for f in (len, max, min)])
print([name for name, f in {"sqrt": math.sqrt, "floor": math.floor}.items() if f(9.0) == 3])


def pipeline(data, *steps):
    for step in steps:
        data = step(data)
    return data


print(pipeline("  a,b,c ", str.strip, str.upper, lambda s: s.split(","), list, len))
print(pipeline([3, 1, 2], sorted, tuple, reversed, list))


class EventBus:
    def __init__(self):
        self.handlers = {}

    def on(self, name, handler):
        self.handlers.setdefault(name, []).append(handler)

    def emit(self, name, value):
        for h in self.handlers.get(name, []):
            h(value)


bus = EventBus()
log = []
bus.on("x", print)
bus.on("x", log.append)
bus.on("x", lambda v: print("got", v))
bus.emit("x", "hello")
print(log)


async def retry(fn, *args, attempts=3, sleep=asyncio.sleep, rng=random.random):
    for i in range(attempts):
        try:
            r = fn(*args)
            if inspect.isawaitable(r):
                r = await r
            return r
        except ValueError as e:
            print("retry", i, e)
            await sleep(0.1)
    return None


def flaky(state=[0]):
    state[0] += 1
    if state[0] < 3:
        raise ValueError(state[0])
    return state[0]


async def main():
    print(await retry(flaky))
    fs = [asyncio.to_thread(f, 16) for f in (math.sqrt, math.log2)]
    print(await asyncio.gather(*fs))
    loop = asyncio.get_running_loop()
    print(await asyncio.gather(*(loop.run_in_executor(None, f, "Ab") for f in (str.upper, str.lower))))
    key = None
    words = ["bb", "a", "CCC"]
    print(sorted(words, key=key or len))
    print(sorted(words, key=str.lower if key is None else key))

asyncio.run(main())
