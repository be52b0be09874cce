import asyncio
async def slow(value, delay):
    await asyncio.sleep(delay)
    return value
async def main():
    for limit in (0.01, None, 5):
        try:
            print(await asyncio.wait_for(slow('x', 0.05), limit))
        except asyncio.TimeoutError as problem:
            print('timeout', repr(problem))
    if limit is not None:
        print('limit', limit + 1)
asyncio.run(main())
