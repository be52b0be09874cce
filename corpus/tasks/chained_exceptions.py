import asyncio

async def low():
    await asyncio.sleep(0)
    raise KeyError("missing")

async def mid():
    try:
        await low()
    except KeyError as e:
        raise ValueError("bad value") from e

async def main():
    t = asyncio.create_task(mid())
    try:
        await t
    except ValueError as e:
        print(repr(e), repr(e.__cause__))
    print(t.done(), t.cancelled(), repr(t.exception()))
    await mid()

asyncio.run(main())
