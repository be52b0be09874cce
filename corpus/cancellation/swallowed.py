import asyncio


async def stubborn():
    for attempt in range(3):
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            print("ignoring cancel", attempt)
    return "finished anyway"


async def main():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(1)
    print(task.cancel())
    print(await task)
    print(task.cancelled(), task.cancel())


asyncio.run(main())
