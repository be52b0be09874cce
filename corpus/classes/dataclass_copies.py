from dataclasses import dataclass, field, asdict, astuple, replace
from typing import List, Optional, ClassVar
import asyncio

@dataclass
class Point:
    x: float
    y: float = 0.0

@dataclass
class Task:
    name: str
    priority: int = 1
    tags: List[str] = field(default_factory=list)
    parent: Optional["Task"] = None
    count: ClassVar[int] = 0

    def __post_init__(self):
        Task.count += 1
        self.label = f"{self.name}:{self.priority}"

@dataclass(order=True)
class Item:
    priority: int
    name: str = field(compare=False)

@dataclass(frozen=True)
class Key:
    a: int
    b: str

async def main():
    p = Point(1.5)
    print(p, p == Point(1.5, 0.0), asdict(p), astuple(p), replace(p, y=3.0))
    t = Task("x", tags=["a"])
    u = Task("y", 3, parent=t)
    print(t, u, Task.count, u.label)
    u.tags.append("z")
    print(t.tags, u.tags, asdict(t))
    q = asyncio.PriorityQueue()
    for i, n in [(3, "c"), (1, "a"), (2, "b")]:
        q.put_nowait(Item(i, n))
    while not q.empty():
        print(await q.get())
    d = {Key(1, "a"): "one", Key(2, "b"): "two"}
    print(d[Key(2, "b")], Key(1, "a"))
    try:
        k = Key(1, "z")
        k.a = 5
    except Exception as e:
        print(type(e).__name__, e)

asyncio.run(main())
