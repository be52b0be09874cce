"""What is printed goes into a text while a block runs; managers that need no `with` of their own."""
import asyncio
import contextlib
import io
import sys

buf = io.StringIO()
with contextlib.redirect_stdout(buf):
    print("hidden")
    print("two", end="")
print(repr(buf.getvalue()))
with contextlib.redirect_stdout(io.StringIO()) as out:
    print("x")
print(out.getvalue().strip())
err = io.StringIO()
with contextlib.redirect_stderr(err):
    print("e", file=sys.stderr)
print(repr(err.getvalue()))
with contextlib.nullcontext():
    print("null")
with contextlib.nullcontext(5) as v:
    print(v)
with contextlib.suppress(KeyError, ValueError):
    {}["a"]
    print("no")


class C:
    def close(self):
        print("closed")


with contextlib.closing(C()) as c:
    print("in")


class A:
    async def aclose(self):
        print("aclosed")


async def gen():
    try:
        yield 1
        yield 2
    finally:
        print("gen closed")


async def main():
    async with contextlib.aclosing(A()):
        print("in a")
    async with contextlib.aclosing(gen()) as g:
        async for v in g:
            print(v)
            break

asyncio.run(main())
