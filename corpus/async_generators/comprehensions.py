import asyncio


async def letters(text):
    for letter in text:
        await asyncio.sleep(0)
        yield letter


async def main():
    print([letter async for letter in letters("hello")])
    print({letter: ord(letter) async for letter in letters("abc")})
    print(len({letter async for letter in letters("mississippi")}))


asyncio.run(main())
