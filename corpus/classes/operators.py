import asyncio
class Vec:
    def __init__(self, x=0, y=0):
        self.x, self.y = x, y
    def __add__(self, o):
        if not isinstance(o, Vec):
            return NotImplemented
        return Vec(self.x + o.x, self.y + o.y)
    def __mul__(self, k): return Vec(self.x * k, self.y * k)
    def __rmul__(self, k): return self * k
    def __neg__(self): return Vec(-self.x, -self.y)
    def __abs__(self): return (self.x ** 2 + self.y ** 2) ** 0.5
    def __eq__(self, o):
        if not isinstance(o, Vec):
            return NotImplemented
        return self.x == o.x and self.y == o.y
    def __hash__(self): return hash((self.x, self.y))
    def __bool__(self): return self.x != 0 or self.y != 0
    def __repr__(self): return f"Vec({self.x}, {self.y})"
    def __iter__(self):
        yield self.x
        yield self.y
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __len__(self): return 2
    def __call__(self, k): return self * k
    def __contains__(self, v): return v in (self.x, self.y)
    def __matmul__(self, o): return self.x * o.x + self.y * o.y
    def __format__(self, spec): return f"<{self.x:{spec}},{self.y:{spec}}>"
    def __int__(self): return int(self.x)
    def __round__(self, n=0): return Vec(round(self.x, n), round(self.y, n))
a, b = Vec(1, 2), Vec(3, 4)
print(a + b, a * 2, 3 * a, -a, abs(b), a == Vec(1, 2), a != b, bool(Vec()), len(a))
print(list(a), a[1], a(5), 2 in a, 9 in a, a @ b, f"{a:03d}", {a: 1}[Vec(1, 2)], a == 5)
print(int(b), round(Vec(1.26, 2.74), 1))
x, y = a
print(x, y, sum(a), max(a))
try:
    print(a + 5)
except TypeError as e:
    print(e)
class Cell:
    def __init__(self, v): self.v = v
    def __iadd__(self, o):
        self.v += o
        return self
    def __lt__(self, o): return self.v < o.v
    def __enter__(self): print("enter"); return self
    def __exit__(self, *exc): print("exit", exc[0]); return True
c = Cell(1)
c += 5
print(c.v, min([Cell(3), Cell(2)]).v, sorted([Cell(3), Cell(2)])[0].v)
with Cell(9) as d:
    print(d.v)
    raise ValueError("x")
print("after")
class Awaitable:
    def __init__(self, n): self.n = n
    def __await__(self):
        yield from asyncio.sleep(0.1).__await__()
        return self.n * 2
class AIter:
    def __init__(self, n): self.i, self.n = 0, n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.i >= self.n: raise StopAsyncIteration
        self.i += 1
        await asyncio.sleep(0)
        return self.i
class Lock:
    async def __aenter__(self):
        print("acq")
    async def __aexit__(self, *args):
        print("rel", args[0] is None)
class Me:
    async def show(self):
        print(self, repr(self), f"{self}", str(self))
    def __str__(self): return "me"
    def __repr__(self): return "Me()"
async def main():
    print(await Awaitable(4))
    print([i async for i in AIter(3)])
    async with Lock():
        print("in")
    await Me().show()
asyncio.run(main())
