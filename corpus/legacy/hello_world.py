"""The first program of the old documentation."""
import asyncio


@asyncio.coroutine
def hello_world():
    print("Hello World!")
    yield from asyncio.sleep(1)
    print("Goodbye World!")


loop = asyncio.get_event_loop()
# Blocking call which returns when the coroutine is done
loop.run_until_complete(hello_world())
loop.close()
