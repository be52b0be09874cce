import asyncio


async def never():
    print("this does not run")


async def main():
    task = asyncio.create_task(never())
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("gone before it began")
    print(task.done(), task.cancelled())


asyncio.run(main())
