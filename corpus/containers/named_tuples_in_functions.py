import asyncio
from collections import namedtuple
from typing import NamedTuple


def build():
    Pair = namedtuple("Pair", "left right")
    p = Pair(1, "a")
    print(p, p._fields, Pair._fields, p._asdict(), p._replace(left=3))
    return p.left


async def main():
    class Point(NamedTuple):
        x: int
        y: int = 0

    print(Point(1), Point(1, 2)._fields, Point._fields)
    print(build())


asyncio.run(main())
