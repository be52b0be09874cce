LIMIT = object()
class A:
    def add(self, x, acc=[]):
        acc.append(x)
        return acc
    def get(self, d=LIMIT):
        return "none" if d is LIMIT else d
a = A()
print(a.add(1), a.add(2), a.get(), a.get("x"))
