import asyncio


class DbError(Exception):
    pass


async def query(n):
    await asyncio.sleep(0.01)
    if n == 2:
        raise KeyError(n)
    return n


async def fetch(n):
    try:
        return await query(n)
    except KeyError:
        await asyncio.sleep(0.01)
        raise DbError("query failed")


async def retry():
    for i in range(3):
        try:
            return await fetch(2)
        except DbError as e:
            print("retry", i, e, repr(e.__context__))
            try:
                await query(2)
            except KeyError as k:
                print("inner", repr(k.__context__))
    raise RuntimeError("out of retries")


async def cleanup():
    try:
        raise ValueError("first")
    finally:
        await asyncio.sleep(0)
        try:
            int("x")
        except ValueError as e:
            print(repr(e.__context__))


def gen():
    try:
        yield 1
        raise ValueError("gen")
    except ValueError:
        yield 2
        raise TypeError("after")


async def main():
    try:
        await retry()
    except RuntimeError as e:
        print(repr(e), repr(e.__context__))
    try:
        await cleanup()
    except ValueError as e:
        print(e, e.__context__)
    g = gen()
    print(next(g), next(g))
    try:
        raise KeyError("outside")
    except KeyError as e:
        print(repr(e.__context__))
    try:
        next(g)
    except TypeError as e:
        print(repr(e), repr(e.__context__))
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(1)
    except TimeoutError as e:
        print(repr(e.__context__), repr(e.__cause__))
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fetch(2))
            raise ZeroDivisionError("body")
    except* ZeroDivisionError as eg:
        print(repr(eg.message), eg.exceptions)
    try:
        await asyncio.wait_for(asyncio.sleep(1), 0.01)
    except asyncio.TimeoutError:
        await fetch(2)


asyncio.run(main())
