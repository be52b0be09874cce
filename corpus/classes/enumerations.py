import enum
import asyncio
from enum import Enum

class Status(str, Enum):
    PENDING = "pending"
    DONE = "done"

    @classmethod
    def names(cls):
        return [m.name for m in cls]

    @property
    def is_final(self):
        return self in (Status.DONE,)

class Weekday(enum.IntEnum):
    MON = 1
    TUE = 2
    SUN = 7

    def next(self):
        return Weekday.MON if self == Weekday.SUN else Weekday.TUE

class Access(enum.IntFlag):
    READ = enum.auto()
    WRITE = enum.auto()
    EXEC = enum.auto()
    ALL = READ | WRITE | EXEC

class Op(Enum):
    ADD = "+"
    SUB = "-"
    def apply(self, a, b):
        if self is Op.ADD:
            return a + b
        return a - b

class Shape(Enum):
    CIRCLE = 1
    ROUND = 1
    SQUARE = 2

async def handle(s: Status) -> str:
    await asyncio.sleep(0)
    if s == Status.PENDING:
        return "wait"
    elif s is Status.DONE:
        return "ok"

async def main():
    print(await handle(Status.PENDING), await handle(Status("done")))
    print(Status.names(), Status.DONE.is_final, Status.PENDING.is_final)
    print(Status.PENDING == "pending", Status.PENDING.value.upper(), f"{Status.DONE}", f"{Status.DONE.value:>8}")
    print(Weekday.MON < Weekday.TUE, Weekday(7), Weekday.SUN.next().name, [int(d) for d in Weekday])
    print(Op("+").apply(2, 3), Op.SUB.apply(5, 1), [o.value for o in Op])
    print(Shape.ROUND, Shape.ROUND is Shape.CIRCLE, list(Shape), list(Shape.__members__.keys()))
    by = {}
    for s in [Status.DONE, Status.PENDING, Status.DONE]:
        by[s] = by.get(s, 0) + 1
    for k, v in by.items():
        print(k.name, v)
    counts = {s: 0 for s in Status}
    counts[Status.DONE] += 1
    print({k.value: v for k, v in counts.items()})
    d = {"state": Status.DONE, "other": Status.PENDING}
    print(d["state"].name, d)
    print(sorted(Weekday, key=lambda w: -w.value)[0], max(Weekday), isinstance(Weekday.MON, Weekday))
    a = Access.READ | Access.WRITE
    print(Access.READ in a, bool(a & Access.EXEC), a.value)
    for i, s in enumerate(Status):
        print(i, s.name)
    try:
        Weekday(9)
    except ValueError as e:
        print(e)
    print(Status.DONE != Status.PENDING, Status.DONE in {Status.DONE}, type(Status.DONE).__name__)
    match Weekday(1):
        case Weekday.MON: print("monday")
        case _: print("other")
    def color_of(x: Shape): return x.name.lower()
    print(list(map(color_of, Shape)))
asyncio.run(main())
