from dataclasses import dataclass, field
import asyncio
@dataclass
class Point:
    x: int
    y: int = 0
    def dist(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5
@dataclass
class Job:
    name: str
    tags: list = field(default_factory=list)
    priority: float = 1.0
    done: bool = False
@dataclass(frozen=True)
class Key:
    a: str
    b: int
@dataclass(order=True)
class Item:
    prio: int
    name: str = field(compare=False)
async def main():
    p = Point(3, 4)
    print(p, p.dist(), p == Point(3, 4), p == Point(1), p != Point(1))
    p.x += 1
    print(p.x, p)
    j = Job("a")
    k = Job("b", ["t"], priority=2.5)
    j.tags.append("z")
    j.done = True
    print(j, k)
    d = {Key("q", 1): "one"}
    print(d[Key("q", 1)], Key("q", 2) in d)
    items = [Item(3, "c"), Item(1, "a"), Item(2, "b")]
    print(sorted(items), min(items).name, Item(1, "x") < Item(2, "y"))
    q = asyncio.PriorityQueue()
    for i in items:
        await q.put(i)
    while not q.empty():
        print((await q.get()).name)
asyncio.run(main())
