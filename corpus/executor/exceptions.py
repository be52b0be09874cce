import asyncio

def fails(x):
    if x > 2:
        raise ValueError("too big: %d" % x)
    return x

async def main():
    loop = asyncio.get_running_loop()
    for i in range(4):
        try:
            print(await loop.run_in_executor(None, fails, i))
        except ValueError as e:
            print("error", e)
    await loop.run_in_executor(None, fails, 10)

asyncio.run(main())
