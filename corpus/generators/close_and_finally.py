def lines():
    try:
        yield "one"
        yield "two"
        yield "three"
    finally:
        print("closing")


g = lines()
print(next(g))
print(next(g))
g.close()
print(next(g, "nothing left"))

for line in lines():
    print(line)
