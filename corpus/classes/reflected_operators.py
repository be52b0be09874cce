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
