class Point:
    def __init__(self, x):
        self.x = x
    def __eq__(self, other):
        return self.x == other.x
    def __lt__(self, other):
        return self.x < other.x
    def __hash__(self):
        return hash(self.x)
class Label:
    def __init__(self, text):
        self.text = text
    def __eq__(self, other):
        return isinstance(other, Label) and self.text == other.text
class Base:
    def area(self):
        return 0
class Circle(Base):
    def __init__(self, r):
        self.r = r
    def area(self):
        return self.r * 3
    def __eq__(self, other):
        return self.r == other.r
    def __lt__(self, other):
        return self.r < other.r
class Box(Base):
    def __init__(self, w):
        self.w = w
    def area(self):
        return self.w * self.w
    def __eq__(self, other):
        return self.w == other.w
    def __lt__(self, other):
        return self.w < other.w
shapes = [Circle(1), Box(2), Circle(3)]
print(sum(s.area() for s in shapes))
print(Circle(1) == Circle(1), Box(2) == Box(3))
print(Point(1) == Point(1), Label('a') == Label('b'))
try:
    print(Circle(1) == Box(2))
except AttributeError as e:
    print(e)
try:
    print(shapes[0] == shapes[1])
except AttributeError as e:
    print(e)
try:
    print(sorted(shapes))
except AttributeError as e:
    print(e)
print(shapes[0] == shapes[2], shapes.index(shapes[0]))
print(Label('a') == 5, Label('a') != None)
