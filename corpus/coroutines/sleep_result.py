import asyncio


async def main():
    word = await asyncio.sleep(0.2, "rested")
    print(word)
    number = await asyncio.sleep(0, result=42)
    print(number + 1)


asyncio.run(main())
