"""Templates that are filled with lists and dicts."""

import asyncio

data = {"name": "Ann", "age": 30}
print("{name} is {age}".format(**data))
row = ["a", "b", "c"]
print("{}-{}-{}".format(*row))
print("{2}{1}{0}".format(*row))
t = (1, 2.5, "x")
print("{} {:.2f} {}".format(*t))
tpl = "Hello {who}, {what} {n:>3}"
d = {}
d["who"] = "you"
d["what"] = "hi"
print(tpl.format(n=7, **d))
print("{x} {y} {0}".format("z", x=1, **{"y": 2}))
try:
    print("{a} {b}".format(**d))
except KeyError as e:
    print("KeyError", e)
try:
    print("{} {} {} {}".format(*row))
except IndexError as e:
    print("IndexError", e)
fmt = "{:<10}|{:>8}|"
for r in [("one", 1), ("two", 2)]:
    print(fmt.format(*r))


async def report(template, *args, **kwargs):
    await asyncio.sleep(0.1)
    print(template.format(*args, **kwargs))


asyncio.run(report("{} and {} {end}", "x", "y", end="."))
