class Stack(Exception):
    pass
class Empty(Stack):
    def __str__(self):
        return "stack is empty"
class Full(Stack):
    def __init__(self, size):
        self.size = size
        self.items = []
        for i in range(size):
            self.items.append(i)
    def __str__(self):
        return f"full at {self.size}: {self.items}"
def f(n):
    if n == 0:
        raise Empty
    if n == 1:
        raise Empty()
    if n == 2:
        raise Full(3)
    raise Stack("s", n)
for i in range(4):
    try:
        f(i)
    except Empty as e:
        print("empty:", e, e.args, repr(e))
    except Full as e:
        print(e, e.size, e.items, repr(e))
    except Stack as e:
        print(e)
err = None
try:
    f(2)
except Stack as e:
    err = e
print(err)
def g():
    try:
        f(0)
    except Empty as e:
        raise Full(2) from e
g()
