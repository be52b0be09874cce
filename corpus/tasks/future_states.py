import asyncio

async def main():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    print(f.done(), f.cancelled())
    try:
        f.result()
    except asyncio.InvalidStateError as e:
        print("ISE", e)
    f.set_result(5)
    try:
        f.set_result(6)
    except asyncio.InvalidStateError as e:
        print("ISE", e)
    print(await f, f.result(), f.exception())
    g = loop.create_future()
    g.set_exception(ValueError("x"))
    try:
        await g
    except ValueError as e:
        print("VE", e)
    h = loop.create_future()
    h.cancel()
    try:
        await h
    except asyncio.CancelledError:
        print("cancelled", h.cancelled(), h.done())
    k = loop.create_future()
    loop.call_later(0.5, k.set_result, "later")
    print(await k)

asyncio.run(main())
