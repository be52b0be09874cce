import asyncio


async def name():
    await asyncio.sleep(0.2)
    return "probe"


async def level():
    await asyncio.sleep(0.1)
    return 7


async def ratio():
    return 0.25


async def main():
    label, count, share = await asyncio.gather(name(), level(), ratio())
    print(label, count, share)


asyncio.run(main())
