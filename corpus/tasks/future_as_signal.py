import asyncio


async def waiter(future, name):
    value = await future
    print(name, "got", value)


async def impatient(future):
    done, pending = await asyncio.wait([future], timeout=1)
    print("impatient:", len(done), "done,", len(pending), "pending")


async def setter(future):
    await asyncio.sleep(2)
    print("setting")
    future.set_result("the answer")


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    tasks = [asyncio.create_task(impatient(future))]
    await asyncio.sleep(0)
    tasks += [asyncio.create_task(waiter(future, name)) for name in ("first", "second")]
    asyncio.create_task(setter(future))
    await asyncio.gather(*tasks)
    print(future.done(), future.result())


asyncio.run(main())
