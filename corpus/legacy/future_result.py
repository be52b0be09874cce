import asyncio


@asyncio.coroutine
def slow_operation(future):
    yield from asyncio.sleep(1)
    future.set_result("Future is done!")


loop = asyncio.get_event_loop()
future = asyncio.Future()
asyncio.ensure_future(slow_operation(future))
loop.run_until_complete(future)
print(future.result())
loop.close()
