import asyncio


async def holds_resource():
    print("open")
    try:
        await asyncio.sleep(10)
        print("never printed")
    finally:
        print("close")


async def main():
    task = asyncio.create_task(holds_resource())
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", task.cancelled())


asyncio.run(main())
