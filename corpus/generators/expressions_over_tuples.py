import asyncio
class G:
    def __init__(self):
        self.cells = {(0, 1), (1, 1)}
    def around(self, x, y):
        return sum((x + dx, y + dy) in self.cells for dx in (-1, 0, 1) for dy in (-1, 0, 1) if (dx, dy) != (0, 0))
    def any_near(self, x):
        return any((x + d, 1) in self.cells for d in (-1, 1))
g = G()
print(g.around(1, 0), g.any_near(1))
t = (1, 2, 3)
print(sum(a * b for a in t for b in t), list(a for a in ("x", "y") for _ in range(2)))
pairs = ((1, 2), (3, 4))
print(sum(a + b for a, b in pairs), [c for row in pairs for c in row], max(c for row in pairs for c in row))
gen = (k for k in t if k > 1)
print(next(gen), list(gen))
