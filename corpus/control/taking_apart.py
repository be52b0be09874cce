a = 5; b = 3
a, b = b, a
print(a, b)
xs = [1, 2, 3, 4, 5]
first, *middle, last = xs
print(first, middle, last)
(q, w), [e, *r] = (1, 2), [3, 4, 5]
print(q, w, e, r)
for i, (x, y) in enumerate([(1, 2), (3, 4)]):
    print(i, x * y)
head, _, tail = "key=value".partition("=")
print(head, tail)
x, y, z = "abc"
print(x, y, z)
a = b = []
a.append(1)
print(b, a is b)
m = [[0] * 2 for _ in range(2)]
m[0][0], m[1][1] = 1, 1
print(m)
print(xs)
def swap(p):
    return p[1], p[0]
(s, t) = swap((1, "one"))
print(s, t)
*start, end = range(4)
print(start, end)
d = {"a": 1}
d["b"], d["c"] = 2, 3
print(d)
lst = [(3, "c"), (1, "a")]
nums, letters = zip(*lst)
print(nums, letters)
print([a for a, _ in lst], {k: v for v, k in lst})
try:
    a, b = [1, 2, 3]
except ValueError as e:
    print(e)
try:
    a, b, c = (1, 2)
except ValueError as e:
    print(e)
for kind, *rest in [("ok", "a", 1), ("failed", "b", 2)]:
    print(kind, rest)
def names(first, others=()):
    return [first, *others]
print(names("only"))
for name in ("a", *()):
    print(name)
print({*(), 1}, (*(), 2))
