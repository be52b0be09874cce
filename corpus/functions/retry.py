import asyncio
def retry(times):
    def deco(func):
        async def wrapper(*args, **kwargs):
            for i in range(times):
                try:
                    return await func(*args, **kwargs)
                except ValueError as e:
                    print("attempt", i, e)
                    await asyncio.sleep(0.1)
            raise RuntimeError("gave up")
        return wrapper
    return deco
count = 0
@retry(3)
async def flaky(x):
    global count
    count += 1
    if count < 3:
        raise ValueError("no %d" % count)
    return x
@retry(times=2)
async def never(a, b=2):
    raise ValueError("never")
async def main():
    print(await flaky(7))
    try:
        await never(1)
    except RuntimeError as e:
        print(e)
asyncio.run(main())
