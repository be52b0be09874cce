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
