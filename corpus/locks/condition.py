import asyncio

async def consumer(condition, n):
    async with condition:
        print("consumer", n, "is waiting")
        await condition.wait()
        print("consumer", n, "triggered")

async def main():
    condition = asyncio.Condition()
    consumers = [asyncio.create_task(consumer(condition, i)) for i in range(3)]
    await asyncio.sleep(0.1)
    async with condition:
        condition.notify(1)
    await asyncio.sleep(0.1)
    async with condition:
        print("notify all")
        condition.notify_all()
    await asyncio.wait(consumers)
    print("done")

asyncio.run(main())
