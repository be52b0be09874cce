import asyncio

class Counter:
    def __init__(self, stop):
        self.current = 0
        self.stop = stop

    def __aiter__(self):
        return self

    async def __anext__(self):
        await asyncio.sleep(0.1)
        if self.current >= self.stop:
            raise StopAsyncIteration
        self.current += 1
        return self.current

async def main():
    async for n in Counter(3):
        print(n)
    print([n * 2 async for n in Counter(4)])

asyncio.run(main())
