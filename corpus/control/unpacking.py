pairs = [("one", 1), ("two", 2), ("three", 3)]
for name, number in pairs:
    print(f"{name:>6} {number}")
first, *rest = [10, 20, 30, 40]
print(first, rest)
*start, last = "wxyz"
print(start, last)
(a, b), c = (1, 2), 3
a, b = b, a
print(a, b, c)
for i, (name, number) in enumerate(pairs):
    print(i, name * number)
