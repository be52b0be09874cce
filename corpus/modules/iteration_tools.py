import itertools
from itertools import chain, count, islice

print(list(islice(count(10, 5), 4)))
print(list(chain([1, 2], (3,), range(4, 6))))
for a, b in itertools.product("ab", [1, 2]):
    print(a, b, end="; ")
print()
print(list(itertools.accumulate([1, 2, 3, 4])))
print(list(itertools.combinations("abc", 2)))
colours = itertools.cycle(["red", "green"])
print([next(colours) for _ in range(5)])
print(list(itertools.takewhile(lambda n: n < 3, itertools.count())))
