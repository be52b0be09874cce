import asyncio


async def boom():
    raise ValueError("boom")


async def main():
    try:
        await asyncio.wait_for(boom(), 1)
    except ValueError as e:
        print("1", e)
    try:
        await asyncio.shield(boom())
    except ValueError as e:
        print("2", e)
    try:
        r = await asyncio.wait_for(boom(), timeout=1)
        print(r)
    except ValueError as e:
        print("3", e)
    t = asyncio.create_task(boom())
    try:
        await t
    except ValueError as e:
        print("4", e)
    t = asyncio.ensure_future(boom())
    done, pending = await asyncio.wait([t])
    for d in done:
        try:
            d.result()
        except ValueError as e:
            print("5", e)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(boom())
    except* ValueError as e:
        print("6", e.exceptions)
    try:
        await asyncio.gather(boom(), boom())
    except ValueError as e:
        print("7", e)
    res = await asyncio.gather(boom(), boom(), return_exceptions=True)
    print("8", res)
    for c in asyncio.as_completed([boom()]):
        try:
            await c
        except ValueError as e:
            print("9", e)

asyncio.run(main())
