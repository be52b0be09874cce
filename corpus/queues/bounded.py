import asyncio


async def fill(queue):
    for letter in "abcdef":
        await queue.put(letter)
        print("queued", letter, queue.qsize())


async def drain(queue):
    while True:
        letter = await queue.get()
        await asyncio.sleep(1)
        print("handled", letter)
        queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=2)
    worker = asyncio.create_task(drain(queue))
    await fill(queue)
    await queue.join()
    worker.cancel()
    print("empty:", queue.empty(), "full:", queue.full())


asyncio.run(main())
