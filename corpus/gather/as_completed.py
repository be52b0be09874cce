import asyncio


async def race(name, seconds):
    await asyncio.sleep(seconds)
    return name


async def main():
    runners = [race("tortoise", 3), race("hare", 1), race("snail", 9)]
    for place, finished in enumerate(asyncio.as_completed(runners), start=1):
        name = await finished
        print(f"{place}. {name}")


asyncio.run(main())
