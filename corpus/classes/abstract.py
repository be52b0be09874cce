import asyncio
from abc import ABC, abstractmethod

class Shape(ABC):
    count = 0
    registry = []

    def __init__(self, name):
        self.name = name
        Shape.count += 1
        Shape.registry.append(name)

    @abstractmethod
    def area(self):
        ...

    @abstractmethod
    async def draw(self): pass

    def __repr__(self):
        return f"{self.__class__.__name__}({self.name!r})"

    def __lt__(self, other):
        return self.area() < other.area()

class Square(Shape):
    def __init__(self, side):
        super().__init__("square")
        self.side = side
    def area(self):
        return self.side ** 2
    async def draw(self):
        await asyncio.sleep(0.01)
        print("drawing", self)

class Circle(Shape):
    def __init__(self, r):
        super().__init__("circle")
        self.r = r
    def area(self):
        return 3.14 * self.r ** 2
    async def draw(self):
        print("circle", self.r)

async def main():
    shapes = [Square(3), Circle(1), Square(1.5)]
    for s in sorted(shapes):
        print(s, s.area())
        await s.draw()
    print(Shape.count, Shape.registry, Square.count)
    try:
        Shape("x")
    except TypeError as e:
        print(e)
    print(isinstance(shapes[0], Shape), isinstance(shapes[0], (Circle, int)), type(shapes[1]) is Circle, issubclass(Circle, Shape))
asyncio.run(main())
