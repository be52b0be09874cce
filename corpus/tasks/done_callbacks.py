import asyncio


async def step(i):
    print("step", i)
    await asyncio.sleep(0.1)
    return i


def on_complete(task):
    try:
        print("completed", task.result())
    except asyncio.CancelledError:
        print("was cancelled")
    except Exception as exc:
        print("failed", exc)


async def failing():
    raise ValueError("bad luck")


async def main():
    tasks = []
    for coro in (step(1), failing(), step(2)):
        task = asyncio.create_task(coro)
        task.add_done_callback(on_complete)
        tasks.append(task)
    tasks[2].cancel()
    done, pending = await asyncio.wait(tasks, return_when=asyncio.ALL_COMPLETED)
    print(len(done), len(pending))
    background = set()
    for i in range(3):
        t = asyncio.create_task(step(i), name=f"bg-{i}")
        background.add(t)
        t.add_done_callback(background.discard)
    while background:
        await asyncio.sleep(0.05)
    print("none left", len(background))

asyncio.run(main())
