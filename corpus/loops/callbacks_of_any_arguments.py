"""Functions of any arguments, called later."""
import asyncio


def bye(*args, **kw):
    print("bye", args, kw)


def opt(a, b=2, *rest):
    print(a, b, rest)


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(bye, 1, 2)
    loop.call_soon(bye)
    loop.call_soon(opt, 1)
    loop.call_later(0.1, opt, 1, 3, 4)
    await asyncio.to_thread(bye, 1, k=2)
    await asyncio.sleep(1)

asyncio.run(main())
