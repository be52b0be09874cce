import asyncio
import time


def blocking(name, seconds):
    time.sleep(seconds)
    return f"{name} slept {seconds}"


async def main():
    loop = asyncio.get_running_loop()
    started = loop.time()
    results = await asyncio.gather(
        loop.run_in_executor(None, blocking, "first", 2),
        loop.run_in_executor(None, blocking, "second", 1),
        asyncio.to_thread(blocking, "third", 1.5),
    )
    print(results)
    print(loop.time() - started)


asyncio.run(main())
