import asyncio


async def parse(text):
    await asyncio.sleep(0.1)
    return int(text)


async def main():
    results = await asyncio.gather(parse("10"), parse("ten"), parse("0x10"), parse(" 7 "), return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            print("error:", result)
        else:
            print("value:", result)


asyncio.run(main())
