class Manager:
    def __init__(self, n):
        self.n = n
    def __enter__(self):
        return self
    def __exit__(self, a, b, c):
        pass
def main():
    f = 0
    print(f)
    with Manager(4) as g:
        f = g.n
    print(f)
    c = Manager(1)
    print(c.n)
    with Manager(5) as c:
        print(c.n)
    print(c.n)
    v = 1
    print(v)
    match 7:
        case v:
            pass
    print(v)
    a = b = 0
    print(a, b)
    for a, b in [(1, 2), (3, 4)]:
        pass
    print(a, b)
    i = -1
    print(i)
    for i, ch in enumerate("xy"):
        print(i, ch)
    print(i)
    for q in range(3):
        pass
    print(q)
    e = "none"
    print(e)
    try:
        raise ValueError("x")
    except ValueError as e:
        print("caught", e)
    k = 10
    print(k)
    r = [k for k in range(3)]
    print(k, r)
main()
