"""What a program says of coroutines that nobody awaits, and of loops that cannot run them."""
import asyncio


async def say(text):
    print(text)


async def patient():
    try:
        while True:
            await asyncio.sleep(0)
    except asyncio.CancelledError as error:
        print("thrown in", repr(error))
        raise


async def main():
    for word in ("one", "two"):
        say(word)
    try:
        asyncio.run(say("inside"))
    except RuntimeError as error:
        print(error)
    waiting = patient()
    waiting.send(None)
    print(waiting.__name__, waiting.__qualname__)
    try:
        waiting.throw(asyncio.CancelledError)
    except asyncio.CancelledError:
        print("left")
    try:
        await say(undefined)
    except NameError as error:
        print(error)


def numbers():
    while True:
        try:
            first, *rest = yield
        except ValueError as error:
            print("numbers:", repr(error))
        else:
            print(first, rest)


asyncio.run(main())
try:
    asyncio.create_task(say("without a loop"))
except RuntimeError as error:
    print(error)
sink = numbers()
next(sink)
sink.send([1, 2, 3])
sink.throw(ValueError)
sink.send([4])
