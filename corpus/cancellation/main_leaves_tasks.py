import asyncio


async def ticker():
    n = 0
    try:
        while True:
            print("tick", n)
            n += 1
            await asyncio.sleep(1)
    finally:
        print("ticker stopped after", n)


async def main():
    asyncio.create_task(ticker())
    await asyncio.sleep(3.5)
    print("main leaves")


asyncio.run(main())
