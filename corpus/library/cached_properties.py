import asyncio, functools
from functools import cached_property
class Circle:
    """A circle."""
    def __init__(self, r):
        self.r = r
    @functools.cached_property
    def area(self):
        print("computing")
        return 3 * self.r ** 2
    @cached_property
    def label(self) -> str:
        return f"circle of {self.r}"
class Data:
    def __init__(self, xs): self.xs = xs
    @cached_property
    def total(self):
        return sum(self.xs)
    @cached_property
    def first(self):
        return self.xs[0] if self.xs else None
async def main():
    c = Circle(2); print(c.area, c.area, c.label)
    d = Data([1, 2]); print(d.total, d.first); d.xs.append(5); print(d.total, Data([3]).total, Data([]).first)
asyncio.run(main())
