"""Vectors that are added to each other, and to the zero that a sum starts with."""


class Vector:
    def __init__(self, x):
        self.x = x

    def __add__(self, o):
        if not isinstance(o, Vector):
            return NotImplemented
        return Vector(self.x + o.x)

    def __radd__(self, o):
        if o == 0:
            return self
        return self.__add__(o)

    def __repr__(self):
        return f"Vector({self.x})"


try:
    Vector(1) + 2
except TypeError as e:
    print(e)
print(Vector(1) + Vector(5), 0 + Vector(3))
