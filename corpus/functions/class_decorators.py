import asyncio
import functools
import time


class CountCalls:
    def __init__(self, func):
        functools.update_wrapper(self, func)
        self.func = func
        self.num_calls = 0

    def __call__(self, *args, **kwargs):
        self.num_calls += 1
        print(f"Call {self.num_calls} of {self.func.__name__!r}")
        return self.func(*args, **kwargs)


class Retry:
    def __init__(self, times, delay=0.1):
        self.times = times
        self.delay = delay

    def __call__(self, func):
        async def wrapper(*args, **kwargs):
            for attempt in range(self.times):
                try:
                    return await func(*args, **kwargs)
                except ValueError as e:
                    print("retry", attempt, e)
                    await asyncio.sleep(self.delay)
            raise RuntimeError("gave up")
        return wrapper


@CountCalls
def say(word):
    print(word)


@CountCalls
def add(a, b=1):
    return a + b


tries = []


@Retry(3)
async def sometimes(x):
    tries.append(x)
    if len(tries) < 3:
        raise ValueError(f"no {x}")
    return len(tries)


say("hi")
say("ho")
print(add(1), add(2, b=3), add.num_calls)
print(asyncio.run(sometimes("k")))
