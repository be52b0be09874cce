print([*range(3), *"ab"], {*range(2), *(5, 6)}, (*[1, 2], *"x"))
xs = [*map(str, range(3)), "z"]
print(xs, [*xs, 1], [*{"a": 1}, *xs])
def g():
    yield 1
    yield 2
print([*g(), *[i * 2 for i in range(2)], 2.5])
class It:
    def __iter__(self):
        yield from "pq"
print([*It(), "r"])
def total(*args):
    return sum(args)
print(total(*[1, 2], 3, *(4, 5)), max([*[1], *[7]]))
