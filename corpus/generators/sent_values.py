def running():
    total = 0.0
    count = 0
    avg = None
    while True:
        term = yield avg
        total += term
        count += 1
        avg = total / count
r = running()
next(r)
for v in (10, 30, 5):
    print(r.send(v))
r.close()
def echo():
    received = []
    try:
        while True:
            x = yield len(received)
            received.append(x)
    except GeneratorExit:
        print("closing", received)
        raise
    finally:
        print("fin")
e = echo()
print(next(e), e.send("a"), e.send("b"), next(e))
e.close()
def thrower():
    while True:
        try:
            yield 1
        except ValueError as err:
            print("got", err)
            yield -1
t = thrower()
print(next(t), t.throw(ValueError("bad")), next(t))
try:
    t.throw(KeyError("k"))
except KeyError as err:
    print("escaped", err)
