import asyncio


async def read_sensor(room):
    await asyncio.sleep(0.5)
    return len(room) + 17.5


async def report(room):
    celsius = await read_sensor(room)
    fahrenheit = celsius * 9 / 5 + 32
    return f"{room}: {celsius:.1f} C, {fahrenheit:.1f} F"


async def main():
    print(await report("kitchen"))
    print(await report("attic"))


asyncio.run(main())
