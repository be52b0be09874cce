import asyncio


async def square(n):
    await asyncio.sleep(0.1 * n)
    return n * n


async def main():
    tasks = [asyncio.create_task(square(n)) for n in range(5)]
    total = 0
    for task in tasks:
        total += await task
    print(total)
    print([task.result() for task in tasks])
    print(all(task.done() for task in tasks))


asyncio.run(main())
