"""Exceptions of the program that hand some arguments on and keep others."""
import asyncio


class TransientError(Exception):
    def __init__(self, attempt, *args):
        super(TransientError, self).__init__(attempt, *args)
        self.attempt = attempt


class Wrapped(ValueError):
    def __init__(self, *parts):
        super().__init__("wrapped", *parts)


async def main():
    for error in (TransientError(1, "boom"), TransientError(2)):
        try:
            raise error
        except TransientError as e:
            print(e.attempt, e, e.args)
    try:
        raise Wrapped("a", "b")
    except ValueError as e:
        print(repr(e), e)


asyncio.run(main())
