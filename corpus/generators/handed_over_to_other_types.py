def inner(n):
    total = 0
    for i in range(n):
        got = yield i
        if got:
            total += got
    return total
def outer(n):
    yield 'start'
    got = yield from inner(n)
    yield f'got {got}'
for x in outer(3):
    print(x)
print(list(outer(2)))
g = outer(3)
print(next(g), next(g))
print(g.send(5), g.send(6))
print(list(g))
class Box:
    def __init__(self, xs):
        self.xs = xs
    def __iter__(self):
        return iter(self.xs)
class Count:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n
def many():
    yield from {'a': 1}.items()
    yield from {'b': 2}
    yield from {3}
    yield from (4, 5)
    yield from (6, 'x')
    yield from 'yz'
    yield from range(2)
    yield from [7.5]
    yield from Box([1])
    yield from Count(2)
    yield from (n * n for n in range(3))
    yield from frozenset([9])
    yield from map(str, [1, 2])
    yield from b'ab'
print(list(many()))
def ints():
    yield from {3: 1}
    yield from {4}
    yield from (4, 5)
    yield from range(2, 3)
    yield from Box([1])
    yield from Count(2)
    yield from frozenset([9])
    yield from {3: 1}.values()
print(list(ints()))
def opt():
    yield None
    yield from [1, 2]
    r = yield from inner(2)
    yield r
print(list(opt()))
def acc():
    total = 0
    while True:
        x = yield total
        if x is None:
            return total
        total += x
def chain():
    a = yield from acc()
    b = yield from acc()
    x = yield 'end'
    return a, b, x
c = chain()
print(next(c), c.send(3), c.send(4), c.send(None), c.send(10), c.send(None))
try:
    c.send('bye')
except StopIteration as e:
    print(e.value)
