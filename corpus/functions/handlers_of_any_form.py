"""Handlers that take what they like, called through tables, queues and decorators: plain and coroutine functions alike."""
import asyncio
import functools
import inspect
from collections import defaultdict


class Bus:
    def __init__(self):
        self.handlers = defaultdict(list)

    def on(self, event):
        def register(handler):
            self.handlers[event].append(handler)
            return handler

        return register

    async def emit(self, event, **details):
        """Waits for what can be waited for."""
        for handler in self.handlers[event]:
            result = handler(**details)
            if inspect.isawaitable(result):
                result = await result
            print(f"  {handler.__name__}: {result}")

    async def emit_together(self, event, **details):
        waiting = []
        for handler in self.handlers[event]:
            if asyncio.iscoroutinefunction(handler):
                waiting.append(asyncio.create_task(handler(**details)))
            else:
                handler(**details)
        return await asyncio.gather(*waiting)


bus = Bus()


@bus.on("order")
async def charge(*, customer, amount):
    await asyncio.sleep(0.1)
    return f"{customer} pays {amount}"


@bus.on("order")
def note(customer, amount=0):
    print("  noted", customer, amount)


@bus.on("refund")
def forget(**details):
    return sorted(details)


class Traced:
    """A decorator that is an object, of functions that it knows nothing of."""

    def __init__(self, label):
        self.label = label
        self.calls = 0

    def __call__(self, function):
        @functools.wraps(function)
        async def wrapper(*args, **kwargs):
            self.calls += 1
            print(f"{self.label}: {function.__name__}{args} {kwargs}")
            return await function(*args, **kwargs)

        return wrapper


trace = Traced("trace")


@trace
async def scale(value, by=10):
    return value * by


@trace
async def total(*values, start=0):
    return sum(values, start)


def ready(name):
    return name, "ready"


async def greet(name, greeting="hello"):
    await asyncio.sleep(0)
    return f"{greeting}, {name}"


async def worker(jobs):
    while not jobs.empty():
        function, args, options = jobs.get_nowait()
        try:
            result = function(*args, **options)
            if asyncio.iscoroutine(result):
                result = await result
            print(function.__name__, "gave", result)
        except TypeError as error:
            print("wrong:", error)


async def count(*names):
    return len(names)


async def shout(name):
    return name.upper()


async def run_all(queue):
    """Jobs with as many arguments as they need, whose results differ."""
    while not queue.empty():
        function, arguments = await queue.get()
        print(function.__name__, await function(*arguments))


async def main():
    print("emit")
    await bus.emit("order", customer="Ada", amount=3)
    await bus.emit("refund", customer="Bob", reason="late")
    print("together", await bus.emit_together("order", customer="Cid", amount=4))
    print(await scale(4), await scale(4, by=2), await total(1, 2), await total(3, 4, start=5))
    print(scale.__name__, trace.calls)
    jobs = asyncio.Queue()
    jobs.put_nowait((ready, ("door",), {}))
    jobs.put_nowait((greet, (), {"name": "Eve", "greeting": "hey"}))
    jobs.put_nowait((ready, (), {}))
    await worker(jobs)
    queue = asyncio.Queue()
    await queue.put((count, ("a", "b", "c")))
    await queue.put((shout, ("d",)))
    await run_all(queue)


asyncio.run(main())
