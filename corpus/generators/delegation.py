def inner(n):
    for i in range(n):
        yield i
    return n * 100


def outer():
    first = yield from inner(2)
    print("inner returned", first)
    second = yield from inner(3)
    print("inner returned", second)
    yield first + second


for value in outer():
    print(value)
