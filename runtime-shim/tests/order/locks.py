"""Locks, semaphores and events are given in turn."""
import asyncio


async def locked(lock, name, seconds):
    print(name, "wants")
    async with lock:
        print(name, "has")
        await asyncio.sleep(seconds)
    print(name, "released")


async def waiting(event, name):
    print(name, await event.wait())


async def main():
    lock = asyncio.Lock()
    tasks = [asyncio.create_task(locked(lock, "l%d" % i, 0.1)) for i in range(4)]
    await asyncio.sleep(0.05)
    tasks[1].cancel()
    print(await asyncio.gather(*tasks, return_exceptions=True))
    semaphore = asyncio.Semaphore(2)
    await asyncio.gather(*[locked(semaphore, "s%d" % i, 0.1 * (i + 1)) for i in range(4)])
    event = asyncio.Event()
    waiters = [asyncio.create_task(waiting(event, "e%d" % i)) for i in range(2)]
    await asyncio.sleep(0)
    event.set()
    print("set", event.is_set())
    await asyncio.gather(*waiters)
    try:
        lock.release()
    except RuntimeError as e:
        print(e)
    try:
        bounded = asyncio.BoundedSemaphore(1)
        bounded.release()
    except ValueError as e:
        print(e)


asyncio.run(main())
