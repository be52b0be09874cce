import asyncio
import threading


def producer(loop, queue, n):
    for i in range(n):
        asyncio.run_coroutine_threadsafe(queue.put(i), loop).result()
    loop.call_soon_threadsafe(queue.put_nowait, None)


async def main():
    loop = asyncio.get_running_loop()
    queue = asyncio.Queue(2)
    t = threading.Thread(target=producer, args=(loop, queue, 5))
    t.start()
    while True:
        item = await queue.get()
        if item is None:
            break
        print("got", item)
    t.join()
    fut = loop.create_future()

    def worker():
        loop.call_soon_threadsafe(fut.set_result, "from thread")
    threading.Thread(target=worker).start()
    print(await fut)
    ev = asyncio.Event()
    threading.Timer(0.1, lambda: loop.call_soon_threadsafe(ev.set)).start()
    await ev.wait()
    print("event")


asyncio.run(main())
