import asyncio


def handler(loop, context):
    print("handler:", context["message"])
    exc = context.get("exception")
    print("exception:", repr(exc))


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)

    def bad():
        raise RuntimeError("in callback")
    loop.call_soon(bad)
    await asyncio.sleep(0)
    loop.call_exception_handler({"message": "custom", "exception": ValueError("v")})
    loop.call_exception_handler({"message": "no exc"})
    t = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del t
    loop.set_exception_handler(None)
    loop.default_exception_handler({"message": "direct"})


async def fail():
    raise KeyError("lost")

asyncio.run(main())
