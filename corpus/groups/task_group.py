import asyncio

async def say(delay, what):
    await asyncio.sleep(delay)
    print(what)
    return len(what)

async def main():
    async with asyncio.TaskGroup() as tg:
        task1 = tg.create_task(say(1, 'hello'))
        task2 = tg.create_task(say(2, 'world'))
        print("started")
    print(f"Both tasks have completed now: {task1.result()}, {task2.result()}")

asyncio.run(main())
