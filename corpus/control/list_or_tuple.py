def f(rows):
    for r in rows:
        print(list(r), tuple(r), set(r) == {1, 2}, sum(r), max(r), sorted(r), len(r))
    return [list(r) for r in rows]

print(f([(1, 2), [3, 4]]))
x = [1, 2] if len("abc") > 2 else (5, 6)
print(list(x), [*x], list(map(str, x)), list(enumerate(x)), dict(zip(x, x)))
for i, v in enumerate(x):
    print(i, v)
