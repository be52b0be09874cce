"""Objects among values that came from JSON: their attributes and methods are asked for by name."""
import json
class Job:
    def __init__(self, name):
        self.name = name
    def hi(self):
        return "hi " + self.name

d = json.loads('{"a": 1}')
d["job"] = Job("x")
print(d["job"].name)
print(d["job"].hi())


class Node:
    kind = "node"

    def __init__(self, v, next=None):
        self.v = v
        self.next = next
        self.tags = []

    @property
    def double(self):
        return self.v * 2

    def add(self, tag, sep="-"):
        self.tags.append(sep + tag)
        return len(self.tags)


class Leaf(Node):
    kind = "leaf"

    def hi(self):
        return "leaf " + str(self.v)


e = json.loads("{}")
e["n"] = Node(3)
e["l"] = Leaf(4)
n = e["n"]
print(n.v, n.kind, n.double, n.add("x"), n.add("y", sep="+"), n.tags, n.next)
print(n.v, n.double, e["l"].kind, e["l"].hi())
try:
    n.hi()
except AttributeError as err:
    print(err)
try:
    n.nope
except AttributeError as err:
    print(err)
