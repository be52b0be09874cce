import asyncio


async def fails():
    await asyncio.sleep(0.1)
    raise LookupError("nothing here")


async def main():
    task = asyncio.create_task(fails())
    try:
        await task
    except LookupError as error:
        print("caught", error)
    print(task.done(), task.cancelled())
    print(repr(task.exception()))


asyncio.run(main())
