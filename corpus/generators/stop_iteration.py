def two():
    yield 1
    yield 2
    return "done"


g = two()
while True:
    try:
        print(next(g))
    except StopIteration as stop:
        print("stopped:", stop.value)
        break


def given_back(value):
    yield
    return value


for value in (1, "one"):
    steps = given_back(value)
    next(steps)
    try:
        next(steps)
    except StopIteration as stop:
        print(f"gave {stop.value} or {stop.value!r}", "%s" % stop.value)
