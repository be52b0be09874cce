import asyncio

def bad():
    raise RuntimeError("in callback")

async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(bad)
    await asyncio.sleep(0.1)
    print("still alive")

asyncio.run(main())
