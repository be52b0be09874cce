"""Operators whose right operand answers, sums that begin with 0."""
class A:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        return "A.add"

    def __lt__(self, o):
        print("A.lt")
        return True

    def __gt__(self, o):
        print("A.gt")
        return False

    def __eq__(self, o):
        print("A.eq")
        return True

    def __radd__(self, o):
        return "A.radd"

    def __sub__(self, o):
        return "A.sub"


class B(A):
    def __radd__(self, o):
        return "B.radd"

    def __gt__(self, o):
        print("B.gt")
        return True

    def __eq__(self, o):
        print("B.eq")
        return False

    def __rsub__(self, o):
        return "B.rsub"


b = B(2)
b2 = B(3)
print(b + b2, b - b2)
print(b == b2, b < b2, b > b2, b != b2)

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
