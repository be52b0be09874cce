import types


class Wait:
    def __init__(self, n):
        self.n = n

    def __await__(self):
        result = yield self.n
        return result * 2


async def inner():
    x = await Wait(1)
    y = await Wait(2)
    return x + y


async def outer():
    total = await inner()
    print("total", total)
    try:
        await Wait(3)
    except ValueError as e:
        print("caught", e)
    finally:
        print("finally")
    return "end"


c = outer()
print(c.send(None))
print(c.send(10))
print(c.send(20))
try:
    c.throw(ValueError("boom"))
except StopIteration as e:
    print("value", e.value)

d = outer()
d.send(None)
d.close()
try:
    d.send(None)
except RuntimeError as e:
    print(e)
print(type(c).__name__)
