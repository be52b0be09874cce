import asyncio


@asyncio.coroutine
def old_style(n):
    yield from asyncio.sleep(0.1)
    value = yield from new_style(n)
    return value + 1


async def new_style(n):
    await asyncio.sleep(0.1)
    return n * 10


async def main():
    print(await old_style(4))
    results = await asyncio.gather(old_style(1), new_style(2))
    print(results)


loop = asyncio.get_event_loop()
loop.run_until_complete(main())
