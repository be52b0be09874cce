import asyncio
class Shape:
    registry = {}
    sides = 0
    def __init__(self, size=1):
        self.size = size
    @classmethod
    def create(cls, size):
        obj = cls(size)
        cls.registry.setdefault(cls.__name__, 0)
        cls.registry[cls.__name__] += 1
        return obj
    @classmethod
    async def fetch(cls, size):
        await asyncio.sleep(0.01)
        return cls.create(size)
    @classmethod
    def describe(cls):
        return f"{cls.__name__} has {cls.sides} sides"
    def area(self):
        raise NotImplementedError
class Square(Shape):
    sides = 4
    def area(self): return self.size ** 2
class Triangle(Shape):
    sides = 3
    def area(self): return self.size * 0.5
async def main():
    s = Square.create(3)
    t = await Triangle.fetch(2)
    print(s.area(), t.area(), Shape.registry)
    print(Square.describe(), Triangle.describe(), Shape.describe())
    shapes = await asyncio.gather(Square.fetch(1), Triangle.fetch(4))
    print([x.area() for x in shapes], type(s).__name__, type(t).__name__)
    try:
        Shape.create(2).area()
    except NotImplementedError as e:
        print("not implemented", repr(e))
asyncio.run(main())
