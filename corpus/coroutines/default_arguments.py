import asyncio


async def greet(name, greeting="Hello", times=1, punctuation="!"):
    for _ in range(times):
        await asyncio.sleep(0.1)
        print(greeting + ", " + name + punctuation)


async def main():
    await greet("Ada")
    await greet("Grace", "Good morning")
    await greet("Edsger", times=2)
    await greet("Barbara", punctuation="?", greeting="Is it you")


asyncio.run(main())
