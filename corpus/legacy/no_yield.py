import asyncio


@asyncio.coroutine
def immediate(value):
    # No `yield from`: still a coroutine, thanks to the decorator.
    return value * 2


@asyncio.coroutine
def main():
    first = yield from immediate(4)
    second = yield from immediate(first)
    print(first, second)


asyncio.get_event_loop().run_until_complete(main())
