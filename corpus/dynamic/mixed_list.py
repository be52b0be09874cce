things = [1, "two", 3.0, None, [4, 5], True]
for thing in things:
    print(thing, type(thing).__name__)
print(things)
numbers = [thing for thing in things if isinstance(thing, (int, float))]
print(numbers)
