import asyncio

@asyncio.coroutine
def greet(name, delay):
    yield from asyncio.sleep(delay)
    print("hello", name)
    return name

@asyncio.coroutine
def main():
    tasks = [asyncio.Task(greet("a", 2)), asyncio.Task(greet("b", 1))]
    done, pending = yield from asyncio.wait(tasks)
    print(sorted(t.result() for t in done), pending)

loop = asyncio.get_event_loop()
try:
    loop.run_until_complete(main())
finally:
    loop.close()
