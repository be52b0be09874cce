"""How it was written for Python 3.5: every primitive is told its loop, locks are awaited themselves."""
import asyncio
import functools


def unlock(lock):
    print("callback releases the lock")
    lock.release()


async def worker(name, lock):
    print(name, "waits")
    await lock
    try:
        print(name, "has the lock")
        await asyncio.sleep(0.1)
    finally:
        lock.release()
        print(name, "released it")


async def main(loop):
    lock = asyncio.Lock(loop=loop)
    done = asyncio.Event(loop=loop)
    await lock.acquire()
    loop.call_later(0.1, functools.partial(unlock, lock))
    await asyncio.wait([worker("first", lock)], loop=loop)
    loop.call_later(0.2, done.set)
    try:
        await asyncio.wait_for(done.wait(), 0.1, loop=loop)
    except asyncio.TimeoutError:
        print("not yet")
    await asyncio.gather(done.wait(), asyncio.sleep(0.3, loop=loop), loop=loop)
    print("done:", done.is_set())


loop = asyncio.get_event_loop()
try:
    loop.run_until_complete(main(loop))
finally:
    loop.close()
