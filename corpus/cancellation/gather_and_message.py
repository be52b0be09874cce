import asyncio

async def w(n):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("w cancelled", n)
        raise

async def main():
    g = asyncio.gather(w(1), w(2))
    await asyncio.sleep(0.1)
    g.cancel()
    try:
        await g
    except asyncio.CancelledError:
        print("gather cancelled", g.cancelled())
    t = asyncio.create_task(w(3))
    await asyncio.sleep(0)
    t.cancel(msg="stop it")
    try:
        await t
    except asyncio.CancelledError as e:
        print("msg", e.args)

asyncio.run(main())
