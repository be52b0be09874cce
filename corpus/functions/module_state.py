import asyncio

counter = 0
history = []
LIMIT = 3


def record(what):
    global counter
    counter += 1
    history.append((counter, what))


async def worker(name):
    while counter < LIMIT:
        record(name)
        await asyncio.sleep(0.5)


async def main():
    await asyncio.gather(worker("a"), worker("b"))
    print(counter, history)


asyncio.run(main())
print("finally", counter)
