"""What gather is given: waits with a timeout, shields, sleeps with a result; and names beside numbers."""
import asyncio


async def fetch(name, delay):
    await asyncio.sleep(delay)
    return len(name)


async def main():
    print(await asyncio.gather(asyncio.wait_for(fetch("abc", 0.1), 1), fetch("de", 0.2)))
    print(await asyncio.gather(asyncio.wait_for(fetch("abc", 0.1), 1), asyncio.sleep(0.1, "slept"), asyncio.shield(fetch("f", 0))))
    results = await asyncio.gather(
        *(asyncio.wait_for(fetch(name, delay), 0.15) for name, delay in [("quick", 0.1), ("slow", 0.2)]),
        return_exceptions=True,
    )
    print([repr(result) for result in results])
    named = asyncio.create_task(fetch("x", 0.1), name="mine")
    numbered = asyncio.create_task(fetch("y", 0.1))
    print(named.get_name(), numbered.get_name(), await named + await numbered)
    window = [2 ** 70, 1]
    window[1:1] = [7, 8]
    window[:0] = (n for n in (5, 6))
    print(window, window is not named)
    try:
        raise ValueError("outer") from KeyError("inner")
    except ValueError as error:
        print(repr(error.__cause__), error.__context__)


asyncio.run(main())
