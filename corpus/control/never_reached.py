"""Code that nothing reaches: switched off by a constant, or behind a `return`."""
import asyncio

DEBUG = None


def plan(steps):
    # A name that is given a new meaning, which the part below never sees.
    steps = sorted(steps, reverse=True)
    if False:
        steps.append("debug")
        print("planned", steps)
    return steps
    steps.clear()


def limit(given):
    if True:
        most = given + 1
    if not True:
        most, note = 0, "off"
    else:
        note = "on"
    while 1:
        if most > 3:
            least = most - 3
            break
        most += 1
    print(most, note, least)
    if not False:
        return most
    rest = [most]
    try:
        rest.append(least)
    finally:
        rest = rest + rest
    return rest[-1]


def shown(values):
    """Nobody calls this."""
    if DEBUG:
        print(DEBUG[:1], "|".join(values))


async def main():
    print(plan(["b", "a", "c"]), limit(1))
    try:
        print(DEBUG[1:])
    except TypeError as problem:
        print(problem)
    raise SystemExit(0)
    print("not this")


asyncio.run(main())
