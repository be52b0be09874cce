"""Cancellation arrives inside the coroutine, when it is resumed."""
import asyncio


async def sleeper(name, seconds):
    try:
        print(name, "start")
        await asyncio.sleep(seconds)
        print(name, "done")
        return name
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise
    finally:
        await asyncio.sleep(0.1)
        print(name, "cleaned")


async def stubborn():
    for i in range(3):
        try:
            await asyncio.sleep(1.0)
            print("stubborn", i)
        except asyncio.CancelledError:
            print("ignored", i)
    return "survived"


async def herself():
    asyncio.current_task().cancel()
    print("still running")
    done = asyncio.get_running_loop().create_future()
    done.set_result("done futures answer")
    print(await done)
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print("herself cancelled")


async def ends_cancelled():
    asyncio.current_task().cancel()


async def main():
    t = asyncio.create_task(sleeper("A", 10))
    await asyncio.sleep(0.5)
    print(t.cancel(), t.cancelled())
    try:
        await t
    except asyncio.CancelledError:
        print("A gone", t.cancelled(), t.done(), t.cancel())

    t = asyncio.create_task(sleeper("B", 10))
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print("B never ran")

    inner = asyncio.create_task(sleeper("C", 1))
    try:
        await asyncio.wait_for(asyncio.shield(inner), 0.3)
    except asyncio.TimeoutError:
        print("shielded timeout", inner.done())
    print(await inner)

    try:
        await asyncio.wait_for(sleeper("D", 5), 0.2)
    except asyncio.TimeoutError as e:
        print("D timeout", repr(e))
    print(await asyncio.wait_for(sleeper("W", 0.1), 5))

    s = asyncio.create_task(stubborn())
    await asyncio.sleep(1.5)
    s.cancel()
    print(await s)

    g = asyncio.gather(sleeper("E", 3), sleeper("F", 4))
    await asyncio.sleep(0.2)
    g.cancel()
    try:
        await g
    except asyncio.CancelledError:
        print("gather cancelled")

    await asyncio.create_task(herself())
    t = asyncio.create_task(ends_cancelled())
    try:
        await t
    except asyncio.CancelledError as e:
        print("cancelled at its end", t.cancelled(), e.args)
    t = asyncio.create_task(sleeper("M", 1))
    await asyncio.sleep(0)
    t.cancel("message")
    try:
        await t
    except asyncio.CancelledError as e:
        print(repr(e))
    asyncio.create_task(sleeper("left behind", 9))
    await asyncio.sleep(0.01)
    print("main ends", asyncio.get_running_loop().time())


asyncio.run(main())
