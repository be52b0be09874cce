from functools import lru_cache, cache
import functools
import asyncio


@lru_cache(maxsize=None)
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


@functools.lru_cache(maxsize=2)
def load(name, size=3):
    print("loading", name)
    return name * size


@cache
def area(w, h):
    print("area", w, h)
    return w * h


class Repo:
    def __init__(self, base):
        self.base = base

    @lru_cache()
    def get(self, key):
        print("get", key)
        return self.base + key


def main():
    print(fib(50))
    print(fib.cache_info())
    for n in ["a", "b", "a", "c", "b"]:
        print(load(n))
    print(load.cache_info())
    print(load.cache_info().hits)
    load.cache_clear()
    print(load("a"), load("a", size=2))
    print(area(2, 3), area(2, 3))
    r = Repo(10)
    print(r.get(1), r.get(1), r.get(2))


main()
