from typing import NamedTuple

point = (1, 2)
match point:
    case (0, 0):
        print("origin")
    case (x, 0):
        print("on x", x)
    case (x, y) if x == y:
        print("diag")
    case (x, y):
        print("at", x, y)

def http(status):
    match status:
        case 200 | 201:
            return "ok"
        case 404:
            return "not found"
        case n if n >= 500:
            return f"server {n}"
        case _:
            return "?"
print([http(s) for s in (200, 201, 404, 503, 302)])
def cmd(line):
    match line.split():
        case ["go", direction]:
            return "going " + direction
        case ["get", *items]:
            return "getting " + ",".join(items)
        case []:
            return "nothing"
        case _:
            return "what?"
for l in ("go north", "get a b c", "", "dance"):
    print(cmd(l))
def shape(d):
    match d:
        case {"type": "circle", "r": r}:
            return 3 * r * r
        case {"type": "rect", "w": w, "h": h}:
            return w * h
        case _:
            return None
print(shape({"type": "circle", "r": 2}), shape({"type": "rect", "w": 2, "h": 3}), shape({}))


class Shape:
    pass


class Circle(Shape):
    __match_args__ = ("radius",)

    def __init__(self, radius):
        self.radius = radius


class Box(Shape):
    __match_args__ = ("width", "height")

    def __init__(self, width, height):
        self.width, self.height = width, height


def describe(shape):
    match shape:
        case Circle(r) if r > 2:
            return f"big circle {r}"
        case Circle(radius=1):
            return "unit circle"
        case Circle():
            return "circle"
        case Box(w, h) if w == h:
            return f"square {w}"
        case Box(width=w):
            return f"box {w} wide"
        case _:
            return "shape"


class Token(NamedTuple):
    kind: str
    text: str = ""
    place: int = 0


def value_of(token):
    match token:
        case Token("number", text):
            return text
        case Token(kind="operator", text="+" | "-" as sign):
            return f"sign {sign}"
        case Token(place=place):
            return f"at {place}"


def blame(error):
    match error:
        case KeyError() | IndexError():
            return "lookup"
        case OSError() as system:
            return f"system: {system}"
        case Exception():
            return "something"


print([describe(one) for one in (Circle(3), Circle(1), Circle(2), Box(2, 2), Box(1, 2), Shape())])
print([value_of(one) for one in (Token("number", "12"), Token("operator", "-"), Token("end", place=9))])
print([blame(one) for one in (KeyError(1), OSError("full"), ZeroDivisionError())])
