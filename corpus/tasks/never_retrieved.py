import asyncio


async def fails():
    raise ValueError("nobody looks at me")


async def main():
    task = asyncio.create_task(fails())
    await asyncio.sleep(0.1)
    print("main is done", task.done())


asyncio.run(main())
