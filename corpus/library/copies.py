import asyncio, copy
from copy import deepcopy
from dataclasses import dataclass, field
class Node:
    def __init__(self, name, parent=None):
        self.name = name
        self.parent = parent
        self.children = []
    def add(self, child):
        child.parent = self
        self.children.append(child)
        return self
class Config:
    def __init__(self):
        self.values = {"a": [1, 2]}
        self.count = 0
@dataclass
class Job:
    id: int
    tags: list = field(default_factory=list)
    node: Node = None
class Special(Config):
    def __init__(self, extra):
        super().__init__()
        self.extra = extra
async def main():
    a = [[1], [2]]; b = copy.deepcopy(a); c = copy.copy(a); b[0].append(9); c[1].append(8); print(a, b, c)
    root = Node("root").add(Node("x")).add(Node("y"))
    twin = copy.deepcopy(root)
    twin.children[0].name = "changed"; twin.name = "twin"
    print(root.children[0].name, twin.children[0].name, twin.children[0].parent is twin, twin.children[0].parent.name, len(twin.children), twin is root)
    conf = Config(); shallow = copy.copy(conf); deep = deepcopy(conf)
    conf.values["a"].append(3); conf.count += 1
    print(shallow.values, shallow.count, deep.values, deep.count, conf.count)
    job = Job(1, ["t"], root); other = copy.copy(job); third = copy.deepcopy(job); job.tags.append("u"); other.id = 2
    print(job.tags, other.tags, third.tags, other.id, third.node is root, other.node is root)
    s = Special([1]); t = deepcopy(s); t.extra.append(2); print(s.extra, t.extra, isinstance(t, Special), type(t).__name__)
    d = {"x": {"y": [1]}, "z": {"y": []}}; e = copy.deepcopy(d); e["x"]["y"].append(2); print(d, e, copy.copy(d) == d)
    m = {"n": 1, "l": [1, 2], "s": "text"}; k = copy.deepcopy(m); k["l"].append(3); print(m, k)
    print(copy.copy("abc"), copy.deepcopy((1, [2])), copy.copy({1, 2}), copy.deepcopy(None), copy.copy(5))
    grid = [[0] * 3 for _ in range(2)]; saved = copy.deepcopy(grid); grid[0][0] = 1; print(grid, saved)
    shared = [1]; pair = [shared, shared]; p2 = copy.deepcopy(pair); p2[0].append(2); print(p2, p2[0] is p2[1], pair)
asyncio.run(main())
