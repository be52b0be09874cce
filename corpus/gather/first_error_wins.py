import asyncio


async def slow():
    await asyncio.sleep(2)
    print("slow still finishes")
    return "slow"


async def broken():
    await asyncio.sleep(1)
    raise RuntimeError("broken pipe dream")


async def main():
    try:
        await asyncio.gather(slow(), broken())
    except RuntimeError as e:
        print("caught", e)
    await asyncio.sleep(2)


asyncio.run(main())
