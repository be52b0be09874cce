from collections import namedtuple
from typing import NamedTuple
import asyncio

Point = namedtuple("Point", ["x", "y"])
Task = namedtuple("Task", "name delay retries", defaults=[3])

class Emp(NamedTuple):
    name: str
    age: int = 30

    def greet(self):
        return f"hi {self.name}"

async def work(t):
    await asyncio.sleep(t.delay)
    return t._replace(retries=t.retries - 1)

async def main():
    p = Point(1, 2)
    x, y = p
    print(p, x + y, p[0], p.y, p._asdict(), Point._fields, len(p))
    res = await asyncio.gather(*[work(Task(n, d)) for n, d in [("a", .2), ("b", .1)]])
    for r in res:
        print(r, r.name)
    e = Emp("bob")
    print(e, e.greet(), e._replace(age=5), sorted([Emp("z", 1), Emp("a", 2)]))
    for n, d, r in res:
        print(n, d, r)
    print(max(res, key=lambda r: r.delay).name, Point._make([5, 6]))
    d = {Point(0, 0): "origin"}
    print(d[Point(0, 0)])
asyncio.run(main())
