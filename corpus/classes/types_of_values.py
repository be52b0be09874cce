"""`type(x)` of values of several classes, compared with classes and used as keys."""
class A: pass
class B(A): pass
class Err(Exception): pass
def pick(n):
    if n == 0: return None
    if n == 1: return A()
    if n == 2: return B()
    if n == 3: return Err("x")
    if n == 4: return ValueError("x")
    return 5
for n in range(6):
    v = pick(n)
    t = type(v)
    print(t.__name__, t, t is A, t is B, t == Err, t is ValueError, t is int, t in (A, int))
a = pick(1)
seen = {}
for n in range(6):
    seen[type(pick(n))] = n
print(len(seen), seen[int])
print(type(A()), type(B()) is B)
