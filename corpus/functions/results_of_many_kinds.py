import asyncio
import operator


def nothing(x):
    print("nothing", x)


def half(x):
    return x / 2


def same(x):
    return x


def text(x):
    if x > 2:
        return None
    return "t" * x


TABLE = {"nothing": nothing, "half": half, "same": same, "text": text}
ARITH = {"+": lambda a, b: a + b, "/": lambda a, b: a / b}


class Calc:
    def __init__(self):
        self.commands = {"add": self.add, "show": self.show, "name": self.name}

    def add(self, n):
        return n + 1

    def show(self, n):
        print("show", n)

    def name(self, n):
        return f"n{n}"


async def one(n):
    return n


async def two(n):
    return str(n)


async def main():
    for name, f in TABLE.items():
        print(name, f(2), f(3))
    for op in ("+", "/"):
        print(op, ARITH[op](7, 2))
    c = Calc()
    for name in c.commands:
        print(name, c.commands[name](4))
    for f in [one, two]:
        print(await f(3))
    fs = [lambda: 1, lambda: "a", lambda: None, lambda: print("x")]
    print([f() for f in fs])


asyncio.run(main())


def halves(number):
    return number / 2, 2


for split in (halves, lambda number: (number, 1)):
    print(split(4))
