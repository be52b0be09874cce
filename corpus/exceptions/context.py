import asyncio


class AppError(Exception):
    pass


def parse(s):
    try:
        return int(s)
    except ValueError:
        raise AppError(f"cannot parse {s!r}")


def lookup(d, k):
    try:
        return d[k]
    except KeyError as e:
        raise AppError("no key") from e


def hidden(d, k):
    try:
        return d[k]
    except KeyError:
        raise AppError("hidden") from None


async def main():
    try:
        parse("zz")
    except AppError as e:
        print(repr(e.__context__), repr(e.__cause__), e.__suppress_context__)
    try:
        lookup({}, "a")
    except AppError as e:
        print(repr(e.__context__), repr(e.__cause__), e.__suppress_context__)
    try:
        hidden({}, "a")
    except AppError as e:
        print(repr(e.__context__), repr(e.__cause__), e.__suppress_context__)
    try:
        try:
            1 / 0
        finally:
            raise RuntimeError("in finally")
    except RuntimeError as e:
        print(repr(e.__context__))
    try:
        try:
            await asyncio.sleep(0)
            raise KeyError("x")
        except KeyError:
            await asyncio.sleep(0)
            {}["y"]
    except KeyError as e:
        print(repr(e), repr(e.__context__))
    parse("oops")

asyncio.run(main())
